import pytest

from storage.database import Store
from tests.examples import settle
from tests.storage.conftest import database, migrated, store, url

__all__ = ["database", "migrated", "store", "url"]


@pytest.fixture
async def town(store: Store) -> Store:
    """The store, with its three people and the usual space."""
    async with store.begin() as work:
        await settle(work)
    return store
