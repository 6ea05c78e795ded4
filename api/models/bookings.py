from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from api.models.common import (
    WHOLE,
    Body,
    GivenInstant,
    Id,
    Instant,
    Interval,
    Money,
    Page,
    Reply,
    Span,
)
from api.models.spaces import ExactPlace, Photo
from market.domain import money
from market.domain.booking import Booking, Side, State, refund_now
from market.domain.errors import BookingOver
from market.domain.ledger import Bill
from market.domain.quote import Quote
from market.domain.refund import Policy, Step, steps
from market.domain.review import reviewable
from market.domain.space import Space
from market.domain.tariff import Line, Unit

Plate = Annotated[str, Field(min_length=1, max_length=20, examples=["HEL-204"])]


class WantedQuote(Body):
    space_id: Id
    start: GivenInstant
    end: GivenInstant


class PriceLine(Reply):
    """``count`` started quarter hours at the hour price, or days, weeks or months at theirs."""

    unit: Unit
    count: int
    each: Money
    amount: Money

    @classmethod
    def of(cls, line: Line) -> "PriceLine":
        each, amount = Money.of(line.each), Money.of(line.amount)
        return cls(unit=line.unit, count=line.count, each=each, amount=amount)


class RefundStep(Reply):
    """Cancelling up to and including ``until`` gives ``refund`` of the total back."""

    until: Instant
    percent: int
    refund: Money
    cost: Money = Field(description="What it costs then; nothing of what the lister has waived.")

    @classmethod
    def of(cls, step: Step, bill: Bill) -> "RefundStep":
        return cls(
            until=step.until,
            percent=step.percent,
            refund=Money.of(step.refund),
            cost=Money.of(bill.without(step.refund).cost),
        )


class QuoteReply(Reply):
    """Good until ``expires_at`` at this price; it holds nothing."""

    id: Id
    space_id: Id
    window: Span
    lines: list[PriceLine]
    total: Money
    policy: Policy
    by_request: bool
    plate_needed: bool
    refund_steps: list[RefundStep] = Field(description="As they are if it is booked at once.")
    made_at: Instant
    expires_at: Instant

    @classmethod
    def of(cls, quote: Quote) -> "QuoteReply":
        return cls(
            id=quote.id,
            space_id=quote.space,
            window=Span.of(quote.window),
            lines=[PriceLine.of(line) for line in quote.lines],
            total=Money.of(quote.total),
            policy=quote.policy,
            by_request=quote.by_request,
            plate_needed=quote.plate_needed,
            refund_steps=[
                RefundStep.of(step, Bill(quote.total, quote.total))
                for step in steps(quote.policy, quote.window, quote.made_at, quote.total)
            ],
            made_at=quote.made_at,
            expires_at=quote.expires_at,
        )


class QuotedBooking(Body):
    """Confirm a quote."""

    quote_id: Id
    plate: Plate | None = None


class DirectBooking(Body):
    """Be quoted and confirm in one go, at whatever it costs now."""

    space_id: Id
    start: GivenInstant
    end: GivenInstant
    plate: Plate | None = None


class GivenAnswer(Body):
    accept: StrictBool


class LaterEnd(Body):
    until: GivenInstant


class Extension(Reply):
    """A later end that can be had, and what it costs more."""

    until: Instant
    more: Money
    total: Money

    @classmethod
    def of(cls, longer: Booking, before: Booking) -> "Extension":
        return cls(
            until=longer.window.end,
            more=Money.of(longer.total - before.total),
            total=Money.of(longer.total),
        )


class OtherPlate(Body):
    plate: Plate


class AgreedRefund(Body):
    """What was shown to whoever agreed to it."""

    refund: Annotated[int, Field(ge=0, description="Minor units."), WHOLE]


class BookingReply(Reply):
    """``exact`` is where to go, for its renter while the stay stands; null otherwise."""

    id: Id
    space_id: Id
    space_title: str | None = Field(description="Null when the space is gone.")
    zone: str | None = Field(description="The IANA zone of the space.")
    photo: Photo | None
    side: Literal[Side.RENTER, Side.LISTER]
    window: Span
    state: State
    total: Money
    policy: Policy
    refund_steps: list[RefundStep]
    refund_now: Money | None = Field(
        description="What cancelling gives back of the total at this moment; null when nothing can"
        " be cancelled."
    )
    refunded: Money | None
    due: Money | None = Field(
        description="What the renter still owes; negative where the lister has to give something"
        " back. Null where nothing was charged, and for whoever looks after somebody else's space."
    )
    due_if_cancelled: Money | None = Field(description="What it would be after cancelling now.")
    reviewable: bool = Field(description="Whether its time for reviews is now.")
    plate: str | None
    booked_at: Instant
    expires_at: Instant | None = Field(description="When a request that nobody answers ends.")
    exact: ExactPlace | None

    @classmethod
    def of(
        cls,
        booking: Booking,
        space: Space | None,
        now: datetime,
        bill: Bill | None,
        *,
        side: Side,
        exact: bool,
    ) -> "BookingReply":
        back = _refund_now(booking, side, now)
        costs = bill or Bill(booking.total, booking.total)
        return cls(
            id=booking.id,
            space_id=booking.space,
            space_title=space and space.title,
            zone=space and space.zone,
            photo=Photo.of(space.photos[0]) if space and space.photos else None,
            side=Side.RENTER if side is Side.RENTER else Side.LISTER,
            window=Span.of(booking.window),
            state=booking.state,
            total=Money.of(booking.total),
            policy=booking.policy,
            refund_steps=[RefundStep.of(step, costs) for step in booking.refund_steps()],
            refund_now=back and Money.of(back),
            refunded=booking.refunded and Money.of(booking.refunded),
            due=Money.of(bill.due) if bill else None,
            due_if_cancelled=Money.of(bill.without(back).due) if bill and back else None,
            reviewable=reviewable(booking, now),
            plate=booking.plate,
            booked_at=booking.booked_at,
            expires_at=booking.expires_at,
            exact=ExactPlace.of(space) if exact and space is not None else None,
        )


def _refund_now(booking: Booking, side: Side, now: datetime) -> money.Money | None:
    try:
        return refund_now(booking, side, now)
    except BookingOver:
        return None


class When(StrEnum):
    COMING = "coming"
    """Under way or ahead, soonest first."""
    PAST = "past"
    """Over or given up, latest first."""


class OwnBookings(Page):
    when: When = When.COMING


class BookingsOfSpace(Page, Interval):
    pass


class Bookings(Reply):
    """``next`` is the cursor of the next page; null on the last one."""

    items: list[BookingReply]
    next: str | None
