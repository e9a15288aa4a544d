"""A Spanish speaker goes through the bot over HTTP: whatever it answers stands in the Spanish catalogue."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from bot.languages import LOCALES
from bot.messages.commands import COMMANDS
from bot.zones import OFFERED, city_of
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Json, Sim

# What is no sentence: commands, what people said, films of the tests, languages' own names, menus of other sites.
NAMES = re.compile(
    r"/\w+|«[^»]*»|Film \d+|Tom & <Jerry>|The Matrix|Casablanca|Ronin|Alien|Amélie|English|简体中文|=cmd[^\n]*|"
    r"UTC[+-]\d+|\w+: [^\n]* › [^\n]*"
)


def _words(text: str) -> set[str]:
    """Return the words of a text, without markup and names."""
    shown = html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
    return {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", NAMES.sub("", shown))}


def _catalogue(locale: str) -> Iterator[str]:
    with (LOCALES / locale / "messages.po").open("rb") as file:
        for message in read_po(file, locale=locale):
            if message.id:
                yield from message.string if isinstance(message.string, (tuple, list)) else (message.string or "",)


CITIES = [city_of(zone, "es") for zone in OFFERED]
SPANISH = {word for sentence in (*_catalogue("es"), *CITIES) for word in _words(re.sub(r"{\w+}", "", sentence))}


def foreign_in(text: str) -> set[str]:
    """Return the words of a text that no Spanish sentence has."""
    return _words(text) - SPANISH


def answered(sim: Sim) -> list[str]:
    """Return every text that was sent or edited: letters, captions, buttons and toasts."""
    texts = list[str]()
    for call in sim.calls():
        said, pressed = call["parameters"], call["parameters"].get("reply_markup") or {}
        if call["method"].lower().startswith("setmy"):
            continue
        texts += [said[name] for name in ("text", "caption") if said.get(name)]
        rows = (json.loads(pressed) if isinstance(pressed, str) else pressed).get("inline_keyboard", [])
        texts += [button["text"] for row in rows for button in row]
    return texts


@pytest.fixture
def reader(bot: LivingBot, sim: Sim) -> Person:
    """Someone with a Spanish app."""
    return Person(sim, 7_000_009, "es")


def _begin(reader: Person) -> Json:
    reader.say("/start")
    grid = reader.sees("¿Qué géneros te gustan?")
    reader.tap(reader.sees("Una pregunta"), "No, solo recomienda")
    reader.tap(grid, "Comedia")
    reader.tap(reader.sees_button("✅ Comedia"), "✔️ Listo, quiero películas")
    reader.sees("Ahora hazla tuya")
    return reader.sees("Películas para ti")


def _rate(reader: Person) -> None:
    """Go through the interview: one rated, one not seen, one taken back, and its end."""
    reader.say("/rate")
    card = reader.sees("¿Qué te pareció?")
    reader.tap(card, "4★")
    reader.tap(reader.sees("1 película puntuada"), "🙈 No la he visto")
    reader.tap(reader.sees("no vista"), "↩ Deshacer")
    reader.tap(reader.sees_button("🏁 Ya está"), "🏁 Ya está")
    reader.sees("Tu próxima lista ya lo sabe")


def _turn_cards(reader: Person, page: Json) -> None:
    """Open a film, turn its card, keep it, and tune the list."""
    card = reader.open(page, 1)
    reader.tap(card, "¿Por qué?")
    reader.sees("❓")
    reader.tap(card, "⋯ Más")
    reader.tap(reader.sees_button("‹ Volver a la ficha"), "‹ Volver a la ficha")
    reader.tap(reader.sees_button("🔖 Luego"), "🔖 Luego")
    reader.say("/recommend")
    reader.tap(reader.sees_button("🎛 Afinar"), "🎛 Afinar")
    knobs = reader.sees("Afina tu lista")
    reader.tap(knobs, next(label for label in labels(knobs) if label.startswith("🗓")))
    reader.tap(reader.sees("¿Películas de cuándo?"), "Años 90")


def _ask_for_digests(reader: Person) -> None:
    reader.say("/digest semanal")
    reader.tap(reader.sees("¿A qué hora?"), "19:00")
    reader.sees("¿Dónde estás?")
    reader.sees_button("Buenos Aires 09:00")
    reader.say("xqzwk")
    reader.sees("No sé dónde está «xqzwk»")
    reader.say("estoy en Ciudad de México")
    reader.sees("cada viernes a las 19:00 (Ciudad de México)")


SAID = {
    "/ratings": "Tus notas",
    "/later": "Tus pendientes",
    "/following": "Todavía no sigues a nadie",
    "/taste": "Puedo dibujar tu gusto a partir de",
    "/year": "Un año necesita",
    "/again": "No hay nada donde elegir",
    "/genres": "Tus géneros",
    "/notify": "Lo que te envío por mi cuenta",
    "/import": "Trae tus películas",
    "/privacy": "Entrenar para todos",
    "/language": "¿En qué idioma te hablo?",
    "/help": "Envíame un título para puntuarlo",
    "/nada": "No conozco ese comando",
    "Casablanca": "¿La has visto?",
    "xqzwk": "No encuentro «xqzwk»",
    "/recommend xqzwk": "No entiendo «xqzwk»",
    "comedia de los 90, sin terror": "He entendido: Comedia · 1990–1999 · sin Terror",
    "hola": "¡Hola!",
    "gracias": "¡De nada!",
    "/export": "Todo lo que sé de ti",
    "/deleteme": "¿Lo borro todo?",
}


def test_a_spanish_speaker_reads_no_english_sentence(reader: Person) -> None:
    page = _begin(reader)
    _rate(reader)
    _turn_cards(reader, page)
    _ask_for_digests(reader)
    for text, answer in SAID.items():
        reader.say(text)
        reader.sees(answer)
    reader.tap(reader.sees("¿Lo borro todo?"), "🗑 Sí, bórralo todo")
    reader.sees("Todo está borrado")
    texts = [*answered(reader.sim), *(toast["text"] for toast in reader.sim.toasts(reader.id) if toast["text"])]
    assert len(texts) > 200
    assert {text: found for text in texts if (found := foreign_in(text))} == {}


def test_the_menu_and_what_telegram_shows_of_the_bot_are_spanish(bot: LivingBot, sim: Sim) -> None:
    def spanish(method: str) -> Json:
        def find() -> Json | None:
            calls = [call["parameters"] for call in sim.calls(method=method)]
            return next((call for call in calls if call.get("language_code") == "es"), None)

        return sim.until(find) or {}

    bot.introduce()
    menu, about, short = map(spanish, ("setMyCommands", "setMyDescription", "setMyShortDescription"))
    commands = json.loads(menu["commands"])
    assert [command["command"] for command in commands] == [*COMMANDS]
    for text in (*(command["description"] for command in commands), about["description"]):
        assert foreign_in(text) == set()
    assert foreign_in(short["short_description"]) == set()


def test_spanish_is_chosen_by_button_or_by_name(person: Person) -> None:
    person.say("/language")
    person.tap(person.sees("Which language shall I speak?"), "Español")
    person.sees("Ahora te hablo en español")
    person.say("/language inglés")
    person.sees("I speak English now")
    person.say("/language castellano")
    person.sees("Ahora te hablo en español")


@pytest.mark.parametrize("sentence", ["Your ratings", "🎬 <b>Films for you</b>", "Welcome back: 3 films rated", "你好"])
def test_the_check_itself_knows_what_is_not_spanish(sentence: str) -> None:
    assert foreign_in(sentence)
