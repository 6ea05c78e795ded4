"""Sends people everything that is kept of them."""

import asyncio
import base64
import io
import json
import logging
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from chat.courier import Fate, Outcome
from chat.ports import Clock
from chat.screen import Document, Screen, Where
from market.domain.errors import NotFound
from market.domain.ids import PersonId
from market.domain.person import Person
from market.ports.rights import Everything
from market.ports.work import Work
from views import rights as view
from views.words import words_in

log = logging.getLogger(__name__)

BATCH = 5
PART = 40 * 1024 * 1024
"""Bytes of photos in one file: a bot may send no more than 50 MB."""
PATIENCE = timedelta(minutes=5)
"""Until the next try; also how long one may take before another process tries."""
TRIES = 3


class Units(Protocol):
    def begin(self) -> AbstractAsyncContextManager[Work]: ...
    def read(self) -> AbstractAsyncContextManager[Work]: ...


class Courier(Protocol):
    async def deliver(self, chat: int, screens: tuple[Screen, ...]) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Exporting:
    """Reads beside the writer, packs in a thread, and keeps no copy.

    Who waits is claimed before it is sent and crossed out afterwards: a crash in between costs a
    second copy, never a missing one.
    """

    units: Units
    courier: Courier
    clock: Clock
    read_photo: Callable[[str], Awaitable[bytes]]

    async def __call__(self) -> bool:
        now = self.clock()
        async with self.units.begin() as work:
            waiting = await work.exports.due(now, BATCH)
            tries = {
                person: await work.exports.put_off(person, now + PATIENCE) for person in waiting
            }
        for person, tried in tries.items():
            try:
                sent = await self._send(person)
            except Exception:  # one person's trouble must not keep others waiting
                log.exception("the export of %s failed", person)
                sent = False
            if sent or tried >= TRIES:
                async with self.units.begin() as work:
                    await work.exports.done(person)
        return len(waiting) == BATCH

    async def _send(self, person_id: PersonId) -> bool:
        async with self.units.read() as work:
            try:
                person = await work.people.get(person_id)
            except NotFound:
                return True
            everything = await work.exports.everything(person_id)
        if person.telegram is None:
            return True
        parts = [part async for part in self._parts(everything)]
        for number, photos in enumerate(parts, 1):
            data = everything.tables if number == 1 else {}
            packed = await asyncio.to_thread(_packed, data, await self._read(photos))
            screen = _screen(person, packed, number, len(parts))
            outcome = await self.courier.deliver(person.telegram, (screen,))
            if outcome.fate not in (Fate.SENT, Fate.UNREACHABLE):
                log.warning("the export of %s was not sent: %s", person_id, outcome.reason)
                return False
        return True

    async def _parts(self, everything: Everything) -> AsyncIterator[Mapping[str, str]]:
        """The photos' keys by name, in portions that fit into one file each."""
        part: dict[str, str] = {}
        size = 0
        for name, key in everything.photos.items():
            length = len(await self._bytes(key))
            if part and size + length > PART:
                yield part
                part, size = {}, 0
            part[name] = key
            size += length
        yield part

    async def _read(self, photos: Mapping[str, str]) -> Mapping[str, bytes]:
        return {name: await self._bytes(key) for name, key in photos.items()}

    async def _bytes(self, key: str) -> bytes:
        try:
            return await self.read_photo(key)
        except FileNotFoundError:
            log.warning("photo %s is not in the photo store", key)
            return b""


def _packed(data: Mapping[str, Any], photos: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        if data:
            text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
            archive.writestr("data.json", text)
        for name, content in photos.items():
            archive.writestr(name, content, zipfile.ZIP_STORED)
    return stream.getvalue()


def _screen(person: Person, packed: bytes, part: int, parts: int) -> Screen:
    words = words_in(person.language, person.zone)
    name = "parkplace.zip" if parts == 1 else f"parkplace-{part}.zip"
    document = Document(name, base64.b64encode(packed).decode(), "application/zip")
    return Screen(view.export(words, part, parts), document=document, where=Where.ANEW)
