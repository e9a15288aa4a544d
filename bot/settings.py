"""Settings: the only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import (
    ByteSize,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.addresses import check_root, check_web_address, check_webhook, without_password
from bot.quantities import Duration, Every, Ids, Size, clean

PREFIX: Final = "REELMATE_"
TELEGRAM: Final = "https://api.telegram.org"
# Telegram's ids have at most 52 significant bits (Bot API, "Chat").
MOST_ID: Final = 2**52
GROUPLENS: Final = "https://files.grouplens.org/datasets/movielens"
WIKIDATA: Final = "https://query.wikidata.org/sparql"
# Read by tests alone.
_OF_TESTS: Final = ("MOVIELENS", "TEST_POSTGRES_URL")
# Kubernetes tells each container of all services: of one named reelmate as REELMATE_PORT_80_TCP and the like.
_OF_SERVICES: Final = re.compile(r"_SERVICE_(HOST|PORT)|_PORT(_\d+_(TCP|UDP|SCTP)|$)")


class SettingsError(Exception):
    """A setting is missing or unusable; the text names the variable and what it holds."""


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
    admins: Annotated[Ids, NoDecode] = frozenset()  # who may ask for figures
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_port: int = Field(default=8443, ge=0, le=65535)  # where a proxy finds us; 0 takes a free one
    replica: bool = False  # one of several bots behind the webhook
    redis_url: SecretStr | None = None  # may hold a password
    health_port: int | None = Field(default=None, ge=0, le=65535)  # on the loopback; 0 takes a free one
    log: Literal["text", "json"] = "text"
    retrain_every: Every = timedelta(hours=24)
    retrain_min_ratings: int = Field(default=20, ge=0)
    retrain_memory: Size | None = Field(default=None, ge=1)
    retrain_time: Duration = Field(default=timedelta(hours=12), ge=timedelta(seconds=1))
    retrain_disk: Size = ByteSize(256_000_000)  # what a training leaves free
    impressions_kept: Duration = Field(default=timedelta(days=180), ge=timedelta(days=30))  # lists look back so far
    bundles_kept: int = Field(default=10, ge=1)
    seed: int = Field(default=0, ge=0, lt=2**32)  # what NumPy and TensorFlow take alike
    wikidata_url: str = WIKIDATA
    movielens_url: str = GROUPLENS
    contact: str | None = None
    demo: bool = False  # `reelmate demo` says so itself

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, given: Any) -> Any:
        """Take off what a file of settings leaves around values: blanks, a CR, one pair of quotes."""
        if not isinstance(given, Mapping):
            return given
        cleaned = {name: clean(value) for name, value in given.items()}
        return {name: value for name, value in cleaned.items() if value != ""}

    @field_validator("telegram_api_url")
    @classmethod
    def _check_root(cls, url: str) -> str:
        return check_root(url, TELEGRAM)

    @field_validator("wikidata_url", "movielens_url")
    @classmethod
    def _check_source(cls, url: str) -> str:
        return check_web_address(url, "where films and ratings come from")

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
    def _check_webhook(cls, url: str | None, info: ValidationInfo) -> str | None:
        is_telegrams = info.data.get("telegram_api_url") == TELEGRAM
        return None if url is None else check_webhook(url, is_telegrams=is_telegrams)

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
        if url is not None and not re.fullmatch(r"(rediss?|unix)://\S+", url.get_secret_value(), re.I):
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
        if re.match(r"\$|%\w+%|\w+:/", str(folder)):
            raise ValueError("a data directory must be a folder's path, with no variables and no scheme in it")
        try:
            str(folder).encode()
        except UnicodeEncodeError:
            raise ValueError("a data directory must be readable in UTF-8; set PYTHONUTF8=1 or LC_ALL=C.UTF-8") from None
        try:
            return folder.expanduser().absolute()
        except RuntimeError:
            raise ValueError("whose home ~ is must be known; name a folder by its whole path") from None

    @field_validator("log", mode="before")
    @classmethod
    def _lower(cls, name: object) -> object:
        return name.lower() if isinstance(name, str) else name

    def require_token(self) -> str:
        """Return the bot's token.

        Raises:
            SettingsError: none is set.
        """
        if self.telegram_token is None:
            others = [f", and {name}, which is no setting" for name in unknown_settings() if "TOKEN" in name]
            raise SettingsError(
                "REELMATE_TELEGRAM_TOKEN must hold the token that @BotFather gave for your bot. "
                f"Received: nothing{''.join(others)}"
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


def unknown_settings() -> dict[str, str | None]:
    """Return the variables that look like settings and are none, each with the one that may be meant."""
    known = [name.upper() for name in Settings.model_fields]
    bare = {name.removeprefix(PREFIX) for name in map(str.upper, os.environ) if name.startswith(PREFIX)}
    unknown = sorted(name for name in bare - {*known, *_OF_TESTS} if not _OF_SERVICES.search(f"_{name}"))
    meant = {name: get_close_matches(name, known, n=1) for name in unknown}
    return {f"{PREFIX}{name}": f"{PREFIX}{close[0]}" if close else None for name, close in meant.items()}


def sqlite_url(data_dir: Path) -> str:
    """Return the URL of the database in a data directory; `%` and `?` of its path are written as in URLs."""
    path = str(data_dir / "reelmate.db").replace("%", "%25").replace("?", "%3F")
    return f"sqlite:///{path}"


def notify_socket() -> str | None:
    """Return where systemd listens to a service of Type=notify (sd_notify(3)); None where it does not."""
    return _Supervisor().notify_socket


def _user_data_dir() -> Path:
    """Return where a person's programs keep data; a path that is not absolute is none (XDG Base Directory 0.8)."""
    named = _Home().xdg_data_home
    home = named if named is not None and named.is_absolute() else Path("~/.local/share")
    try:
        return home.expanduser() / "reelmate"
    except RuntimeError:  # a user whom the machine does not know, as in a container
        raise SettingsError("REELMATE_DATA_DIR must be set where no home is known. Received: nothing") from None


class _Supervisor(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="", extra="ignore", env_ignore_empty=True)

    notify_socket: str | None = None


class _Home(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="", extra="ignore", env_ignore_empty=True)

    xdg_data_home: Path | None = None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name, value = str(first["loc"][0]), first["input"]
    secret = name in ("telegram_token", "webhook_secret", "database_url", "redis_url")
    shown = without_password(value) if name.endswith("_url") and isinstance(value, str) else value
    fact = "a value of the wrong kind" if secret else repr(str(shown))
    return f"{PREFIX}{name.upper()}: {first['msg'].removeprefix('Value error, ')}. Received: {fact}"
