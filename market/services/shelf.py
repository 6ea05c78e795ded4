"""Spaces that searches name again and again, kept in memory between units of work."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from market.domain.ids import SpaceId
from market.domain.space import Space

ROOM = 20_000
FRESH = timedelta(minutes=1)
"""Whatever became of the news of a change, nothing older is shown."""


class Shelf:
    """For showing alone: whoever quotes, books or edits asks the store."""

    def __init__(self) -> None:
        self._kept: dict[SpaceId, tuple[datetime, Space]] = {}

    def of(self, spaces: Iterable[SpaceId], now: datetime) -> dict[SpaceId, Space]:
        """Those of them that are at hand."""
        found = {}
        for space in spaces:
            kept = self._kept.get(space)
            if kept is not None and now - kept[0] < FRESH:
                found[space] = kept[1]
        return found

    def keep(self, spaces: Mapping[SpaceId, Space], now: datetime) -> None:
        if len(self._kept) + len(spaces) > ROOM:
            self._kept.clear()
        for space_id, space in spaces.items():
            self._kept[space_id] = (now, space)

    def forget(self, spaces: Collection[int]) -> None:
        """They have changed."""
        for space in spaces:
            self._kept.pop(SpaceId(space), None)
