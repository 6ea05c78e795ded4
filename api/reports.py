"""Reports: what people tell the operator."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile

from api.context import House, Unit
from api.models.common import Id, Left, Page, QueryLat, QueryLng
from api.models.reports import Answer, ReportedCar, ReportReply, Reports
from api.problems import for_users
from api.security import Current
from market.domain.errors import Invalid
from market.domain.ids import PhotoId, SpaceId, new_id
from market.domain.place import Point
from market.ports.photos import StoredPhoto
from market.services.reports import Sighting

router = APIRouter(prefix="/reports", tags=["reports"])


@router.post("/plate", status_code=201, responses=for_users(404, 409, 422))
async def report_plate(
    plate: Annotated[str, Form(min_length=1, max_length=20, examples=["HEL-204"])],
    file: Annotated[UploadFile, File(description="The car: JPEG, PNG or WEBP, at most 20 MB.")],
    user: Current,
    backend: House,
    lat: Annotated[QueryLat | Left, Form()] = None,
    lng: Annotated[QueryLng | Left, Form()] = None,
    space_id: Annotated[Id | Left, Form()] = None,
) -> ReportedCar:
    """Report a car that should not be there: at a place, or in a space.

    What is known of it is answered only to whom the space concerns.
    """
    place = _place(lat, lng)
    if place is None and space_id is None:
        raise Invalid("place", "missing")
    space = None if space_id is None else SpaceId(space_id)
    async with backend.stored(await file.read()) as key, backend.begin() as services:
        photo = StoredPhoto(PhotoId(new_id()), user.id, services.now, key=key)
        report, verdict = await services.reports.car(user.id, Sighting(plate, photo, place, space))
    answer = None if verdict is None else Answer.of(verdict)
    return ReportedCar(report=ReportReply.of(report), answer=answer)


@router.get("/mine", responses=for_users(422))
async def list_my_reports(
    user: Current, backend: House, services: Unit, page: Annotated[Page, Query()]
) -> Reports:
    """What you have reported, latest first."""
    listing = f"{user.id} reports"
    skip = backend.cursors.skipped(listing, page.cursor)
    found = await services.reports.mine(user.id, page.limit + 1, skip)
    items = [ReportReply.of(report) for report in found[: page.limit]]
    more = len(found) > page.limit
    return Reports(items=items, next=backend.cursors.beyond(listing, skip + page.limit, more=more))


def _place(lat: float | None, lng: float | None) -> Point | None:
    """Raises Invalid for half a place."""
    if lat is None and lng is None:
        return None
    if lat is None or lng is None:
        raise Invalid("place", "needs lat and lng")
    return Point(lat, lng)
