"""Settings: the only reader of the environment."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ByteSize, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX: Final = "REELMATE_"
TELEGRAM: Final = "https://api.telegram.org"
# Beyond it, dates counted from today leave the calendar.
LONGEST: Final = timedelta(days=3650)
# Telegram's ids have at most 52 significant bits (Bot API, "Chat").
MOST_ID: Final = 2**52
GROUPLENS: Final = "https://files.grouplens.org/datasets/movielens"
WIKIDATA: Final = "https://query.wikidata.org/sparql"
_SECONDS_BY_UNIT: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class SettingsError(Exception):
    """A setting is missing or unusable; the text names the variable and what it holds."""


def parse_duration(text: object) -> object:
    """Return "90s", "30m", "24h" or "7d" as a timedelta; anything else as it came, for the validator to refuse."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*([smhd])\s*", text) if isinstance(text, str) else None
    if found is None:
        if isinstance(text, str):
            raise ValueError('a duration must be a number and s, m, h or d, such as "24h"')
        return text
    duration = timedelta(seconds=int(found[1]) * _SECONDS_BY_UNIT[found[2]])
    if duration > LONGEST:
        raise ValueError("a duration must be ten years at most")
    return duration


def parse_off(text: object) -> object:
    """Return None for "off"; anything else as it came."""
    return None if isinstance(text, str) and text.strip().lower() == "off" else text


def parse_ids(text: object) -> object:
    """Return "7, 8" as numbers of people; anything else as it came."""
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"\s*[1-9][0-9]{0,15}(\s*,\s*[1-9][0-9]{0,15})*\s*", text, re.ASCII):
        raise ValueError("ids of people must be numbers with commas")
    return frozenset(int(part) for part in text.split(","))


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]


