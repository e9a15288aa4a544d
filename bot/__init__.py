"""The shell: Telegram, SQL, clock, files and environment around the recommender."""
