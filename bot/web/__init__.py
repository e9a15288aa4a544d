"""HTTP that strangers may reach: a server whose connections are bounded in number and in time.

What is served lives elsewhere. Nothing is imported here: a bot that serves nothing loads no web server.
"""

__all__ = ["connection", "server"]
