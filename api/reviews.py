"""Reviews: by both sides after a stay, shown when both wrote or the time is over."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.context import House, Unit
from api.models.common import Id, Page
from api.models.reviews import NewReview, ReviewReply, Reviews, WrittenReview
from api.problems import documented, for_users
from api.security import Current
from market.domain.ids import BookingId, SpaceId

router = APIRouter(prefix="/reviews", tags=["reviews"])


@router.post("", status_code=201, responses=for_users(404, 409, 422))
async def create_review(wanted: NewReview, user: Current, services: Unit) -> WrittenReview:
    """Say how a stay of yours was: as its renter of the space, as its lister of the renter."""
    review, shown = await services.reviews.write(
        user.id, BookingId(wanted.booking_id), wanted.stars, wanted.comment
    )
    return WrittenReview(
        stars=review.stars, comment=review.comment, written_at=review.at, shown=shown
    )


@router.get("/space/{space_id:id}", responses=documented(404, 422))
async def list_reviews_of_space(
    space_id: Id, backend: House, services: Unit, page: Annotated[Page, Query()]
) -> Reviews:
    """What renters wrote of a space, latest first."""
    space = await services.finding.space(SpaceId(space_id))
    listing = f"reviews of {space_id}"
    skip = backend.cursors.skipped(listing, page.cursor)
    found = await services.reviews.of_space(space.id, page.limit + 1, skip)
    items = [ReviewReply.of(review) for review in found[: page.limit]]
    more = len(found) > page.limit
    return Reviews(items=items, next=backend.cursors.beyond(listing, skip + page.limit, more=more))
