"""Whatever a bot sends, the answer is Telegram's yes or a refusal, never a fault of the server."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.sandbox.methods import METHODS
from tests.bot.sandbox.api import Api
from tests.sim import Sim

# These wait, change who delivers updates, or end it.
KEPT_OUT = frozenset({"getupdates", "setwebhook", "deletewebhook", "leavechat"})
JUNK = [
    "x",
    "",
    -1,
    10**30,
    True,
    1.5,
    None,
    [],
    {},
    [1],
    ["x"],
    [{}],
    [[{}]],
    {"type": "photo"},
    {"type": {}, "text": 7},
]
NAMES = """
text caption entities caption_entities reply_markup reply_parameters media photo document video question options
type correct_option_ids open_period close_date results inline_query_id inline_message_id next_offset button
result guest_query_id reaction user_id permissions until_date title description name message_ids from_chat_id
latitude longitude phone_number first_name emoji commands scope language_code menu_button action file_id
message_thread_id cache_time custom_title sticker voice audio animation video_note live_period address explanation
"""


def answered(api: Api, method: str, parameters: dict[str, Any]) -> int:
    """Return the status; 500 where the server hung up."""
    try:
        return api.post(method, parameters).status_code
    except httpx.TransportError:
        return 500


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_is_refused(api: Api, sim: Sim, junk: Any) -> None:
    chat_id = -1001
    sim.group(7, {"id": chat_id, "type": "supergroup", "title": "x", "is_forum": True}, 8)
    sim.set_member(7, chat_id, "administrator")
    faults = []
    for method in sorted(METHODS.keys() - KEPT_OUT):
        sent = api.result("sendMessage", chat_id=chat_id, text=method)["message_id"]
        parameters: dict[str, Any] = dict.fromkeys(NAMES.split(), junk) | {"chat_id": chat_id, "message_id": sent}
        for change in (
            {},
            {"from_chat_id": chat_id, "user_id": 8, "text": "x"},
            {"message_id": junk},
            {"chat_id": junk},
        ):
            if (status := answered(api, method, parameters | change)) not in (200, 400, 403):
                faults.append((method, change, status))
    assert faults == []
