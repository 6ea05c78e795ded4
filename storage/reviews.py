"""Rows about reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.booking import Side
from market.domain.ids import BookingId, PersonId, SpaceId
from market.domain.review import Review
from market.domain.space import Rating
from storage.tables.market import bookings
from storage.tables.reviews import HIDDEN, reviews

_OF_BOOKING = select(reviews).where(reviews.c.booking == bindparam("of_booking"))
_ADD = insert(reviews)
_SHOW = update(reviews).where(reviews.c.booking == bindparam("of_booking"), HIDDEN)
_OVERDUE = (
    select(reviews.c.booking)
    .where(HIDDEN, reviews.c.closes_at < bindparam("now"))
    .order_by(reviews.c.closes_at)
    .limit(bindparam("limit"))
)
_SHOWN = reviews.join(bookings, bookings.c.id == reviews.c.booking)
_OF_SPACE = (
    select(reviews)
    .select_from(_SHOWN)
    .where(bookings.c.space == bindparam("of_space"), reviews.c.side == Side.RENTER)
    .where(reviews.c.shown_at.is_not(None))
    .order_by(reviews.c.written_at.desc(), reviews.c.booking)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_OF_RENTER = (
    select(func.coalesce(func.sum(reviews.c.stars), 0), func.count())
    .select_from(_SHOWN)
    .where(bookings.c.renter == bindparam("of_renter"), reviews.c.side == Side.LISTER)
    .where(reviews.c.shown_at.is_not(None))
)


@dataclass(frozen=True, slots=True)
class ReviewStore:
    connection: AsyncConnection

    async def of_booking(self, booking: BookingId) -> Sequence[Review]:
        """Shown or not."""
        rows = await self.connection.execute(_OF_BOOKING, {"of_booking": booking})
        return [_review(row) for row in rows]

    async def add(self, review: Review, closes_at: datetime) -> None:
        """Hidden until ``show`` is called."""
        row = {
            "booking": review.booking,
            "side": review.side,
            "author": review.author,
            "stars": review.stars,
            "comment": review.comment,
            "written_at": review.at,
            "closes_at": closes_at,
        }
        await self.connection.execute(_ADD, row)

    async def show(self, booking: BookingId, at: datetime) -> None:
        await self.connection.execute(_SHOW, {"of_booking": booking, "shown_at": at})

    async def overdue(self, now: datetime, limit: int) -> Sequence[BookingId]:
        """Those with a hidden review whose time is over; oldest first."""
        rows = await self.connection.execute(_OVERDUE, {"now": now, "limit": limit})
        return [BookingId(booking) for (booking,) in rows]

    async def of_space(self, space: SpaceId, limit: int, skip: int = 0) -> Sequence[Review]:
        """What renters wrote of it and is shown; latest first."""
        values = {"of_space": space, "limit": limit, "skip": skip}
        rows = await self.connection.execute(_OF_SPACE, values)
        return [_review(row) for row in rows]

    async def of_renter(self, renter: PersonId) -> Rating:
        """What listers gave them, as far as it is shown."""
        row = (await self.connection.execute(_OF_RENTER, {"of_renter": renter})).one()
        return Rating(*row)


def _review(row: Row[Any]) -> Review:
    return Review(
        booking=BookingId(row.booking),
        side=Side(row.side),
        author=PersonId(row.author),
        stars=row.stars,
        comment=row.comment,
        at=row.written_at,
    )
