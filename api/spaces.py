"""Spaces: found by anybody, described and changed by their listers."""

import re
import sys
from collections.abc import Container
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, File, Form, Header, HTTPException, Query, Response, UploadFile

from api.context import House, Unit
from api.models.common import Id, Interval, Left, Span, window_of
from api.models.offers import OfferedSpace, RevisedSpace
from api.models.searches import FoundSpace, FoundSpaces, SpaceQuery
from api.models.spaces import Availability, PhotoOrder, SpaceReply
from api.problems import documented, for_users, with_headers
from api.searching import Listing
from api.security import OPTIONAL, Current, Visitor
from market.domain.errors import Invalid
from market.domain.ids import PersonId, PhotoId, SpaceId, new_id, written
from market.domain.search import Sort
from market.domain.space import Space, SpaceState
from market.ports.photos import StoredPhoto
from market.services import Services

LONGEST_VIEW = timedelta(days=31)
VIEW = timedelta(days=7)

router = APIRouter(prefix="/spaces", tags=["spaces"])

_STRONG_TAG = re.compile(r'(?<!W/)"([1-9][0-9]{0,8})"')
_VERSION = {"type": "string", "pattern": '^"[0-9]+"$'}
_WITH_ETAG = with_headers(200, ETag=_VERSION)


class Shows(StrEnum):
    SPACE = "space"
    """For everybody."""
    ENTRANCE = "entrance"
    """For whoever is booked: how to get in."""


IfMatch = Annotated[
    str | Left,
    Header(
        description="The `ETag` of the version that is to be replaced.",
        max_length=200,
        examples=['"3"'],
    ),
]


@router.get("", openapi_extra=OPTIONAL, responses=for_users(404, 422))
async def find_spaces(
    query: Annotated[SpaceQuery, Query()], visitor: Visitor, backend: House, services: Unit
) -> FoundSpaces:
    """Spaces that can be booked for the whole window: around a point, or within a box."""
    listing = Listing(query, visitor, backend.cursors)
    search = await listing.search(services)
    finding = services.finding
    if query.sort is Sort.NEAREST:
        result = await finding.near(search)
    else:
        result = await finding.sorted_by(query.sort, search)
    free = await finding.free_of(list(result.spaces.values()))
    items = [
        FoundSpace.of(found, result.spaces[found.space], free=found.space in free)
        for found in result.nearby.found
        if found.space in result.spaces
    ]
    next_page = listing.next(search, more=result.nearby.more)
    return FoundSpaces(window=Span.of(search.window), items=items, next=next_page)


@router.post(
    "",
    status_code=201,
    responses=for_users(422) | with_headers(201, ETag=_VERSION, Location={"type": "string"}),
)
async def create_space(
    offer: OfferedSpace, user: Current, services: Unit, response: Response
) -> SpaceReply:
    """List a space. It is paused until its first photo, and goes live with it."""
    space = await services.offers.make(user.id, offer.to_domain())
    await services.people.seen_in(user.person, space.zone)
    response.headers["Location"] = f"/api/v1/spaces/{written(space.id)}"
    return await _shown(space, user.id, services, response)


@router.get("/mine", responses=for_users())
async def list_my_spaces(user: Current, services: Unit) -> list[SpaceReply]:
    """Everything you list, newest first."""
    spaces = await services.spaces.mine(user.id)
    free = await services.finding.free_of(spaces)
    return [SpaceReply.of(space, free=space.id in free, exact=True) for space in spaces]


@router.get("/{space_id:id}", openapi_extra=OPTIONAL, responses=for_users(404, 422) | _WITH_ETAG)
async def get_space(
    space_id: Id, visitor: Visitor, services: Unit, response: Response
) -> SpaceReply:
    """A space; its exact place only for its lister and whoever is booked there."""
    space = await services.finding.space(SpaceId(space_id))
    return await _shown(space, visitor, services, response)


