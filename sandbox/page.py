"""The chat page's side of the server: its files, people, uploads."""

import asyncio
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox.errors import ApiError, Refused
from sandbox.files import Files
from sandbox.live import LiveChat
from sandbox.parameters import Upload
from sandbox.phone import Phone

STATIC = Path(__file__).parent / "static"
MIME_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}
POLICY = (
    "default-src 'self'; img-src 'self' data: blob: http: https:; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; frame-src http: https:; object-src 'none'; base-uri 'none'"
)
UNREADABLE = "This file is no picture Telegram could show. Send it as a file."

# A picture of any other type could be a page with a script in it.
SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif"}


class Page:
    """``city`` is a gzipped GeoJSON file, ``leaflet`` the folder of the map library."""

    def __init__(
        self, phones: Mapping[int, Phone], files: Files, city: Path | None, leaflet: Path
    ) -> None:
        self._phones = phones
        self._files = files
        self._city = city
        self._folders = {"static": STATIC, "leaflet": leaflet}
        self._open: set[LiveChat] = set()

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get("/", self.index)
        router.add_get("/{folder:static|leaflet}/{path:.+}", self.asset)
        router.add_get("/city.geojson", self.city)
        router.add_get("/page/people", self.people)
        router.add_get("/page/ws", self.talk)
        router.add_post("/page/upload", self.upload)
        router.add_get("/page/file/{file_id}", self.file)

    async def close(self) -> None:
        for chat in list(self._open):
            await chat.close()

    async def index(self, request: web.Request) -> web.StreamResponse:
        return _file(STATIC / "index.html", {"Content-Security-Policy": POLICY})

    async def asset(self, request: web.Request) -> web.StreamResponse:
        folder = self._folders[request.match_info["folder"]]
        path = (folder / request.match_info["path"]).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise web.HTTPNotFound()
        return _file(path, {})

    async def city(self, request: web.Request) -> web.Response:
        if self._city is None:
            raise web.HTTPNotFound()
        packed = await asyncio.to_thread(self._city.read_bytes)
        headers = {"Content-Encoding": "gzip", "Cache-Control": "no-cache"}
        return web.Response(body=packed, content_type="application/geo+json", headers=headers)

    async def people(self, request: web.Request) -> web.Response:
        return web.json_response(
            [phone.person.user() | {"role": phone.person.role} for phone in self._phones.values()]
        )

    async def talk(self, request: web.Request) -> web.StreamResponse:
        chat = LiveChat(self._phone(request))
        self._open.add(chat)
        try:
            return await chat.serve(request)
        finally:
            self._open.discard(chat)

    async def upload(self, request: web.Request) -> web.Response:
        phone = self._phone(request)
        form = await request.post()
        files = [
            Upload(part.filename, part.content_type, part.file.read())
            for part in form.getall("file", [])
            if isinstance(part, web.FileField)
        ]
        caption = str(form.get("caption", ""))
        try:
            if form.get("as") == "document":
                messages = await phone.send_documents(files, caption)
            else:
                messages = await phone.send_photos([file.data for file in files], caption)
        except Refused as error:
            return web.json_response({"error": str(error)}, status=400)
        except ApiError as error:
            text = error.description if "too big" in error.description else UNREADABLE
            return web.json_response({"error": text}, status=400)
        return web.json_response(messages)

    async def file(self, request: web.Request) -> web.Response:
        stored = self._files.get(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound()
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=3600"}
        if stored.mime not in SHOWN:
            name = quote(stored.name or "file")
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return web.Response(body=stored.data, headers=headers | {"Content-Type": stored.mime})

    def _phone(self, request: web.Request) -> Phone:
        """Who is talking; a page of another origin may not."""
        origin = request.headers.get("Origin")
        if origin and origin.partition("://")[2] != request.host:
            raise web.HTTPForbidden()
        person = request.query.get("person", "")
        phone = self._phones.get(int(person)) if person.isdecimal() else None
        if phone is None:
            raise web.HTTPNotFound()
        return phone


def _file(path: Path, headers: dict[str, str]) -> web.FileResponse:
    mime = MIME_TYPES.get(path.suffix) or mimetypes.guess_type(path)[0]
    kind = {"Content-Type": mime} if mime else {}
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"} | kind | headers)
