"""JSON answers in plain ASCII, as Telegram writes them: any text passes, half a surrogate pair included."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse


class JsonReply(JSONResponse):
    """A JSON answer whose non-ASCII characters are escaped."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, separators=(",", ":")).encode()
