"""The core: values in, values out. Knows no chat, no database, no clock and no environment."""
