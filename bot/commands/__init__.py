"""The bodies of the commands, one file per noun; each is imported only when its command runs."""
