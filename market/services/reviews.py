from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.booking import Booking, Side
from market.domain.ids import BookingId, PersonId, SpaceId
from market.domain.review import Review, closes_at, shown, write
from market.domain.space import Rating
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class ReviewService:
    """What people say of each other after a stay. Only what is shown counts in an average."""

    work: Work
    now: datetime

    async def check(self, author: PersonId, booking_id: BookingId, stars: int) -> Booking:
        """The booking, if it could be reviewed so now. Raises what ``write`` raises."""
        booking = await self.work.bookings.get(booking_id)
        earlier = await self.work.reviews.of_booking(booking_id)
        write(booking, author, stars, "", earlier, self.now)
        return booking

    async def write(
        self, author: PersonId, booking_id: BookingId, stars: int, comment: str = ""
    ) -> tuple[Review, bool]:
        """The review, and whether both sides are shown now.

        Raises what ``market.domain.review.write`` raises, and NotFound.
        """
        booking = await self.work.bookings.get(booking_id)
        earlier = await self.work.reviews.of_booking(booking_id)
        review = write(booking, author, stars, comment, earlier, self.now)
        await self.work.reviews.add(review, closes_at(booking))
        both = [*earlier, review]
        if not shown(booking, both, self.now):
            return review, False
        await self._show(booking, both)
        return review, True

    async def show_overdue(self, limit: int) -> int:
        """Show what waited for the other side in vain; how many stays that was."""
        overdue = await self.work.reviews.overdue(self.now, limit)
        for booking_id in overdue:
            booking = await self.work.bookings.get(booking_id)
            await self._show(booking, await self.work.reviews.of_booking(booking_id))
        return len(overdue)

    async def of_space(self, space: SpaceId, limit: int = 10, skip: int = 0) -> Sequence[Review]:
        """What renters wrote of it and is shown; latest first."""
        return await self.work.reviews.of_space(space, limit, skip)

    async def of_renter(self, renter: PersonId) -> Rating:
        """What listers gave a renter, as far as it is shown."""
        return await self.work.reviews.of_renter(renter)

    async def _show(self, booking: Booking, reviews: Sequence[Review]) -> None:
        await self.work.reviews.show(booking.id, self.now)
        space = await self.work.spaces.ever(booking.space)
        for review in reviews:
            if review.side is Side.RENTER:
                rating = Rating(space.rating.total + review.stars, space.rating.count + 1)
                await self.work.spaces.save(replace(space, rating=rating))
