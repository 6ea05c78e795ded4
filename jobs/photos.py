"""Fetches the photos that only Telegram has so far."""

import logging
from dataclasses import dataclass

from telegram.error import BadRequest, NetworkError

from jobs.units import Units
from market.domain.errors import Invalid
from market.ports.photos import Darkroom, StoredPhoto

log = logging.getLogger(__name__)

BATCH = 10


@dataclass(frozen=True, slots=True)
class Fetching:
    """Keeps harmless copies. A photo that is none stays known by its file_id alone."""

    units: Units
    darkroom: Darkroom

    async def __call__(self) -> bool:
        async with self.units.begin() as work:
            photos = await work.photos.unfetched(BATCH)
        fetched = [await self._fetch(photo) for photo in photos]
        return len(fetched) == BATCH and all(fetched)

    async def _fetch(self, photo: StoredPhoto) -> bool:
        if photo.file_id is None:
            return False
        try:
            key = await self.darkroom.develop(photo.file_id)
        except (Invalid, BadRequest):  # BadRequest is a NetworkError, but one that stays
            log.warning("photo %s is no picture that can be kept", photo.id)
            key = ""
        except NetworkError as error:
            log.warning("photo %s was not fetched: %s", photo.id, error)
            return False
        async with self.units.begin() as work:
            await work.photos.fetched(photo.id, key)
        return True
