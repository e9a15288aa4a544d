"""Pictures drawn for the chat; who draws imports the module of the picture, since Pillow is loaded on first use."""
