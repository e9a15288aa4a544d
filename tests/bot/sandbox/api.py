"""A bot without a library: bare Bot API calls, for answers that a library would hide."""

from __future__ import annotations

import io
from typing import Any

import httpx
from PIL import Image

Json = dict[str, Any]


class Api:
    """Bot API calls of one token; they answer (status, answer)."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self._http = httpx.Client(base_url=url, trust_env=False, verify=False, timeout=20)

    def close(self) -> None:
        self._http.close()

    def call(self, method: str, files: Json | None = None, **parameters: Any) -> tuple[int, Json]:
        """Call with a JSON body, or as multipart when there are files."""
        if files:
            response = self._http.post(self.path(method), data=parameters, files=files)
        else:
            response = self._http.post(self.path(method), json=parameters)
        answer: Json = response.json()
        return response.status_code, answer

    def post(self, method: str, parameters: Json) -> httpx.Response:
        """Return the bare response to a JSON body."""
        return self._http.post(self.path(method), json=parameters)

    def result(self, method: str, files: Json | None = None, **parameters: Any) -> Any:
        """Return the result of a call that must succeed."""
        status, answer = self.call(method, files, **parameters)
        assert (status, answer["ok"]) == (200, True), answer
        return answer["result"]

    def refusal(self, method: str, files: Json | None = None, **parameters: Any) -> str:
        """Return the description of a call that must fail."""
        status, answer = self.call(method, files, **parameters)
        assert (answer["ok"], answer["error_code"]) == (False, status), answer
        return str(answer["description"])

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self._http.get(path, params=query)

    def path(self, method: str) -> str:
        return f"/bot{self.token}/{method}"


def picture(width: int = 60, height: int = 40) -> bytes:
    """Draw a plain PNG."""
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(drawn, "PNG")
    return drawn.getvalue()
