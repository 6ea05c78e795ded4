"""What the map page asks: everything in a box, and where a place is."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.context import House, Unit
from api.models.common import Span
from api.models.maps import MapCrowd, MapQuery, MapSpace, MapSpaces, Place, Places
from api.problems import documented, for_users
from api.searching import filters_of, stay_of
from api.security import COUNTED, OPTIONAL, Visitor
from market.domain.search import Search
from views.words import SOURCE, spoken

JSON = "application/json"

router = APIRouter(tags=["spaces"])


@router.get(
    "/spaces/map",
    response_model=MapSpaces,
    openapi_extra=OPTIONAL,
    responses=for_users(404, 422),
)
async def map_spaces(
    query: Annotated[MapQuery, Query()], visitor: Visitor, backend: House, services: Unit
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
    reply = MapSpaces(
        window=Span.of(search.window),
        zone=zone,
        country=backend.market.geography.country_of(zone),
        spaces=[
            MapSpace.of(spot, captions[spot.space])
            for spot in survey.spots
            if spot.space in captions
        ],
        crowds=[MapCrowd.of(crowd) for crowd in survey.crowds],
    )
    # Written at once: checked a second time, thousands of spaces would take a tenth of a second.
    return Response(reply.model_dump_json(), media_type=JSON)


@router.get("/places", dependencies=COUNTED, responses=documented(422, 429))
async def find_places(
    backend: House,
    q: Annotated[str, Query(min_length=1, max_length=200, examples=["Aleksanterinkatu 1"])],
    language: Annotated[str, Query(max_length=35, examples=["en"])] = SOURCE,
) -> Places:
    """Places that somebody who types this may mean, likeliest first."""
    found = await backend.geocoder.find(q, spoken(language) or SOURCE)
    return Places(items=[Place.of(address) for address in found])
