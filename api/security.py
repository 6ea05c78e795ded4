"""Who asks: found out before the request's unit of work is opened."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.context import Backend, House
from market.domain.errors import Banned, NotSignedIn
from market.domain.ids import PersonId, SessionId
from market.domain.person import Person

_bearer = HTTPBearer(
    scheme_name="access",
    bearerFormat="JWT",
    description="The `access_token` of a sign-in, good for 15 minutes.",
    auto_error=False,
)

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True)
class SignedIn:
    person: Person
    session: SessionId

    @property
    def id(self) -> PersonId:
        return self.person.id


async def current(credentials: Credentials, backend: House) -> SignedIn:
    """Raises NotSignedIn without an access token that holds, of a session that goes on; Banned."""
    if credentials is None:
        raise NotSignedIn
    return await behind(credentials.credentials, backend)


async def visitor(request: Request, credentials: Credentials, backend: House) -> PersonId | None:
    """None for whoever brings no token at all; one that does not hold is refused all the same."""
    if "authorization" not in request.headers:
        return None
    return (await current(credentials, backend)).id


async def behind(token: str, backend: Backend) -> SignedIn:
    session = backend.access.session_of(token, backend.clock())
    async with backend.glance() as services:
        person = await services.accounts.person_of(session)
    if person.banned:
        raise Banned
    return SignedIn(person, session)


Current = Annotated[SignedIn, Depends(current)]
Visitor = Annotated[PersonId | None, Depends(visitor)]

OPTIONAL: dict[str, Any] = {"security": [{}]}
"""For the description of routes that a visitor may take: no credentials will do, too."""


async def counted(request: Request, backend: House) -> None:
    """Raises TooOften when too much of this comes from one address."""
    address = request.client.host if request.client else ""
    await backend.doors.by_address(request.scope["route"].name, address)


# A route's own dependencies come before those of its function: no unit is open while it waits.
COUNTED = [Depends(counted)]