@router.put("/{space_id:id}", responses=for_users(404, 409, 412, 422, 428) | _WITH_ETAG)
async def replace_space(
    space_id: Id,
    offer: RevisedSpace,
    user: Current,
    services: Unit,
    response: Response,
    if_match: IfMatch = None,
) -> SpaceReply:
    """Change a space of yours to what you send. Bookings ahead stay as they were made."""
    space = await services.offers.revise(
        user.id,
        SpaceId(space_id),
        offer.to_domain(),
        versions=_versions(if_match),
        live=offer.state is SpaceState.LIVE,
    )
    return await _shown(space, user.id, services, response)


@router.delete("/{space_id:id}", status_code=204, responses=for_users(404, 409, 422))
async def delete_space(space_id: Id, user: Current, services: Unit) -> None:
    """Take a space of yours away; refused while bookings are ahead."""
    await services.spaces.delete(user.id, SpaceId(space_id))


@router.post(
    "/{space_id:id}/upload-image",
    status_code=201,
    responses=for_users(404, 422) | with_headers(201, ETag=_VERSION),
)
async def upload_image(
    space_id: Id,
    file: Annotated[UploadFile, File(description="JPEG, PNG or WEBP, at most 20 MB.")],
    user: Current,
    backend: House,
    response: Response,
    shows: Annotated[Shows, Form()] = Shows.SPACE,
) -> SpaceReply:
    """Add a photo to a space of yours; what is in it beside the picture is left out."""
    async with backend.glance() as services:
        await services.spaces.get(user.id, SpaceId(space_id))
    async with backend.stored(await file.read()) as key, backend.begin() as services:
        photo = StoredPhoto(PhotoId(new_id()), user.id, services.now, key=key)
        space = await services.offers.add_photo(
            user.id, SpaceId(space_id), photo, entrance=shows is Shows.ENTRANCE
        )
        return await _shown(space, user.id, services, response)


@router.put("/{space_id:id}/photos", responses=for_users(404, 409, 422) | _WITH_ETAG)
async def order_photos(
    space_id: Id, wanted: PhotoOrder, user: Current, services: Unit, response: Response
) -> SpaceReply:
    """Show the photos of a space of yours in another order; the first stands for it in lists."""
    photos = [PhotoId(photo) for photo in wanted.photos]
    space = await services.spaces.order_photos(user.id, SpaceId(space_id), photos)
    return await _shown(space, user.id, services, response)


@router.delete(
    "/{space_id:id}/photos/{photo_id:id}", responses=for_users(404, 409, 422) | _WITH_ETAG
)
async def delete_photo(
    space_id: Id, photo_id: Id, user: Current, services: Unit, response: Response
) -> SpaceReply:
    """Take away a photo of a space of yours, or of its entrance; one of the space has to stay."""
    space = await services.spaces.remove_photo(user.id, SpaceId(space_id), PhotoId(photo_id))
    return await _shown(space, user.id, services, response)


@router.get("/{space_id:id}/availability", responses=documented(404, 422))
async def get_availability(
    space_id: Id,
    backend: House,
    services: Unit,
    query: Annotated[Interval, Query()],
) -> Availability:
    """When a space is free, by default in the coming seven days; at most 31 days at once."""
    window = window_of(query.start or backend.clock(), query.end, VIEW)
    if window.length > LONGEST_VIEW:
        raise Invalid("time", "too long", LONGEST_VIEW.days)
    space = await services.finding.space(SpaceId(space_id))
    return Availability.of(window, await services.finding.free_windows(space, window))


async def _shown(
    space: Space, person: PersonId | None, services: Services, response: Response
) -> SpaceReply:
    response.headers["ETag"] = f'"{space.version}"'
    return SpaceReply.of(
        space,
        free=await services.finding.free_now(space),
        exact=person is not None and await services.bookings.may_know_place(person, space),
    )


def _versions(if_match: str | None) -> Container[int]:
    if if_match is None:
        raise HTTPException(428, "Say which version you replace, with If-Match.")
    if if_match.strip() == "*":
        return range(1, sys.maxsize)
    return [int(version) for version in _STRONG_TAG.findall(if_match)]
