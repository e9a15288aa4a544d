"""The Bot API over HTTP: tokens, faults on purpose, the journal, files."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS, refused
from bot.sandbox.parameters import Parameters, read_parameters
from bot.sandbox.replies import JsonReply
from bot.sandbox.world import World


class DroppedConnection(Response):
    """An answer that promises a body and never sends it: the server then closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})


@dataclass(frozen=True, slots=True)
class BotApi:
    """The endpoints a bot talks to."""

    world: World

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        """Answer one method call, as Telegram or as a planned fault would."""
        method, came_at = request.path_params["method"], self.world.clock()
        if not self._is_ours(request):
            return _refusal(ApiError(401, "Unauthorized"))
        try:
            parameters = await read_parameters(request)
        except ApiError as error:
            return _refusal(error)
        return await self._answer(method, parameters, came_at)

    async def download(self, request: Request) -> Response:
        """Hand out a file that getFile named."""
        file = self.world.files.at_path(request.path_params["path"])
        if not self._is_ours(request):
            return _refusal(ApiError(401, "Unauthorized"))
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        return Response(file.content, media_type="application/octet-stream")

    async def _answer(self, method: str, parameters: Parameters, came_at: float) -> Response:
        fault = self.world.faults.next(method) or Fault(None)
        await asyncio.sleep(fault.delay_s)
        if fault.drop == "before":
            return self._dropped(method, parameters, came_at)
        if fault.status is not None:
            return self._failed(method, parameters, fault, came_at)
        status, answer = await self._run(method, parameters)
        if fault.drop:
            return self._dropped(method, parameters, came_at)
        self.world.calls.add(method, parameters.to_json(), status, answer, came_at=came_at)
        return JsonReply(answer, status)

    async def _run(self, method: str, parameters: Parameters) -> tuple[int, Mapping[str, Any]]:
        known = METHODS.get(method.lower())
        try:
            if known is None:
                raise refused(method)
            return 200, {"ok": True, "result": await known(self.world, parameters)}
        except ApiError as error:
            return error.status, _answer_of(error)

    def _dropped(self, method: str, parameters: Parameters, came_at: float) -> Response:
        self.world.calls.add(method, parameters.to_json(), 0, None, came_at=came_at)
        return DroppedConnection()

    def _failed(self, method: str, parameters: Parameters, fault: Fault, came_at: float) -> Response:
        status = fault.status or 500
        error = ApiError(status, _phrase(status, fault.retry_after), retry_after=fault.retry_after)
        self.world.calls.add(method, parameters.to_json(), status, _answer_of(error), came_at=came_at)
        if status in (502, 503, 504):  # what stands before Telegram's servers answers these, in HTML
            return HTMLResponse(f"<html><body><h1>{status} {HTTPStatus(status).phrase}</h1></body></html>", status)
        return _refusal(error)

    def _is_ours(self, request: Request) -> bool:
        return secrets.compare_digest(request.path_params["token"].encode(), self.world.token.encode())


def _phrase(status: int, retry_after: int | None) -> str:
    if status == 429:
        return f"Too Many Requests: retry after {retry_after or 1}"
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown error"


def _answer_of(error: ApiError) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.status == 429:
        answer["parameters"] = {"retry_after": error.retry_after or 1}
    if error.moved_to is not None:
        answer["parameters"] = {"migrate_to_chat_id": error.moved_to}
    return answer


def _refusal(error: ApiError) -> Response:
    return JsonReply(_answer_of(error), error.status)
