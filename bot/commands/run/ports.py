"""Ports of this machine that the bot is to listen on."""

from __future__ import annotations

import socket

from bot.commands.errors import CommandError


def check_port(port: int, *, setting: str = "REELMATE_WEBHOOK_PORT", host: str = "0.0.0.0") -> None:
    """Make sure that a port is free: whoever finds it taken later ends in the middle of its start.

    Args:
        setting: the variable that named it.

    Raises:
        CommandError: it is not, or may not be listened on.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{setting} must be a port that nobody listens on. Received: {port} ({error.strerror})"
            ) from None
