"""What systemd is told of a service of Type=notify: that it is ready, how it is, that it lives (sd_notify(3))."""

from __future__ import annotations

import contextlib
import socket


class Notifier:
    """Tells systemd; says nothing where nobody listens.

    Args:
        address: of the socket in NOTIFY_SOCKET; a leading @ stands for an abstract one; None where it is not set.
    """

    def __init__(self, address: str | None) -> None:
        self._address = address if address is None or not address.startswith("@") else f"\0{address[1:]}"

    def tell(self, **fields: str) -> None:
        """Send fields such as READY="1", STATUS="ok"."""
        if self._address is None:
            return
        message = "\n".join(f"{name}={' '.join(value.split())}" for name, value in fields.items())
        # A manager that is gone is no reason to stop serving.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.setblocking(False)
            notify.sendto(message.encode(), self._address)
