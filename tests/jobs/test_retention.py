"""Bytes in the photo store that no row names."""

from datetime import datetime

import pytest

from jobs.retention import UNNAMED, Unnamed
from market.domain.ids import PhotoId
from market.ports.photos import StoredPhoto
from storage.database import Store
from tests.examples import LISTER, NOON, settle


@pytest.fixture
async def stored(store: Store) -> Store:
    """A store that names one photo, and one more that is about to be deleted."""
    async with store.begin() as work:
        await settle(work)
        for number, key in ((1, "named"), (2, "discarded")):
            await work.photos.add(StoredPhoto(PhotoId(number), LISTER, NOON, key=key))
        await work.photos.discard([PhotoId(2)])
    return store


@pytest.mark.parametrize(
    ("kept", "dropped"),
    [
        (["named", "discarded", "nobody's"], ["nobody's"]),
        (["named", "discarded"], []),
        (["another's", "yet another's", "named"], []),
    ],
    ids=["one too many", "all known", "a folder of another database"],
)
async def test_what_no_row_names_goes_from_a_folder_that_is_ours(stored, kept, dropped) -> None:
    asked, gone = [], []

    async def kept_before(instant: datetime) -> list[str]:
        asked.append(instant)
        return kept

    async def drop(key: str) -> None:
        gone.append(key)

    assert not await Unnamed(stored, lambda: NOON, kept_before, drop)()
    assert (asked, gone) == ([NOON - UNNAMED], dropped)
