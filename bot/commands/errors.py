"""What the command line can raise on purpose, and every foreign error as one line that says what to do."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import Final

from bot.addresses import HIDDEN, TOKEN, proxy_fault

# The extras that bring packages of their own; all others that may be absent are of `train`.
EXTRAS: Final = {"redis": "redis", "optuna": "tune"}


class CommandError(Exception):
    """A command cannot do what was asked; its text is one line that says what to do."""


def explain(error: BaseException) -> str:
    """Return one line for a person at a terminal: what was expected, what was found, what to do."""
    if isinstance(error, _own_errors()):
        hint = ". Choose another with --port." if type(error).__name__ == "PortInUseError" else ""
        return f"{' '.join(str(error).split())}{hint}"
    if isinstance(error, ModuleNotFoundError):
        extra = EXTRAS.get(error.name or "", "train")
        return f"this needs the package {error.name}. Install the {extra} extra: pip install 'reelmate[{extra}]'"
    if isinstance(error, MemoryError):
        return "this needs more memory than the machine, or its limit for us, has. Give it more, or less to work on."
    if isinstance(error, OSError):
        return _explain_os_error(error)
    if isinstance(error, RuntimeError) and "Socks5" in str(error):  # the telegram library's, as it makes its client
        return proxy_fault(error)
    # HTTPX's, as clients are made by the variables of proxies; addresses of our own are looked at as settings are read.
    if (isinstance(error, ValueError) and "proxy URL" in str(error)) or type(error).__name__ == "InvalidURL":
        return proxy_fault(error)
    fact = TOKEN.sub(HIDDEN, f"{type(error).__name__}: {error}")
    return f"a defect of Reelmate's own: {fact}. Run it again with --debug and report the trace."


def _own_errors() -> tuple[type[BaseException], ...]:
    """Return the roots of our error trees; imported here because nothing needs them until something fails."""
    from bot.catalogue.errors import CatalogueError
    from bot.locks import LockHeldError
    from bot.sandbox.errors import SandboxError
    from bot.settings import SettingsError
    from bot.storage.errors import StorageError
    from recommender.errors import RecommenderError

    return CommandError, SettingsError, StorageError, CatalogueError, SandboxError, LockHeldError, RecommenderError


def _explain_os_error(error: OSError) -> str:
    place = f": {error.filename}" if error.filename else ""
    if isinstance(error, ssl.SSLError):  # certificates are read before anything is called
        return "a file of certificates holds none, as SSL_CERT_FILE may name one. Correct the variable, or unset it."
    if isinstance(error, FileNotFoundError) and not place:  # TLS opens its certificates without saying which
        return "a file of certificates is missing, as SSL_CERT_FILE may name one. Correct the variable, or unset it."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"no permission to write{place}. Choose another folder with --data-dir, or change its owner."
    if error.errno == errno.ENOSPC:
        return f"the disk is full{place}. Free some room and run this again."
    if isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        return f"a file is where a folder should be, or a folder where a file should be{place}. Move it away."
    if error.errno == errno.EADDRINUSE:
        return "the port is taken by another program. Choose another with --port."
    if isinstance(error, socket.gaierror):
        return "the host name could not be resolved. Check the address and the network."
    return f"{error.strerror or error}{place}"
