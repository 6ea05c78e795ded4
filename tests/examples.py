"""A small town for tests: one lister, one renter, a space at noon on a Monday, and what follows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from market.domain.booking import Booking, Event, Side, State
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId, new_id
from market.domain.ledger import Reason, charged, given_back
from market.domain.money import Money
from market.domain.person import Person
from market.domain.place import Offset, Point
from market.domain.quote import Quote, make_quote
from market.domain.refund import Policy
from market.domain.space import Space
from market.domain.tariff import Tariff
from market.domain.window import Window
from market.ports.work import Work

NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)
LISTER, RENTER, STRANGER = PersonId(1), PersonId(2), PersonId(3)


def at(hours: float) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=hours)


def window(start: float, end: float) -> Window:
    """From and to, in hours after noon."""
    return Window(at(start), at(end))


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def a_person(person: PersonId, **changes: Any) -> Person:
    somebody = Person(
        id=person,
        telegram=1000 + person,
        name=f"Person {person}",
        language="en",
        zone="Europe/Berlin",
        met_at=NOON,
    )
    return replace(somebody, **changes)


def a_space(**changes: Any) -> Space:
    """Always open, instant, 2.50 an hour."""
    space = Space(
        id=SpaceId(7),
        lister=LISTER,
        title="Courtyard behind the bakery",
        place=Point(52.52, 13.405),
        offset=Offset(bearing=45.0, metres=50.0),
        zone="Europe/Berlin",
        country="DE",
        tariff=Tariff(euros(250)),
        listed_at=NOON,
    )
    return replace(space, **changes)


def a_quote(
    space: Space | None = None, stay: Window | None = None, now: datetime = NOON, **changes: Any
) -> Quote:
    """Of the space for the coming two hours, or whatever else is asked for."""
    quote = make_quote(
        QuoteId(new_id()), space or a_space(), RENTER, stay or window(1, 3), taken=(), now=now
    )
    return replace(quote, **changes)


def a_booking(stay: Window | None = None, **changes: Any) -> Booking:
    """Booked at noon, for the hours from one to three if nothing else is said."""
    stay = stay or window(1, 3)
    booking = Booking(
        id=BookingId(new_id()),
        quote=QuoteId(new_id()),
        space=SpaceId(7),
        lister=LISTER,
        renter=RENTER,
        window=stay,
        blocked_until=stay.end,
        total=euros(500),
        hour_price=euros(250),
        policy=Policy.MODERATE,
        state=State.BOOKED,
        booked_at=NOON,
        history=(Event(NOON, State.BOOKED, Side.RENTER),),
    )
    return replace(booking, **changes)


async def add_charged(work: Work, booking: Booking) -> None:
    """With what it costs in the ledger, less what it gave back."""
    await work.bookings.add(booking)
    entries = charged(booking.id, Reason.STAY, booking.total, booking.booked_at)
    if booking.refunded is not None:
        entries += given_back(booking.id, Reason.REFUND, booking.refunded, booking.booked_at)
    await work.ledger.enter(entries)


async def settle(work: Work, *spaces: Space) -> None:
    """Add the people of the town and its spaces: the usual one, if none is named."""
    for person in (LISTER, RENTER, STRANGER):
        await work.people.add(a_person(person))
    for space in spaces or (a_space(),):
        await work.spaces.add(space)
