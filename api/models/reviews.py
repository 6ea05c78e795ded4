from typing import Annotated

from pydantic import Field

from api.models.common import WHOLE, Body, Id, Instant, Reply
from market.domain.review import MAX_COMMENT, STARS, Review


class NewReview(Body):
    booking_id: Id
    stars: Annotated[int, Field(ge=STARS.start, le=STARS.stop - 1, examples=[5]), WHOLE]
    comment: str = Field("", max_length=MAX_COMMENT)


class ReviewReply(Reply):
    stars: int
    comment: str = Field(examples=["Easy to find."])
    written_at: Instant

    @classmethod
    def of(cls, review: Review) -> "ReviewReply":
        return cls(stars=review.stars, comment=review.comment, written_at=review.at)


class WrittenReview(ReviewReply):
    shown: bool = Field(description="False until the other side wrote too, or had its time.")


class Reviews(Reply):
    """``next`` is the cursor of the next page; null on the last one."""

    items: list[ReviewReply]
    next: str | None
