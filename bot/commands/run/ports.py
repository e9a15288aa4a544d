"""Ports of this machine that the bot is to listen on."""

from __future__ import annotations

import socket

from bot.commands.errors import CommandError


def check_port(port: int) -> None:
    """Make sure that a port is free: whoever finds it taken later ends in the middle of its start.

    Raises:
        CommandError: it is not, or may not be listened on.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError as error:
            raise CommandError(
                f"REELMATE_WEBHOOK_PORT must be a port that nobody listens on. Received: {port} ({error.strerror})"
            ) from None
