"""What the map page asks: everything in a box, and where a place is."""

import gzip
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.context import House, Unit
from api.models.common import Span
from api.models.maps import MapCrowd, MapQuery, MapSpaces, Place, Places, map_space
from api.problems import documented, for_users
from api.searching import filters_of, stay_of
from api.security import COUNTED, OPTIONAL, Visitor
from market.domain.search import Search
from views.words import SOURCE, spoken

JSON = "application/json"
WORTH_PACKING = 2048
"""Bytes."""

router = APIRouter(tags=["spaces"])


@router.get(
    "/spaces/map",
    response_model=MapSpaces,
    openapi_extra=OPTIONAL,
    responses=for_users(404, 422),
)
async def map_spaces(
    request: Request,
    query: Annotated[MapQuery, Query()],
    visitor: Visitor,
    backend: House,
    services: Unit,
) -> Response:
    """All spaces in a box that pass the filters, free for the stay or not; not your own."""
    box = query.box()
    search = Search(
        point=box.centre,
        window=stay_of(query, services.now),
        now=services.now,
        filters=await filters_of(query, visitor, services),
        person=visitor,
        box=box,
    )
    survey, captions = await services.surveys.of(search)
    zone = backend.market.geography.zone_at(box.centre)
    # Checked or turned into models, thousands of spaces would take a tenth of a second.
    reply = MapSpaces.model_construct(
        window=Span.of(search.window),
        zone=zone,
        country=backend.market.geography.country_of(zone),
        spaces=[
            map_space(spot, captions[spot.space]) for spot in survey.spots if spot.space in captions
        ],
        crowds=[MapCrowd.of(crowd) for crowd in survey.crowds],
    )
    return packed(request, reply.model_dump_json().encode())


@router.get("/places", dependencies=COUNTED, responses=documented(422, 429))
async def find_places(
    backend: House,
    q: Annotated[str, Query(min_length=1, max_length=200, examples=["Aleksanterinkatu 1"])],
    language: Annotated[str, Query(max_length=35, examples=["en"])] = SOURCE,
) -> Places:
    """Places that somebody who types this may mean, likeliest first."""
    found = await backend.geocoder.find(q, spoken(language) or SOURCE)
    return Places(items=[Place.of(address) for address in found])


def packed(request: Request, body: bytes) -> Response:
    """As JSON; what is large is sent packed, quickly rather than tightly, to whoever can unpack."""
    headers = {"Vary": "Accept-Encoding"}
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=1)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=JSON, headers=headers)
