"""Languages over HTTP: the menu, the switch, and what stays."""

from bot.messages import LANGUAGES
from bot.messages.commands import COMMANDS
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Sim


def test_the_menu_is_registered_in_every_language(bot: LivingBot, sim: Sim) -> None:
    bot.introduce()
    calls = sim.until(
        lambda: found if len(found := sim.calls(method="setMyShortDescription")) == len(LANGUAGES) else []
    )
    menus = sim.calls(method="setMyCommands")
    assert {call["parameters"].get("language_code") for call in menus} == {None, *LANGUAGES[1:]}
    assert {call["parameters"].get("language_code") for call in calls} == {None, *LANGUAGES[1:]}
    assert all(f"{command}" in str(menus[0]["parameters"]["commands"]) for command in COMMANDS)


def test_the_chosen_language_wins_over_telegrams(person: Person) -> None:
    person.say("/language")
    question = person.sees("Which language shall I speak?")
    person.tap(question, "简体中文")
    assert person.sees("现在我会说中文")["message_id"] == question["message_id"]
    person.say("/help")
    person.sees("把片名发给我就能打分")
    person.say("/language")
    person.tap(person.sees("你希望我说哪种语言？"), "English")
    person.sees("I speak English now")
