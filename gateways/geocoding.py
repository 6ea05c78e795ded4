"""Addresses from a geocoder that speaks Nominatim's language, over the network."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp
import yarl
from geopy.adapters import AdapterHTTPError, AioHTTPAdapter
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim

from market.domain.errors import GeocoderDown
from market.domain.place import Address, Point

MATCHES = 5
PATIENCE = 5.0
"""Seconds until an answer is given up, the wait for one's turn included."""
PAUSE = 1.0
"""Seconds between two requests, as the public service asks; what is known needs none."""
ROOM = 5_000
"""Answers that are remembered."""
LONGEST = 60
"""Characters of an address that stands on a button."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class OneHost(AioHTTPAdapter):  # type: ignore[misc]  # the library has no types
    """Follows no redirect: the operator chose this host and no other."""

    def _request(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        return self.session.get(
            yarl.URL(url, encoded=True),
            timeout=aiohttp.ClientTimeout(total=timeout),
            headers=headers,
            allow_redirects=False,
        )

    async def _raise_for_status(self, resp: aiohttp.ClientResponse) -> None:
        if resp.status >= 300:
            raise AdapterHTTPError(
                f"status {resp.status}", status_code=resp.status, headers=resp.headers, text=""
            )


class RemoteGeocoder:
    """Implements market.ports.geocoder.Geocoder. ``async with`` closes its connections."""

    def __init__(self, url: str, agent: str, *, pause: float = PAUSE) -> None:
        parts = urlsplit(url)
        self._service = Nominatim(
            domain=parts.netloc + parts.path,
            scheme=parts.scheme,
            user_agent=agent,
            timeout=PATIENCE,
            adapter_factory=OneHost,
        )
        self._pause = pause
        self._turn = asyncio.Lock()
        self._next = 0.0
        self._found = _Remembered[tuple[str, str], Sequence[Address]](ROOM)
        self._named = _Remembered[tuple[float, float], str | None](ROOM)

    async def __aenter__(self) -> Self:
        await self._service.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._service.__aexit__(kind, error, traceback)

    async def address_at(self, point: Point) -> str | None:
        """None, too, while the service does not answer: nobody has to know the street."""
        place = (round(point.lat, 4), round(point.lng, 4))

        async def ask() -> str | None:
            found = await self._asked(self._service.reverse, place)
            return None if found is None else _short(found.raw)

        try:
            return await self._named.get(place, ask)
        except GeocoderDown:
            return None

    async def find(self, text: str, language: str) -> Sequence[Address]:
        """Raises GeocoderDown."""
        plain = " ".join(text.split())

        async def ask() -> Sequence[Address]:
            found = await self._asked(
                self._service.geocode,
                plain,
                exactly_one=False,
                limit=MATCHES,
                addressdetails=True,
                language=language,
            )
            return _addresses([place.raw for place in found or ()])

        return await self._found.get((plain.casefold(), language), ask)

    async def _asked(self, method: Callable[..., Awaitable[Any]], *what: Any, **how: Any) -> Any:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(PATIENCE), self._turn:
                await asyncio.sleep(self._next - loop.time())
                self._next = loop.time() + self._pause
                return await method(*what, **how)
        except (GeopyError, TimeoutError) as error:
            raise GeocoderDown from error


class _Remembered(Generic[K, V]):
    """The answers given last, so that nobody is asked twice."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._known: OrderedDict[K, V] = OrderedDict()

    async def get(self, key: K, ask: Callable[[], Awaitable[V]]) -> V:
        if key not in self._known:
            self._known[key] = await ask()
            if len(self._known) > self._room:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


def _addresses(found: Sequence[Mapping[str, Any]]) -> Sequence[Address]:
    """Each with a short name; those that would be called the same say more."""
    short = Counter(_short(place) for place in found)
    named = {
        name if short[name := _short(place)] == 1 else str(place["display_name"])[:LONGEST]: place
        for place in found
    }
    return [
        Address(name, Point(float(place["lat"]), float(place["lon"])))
        for name, place in named.items()
    ]


_LOCALITIES = ("city", "town", "village", "municipality", "hamlet", "county", "country")


def _short(place: Mapping[str, Any]) -> str:
    """Mill Lane 1, Oxford: the thing itself comes first in what the service knows of it."""
    parts: Mapping[str, str] = place.get("address") or {}
    first = next(iter(parts), None)
    if first is None:
        return str(place["display_name"])[:LONGEST]
    name = parts[first]
    if first == "house_number" and "road" in parts:
        name = f"{parts['road']} {name}"
    locality = next((parts[kind] for kind in _LOCALITIES if kind in parts), name)
    return (name if locality == name else f"{name}, {locality}")[:LONGEST]
