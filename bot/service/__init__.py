"""Use cases of the chat: sync functions of a conversation, one file per noun."""
