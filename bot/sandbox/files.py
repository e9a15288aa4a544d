"""Files sent through the local Telegram, kept in memory."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import re
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import ApiError, bad_request

UPLOAD_LIMIT = 50 * 1024 * 1024  # bytes; Bot API, "Sending files"
DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes; Bot API, getFile
PHOTO_LIMIT = 10 * 1024 * 1024  # bytes; Bot API, sendPhoto


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived in a request."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the local Telegram keeps; width and height are in pixels, 0 for what is no photo."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        folder = "photos" if self.width else "documents"
        ending = re.search(r"\.[A-Za-z0-9]{1,10}$", self.name)
        return f"{folder}/{self.unique_id}{ending.group() if ending else ''}"

    def to_json(self) -> dict[str, Any]:
        """Return the fields that photos and documents share in the Bot API."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


@dataclass(slots=True)
class Files:
    """Every file by its id."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)

    def keep_document(self, upload: Upload) -> StoredFile:
        """Store a document.

        Raises:
            ApiError: when it is empty or too large.
        """
        _check_size(upload, UPLOAD_LIMIT)
        return self._keep(upload, "doc")

    def keep_photo(self, upload: Upload) -> StoredFile:
        """Store a photo that can be shown.

        Raises:
            ApiError: when it is no picture, too large or of an impossible shape.
        """
        _check_size(upload, PHOTO_LIMIT)
        width, height = _picture_size(upload.content)
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return self._keep(upload, "photo", width=width, height=height)

    def find(self, file_id: str) -> StoredFile | None:
        return self.by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return next((file for file in self.by_id.values() if file.path == path), None)

    def clear(self) -> None:
        self.by_id.clear()

    def _keep(self, upload: Upload, kind: str, *, width: int = 0, height: int = 0) -> StoredFile:
        digest = hashlib.sha256(
            kind.encode() + upload.name.encode(errors="surrogatepass") + upload.content
        ).hexdigest()[:24]
        mime_type = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        file = StoredFile(f"{kind}-{digest}", digest[:16], upload.name, mime_type, upload.content, width, height)
        self.by_id[file.file_id] = file
        return file


def _check_size(upload: Upload, limit: int) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if len(upload.content) > limit:
        raise bad_request(f"file is too big; the maximum is {limit} bytes")


def _picture_size(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
