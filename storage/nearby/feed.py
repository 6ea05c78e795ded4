"""Keeps the nearby index true while the store changes, by this process and by others."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from typing import NoReturn

from storage.changes import Change, Noun, follow
from storage.database import Store
from storage.nearby.facts import Catalogue
from storage.nearby.index import SpaceIndex
from storage.nearby.loading import read_all
from storage.nearby.reading import read_some, spaces_of
from storage.work import Work

EVERY = 0.5
"""Seconds until another process's change is seen at the latest; our own are seen at once."""
PAUSE = 1.0
"""Seconds before another try when the store could not be read."""

Changed = Callable[[Collection[int]], None]
"""Told which spaces changed, or had a booking that did."""

log = logging.getLogger(__name__)


class NearbyFeed:
    """An index and the changes that flow into it. Of one event loop, as its index is."""

    def __init__(
        self, store: Store, url: str, index: SpaceIndex, seen: int, changed: Changed
    ) -> None:
        self.store = store
        self.url = url
        self.index = index
        self.changed = changed
        self.seen = seen
        """The last change that the index contains."""
        self._moved = asyncio.Condition()

    @classmethod
    async def open(
        cls, store: Store, url: str, changed: Changed = lambda spaces: None
    ) -> "NearbyFeed":
        """With everything that is in the store, which has this address, now."""
        catalogue = Catalogue()
        everything, seen = await asyncio.to_thread(read_all, url, catalogue)
        return cls(store, url, SpaceIndex(catalogue, everything), seen, changed)

    async def run(self) -> NoReturn:
        """Follow the store for good. What cannot be read now is read a little later."""
        while True:
            try:
                await follow(self.store, self.seen, self._apply, every=EVERY)
            except Exception:  # a search may be a moment stale, but must not stay so
                log.exception("the nearby index fell behind the store at change %s", self.seen)
            await asyncio.sleep(PAUSE)

    async def caught_up(self) -> None:
        """Wait until all that is committed now is in the index, while ``run`` runs."""
        async with self.store.read() as work:
            newest = await work.changes.newest()
        async with self._moved:
            await self._moved.wait_for(lambda: self.seen >= newest)

    async def _apply(self, work: Work, changes: Sequence[Change]) -> None:
        if changes[0].id > self.seen + 1:
            await self._start_over()
        else:
            await self._read_again(work, changes)
        self.seen = changes[-1].id
        async with self._moved:
            self._moved.notify_all()
        if self.index.globe.overgrown:
            await self.index.globe.tidy()

    async def _read_again(self, work: Work, changes: Sequence[Change]) -> None:
        spaces = {change.key for change in changes if change.noun is Noun.SPACE}
        booked = {change.key for change in changes if change.noun is Noun.BOOKING}
        wanted = sorted(spaces | await spaces_of(work.connection, sorted(booked)))
        reading = await read_some(work.connection, self.index.catalogue, wanted)
        self.index.update(wanted, reading)
        self.changed(wanted)

    async def _start_over(self) -> None:
        """We slept so long that changes were forgotten before we saw them."""
        catalogue = Catalogue()
        everything, _ = await asyncio.to_thread(read_all, self.url, catalogue)
        self.index.fill(catalogue, everything)
        self.changed(everything.facts["id"].tolist())
