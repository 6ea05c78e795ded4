"""A booking: its states, its history, and the rules by which it moves from one to the next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from market.domain.errors import (
    BookingOver,
    NotFound,
    PlateNeeded,
    QuoteExpired,
    TooManyAhead,
    TooManyRequests,
    WindowPast,
)
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId
from market.domain.money import Money
from market.domain.quote import START_GRACE, Quote, refuse_taken
from market.domain.refund import Policy, Step, refund, steps
from market.domain.space import Space, Tag, closed, off_hours
from market.domain.window import Window


class State(StrEnum):
    HELD = "held"
    """Kept for five minutes while a renter without a place decides."""
    REQUESTED = "requested"
    BOOKED = "booked"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    """Given back by the lister because nobody came."""


LIVE = (State.HELD, State.REQUESTED, State.BOOKED, State.ARRIVED)
"""States that keep the window from everybody else."""

SETTLED = (State.BOOKED, State.ARRIVED)

MAX_REQUESTS = 2
"""Requests of one renter that may wait for an answer at the same time."""
REQUEST_LIFE = timedelta(hours=24)
REQUEST_MARGIN = timedelta(hours=1)
"""A request is answered at the latest this long before the start."""


class Side(StrEnum):
    RENTER = "renter"
    LISTER = "lister"
    OPERATOR = "operator"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a booking's history."""

    at: datetime
    state: State
    by: Side


@dataclass(frozen=True, slots=True)
class Booking:
    """A stay as it was promised: price, policy and buffer are those of its quote for ever."""

    id: BookingId
    quote: QuoteId
    space: SpaceId
    lister: PersonId
    renter: PersonId
    window: Window
    blocked_until: datetime
    total: Money
    hour_price: Money
    policy: Policy
    state: State
    booked_at: datetime
    plate: str | None = None
    expires_at: datetime | None = None
    """When a hold or a request ends by itself."""
    refunded: Money | None = None
    """What a cancellation gave back; None while nothing was cancelled."""
    wanted: frozenset[Tag] = frozenset()
    """What the renter had searched for, which a replacement must have too."""
    history: tuple[Event, ...] = ()

    @property
    def blocks(self) -> Window:
        """What nobody else can have: the stay and the buffer after it."""
        return Window(self.window.start, self.blocked_until)

    def live(self, now: datetime) -> bool:
        return self.state in LIVE and now < self.blocked_until

    def ahead(self, now: datetime) -> bool:
        """Whether it counts against the renter's limit: settled or asked for, and not begun."""
        return self.state in LIVE and now < self.window.start

    def pending(self, now: datetime) -> bool:
        """Whether it is a request that can still be answered."""
        return (
            self.state is State.REQUESTED and self.expires_at is not None and now < self.expires_at
        )

    def running(self, now: datetime) -> bool:
        return self.state in SETTLED and self.window.holds(now)

    def stands(self, now: datetime) -> bool:
        """Settled and not over: its renter knows the place, and may still cancel."""
        return self.state in SETTLED and now < self.window.end

    def refund_steps(self) -> tuple[Step, ...]:
        return steps(self.policy, self.window, self.booked_at, self.total)

    def side_of(self, person: PersonId) -> Side:
        """On which side of the stay a person is. Raises NotFound for everybody else."""
        if person == self.renter:
            return Side.RENTER
        if person == self.lister:
            return Side.LISTER
        raise NotFound("booking")


@dataclass(frozen=True, slots=True)
class Standing:
    """How much a renter has under way: bookings ahead and pending requests, with the limit."""

    ahead: int
    requests: int
    max_ahead: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a renter brings to a quote when confirming it."""

    booking: BookingId
    plate: str | None = None
    wanted: frozenset[Tag] = frozenset()


def confirm(
    quote: Quote,
    answer: Answer,
    space: Space,
    taken: Iterable[Window],
    standing: Standing,
    now: datetime,
) -> Booking:
    """Turn a quote into a booking, or into a request where the lister wants to be asked.

    ``taken`` must list every live booking of the space that could touch the window. Within its
    lifetime a quote stands at its price and policy whatever the lister has edited since; only
    what makes the stay itself impossible refuses it. Raises QuoteExpired, PlateNeeded,
    TooManyAhead, TooManyRequests, or the NotBookable that names the rule.
    """
    if not quote.alive(now):
        if quote.window.start < now - START_GRACE:
            raise WindowPast(space.id, quote.window)
        raise QuoteExpired(quote.id, quote.space, quote.window)
    refusal = closed(space, quote.window) or off_hours(space, quote.window)
    if refusal is not None:
        raise refusal
    refuse_taken(space.id, quote.window, quote.buffer, taken)
    if standing.ahead >= standing.max_ahead:
        raise TooManyAhead(standing.max_ahead)
    if quote.by_request and standing.requests >= MAX_REQUESTS:
        raise TooManyRequests(MAX_REQUESTS)
    if quote.plate_needed and answer.plate is None:
        raise PlateNeeded(quote.id, space.id)
    state = State.REQUESTED if quote.by_request else State.BOOKED
    return Booking(
        id=answer.booking,
        quote=quote.id,
        space=space.id,
        lister=space.lister,
        renter=quote.renter,
        window=quote.window,
        blocked_until=quote.window.end + quote.buffer,
        total=quote.total,
        hour_price=quote.hour_price,
        policy=quote.policy,
        state=state,
        booked_at=now,
        plate=answer.plate,
        expires_at=_answer_by(quote.window, now) if quote.by_request else None,
        wanted=answer.wanted,
        history=(Event(now, state, Side.RENTER),),
    )


def _answer_by(window: Window, now: datetime) -> datetime:
    return min(now + REQUEST_LIFE, window.start - REQUEST_MARGIN)


def change_plate(booking: Booking, plate: str, now: datetime) -> Booking:
    """Another car comes, until the end of the stay. Raises BookingOver after it."""
    if booking.state not in LIVE or now >= booking.window.end:
        raise BookingOver(booking.state)
    return replace(booking, plate=plate)


def refund_now(booking: Booking, side: Side, now: datetime) -> Money:
    """What cancelling now would give back. Whoever is not the renter gives everything back.

    Raises BookingOver when there is nothing left to cancel.
    """
    if not booking.stands(now):
        raise BookingOver(booking.state)
    if side is Side.LISTER and now >= booking.window.start:
        raise BookingOver(booking.state)
    if side is not Side.RENTER:
        return booking.total
    return refund(booking.policy, booking.window, booking.booked_at, booking.total, now)


def cancel(booking: Booking, side: Side, now: datetime) -> Booking:
    """The booking, cancelled by one side; its window is free again at once.

    Raises BookingOver when there is nothing left to cancel.
    """
    back = refund_now(booking, side, now)
    return moved(replace(booking, refunded=back), State.CANCELLED, side, now)


def called_off(booking: Booking, by: Side, now: datetime) -> Booking:
    """A booking or request that somebody other than its renter ends before it begins.

    Nothing is owed. Raises BookingOver once it has begun, or is not live any more.
    """
    if not booking.ahead(now):
        raise BookingOver(booking.state)
    return moved(replace(booking, refunded=booking.total), State.CANCELLED, by, now)


def moved(booking: Booking, state: State, by: Side, now: datetime) -> Booking:
    """The booking in another state, with the change in its history."""
    event = Event(now, state, by)
    return replace(booking, state=state, history=(*booking.history, event))
