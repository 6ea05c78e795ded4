from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.dialects import sqlite

from market.domain.booking import LIVE, SETTLED, Booking, Event, Side, State, cancel, moved
from market.domain.errors import NotFound, WindowTaken
from market.domain.ids import BookingId, QuoteId, SpaceId
from market.domain.refund import Policy
from market.domain.request import LAPSING
from storage.bookings import _TAKEN
from storage.changes import Noun
from storage.database import Store
from storage.tables.market import LAPSING_STATES, LIVE_STATES, SETTLED_STATES
from tests.examples import (
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_space,
    at,
    euros,
    settle,
    window,
)

OVER = [state for state in State if state not in LIVE]


def without_history(booking: Booking) -> Booking:
    return replace(booking, history=())


async def add(store: Store, *bookings: Booking) -> None:
    async with store.begin() as work:
        await settle(work, a_space(), a_space(id=SpaceId(8)))
        for booking in bookings:
            await work.bookings.add(booking)


@pytest.mark.parametrize(
    "booking",
    [
        a_booking(),
        a_booking(
            blocked_until=at(4),
            total=euros(72_000_000_000),
            policy=Policy.STRICT,
            state=State.CANCELLED,
            plate="HEL204",
            expires_at=at(0.5),
            refunded=euros(0),
            history=(
                Event(NOON, State.REQUESTED, Side.RENTER),
                Event(at(0.1), State.BOOKED, Side.LISTER),
                Event(at(0.2), State.CANCELLED, Side.OPERATOR),
            ),
        ),
    ],
    ids=["plain", "with everything"],
)
async def test_a_booking_comes_back_as_it_was(store: Store, booking) -> None:
    await add(store, booking)
    async with store.read() as work:
        assert await work.bookings.get(booking.id) == booking
        assert await work.bookings.of_quote(booking.quote) == booking


async def test_an_unknown_booking_is_not_found(store: Store) -> None:
    async with store.read() as work:
        assert await work.bookings.of_quote(QuoteId(404)) is None
        with pytest.raises(NotFound) as refusal:
            await work.bookings.get(BookingId(404))
    assert refusal.value.what == "booking"


@pytest.mark.parametrize(
    ("stored", "meant"),
    [(LIVE_STATES, LIVE), (LAPSING_STATES, LAPSING), (SETTLED_STATES, SETTLED)],
    ids=["live", "lapsing", "settled"],
)
def test_the_store_and_the_domain_mean_the_same_states(stored, meant) -> None:
    quoted = ", ".join(f"'{state}'" for state in meant)
    assert str(stored) == f"state IN ({quoted})"


@pytest.mark.parametrize("state", State)
async def test_only_live_bookings_keep_their_window(store: Store, state) -> None:
    await add(store, a_booking(window(1, 3), state=state))
    async with store.read() as work:
        taken = await work.bookings.taken(SpaceId(7), window(0, 9))
    assert taken == ([window(1, 3)] if state in LIVE else [])


@pytest.mark.parametrize(
    ("asked", "touched"),
    [
        (window(0, 1), False),
        (window(0, 1.01), True),
        (window(2, 2.5), True),
        (window(3, 3.4), True),
        (window(3.5, 9), False),
        (window(0, 9), True),
    ],
    ids=["until it begins", "into it", "inside", "into the buffer", "after the buffer", "around"],
)
async def test_a_booking_keeps_its_window_and_its_buffer(store: Store, asked, touched) -> None:
    await add(store, a_booking(window(1, 3), blocked_until=at(3.5)))
    async with store.read() as work:
        taken = await work.bookings.taken(SpaceId(7), asked)
    assert taken == ([window(1, 3.5)] if touched else [])


async def test_taken_windows_are_those_of_the_space_in_order(store: Store) -> None:
    await add(
        store,
        a_booking(window(5, 6)),
        a_booking(window(1, 3)),
        a_booking(window(3, 4), space=SpaceId(8)),
    )
    async with store.read() as work:
        assert await work.bookings.taken(SpaceId(7), window(0, 9)) == [window(1, 3), window(5, 6)]


async def test_looking_for_taken_windows_never_walks_past_what_was_cancelled(store: Store) -> None:
    async with store.read() as work:
        question = _TAKEN.compile(dialect=sqlite.dialect())
        plan = await work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", (7, 9, 1))
        (step,) = plan.all()
    assert step.detail.startswith("SEARCH bookings USING COVERING INDEX ix_bookings_live")


async def test_the_store_itself_refuses_an_overlap(store: Store) -> None:
    await add(store, a_booking(window(1, 3)))
    with pytest.raises(WindowTaken) as refusal:
        async with store.begin() as work:
            await work.bookings.add(a_booking(window(2, 4)))
    assert (refusal.value.space, refusal.value.window) == (SpaceId(7), window(2, 4))
    assert refusal.value.__suppress_context__


async def test_the_store_itself_refuses_an_extension_into_the_next_booking(store: Store) -> None:
    first = a_booking(window(1, 3))
    await add(store, first, a_booking(window(3, 4)))
    with pytest.raises(WindowTaken):
        async with store.begin() as work:
            await work.bookings.save(
                replace(first, window=window(1, 3.5), blocked_until=at(3.5)),
            )
    async with store.read() as work:
        assert await work.bookings.get(first.id) == first