class Settings(BaseSettings):
    """Everything an operator can set, read once. Variables are the names in capitals behind REELMATE_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    telegram_api_url: str = TELEGRAM
    telegram_token: SecretStr | None = None
    data_dir: Path = Field(default_factory=lambda: _user_data_dir())
    database_url: str = Field(
        default_factory=lambda before: sqlite_url(before["data_dir"]), repr=False
    )  # may hold a password
    operator_chat: int | None = Field(default=None, gt=-MOST_ID, lt=MOST_ID)
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(parse_ids)] = frozenset()  # who may ask for figures
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_port: int = Field(default=8443, ge=0, le=65535)  # where a proxy finds us; 0 takes a free one
    replica: bool = False  # one of several bots behind the webhook
    redis_url: SecretStr | None = None  # may hold a password
    health_port: int | None = Field(default=None, ge=0, le=65535)  # on the loopback; 0 takes a free one
    log: Literal["text", "json"] = "text"
    retrain_every: Annotated[Duration | None, BeforeValidator(parse_off)] = timedelta(hours=24)
    retrain_min_ratings: int = Field(default=20, ge=0)
    retrain_memory: ByteSize | None = Field(default=None, ge=1)
    retrain_time: Duration = Field(default=timedelta(hours=12), ge=timedelta(seconds=1))
    retrain_disk: ByteSize = ByteSize(256_000_000)  # what a training leaves free
    impressions_kept: Duration = Field(default=timedelta(days=180), ge=timedelta(days=30))  # lists look back so far
    bundles_kept: int = Field(default=10, ge=1)
    seed: int = Field(default=0, ge=0, lt=2**32)  # what NumPy and TensorFlow take alike
    wikidata_url: str = WIKIDATA
    movielens_url: str = GROUPLENS
    contact: str | None = None
    demo: bool = False  # `reelmate demo` says so itself

    @field_validator("telegram_api_url")
    @classmethod
    def _check_root(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", url) or not _has_place(url):
            raise ValueError("the address of a Bot API server must start with http:// or https://")
        return url.rstrip("/")

    @field_validator("wikidata_url", "movielens_url")
    @classmethod
    def _check_source(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", url):
            raise ValueError("where films and ratings come from must start with http:// or https://")
        return url

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, contact: str | None) -> str | None:
        if contact is not None and not re.fullmatch(r"[!-'*-~]{3,200}", contact, re.ASCII):  # goes into a header
            raise ValueError("a contact must be a mail address or a page's, without blanks and brackets")
        return contact

    @field_validator("telegram_token")
    @classmethod
    def _check_token(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        text = "" if token is None else token.get_secret_value().strip()
        # A Bot API server of one's own may give tokens of any length, as the sandbox does.
        shape = r"\d+:[\w-]{35}" if info.data.get("telegram_api_url") == TELEGRAM else r"\d+:\S+"
        if token is not None and not re.fullmatch(shape, text, re.ASCII):
            raise ValueError("a token must be digits, a colon and 35 letters, digits, - or _, as @BotFather gave it")
        return None if token is None else SecretStr(text)

    @field_validator("webhook_url")
    @classmethod
    def _check_webhook(cls, url: str | None) -> str | None:
        # Telegram delivers by https alone; a local Telegram on this machine may do without.
        if url is not None and not re.fullmatch(
            r"(https://[^\s/]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/\S*)?", url
        ):
            raise ValueError("the webhook's address must start with https://")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        # Which signs and at most 256: Bot API, setWebhook. Fewer than 24 might be guessed.
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{24,256}", secret.get_secret_value(), re.ASCII):
            raise ValueError("a webhook's secret must be 24 to 256 of A-Z a-z 0-9 _ - (such as `openssl rand -hex 32`)")
        return secret

    @field_validator("redis_url")
    @classmethod
    def _check_redis(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not re.fullmatch(r"rediss?://\S+|unix://\S+", url.get_secret_value()):
            raise ValueError("the address of a Redis server must start with redis://, rediss:// or unix://")
        return url

    @field_validator("operator_chat")
    @classmethod
    def _check_chat(cls, chat: int | None) -> int | None:
        if chat == 0:
            raise ValueError("a chat's id must not be 0")
        return chat

    @field_validator("data_dir")
    @classmethod
    def _expand(cls, folder: Path) -> Path:
        return folder.expanduser().absolute()

    def require_token(self) -> str:
        """Return the bot's token.

        Raises:
            SettingsError: none is set.
        """
        if self.telegram_token is None:
            raise SettingsError(
                "REELMATE_TELEGRAM_TOKEN must hold the token that @BotFather gave for your bot. Received: nothing"
            )
        return self.telegram_token.get_secret_value()

    def require_replica(self) -> None:
        """Make sure that this can be one of several bots.

        Raises:
            SettingsError: it polls, or its database is its own.
        """
        if self.webhook_url is None:
            raise SettingsError("REELMATE_REPLICA needs REELMATE_WEBHOOK_URL: one bot alone may poll. Received: none")
        if self.database_url.startswith("sqlite"):
            raise SettingsError(
                "REELMATE_REPLICA needs a PostgreSQL database that all replicas share. Received: SQLite"
            )

    def require_webhook_secret(self) -> str:
        """Return what Telegram must send along to the webhook.

        Raises:
            SettingsError: none is set.
        """
        if self.webhook_secret is None:
            raise SettingsError("REELMATE_WEBHOOK_SECRET must be set beside REELMATE_WEBHOOK_URL. Received: nothing")
        return self.webhook_secret.get_secret_value()

    @property
    def bundles_dir(self) -> Path:
        """Return where published models are."""
        return self.data_dir / "bundles"

    @property
    def bot_api_url(self) -> str:
        """Return what the token is appended to for calls."""
        return f"{self.telegram_api_url}/bot"

    @property
    def file_api_url(self) -> str:
        """Return what the token is appended to for downloads."""
        return f"{self.telegram_api_url}/file/bot"


def load_settings(**given: Any) -> Settings:
    """Read the environment; arguments that are not None win over it, as the command line does.

    Raises:
        SettingsError: a variable holds what it must not; the text names it.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def sqlite_url(data_dir: Path) -> str:
    """Return the URL of the database in a data directory."""
    return f"sqlite:///{data_dir / 'reelmate.db'}"


def notify_socket() -> str | None:
    """Return where systemd listens to a service of Type=notify (sd_notify(3)); None where it does not."""
    return _Supervisor().notify_socket


def _has_place(url: str) -> bool:
    """Say whether an address names a host, and a port that there is."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _user_data_dir() -> Path:
    """Return where a person's programs keep data (XDG Base Directory Specification 0.8)."""
    return _Home().xdg_data_home.expanduser() / "reelmate"


class _Supervisor(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="", extra="ignore", env_ignore_empty=True)

    notify_socket: str | None = None


class _Home(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="", extra="ignore", env_ignore_empty=True)

    xdg_data_home: Path = Path("~/.local/share")


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0])
    secret = name in ("telegram_token", "webhook_secret", "database_url", "redis_url")
    fact = "a value of the wrong kind" if secret else repr(first["input"])
    return f"{PREFIX}{name.upper()}: {first['msg'].removeprefix('Value error, ')}. Received: {fact}"
