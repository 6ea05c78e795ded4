"""The only place that names concrete classes and fits them together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from bot.settings import Settings
from bot.town.fill import Town
from bot.town.plan import CENTRE, Ground
from bot.trouble import Trouble
from gateways.city import City
from gateways.geography import OfflineGeography
from storage.database import Store
from storage.migrate import SchemaMismatch, upgrade
from storage.photo_folder import PhotoFolder

CITY = Path(__file__).parent.parent / "data" / "helsinki.geojson.gz"
CITY_NAME = "Helsinki"


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


def photo_folder(settings: Settings) -> PhotoFolder:
    return PhotoFolder(settings.photos_dir)


def town(
    store: Store, settings: Settings, seed: int = 1, host: tuple[int, str] | None = None
) -> Town:
    """The invented town of the demo."""
    geography = OfflineGeography(settings.currency)
    zone = geography.zone_at(CENTRE)
    country = geography.country_of(zone)
    currency = geography.currency_of(country)
    ground = Ground(City.read(CITY), CITY_NAME, zone, country, currency)
    return Town(store, photo_folder(settings), ground, seed, host)
