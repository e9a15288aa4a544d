"""Addresses of servers: whether they can be called, how they are reached, and what of them may be shown."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

HIDDEN: Final = "<token>"
# The bot's id, a colon, 35 characters (Bot API, "Authorizing your bot"); a test server's may be shorter.
TOKEN: Final = re.compile(r"(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{8,}")
# What Telegram delivers to (Bot API, setWebhook); none in the address means 443.
WEBHOOK_PORTS: Final = (443, 80, 88, 8443)


def check_web_address(url: str, what: str) -> str:
    """Return an address of a web server.

    Args:
        what: the address's name in a sentence.

    Raises:
        ValueError: it is none.
    """
    if not re.fullmatch(r"https?://[^\s/?#]+([/?#]\S*)?", url, re.IGNORECASE) or not host_of(url):
        raise ValueError(f"{what} must start with http:// or https://")
    return url


def check_root(url: str, telegram: str) -> str:
    """Return the root of a Bot API server, to which paths are appended.

    Args:
        telegram: Telegram's own root.

    Raises:
        ValueError: it is none.
    """
    root = check_web_address(url, "the address of a Bot API server").rstrip("/")
    if "?" in root or "#" in root:
        raise ValueError("the address of a Bot API server must be its root, without ? and #")
    if host_of(root) != host_of(telegram):
        return root
    if urlsplit(root).path:
        raise ValueError(f"Telegram's own Bot API is at {telegram}; the bot appends the rest")
    return telegram if root.lower() == telegram else root


def check_webhook(url: str, *, is_telegrams: bool) -> str:
    """Return the public address of a webhook.

    Args:
        is_telegrams: whether Telegram's own servers deliver; one's own may do so without https, to any port and host.

    Raises:
        ValueError: nothing can be delivered there.
    """
    if not re.fullmatch(r"https?://[^\s/?#]+(/\S*)?", url, re.IGNORECASE) or not host_of(url):
        raise ValueError("the webhook's address must start with https://")
    url = re.sub("^https?", lambda scheme: scheme[0].lower(), url, flags=re.IGNORECASE)
    if is_own_machine(url) and not is_telegrams:
        return url
    if not url.startswith("https://"):
        raise ValueError("the webhook's address must start with https://")
    if is_telegrams and (urlsplit(url).port or 443) not in WEBHOOK_PORTS:
        raise ValueError("Telegram delivers to the ports 443, 80, 88 and 8443 alone")
    if is_telegrams and _is_private(host_of(url)):
        raise ValueError("the webhook's address must be one that Telegram can reach from outside")
    return url


def host_of(url: str) -> str:
    """Return whom an address names, without a port; nothing where it names nobody, or a port that there is not."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


def is_own_machine(url: str) -> bool:
    """Say whether an address is of this very machine: no proxy stands between, and nobody else is asked."""
    host = host_of(url)
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def without_password(url: str) -> str:
    """Return a URL fit to be shown: no token, nothing between the user's name and the last @ or behind a password=."""
    url = TOKEN.sub(HIDDEN, url) if url.lower().startswith("http") else url
    url = re.sub(r"(password=).*", r"\1***", url, flags=re.IGNORECASE | re.DOTALL)
    scheme, separator, rest = url.partition("://")
    login, at, place = (rest if separator else url).rpartition("@")
    if not at:
        return url
    user, colon, _ = login.partition(":")
    return f"{scheme}://{user}:***@{place}" if separator and colon else url if separator else f"***@{place}"


def proxy_fault(error: BaseException) -> str:
    """Return in one line why no client can be made by the proxies that are set; they hold passwords, none is quoted."""
    named = "a proxy, as ALL_PROXY, HTTPS_PROXY or HTTP_PROXY names one,"
    if isinstance(error, ImportError | RuntimeError):  # HTTPX's, and the telegram library's word for it
        package = "pip install 'httpx[socks]'. Install it, or unset the variable"
        return f"{named.replace('a proxy', 'a SOCKS proxy')} needs one more package: {package}."
    return (
        f"{named} must be http, https or socks5, such as http://kim:password@host:3128, with @ / : of the password as "
        "%40 %2F %3A; and NO_PROXY must be hosts with commas. Received: an address that cannot be read"
    )


def _is_private(host: str) -> bool:
    try:
        return host == "localhost" or not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
