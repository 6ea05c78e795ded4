"""Raster tiles of the host that the operator chose, kept on the disk as their makers ask."""

import asyncio
import math
import os
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
import yarl

from gateways.map_pictures import NotDrawn
from gateways.maps.projection import View
from gateways.maps.tiles import places, zoom_of

PATIENCE = 4.0
"""Seconds for all tiles of one picture."""
FRESH = 7 * 24 * 3600
"""Seconds that a tile is good for; an older one will do while the host does not answer."""
AT_ONCE = 2
"""Requests, as the public tile servers ask."""
LARGEST = 512 * 1024
CREDIT = "© OpenStreetMap contributors"
KEPT = 20_000
"""Tiles; of more, those that were fetched first are dropped."""

SWEPT = 500
"""Tiles that are fetched between two looks at how many are kept."""

Name = tuple[int, int, int]
"""Zoom, column and row."""


class KeptTiles:
    """Fetches what it has not got. ``async with`` closes its connections."""

    def __init__(self, url: str, folder: Path, agent: str, kept: int = KEPT) -> None:
        self._url = url
        self._folder = folder / sha256(url.encode()).hexdigest()[:16]
        self._agent = agent
        self._kept = kept
        self._fetched = 0
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers={"User-Agent": self._agent})
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def of(self, view: View) -> Mapping[str, Any]:
        """What the program is told of the tiles in view. Raises NotDrawn if one is missing."""
        zoom = zoom_of(view)
        names = {place: _name(zoom, *place) for place in places(view, zoom)}
        try:
            async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
                tasks = {
                    place: group.create_task(self._path(name)) for place, name in names.items()
                }
        except* (aiohttp.ClientError, OSError, TimeoutError) as errors:
            raise NotDrawn(f"no tiles: {errors.exceptions[0]!r}") from errors
        paths = [[x, y, str(task.result())] for (x, y), task in tasks.items()]
        return {"zoom": zoom, "credit": CREDIT, "paths": paths}

    async def _path(self, name: Name) -> Path:
        path = self._folder.joinpath(*map(str, name))
        async with self._turns:
            age = await asyncio.to_thread(_age, path)
            if age < FRESH:
                return path
            try:
                content = await self._download(name)
            except (aiohttp.ClientError, TimeoutError):
                if age < math.inf:
                    return path
                raise
            await asyncio.to_thread(_keep, path, content)
        self._fetched += 1
        if self._fetched % SWEPT == 0:
            await asyncio.to_thread(_thin, self._folder, self._kept)
        return path

    async def _download(self, name: Name) -> bytes:
        """From this host and no other: a redirect is no tile."""
        zoom, x, y = map(str, name)
        url = self._url.replace("{z}", zoom).replace("{x}", x).replace("{y}", y)
        async with self._session.get(yarl.URL(url, encoded=True), allow_redirects=False) as answer:
            content = await answer.content.read(LARGEST + 1)
            while not answer.content.at_eof() and len(content) <= LARGEST:
                content += await answer.content.read(LARGEST + 1)
            if answer.status != 200 or len(content) > LARGEST:
                raise aiohttp.ClientPayloadError(f"status {answer.status}, {len(content)} bytes")
            return content


def _name(zoom: int, x: int, y: int) -> Name:
    return zoom, x % 2**zoom, y


def _age(path: Path) -> float:
    """Seconds since it was fetched; infinite for what is not there."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all, whoever else reads or writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.part")
    beside.write_bytes(content)
    beside.replace(path)


def _thin(folder: Path, kept: int) -> None:
    found = sorted((it for it in folder.rglob("*") if it.is_file()), key=_age)
    for path in found[kept:]:
        path.unlink(missing_ok=True)
