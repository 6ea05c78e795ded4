"""What a space earns, and the sticker that brings its guests."""

from market.domain.booking import State
from market.domain.ids import BookingId, QuoteId, new_id
from tests.examples import RENTER, STRANGER, a_booking, add_charged, euros, window
from tests.handlers.spaces.opening import opened
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat

SCAN = "/start qr_0000000007"


async def stayed(town: Town, start: float, **changes: object) -> None:
    booking = a_booking(
        window(start, start + 2),
        **{
            "id": BookingId(new_id()),
            "quote": QuoteId(new_id()),
            "space": BAKERY,
            "state": State.COMPLETED,
            **changes,
        },
    )
    async with town.store.begin() as work:
        await add_charged(work, booking)


async def test_earnings_are_said_by_month_and_drawn(lister: Chat, town: Town) -> None:
    await stayed(town, -10)
    await stayed(town, -24 * 40, total=euros(1250))
    await stayed(town, -24 * 41, state=State.CANCELLED, refunded=euros(200))
    await stayed(town, -24 * 42, state=State.CANCELLED, refunded=euros(500))
    await stayed(town, 24, state=State.BOOKED)
    assert await opened(lister, "Earnings") == (
        "<photo>\n\n"
        "<b>⁨Courtyard behind the bakery⁩</b>\n"
        "€20.50 in twelve months\n"
        "June 2030: €5.00, 1 stay\n"
        "April 2030: €15.50, 2 stays\n"
        "[Back | s.open]"
    )


async def test_without_stays_there_is_nothing_to_draw(lister: Chat) -> None:
    said = await opened(lister, "Earnings")
    assert "€0.00 in twelve months\nStays count once they are over." in said
    assert "<photo>" not in said


async def test_a_sticker_is_shown_and_can_be_printed(lister: Chat) -> None:
    said = await opened(lister, "Sticker")
    assert said.startswith("<photo>\n\n<document>\n\n")
    assert "Print it and put it up at the space." in said


async def test_who_scans_it_can_book_or_report(chat: Chat) -> None:
    said = await chat.say(SCAN)
    assert "[Book · €5.00 | p.book]" in said
    assert said.endswith("Is a car standing there that should not?\n[Report a car | x.car]")


async def test_who_has_booked_checks_in(chat: Chat, town: Town) -> None:
    renter = chat.of(1000 + RENTER)
    await town.book(BAKERY, window(0.2, 2))
    said = await renter.say(SCAN)
    assert "Bakery Street 4" in said
    assert "[Book" not in said


async def test_a_booking_of_tomorrow_is_not_checked_in_today(chat: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    assert "[Book · €5.00" in await chat.of(1000 + RENTER).say(SCAN)
    assert "[Book · €5.00" in await chat.of(1000 + STRANGER).say(SCAN)


async def test_a_sticker_of_a_space_that_is_gone(chat: Chat) -> None:
    assert "not offered any more" in await chat.say("/start qr_0000000099")
    assert "not offered any more" in await chat.say("/start qr_x")
