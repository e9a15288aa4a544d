"""Small talk: what is polite is told from what is a title."""

import pytest

from bot.reading.small_talk import Talk, read_small_talk


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("hi", Talk.GREETING),
        ("Hiii!!", Talk.GREETING),
        ("hello there", Talk.GREETING),
        ("Good morning", Talk.GREETING),
        ("how are you?", Talk.GREETING),
        ("你好", Talk.GREETING),
        ("你好啊！", Talk.GREETING),
        ("在吗？", Talk.GREETING),
        ("👋", Talk.GREETING),
        ("thanks", Talk.THANKS),
        ("Thank you so much!", Talk.THANKS),
        ("ok, thanks", Talk.THANKS),
        ("谢谢", Talk.THANKS),
        ("好的，谢谢你", Talk.THANKS),
        ("🙏", Talk.THANKS),
        ("bye", Talk.BYE),
        ("晚安", Talk.BYE),
        ("ok", Talk.FINE),
        ("哈哈哈", Talk.FINE),
        ("👍👍", Talk.FINE),
        ("¡Hola! ¿Qué tal?", Talk.GREETING),
        ("buenas noches", Talk.GREETING),
        ("muchas gracias", Talk.THANKS),
        ("hasta luego", Talk.BYE),
        ("vale, perfecto", Talk.FINE),
        ("¿Qué puedes hacer?", Talk.HELP),
        ("help", Talk.HELP),
        ("what can you do?", Talk.HELP),
        ("more", Talk.MORE),
        ("Another one, please!", Talk.MORE),
        ("ok, something else", Talk.MORE),
        ("换一批", Talk.MORE),
        ("还有吗？", Talk.MORE),
        ("¿Otra?", Talk.MORE),
        ("dame más", Talk.MORE),
        ("next film", Talk.MORE),
        ("more like this", Talk.MORE),
        ("no, not that one", Talk.MORE),
        ("别的", Talk.MORE),
        ("和这部类似的", Talk.MORE),
        ("más como esta", Talk.MORE),
        ("la siguiente película", Talk.MORE),
        ("no more", Talk.FINE),
        ("I have seen this movie", Talk.MARKING),
        ("I hated it", Talk.MARKING),
        ("不好看", Talk.MARKING),
        ("esta ya la vi", Talk.MARKING),
        ("me gustó", Talk.MARKING),
        ("I’ve already seen it", Talk.MARKING),
        ("not interested, thanks", Talk.MARKING),
        ("9/10", Talk.MARKING),
        ("4.5 stars", Talk.MARKING),
        ("看过了", Talk.MARKING),
        ("不想看这个", Talk.MARKING),
        ("no me apetece", Talk.MARKING),
        ("ya la he visto", Talk.MARKING),
        ("你会什么", Talk.HELP),
        ("这个机器人怎么用？", Talk.HELP),
        ("有什么功能", Talk.HELP),
        ("你好，请问怎么使用呢", Talk.HELP),
        ("你都能做些什么呀", Talk.HELP),
        ("How do I use this?", Talk.HELP),
        ("how does this bot work", Talk.HELP),
        ("¿Cómo se usa este bot?", Talk.HELP),
        ("¿Para qué sirves?", Talk.HELP),
    ],
)
def test_small_talk_is_known(text: str, talk: Talk) -> None:
    assert read_small_talk(text) is talk


@pytest.mark.parametrize(
    "text",
    [
        "",
        "his",
        "Hi, Mom",
        "Good Morning, Vietnam",
        "Hello, Dolly!",
        "what can I watch",
        "可以看什么",
        "有什么好看的",
        "ok computer",
        "The Others",
        "another round",
        "seen one, seen them all",
        "9 to 5",
        "heat",
        "早春二月",
        "...",
        "no horror",
    ],
)
def test_a_title_is_no_small_talk(text: str) -> None:
    assert read_small_talk(text) is None


def test_only_what_may_be_a_title_is_looked_up() -> None:
    assert [talk for talk in Talk if talk.may_be_title] == [Talk.BYE, Talk.FINE, Talk.MORE, Talk.MARKING]
