"""The client that films and ratings are fetched with: by the proxy that is set, and past it to this machine."""

from __future__ import annotations

from typing import Any

import httpx

from bot.addresses import is_own_machine, proxy_fault


def open_client(url: str, refusal: type[Exception], **options: Any) -> httpx.Client:
    """Return a client for the server at an address.

    Args:
        refusal: what to raise where the proxy that is set cannot be used, or there is no address at all.
        options: of `httpx.Client`.
    """
    try:
        return httpx.Client(trust_env=not is_own_machine(url), **options)
    except (ImportError, ValueError, httpx.InvalidURL) as error:  # SOCKS without its package; no address
        raise refusal(proxy_fault(error)) from error
