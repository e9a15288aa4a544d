"""Settings: read once, and a bad value names its variable."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings, unknown_settings
from bot.storage import migrate

# Of the shape that Telegram gives, and nobody's.
SECRET = "a_secret-of-24-characters"
TOKEN = f"123456789:{'A' * 35}"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("REELMATE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.data_dir == tmp_path / "reelmate"
    assert settings.database_url == f"sqlite:///{tmp_path}/reelmate/reelmate.db"
    assert settings.retrain_every == timedelta(hours=24)


def test_without_xdg_the_data_lies_in_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings().data_dir == tmp_path / ".local/share/reelmate"


def test_the_token_is_missing_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    with pytest.raises(SettingsError, match=r"REELMATE_TELEGRAM_TOKEN must hold .*@BotFather"):
        settings.require_token()
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f" {TOKEN}\n")
    assert load_settings().require_token() == TOKEN
    assert TOKEN not in repr(load_settings())


def test_the_webhooks_secret_is_missing_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    with pytest.raises(SettingsError, match=r"REELMATE_WEBHOOK_SECRET must be set beside REELMATE_WEBHOOK_URL"):
        settings.require_webhook_secret()
    monkeypatch.setenv("REELMATE_WEBHOOK_SECRET", SECRET)
    assert load_settings().require_webhook_secret() == SECRET
    assert SECRET not in repr(load_settings())


@pytest.mark.parametrize("secret", ["a", "x" * 23, "x" * 257, "my long secret! my long secret!", "é" * 30])
def test_a_secret_that_is_guessed_or_refused_by_telegram_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("REELMATE_WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsError, match=r"^REELMATE_WEBHOOK_SECRET.*24 to 256 of A-Z") as refused:
        load_settings()
    assert len(secret) < 5 or secret not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://bot.example/hook", "ftp://bot.example", "bot.example", "http://127.0.0.1.evil/x"]
)
def test_a_webhook_without_https_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REELMATE_WEBHOOK_URL", url)
    with pytest.raises(SettingsError, match=r"^REELMATE_WEBHOOK_URL.*https://"):
        load_settings()


@pytest.mark.parametrize("url", ["https://bot.example/hook", "https://bot.example", "http://127.0.0.1:8443/hook"])
def test_a_webhook_by_https_or_on_this_machine_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("REELMATE_WEBHOOK_URL", url)
    assert load_settings().webhook_url == url


@pytest.mark.parametrize(
    "token", ["hunter2", "123:hunter2", f"{TOKEN}x", TOKEN[1:].replace(":", ""), f"bot{TOKEN}", TOKEN.replace("A", "é")]
)
def test_a_token_of_the_wrong_shape_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", token)
    with pytest.raises(
        SettingsError, match=r"REELMATE_TELEGRAM_TOKEN: a token must be digits, a colon and 35 "
    ) as caught:
        load_settings()
    assert token not in str(caught.value)


def test_another_server_gives_tokens_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", "1:sandbox")
    assert load_settings().require_token() == "1:sandbox"
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", "sandbox")
    with pytest.raises(SettingsError, match="REELMATE_TELEGRAM_TOKEN"):
        load_settings()


def test_arguments_win_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REELMATE_DATA_DIR", str(tmp_path / "a"))
    settings = load_settings(data_dir=tmp_path / "b", seed=None)
    assert settings.data_dir == tmp_path / "b"
    assert settings.database_url.endswith("/b/reelmate.db")


def test_everything_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_OPERATOR_CHAT", "-100")
    monkeypatch.setenv("REELMATE_RETRAIN_EVERY", "90m")
    monkeypatch.setenv("REELMATE_TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    settings = load_settings()
    assert settings.operator_chat == -100
    assert settings.retrain_every == timedelta(minutes=90)
    assert settings.bot_api_url == "http://127.0.0.1:8081/bot"
    assert settings.file_api_url == "http://127.0.0.1:8081/file/bot"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("RETRAIN_EVERY", "soon"),
        ("RETRAIN_EVERY", "999999d"),
        ("IMPRESSIONS_KEPT", "999999d"),
        ("RETRAIN_MIN_RATINGS", "-1"),
        ("OPERATOR_CHAT", "@me"),
        ("OPERATOR_CHAT", "0"),
        ("OPERATOR_CHAT", str(2**63)),
        ("SEED", "x"),
        ("SEED", str(2**32)),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "http://[::1"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:99999"),
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/?a=b"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        ("WEBHOOK_URL", "https://bot.example:8080/hook"),
        ("WEBHOOK_URL", "https://bot.example:port/hook"),
        ("WEBHOOK_URL", "https://localhost/hook"),
        ("WEBHOOK_URL", "https://192.168.1.2/hook"),
        ("RETRAIN_EVERY", "0s"),
        ("RETRAIN_EVERY", "never"),
        ("RETRAIN_MEMORY", "4,5GB"),
        ("RETRAIN_DISK", "-5"),
        ("IMPRESSIONS_KEPT", "29d"),
        ("DATA_DIR", "~nobody-of-this-name/data"),
        ("DATA_DIR", "$HOME/data"),
        ("DATA_DIR", "file:///srv/data"),
        ("ADMINS", "@ada"),
        ("WEBHOOK_URL", "ftp://here"),
        ("WIKIDATA_URL", "file:///etc/passwd"),
        ("MOVIELENS_URL", "files.grouplens.org"),
        ("CONTACT", "Ann (me)"),
    ],
)
def test_a_bad_value_names_its_variable_and_its_text(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(f"REELMATE_{name}", text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert sentence.startswith(f"REELMATE_{name}: ")
    assert text.removesuffix("d") in sentence.partition("Received: ")[2]
    assert "datetime" not in sentence
    assert "\n" not in sentence


def test_the_bots_own_training_can_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_RETRAIN_EVERY", "off")
    assert load_settings().retrain_every is None


def test_a_replica_needs_a_webhook_and_a_database_that_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_REPLICA", "yes")
    with pytest.raises(SettingsError, match=r"^REELMATE_REPLICA needs REELMATE_WEBHOOK_URL"):
        load_settings().require_replica()
    monkeypatch.setenv("REELMATE_WEBHOOK_URL", "https://bot.example/hook")
    with pytest.raises(SettingsError, match=r"^REELMATE_REPLICA needs a PostgreSQL database"):
        load_settings().require_replica()
    monkeypatch.setenv("REELMATE_DATABASE_URL", "postgresql://films@127.0.0.1/films")
    load_settings().require_replica()


@pytest.mark.parametrize("url", ["redis://:hunter2@127.0.0.1:6379/0", "rediss://redis.example", "unix:///run/redis"])
def test_an_address_of_redis_is_taken_and_never_shown(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("REELMATE_REDIS_URL", url)
    assert "hunter2" not in repr(load_settings())


def test_another_address_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_REDIS_URL", "http://:hunter2@127.0.0.1")
    with pytest.raises(SettingsError, match=r"^REELMATE_REDIS_URL: the address of a Redis server") as refused:
        load_settings()
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(("name", "value"), [("LOG", "xml"), ("HEALTH_PORT", "65536"), ("HEALTH_PORT", "metrics")])
def test_a_bad_way_to_be_seen_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"REELMATE_{name}", value)
    with pytest.raises(SettingsError, match=rf"^REELMATE_{name}: .* Received: '{value}'"):
        load_settings()


def test_admins_are_numbers_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_ADMINS", "7, 8")
    assert load_settings().admins == {7, 8}
    monkeypatch.setenv("REELMATE_ADMINS", "Ada")
    with pytest.raises(SettingsError, match="REELMATE_ADMINS: ids of people must be numbers with commas"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/\r", "http://127.0.0.1:8081"),
        ("TELEGRAM_API_URL", " HTTPS://API.Telegram.org/ ", "https://api.telegram.org"),
        ("TELEGRAM_API_URL", "http://[::1]:8081", "http://[::1]:8081"),
        ("WEBHOOK_URL", "'https://bot.example/hook'", "https://bot.example/hook"),
        ("WEBHOOK_URL", "HTTPS://bot.example:8443", "https://bot.example:8443"),
        ("DATABASE_URL", '"postgresql://films@127.0.0.1/films"', "postgresql://films@127.0.0.1/films"),
        ("DATA_DIR", " /srv/reelmate\r", Path("/srv/reelmate")),
        ("OPERATOR_CHAT", '"-100"', -100),
        ("ADMINS", "7 8; 9,", {7, 8, 9}),
        ("WEBHOOK_PORT", "8443\r", 8443),
        ("REPLICA", " Yes\r", True),
        ("REPLICA", "'off'", False),
        ("LOG", "JSON", "json"),
        ("RETRAIN_EVERY", '"24H"', timedelta(days=1)),
        ("RETRAIN_EVERY", "2w", timedelta(days=14)),
        ("RETRAIN_EVERY", "Off\r", None),
        ("RETRAIN_DISK", "'4.5 GB'", 4_500_000_000),
        ("CONTACT", "me@example.org\r", "me@example.org"),
        ("CONTACT", "''", None),
    ],
)
def test_what_a_file_of_settings_leaves_around_a_value_is_taken_off(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object
) -> None:
    monkeypatch.setenv(f"REELMATE_{name}", text)
    assert getattr(load_settings(), name.lower()) == value


def test_secrets_lose_blanks_and_quotes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f'"{TOKEN}"')
    monkeypatch.setenv("REELMATE_WEBHOOK_SECRET", f"{SECRET}\r")
    monkeypatch.setenv("REELMATE_REDIS_URL", " REDIS://redis.example ")
    settings = load_settings()
    assert (settings.require_token(), settings.require_webhook_secret()) == (TOKEN, SECRET)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TELEGRAM_API_URL", f"https://api.telegram.org/bot{TOKEN}"),
        ("TELEGRAM_API_URL", "http://kim:hunter2@127.0.0.1:99999"),
        ("WEBHOOK_URL", "https://kim:hunter2@bot.example:8080"),
    ],
)
def test_a_refused_address_is_shown_without_what_is_secret_in_it(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(f"REELMATE_{name}", text)
    with pytest.raises(SettingsError, match=f"^REELMATE_{name}") as refused:
        load_settings()
    assert TOKEN not in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_relative_xdg_folder_is_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings().data_dir == tmp_path / ".local/share/reelmate"


def test_a_variable_that_is_no_setting_names_the_one_that_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKNE", TOKEN)
    monkeypatch.setenv("REELMATE_MAKE_COFFEE", "yes")
    monkeypatch.setenv("REELMATE_PORT_8443_TCP", "tcp://10.0.0.1:8443")  # Kubernetes', of a service named reelmate
    monkeypatch.setenv("REELMATE_MOVIELENS", "/data")  # a test's
    assert unknown_settings() == {"REELMATE_MAKE_COFFEE": None, "REELMATE_TELEGRAM_TOKNE": "REELMATE_TELEGRAM_TOKEN"}


def test_a_token_under_another_name_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_TOKEN", TOKEN)
    with pytest.raises(SettingsError, match="REELMATE_TOKEN, which is no setting") as missing:
        load_settings().require_token()
    assert TOKEN not in str(missing.value)


def test_the_database_lies_in_the_data_directory_whatever_its_name_is(tmp_path: Path) -> None:
    (folder := tmp_path / "100%41 of a b'c\"d 电影?x#y").mkdir()
    migrate(load_settings(data_dir=folder).database_url)
    assert list(tmp_path.rglob("*.db")) == [folder / "reelmate.db"]
    with pytest.raises(SettingsError, match="must be readable in UTF-8; set PYTHONUTF8=1"):
        load_settings(data_dir=tmp_path / "\udcc3\udcbc")
