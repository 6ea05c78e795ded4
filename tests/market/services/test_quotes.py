from datetime import timedelta

import pytest

from market.domain.errors import NotFound, OwnSpace, SpaceClosed, WindowTaken
from market.domain.ids import QuoteId, SpaceId
from market.domain.space import Rules, SpaceState
from market.services.quotes import QuoteService
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_space,
    euros,
    window,
)

SPACE = SpaceId(7)


async def test_opening_a_space_makes_a_quote_that_can_be_read_again(town) -> None:
    async with town.begin() as work:
        space, quote = await QuoteService(work, NOON).open(RENTER, SPACE, window(1, 3))
        assert space == a_space()
        assert quote.total == euros(500)

    async with town.begin() as work:
        assert await QuoteService(work, NOON).get(RENTER, quote.id) == quote


async def test_a_quote_holds_nothing(town) -> None:
    async with town.begin() as work:
        quotes = QuoteService(work, NOON)
        _, first = await quotes.open(RENTER, SPACE, window(1, 3))
        _, second = await quotes.open(STRANGER, SPACE, window(1, 3))
    assert first.id != second.id


async def test_somebody_elses_quote_is_not_found(town) -> None:
    async with town.begin() as work:
        _, quote = await QuoteService(work, NOON).open(RENTER, SPACE, window(1, 3))
        with pytest.raises(NotFound):
            await QuoteService(work, NOON).get(STRANGER, quote.id)
        with pytest.raises(NotFound):
            await QuoteService(work, NOON).get(RENTER, QuoteId(404))


@pytest.mark.parametrize(
    ("person", "space", "stay", "refusal"),
    [
        (LISTER, SPACE, window(1, 3), OwnSpace),
        (RENTER, SpaceId(404), window(1, 3), NotFound),
        (RENTER, SPACE, window(5, 7), WindowTaken),
        (RENTER, SPACE, window(3, 4.75), WindowTaken),
    ],
    ids=["one's own", "no such space", "taken", "taken for the buffer"],
)
async def test_what_cannot_be_booked_is_not_quoted(town, person, space, stay, refusal) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(rules=Rules(buffer=timedelta(minutes=30))))
        await work.bookings.add(a_booking(window(5, 7)))
        with pytest.raises(refusal):
            await QuoteService(work, NOON).open(person, space, stay)


async def test_a_paused_space_is_not_quoted(town) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(state=SpaceState.PAUSED))
        with pytest.raises(SpaceClosed):
            await QuoteService(work, NOON).open(RENTER, SPACE, window(1, 3))


async def test_it_is_said_why_there_would_be_no_quote_and_nothing_is_written(town) -> None:
    async with town.begin() as work:
        quotes = QuoteService(work, NOON)
        assert await quotes.refusal(RENTER, a_space(), window(1, 3)) is None
        assert await quotes.refusal(LISTER, a_space(), window(1, 3)) == OwnSpace(
            SPACE, window(1, 3)
        )
        await work.bookings.add(a_booking(window(2, 4)))
        refusal = await quotes.refusal(STRANGER, a_space(), window(1, 3))
        assert refusal == WindowTaken(SPACE, window(1, 3))
