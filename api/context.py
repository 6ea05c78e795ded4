"""What every route is given: the services of its own unit of work, and what outlives it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request

from api.hub import Hub
from api.limits import Doors
from api.paging import Cursors
from market.domain.ids import PersonId
from market.ports.access import AccessTokens, LaunchData
from market.ports.geocoder import Geocoder, NoPlaces
from market.ports.mail import NoLinks, Unsubscribing
from market.ports.passwords import Passwords
from market.ports.work import Work
from market.services import Market, Services

READING = ("GET", "HEAD")


class Replies(Protocol):
    """What was answered to requests that may be sent again."""

    async def get(self, person: PersonId, key: str) -> tuple[str, str] | None:
        """The fingerprint of what was asked under a key, and the body that answered."""

    async def keep(
        self, person: PersonId, key: str, fingerprint: str, body: str, at: datetime
    ) -> None: ...


class HttpWork(Work, Protocol):
    @property
    def replies(self) -> Replies: ...


class Units(Protocol):
    def begin(self) -> AbstractAsyncContextManager[HttpWork]: ...

    def glance(self) -> AbstractAsyncContextManager[HttpWork]: ...


class PhotoStore(Protocol):
    async def keep(self, content: bytes) -> str:
        """The key of what is now on the disk."""

    async def read(self, key: str) -> bytes:
        """Raises FileNotFoundError."""

    async def drop(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Backend:
    """What outlives every request; made once, where the concrete classes are known."""

    units: Units
    market: Market
    clock: Callable[[], datetime]
    passwords: Passwords
    access: AccessTokens
    launches: LaunchData
    photos: PhotoStore
    clean: Callable[[bytes], Awaitable[bytes]]
    """A harmless copy of a picture. Raises Invalid for what is none; slow."""
    doors: Doors
    cursors: Cursors
    bot: Callable[[], str]
    """The bot's user name, as far as it is known."""
    hub: Hub = field(default_factory=Hub)
    links: Unsubscribing = field(default_factory=NoLinks)
    geocoder: Geocoder = field(default_factory=NoPlaces)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Services]:
        """A unit of work of its own, for routes that have slow things to do before it."""
        async with self.units.begin() as work:
            yield Services(work, self.clock(), self.market)

    @asynccontextmanager
    async def stored(self, picture: bytes) -> AsyncIterator[str]:
        """The key of a harmless copy, which is deleted again unless a row comes to name it.

        Raises Invalid for what is no picture.
        """
        key = await self.photos.keep(await self.clean(picture))
        try:
            yield key
        except BaseException:
            await self.photos.drop(key)
            raise

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Services]:
        async with self.units.glance() as work:
            yield Services(work, self.clock(), self.market)


async def get_backend(request: Request) -> Backend:
    return cast(Backend, request.app.state.backend)


House = Annotated[Backend, Depends(get_backend)]


async def get_work(request: Request, backend: House) -> AsyncIterator[HttpWork]:
    """One unit a request, kept when the route returns and undone when it raises."""
    units = backend.units
    async with units.glance() if request.method in READING else units.begin() as work:
        yield work


# By its scope the unit is committed before the reply leaves: what a client is told is so.
OpenWork = Annotated[HttpWork, Depends(get_work, scope="function")]


async def get_services(work: OpenWork, backend: House) -> Services:
    return Services(work, backend.clock(), backend.market)


Unit = Annotated[Services, Depends(get_services, scope="function")]
