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


async def known(credentials: Credentials, backend: House) -> SignedIn:
    """Also whom the operator has shut out, for what is theirs all the same.

    Raises NotSignedIn without an access token that holds, of a session that goes on.
    """
    if credentials is None:
        raise NotSignedIn
    return await _behind(credentials.credentials, backend)


Known = Annotated[SignedIn, Depends(known)]


async def current(user: Known) -> SignedIn:
    """Raises Banned."""
    if user.person.banned:
        raise Banned
    return user


async def visitor(request: Request, credentials: Credentials, backend: House) -> PersonId | None:
    """None for whoever brings no token at all; one that does not hold is refused all the same."""
    if "authorization" not in request.headers:
        return None
    return (await current(await known(credentials, backend))).id


async def behind(token: str, backend: Backend) -> SignedIn:
    """Raises NotSignedIn, and Banned."""
    return await current(await _behind(token, backend))


async def _behind(token: str, backend: Backend) -> SignedIn:
    session = backend.access.session_of(token, backend.clock())
    async with backend.glance() as services:
        person = await services.accounts.person_of(session)
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
