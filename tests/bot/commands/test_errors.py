from __future__ import annotations

import errno
import ssl
import sys

import httpx
import pytest
from telegram.request import HTTPXRequest

from bot.catalogue.errors import SourceError
from bot.commands.errors import CommandError, explain
from bot.sandbox import PortInUseError
from bot.storage import SchemaTooNewError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CommandError("do this"), "do this"),
        (SchemaTooNewError("install the newer Reelmate"), "install the newer Reelmate"),
        (SourceError("stars off the scale", file="ratings.csv", line=7), "ratings.csv, line 7: stars off the scale"),
        (PortInUseError("port must be free"), "--port"),
        (ModuleNotFoundError("No module named 'keras'", name="keras"), "pip install 'reelmate[train]'"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/films"), "/srv/films"),
        (OSError(errno.EROFS, "Read-only file system", "/srv"), "--data-dir"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (OSError(errno.EADDRINUSE, "Address already in use"), "--port"),
        (MemoryError(), "more memory"),
        (ZeroDivisionError("division by zero"), "--debug"),
    ],
)
def test_every_error_is_one_line_that_says_what_to_do(error: Exception, said: str) -> None:
    line = explain(error)
    assert said in line
    assert "\n" not in line


def test_several_lines_become_one() -> None:
    assert explain(CommandError("first\n  second")) == "first second"


def test_a_socks_proxy_without_its_package_is_no_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(RuntimeError) as failed:
        HTTPXRequest()
    said = explain(failed.value)
    assert "ALL_PROXY" in said
    assert "pip install 'httpx[socks]'" in said
    assert "defect" not in said


def test_a_proxy_of_an_odd_kind_is_one_line_that_shows_no_password() -> None:
    line = explain(ValueError("Unknown scheme for proxy URL URL('ftp://kim:hunter2@127.0.0.1:9')"))
    assert "ALL_PROXY" in line
    assert "hunter2" not in line


def test_a_missing_file_of_certificates_names_the_variable() -> None:
    assert "SSL_CERT_FILE" in explain(FileNotFoundError(2, "No such file or directory"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "http://kim:hunter2/x@127.0.0.1:3128"),
        ("HTTPS_PROXY", "http://127.0.0.1:port"),
        ("HTTP_PROXY", "http://127.0.0.1:3128\r"),
        ("NO_PROXY", "[::1]:80"),
        ("ALL_PROXY", "socks://127.0.0.1:1080"),
    ],
)
def test_a_proxy_that_is_no_address_is_no_defect(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv(name, value)
    with pytest.raises((ValueError, httpx.InvalidURL)) as failed:
        httpx.Client()
    said = explain(failed.value)
    assert "HTTPS_PROXY" in said
    assert "NO_PROXY" in said
    assert "defect" not in said
    assert "hunter2" not in said


def test_a_file_without_certificates_names_the_variable() -> None:
    assert "SSL_CERT_FILE" in explain(
        ssl.SSLError(1, "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found")
    )


def test_a_defect_shows_no_token() -> None:
    token = f"123456789:{'A' * 35}"
    assert token not in explain(ZeroDivisionError(f"https://api.telegram.org/bot{token}/getMe"))
