"""The town's stays: those ahead, and those that are over with what renters wrote of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from bot.town.plan import Plan, drawn_id
from market.domain.booking import Booking, Event, Side, State
from market.domain.ids import BookingId, PersonId, QuoteId
from market.domain.review import OPEN_FOR, Review
from market.domain.space import Space, obstacle
from market.domain.window import Window

DAYS_AHEAD = 3

_WORDS = {
    5: (
        "Easy to find, and just as in the photos.",
        "Wide enough to get out without breathing in. I will be back.",
        "The way in was described to the metre. Thank you.",
        "Two minutes from where I had to be. Perfect.",
        "Quiet, clean and well lit, even late at night.",
        "Booked while waiting at the lights, parked five minutes later.",
        "",
        "",
    ),
    4: (
        "Good place. The turn into the yard is a little tight.",
        "All as promised; the gate takes its time.",
        "Fine for the price. A bigger number on the wall would help.",
        "",
    ),
    3: (
        "Did the job, but it was a longer walk than I thought.",
        "A bin stood half in the bay; the lister moved it at once.",
    ),
}
"""What renters write beside so many stars; some write nothing."""


def ahead(space: Space, renters: Sequence[PersonId], now: datetime) -> Iterator[Booking]:
    """Some stays of the coming days that the space's own rules allow."""
    midnight = now.astimezone(space.zone_info).replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(DAYS_AHEAD):
        day = (midnight + timedelta(days=days)).date()
        chance = Random(f"{space.id} {day}")  # noqa: S311 - no secret
        for opens in chance.sample((7, 9, 12, 15, 18), chance.choice((0, 0, 1, 1, 2))):
            hours = timedelta(hours=chance.choice((1, 2, 2, 3)))
            wall = datetime(day.year, day.month, day.day, opens, tzinfo=space.zone_info)
            window = Window.lasting(wall.astimezone(UTC), hours)
            booked_at = now - timedelta(hours=chance.randint(26, 200))
            booking = _booking(space, chance, renters, window, booked_at)
            if window.end > now and obstacle(space, window, booked_at) is None:
                yield booking


def over(
    plan: Plan, renters: Sequence[PersonId], now: datetime
) -> Iterator[tuple[Booking, Review]]:
    """A stay for each of the space's stars, with the review that gave them."""
    space = plan.space
    chance = Random(f"{space.id} over")  # noqa: S311 - no secret
    listed_for = (now - space.listed_at) // timedelta(days=1)
    # Whatever is newer than that might still wait for the other side's review.
    days_ago = chance.sample(range(OPEN_FOR.days + 2, listed_for), len(plan.stars))
    for stars, ago in zip(plan.stars, days_ago, strict=True):
        start = now.replace(hour=chance.randint(6, 17), minute=0, second=0, microsecond=0)
        hours = timedelta(hours=chance.choice((1, 2, 2, 3, 5)))
        window = Window.lasting(start - timedelta(days=ago), hours)
        booked_at = window.start - timedelta(minutes=chance.randint(5, 600))
        stay = _booking(space, chance, renters, window, booked_at)
        ended = Event(window.end, State.COMPLETED, Side.CLOCK)
        stay = replace(stay, state=State.COMPLETED, history=(*stay.history, ended))
        written_at = window.end + timedelta(minutes=chance.randint(5, 2000))
        words = chance.choice(_WORDS[stars])
        yield stay, Review(stay.id, Side.RENTER, stay.renter, stars, words, written_at)


def _booking(
    space: Space,
    chance: Random,
    renters: Sequence[PersonId],
    window: Window,
    booked_at: datetime,
) -> Booking:
    return Booking(
        id=BookingId(drawn_id(chance)),
        quote=QuoteId(drawn_id(chance)),
        space=space.id,
        lister=space.lister,
        renter=chance.choice(renters),
        window=window,
        blocked_until=window.end + space.rules.buffer,
        total=space.tariff.price(window.length),
        hour_price=space.tariff.hour,
        policy=space.policy,
        state=State.BOOKED,
        booked_at=booked_at,
        plate="ABC123" if space.plate_needed else None,
        history=(Event(booked_at, State.BOOKED, Side.RENTER),),
    )
