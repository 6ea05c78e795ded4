"""What knows the world around: addresses and maps, of others where the operator chose some."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from bot.settings import Settings
from gateways.city import City
from gateways.gazetteer import Gazetteer
from gateways.geocoding import RemoteGeocoder
from gateways.map_pictures import MapPictures
from gateways.tiles import KeptTiles
from market.ports.geocoder import Geocoder

CITY = Path(__file__).parent.parent / "data" / "helsinki.geojson.gz"
CITY_NAME = "Helsinki"
NAME = "parkplace"
"""Of the program, as it introduces itself to other services."""


@asynccontextmanager
async def geocoder_for(settings: Settings) -> AsyncIterator[Geocoder]:
    """The operator's; without one, a single city that is known by heart."""
    if settings.geocoder_url is None:
        yield Gazetteer(City.read(CITY), CITY_NAME)
        return
    async with RemoteGeocoder(settings.geocoder_url, agent(settings)) as remote:
        yield remote


@asynccontextmanager
async def maps_for(settings: Settings) -> AsyncIterator[MapPictures]:
    """Over the operator's tiles; without any, over the city that is known by heart."""
    async with AsyncExitStack() as stack:
        tiles = None
        if settings.tiles_url is not None:
            folder = settings.data_dir / "tiles"
            kept = KeptTiles(settings.tiles_url, folder, agent(settings))
            tiles = await stack.enter_async_context(kept)
        yield await stack.enter_async_context(MapPictures(CITY, tiles))


def agent(settings: Settings) -> str:
    """Who asks, and whom to write to about it."""
    contact = settings.operator_contact or settings.public_url or "no contact given"
    return f"{NAME}/{version(NAME)} ({contact})"
