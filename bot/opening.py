"""Opens the store and the index over it: all that a command without a chat needs."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DatabaseError

from bot.settings import Settings
from bot.trouble import Trouble
from storage.database import Store
from storage.migrate import SchemaMismatch, upgrade
from storage.nearby.feed import Changed, NearbyFeed
from storage.nearby.index import SpaceIndex

YOUNG = 10_000
"""Objects made and not freed again before the collector looks; the default is 700."""


def migrated(settings: Settings) -> None:
    """Bring the database to this release's schema. Raises Trouble."""
    try:
        upgrade(settings.database_url)
    except SchemaMismatch as error:
        raise Trouble(str(error)) from None
    except DatabaseError as error:
        raise Trouble(f"{settings.database_url} cannot be opened: {error.orig}") from None


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """The store, migrated. Raises Trouble."""
    migrated(settings)
    store = await Store.open(settings.database_url)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def nearby_index(
    settings: Settings, store: Store, changed: Changed = lambda spaces: None
) -> AsyncIterator[SpaceIndex]:
    """True to the store as long as the block runs; ``changed`` is told what it learns."""
    feed = await NearbyFeed.open(store, settings.database_url, changed)
    following = asyncio.create_task(feed.run())
    try:
        yield feed.index
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


def settled() -> None:
    """Have the collector pass over what is there now, for it stays as long as the process.

    To look through a quarter of a million objects again and again held everybody up for a third
    of a second each time, and took a twentieth of the processor. What comes and goes is looked
    through less often than by default, too: hardly any of it is in a circle.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
