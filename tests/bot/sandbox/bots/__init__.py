"""Small bots of the kinds people write with python-telegram-bot, to be tried on the local Telegram."""
