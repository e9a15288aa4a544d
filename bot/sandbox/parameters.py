"""The parameters of one Bot API call: query string, JSON, form or multipart, with nested values as JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import UPLOAD_LIMIT, Upload


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values by name, and uploaded files by the name of their part."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.uploads

    def text(self, name: str, default: str = "") -> str:
        """Return a text; numbers are spelled out, as Telegram accepts both."""
        value = self.values.get(name)
        if value is None:
            return default
        text = value if isinstance(value, str) else json.dumps(value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise bad_request("strings must be encoded in UTF-8")
        return text

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; what is none counts as absent, as in Telegram."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "1", "yes", "y", "t")

    def nested(self, name: str) -> Any:
        """Return a list or an object, whether sent as JSON or as JSON text; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise _unreadable(name) from error

    def array(self, name: str) -> list[Any]:
        """Return a list, empty when absent."""
        value = self.nested(name)
        if not isinstance(value, list | None):
            raise _unreadable(name)
        return value or []

    def record(self, name: str) -> dict[str, Any]:
        """Return an object, empty when absent."""
        value = self.nested(name)
        if not isinstance(value, dict | None):
            raise _unreadable(name)
        return value or {}

    def numbers(self, name: str) -> list[int]:
        """Return a list of whole numbers, empty when absent."""
        try:
            return [int(str(one)) for one in self.array(name)]
        except ValueError as error:
            raise _unreadable(name) from error

    def upload(self, name: str) -> Upload | None:
        """Return the file of a parameter, sent under its own name or as attach://."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)

    def to_json(self) -> dict[str, Any]:
        """Return the parameters for the journal, files by name and size."""
        files = {name: {"name": file.name, "size": len(file.content)} for name, file in self.uploads.items()}
        return {**self.values, **files}


def _unreadable(name: str) -> ApiError:
    return bad_request(f"can't parse {name.replace('_', ' ')} JSON object")


async def read_parameters(request: Request) -> Parameters:
    """Read a call's query string and body.

    Raises:
        ApiError: when the body cannot be read.
    """
    query = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return Parameters({**query, **_json_object(await request.body())})
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return await _read_form(request, query)
    return Parameters(query)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return values


async def _read_form(request: Request, query: dict[str, str]) -> Parameters:
    values: dict[str, Any] = dict(query)
    uploads: dict[str, Upload] = {}
    try:
        async with request.form(max_part_size=UPLOAD_LIMIT) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = Upload(value.filename or name, await value.read())
                else:
                    values[name] = value
    except (MultiPartException, HTTPException, FormParserError) as error:
        raise bad_request("can't parse the form") from error
    return Parameters(values, uploads)
