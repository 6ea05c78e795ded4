"""Files by their id: photos in several sizes as Telegram keeps them, documents as they are."""

import asyncio
import hashlib
import io
import mimetypes
import secrets
from dataclasses import dataclass, replace

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.errors import BadRequest
from sandbox.parameters import Parameters, Upload
from sandbox.wire import Json, present

PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
SIDES = (90, 320, 800, 1280)
SIDES_TOGETHER = 10_000
MOST_STRETCHED = 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """``family`` names the photo that this is one size of; empty for a document."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    data: bytes
    family: str = ""
    width: int = 0
    height: int = 0

    def as_file(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
            "file_path": self.path,
        }

    def as_photo_size(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
            "width": self.width,
            "height": self.height,
        }

    def as_document(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        } | present(file_name=self.name, mime_type=self.mime)


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._families: dict[str, list[StoredFile]] = {}

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    async def add_photo(self, data: bytes) -> list[Json]:
        """Keep a photo in its sizes, smallest first; BadRequest where it cannot be one."""
        if len(data) > PHOTO_BYTES:
            raise BadRequest(
                f"file of size {len(data)} bytes is too big for a photo; "
                f"the maximum size is {PHOTO_BYTES} bytes"
            )
        pictures = await asyncio.to_thread(_resized, data)
        family = secrets.token_urlsafe(6)
        sizes = [
            replace(
                self._keep(picture, "", "image/jpeg", "photos"),
                family=family,
                width=width,
                height=height,
            )
            for picture, width, height in pictures
        ]
        for size in sizes:
            self._index(size)
        self._families[family] = sizes
        return [size.as_photo_size() for size in sizes]

    def add_document(self, upload: Upload) -> Json:
        if not upload.data:
            raise BadRequest("file must be non-empty")
        mime = upload.mime or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        stored = self._keep(upload.data, upload.name, mime, "documents")
        self._index(stored)
        return stored.as_document()

    async def photo(self, parameters: Parameters, name: str) -> list[Json]:
        """The photo that a call brings along or names by its id."""
        given = self._given(parameters, name, "photo")
        if isinstance(given, Upload):
            return await self.add_photo(given.data)
        if not given.family:
            raise BadRequest("can't use file of type Document as Photo")
        return [size.as_photo_size() for size in self._families[given.family]]

    def document(self, parameters: Parameters, name: str) -> Json:
        given = self._given(parameters, name, "document")
        if isinstance(given, Upload):
            return self.add_document(given)
        if given.family:
            raise BadRequest("can't use file of type Photo as Document")
        return given.as_document()

    def _given(self, parameters: Parameters, name: str, what: str) -> Upload | StoredFile:
        if upload := parameters.uploads.get(name):
            return upload
        reference = parameters.text(name)
        if not reference:
            raise BadRequest(f"there is no {what} in the request")
        if reference.startswith("attach://"):
            if upload := parameters.uploads.get(reference.removeprefix("attach://")):
                return upload
            raise BadRequest(f"there is no {what} in the request")
        if reference.startswith(("http://", "https://")):
            raise BadRequest("the sandbox fetches nothing from URLs; upload the file instead")
        if stored := self.get(reference):
            return stored
        raise BadRequest("wrong file identifier/HTTP URL specified")

    def _keep(self, data: bytes, name: str, mime: str, folder: str) -> StoredFile:
        number = len(self._by_path) + secrets.randbelow(1_000_000_000)
        ending = "jpg" if folder == "photos" else name.rpartition(".")[2]
        return StoredFile(
            id=secrets.token_urlsafe(32),
            unique_id=hashlib.sha256(data).hexdigest()[:16],
            path=f"{folder}/file_{number}" + (f".{ending}" if ending else ""),
            name=name,
            mime=mime,
            data=data,
        )

    def _index(self, stored: StoredFile) -> None:
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored


def _resized(data: bytes) -> list[tuple[bytes, int, int]]:
    """The picture upright as JPEG without metadata, at each side length up to its own."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            width, height = opened.size
            if width + height > SIDES_TOGETHER or max(width, height) > MOST_STRETCHED * min(
                width, height
            ):
                raise BadRequest("PHOTO_INVALID_DIMENSIONS")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise BadRequest("IMAGE_PROCESS_FAILED") from None
    longest = max(picture.size)
    sides = [side for side in SIDES if side < longest] + [min(longest, SIDES[-1])]
    return [_jpeg(picture, side) for side in dict.fromkeys(sides)]


def _jpeg(picture: Image.Image, side: int) -> tuple[bytes, int, int]:
    copy = picture.copy()
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=85)
    return out.getvalue(), copy.width, copy.height