async def test_a_cancelled_window_can_be_booked_again(store: Store) -> None:
    first, second = a_booking(window(1, 3)), a_booking(window(1, 3), renter=STRANGER)
    await add(store, first)
    async with store.begin() as work:
        await work.bookings.save(cancel(first, Side.RENTER, at(0.1)))
        await work.bookings.add(second)
        assert await work.bookings.get(second.id) == second


async def test_a_saved_booking_has_every_new_fact(store: Store) -> None:
    booking = a_booking(window(1, 3))
    changed = replace(
        moved(booking, State.ARRIVED, Side.RENTER, at(1)),
        window=window(1, 5),
        blocked_until=at(6),
        total=euros(1000),
        plate="BXY99",
        expires_at=at(0.5),
        refunded=euros(1),
    )
    await add(store, booking, a_booking(window(7, 8)))
    async with store.begin() as work:
        await work.bookings.save(changed)
        assert await work.bookings.get(booking.id) == changed


async def test_the_history_grows_whether_or_not_it_was_read(store: Store) -> None:
    booking = a_booking()
    await add(store, booking)
    async with store.begin() as work:
        arrived = moved(await work.bookings.get(booking.id), State.ARRIVED, Side.RENTER, at(1))
        await work.bookings.save(arrived)
        (listed,) = await work.bookings.of_renter(RENTER, at(1), past=False, limit=5)
        assert listed == without_history(arrived)
        await work.bookings.save(moved(listed, State.COMPLETED, Side.CLOCK, at(3.1)))
        history = (await work.bookings.get(booking.id)).history

    assert [event.state for event in history] == [State.BOOKED, State.ARRIVED, State.COMPLETED]


async def test_the_limit_counts_live_bookings_that_have_not_begun(store: Store) -> None:
    await add(
        store,
        a_booking(window(1, 2)),
        a_booking(window(3, 4), state=State.REQUESTED),
        a_booking(window(5, 6), state=State.CANCELLED),
        a_booking(window(7, 8), renter=STRANGER),
        a_booking(window(-1, 0.5), state=State.ARRIVED),
    )
    async with store.read() as work:
        assert await work.bookings.ahead(RENTER, NOON) == 2
        assert await work.bookings.ahead(RENTER, at(1)) == 1
        assert await work.bookings.ahead(RENTER, at(9)) == 0


async def test_a_renters_bookings_are_coming_or_past_and_never_both(store: Store) -> None:
    running, soon, late = (a_booking(window(a, a + 1)) for a in (-0.5, 2, 5))
    over = a_booking(window(-9, -8), state=State.COMPLETED)
    ended = a_booking(window(-1.5, -0.5))
    given_up = [a_booking(window(n, n + 1), state=state) for n, state in enumerate(OVER, 20)]
    another = a_booking(window(90, 91), renter=STRANGER)
    await add(store, late, running, over, soon, ended, *given_up, another)

    async with store.read() as work:
        coming = await work.bookings.of_renter(RENTER, NOON, past=False, limit=99)
        past = await work.bookings.of_renter(RENTER, NOON, past=True, limit=99)
        first = await work.bookings.of_renter(RENTER, NOON, past=False, limit=1)
        latest = await work.bookings.of_renter(RENTER, NOON, past=True, limit=1)

    assert coming == [without_history(booking) for booking in (running, soon, late)]
    assert past == [without_history(b) for b in (*reversed(given_up), ended, over)]
    assert (first, latest) == (coming[:1], past[:1])


async def test_a_stay_is_past_at_the_very_instant_of_its_end(store: Store) -> None:
    await add(store, a_booking(window(1, 3)))
    async with store.read() as work:
        just_before = at(3) - timedelta(microseconds=1)
        assert len(await work.bookings.of_renter(RENTER, just_before, past=False, limit=5)) == 1
        assert len(await work.bookings.of_renter(RENTER, at(3), past=True, limit=5)) == 1


async def test_the_bookings_of_a_space_that_touch_a_window(store: Store) -> None:
    before, inside = a_booking(window(0, 1), blocked_until=at(1.5)), a_booking(window(2, 3))
    gone = a_booking(window(1.5, 2.5), state=State.DECLINED)
    elsewhere = a_booking(window(2, 3), space=SpaceId(8))
    await add(store, inside, before, gone, elsewhere)
    async with store.read() as work:
        live = await work.bookings.of_space(SpaceId(7), window(1, 9))
        every = await work.bookings.of_space(SpaceId(7), window(1, 9), live=False)
        wider = await work.bookings.of_space(SpaceId(7), window(0.9, 9))
    assert live == [without_history(inside)]
    assert every == [without_history(b) for b in (gone, inside)]
    assert wider == [without_history(b) for b in (before, inside)]


async def test_what_is_ahead_of_a_space_includes_the_stay_in_progress(store: Store) -> None:
    ended, running, coming = (a_booking(window(a, a + 1)) for a in (-1, 0, 2))
    await add(store, coming, running, ended, a_booking(window(5, 6), state=State.EXPIRED))
    async with store.read() as work:
        ahead = await work.bookings.ahead_of_space(SpaceId(7), NOON)
    assert ahead == [without_history(running), without_history(coming)]


async def test_each_new_and_saved_booking_is_told_to_those_who_follow(store: Store) -> None:
    booking = a_booking()
    await add(store)
    async with store.begin() as work:
        seen = await work.changes.newest()
        await work.bookings.add(booking)
        await work.bookings.save(cancel(booking, Side.LISTER, at(0.1)))
        logged = [(change.noun, change.key) for change in await work.changes.after(seen)]
    assert logged == [(Noun.BOOKING, booking.id)] * 2
