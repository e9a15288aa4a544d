"""Addresses: who is on this machine, and what is said of proxies that cannot be used."""

from __future__ import annotations

import pytest

from bot.addresses import host_of, is_own_machine, proxy_fault


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "http://localhost", "http://[::1]:80/x", "http://127.8.9.1/"])
def test_an_address_of_this_machine(url: str) -> None:
    assert is_own_machine(url)


@pytest.mark.parametrize(
    "url",
    ["https://api.telegram.org", "http://127.0.0.1.example/x", "http://192.168.1.2", "http://[::1", ""],
)
def test_an_address_of_another_machine_or_of_none(url: str) -> None:
    assert not is_own_machine(url)


def test_a_port_that_there_is_not_names_nobody() -> None:
    assert (host_of("http://bot.example:0"), host_of("http://bot.example:65536")) == ("", "")
    assert host_of("http://bot.example:80") == "bot.example"


def test_what_is_said_of_a_proxy_quotes_nothing_of_it() -> None:
    assert "hunter2" not in proxy_fault(ValueError("Invalid port: 'hunter2'"))
    assert "httpx[socks]" in proxy_fault(ImportError("Using SOCKS proxy, but the 'socksio' package is not installed."))
