"""Where a bot finds the files people sent."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.files import DOWNLOAD_LIMIT
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World


async def get_file(world: World, parameters: Parameters) -> dict[str, Any]:
    if not parameters.text("file_id"):
        raise bad_request("file_id not specified")
    file = world.files.find(parameters.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**file.to_json(), "file_path": file.path}
