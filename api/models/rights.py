from pydantic import Field

from api.models.common import Id, Money, Reply, Span
from market.domain.booking import Booking
from market.domain.money import Money as Owed
from market.services.rights import Leaving


class EndingBooking(Reply):
    """A booking of yours that erasing cancels, and what stays owed for it."""

    id: Id
    window: Span
    owed: Money

    @classmethod
    def of(cls, booking: Booking, owed: Owed) -> "EndingBooking":
        return cls(id=booking.id, window=Span.of(booking.window), owed=Money.of(owed))


class LeavingReply(Reply):
    """What erasing would end. Send ``agreed`` back to agree to exactly this."""

    bookings: list[EndingBooking]
    bookings_of_spaces: int
    agreed: str = Field(examples=["2.0.500"])

    @classmethod
    def of(cls, leaving: Leaving) -> "LeavingReply":
        return cls(
            bookings=[EndingBooking.of(booking, owed) for booking, owed in leaving.rented],
            bookings_of_spaces=len(leaving.let),
            agreed=leaving.agreed,
        )
