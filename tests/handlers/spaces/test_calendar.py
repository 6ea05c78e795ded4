"""The calendar of a space, as transcripts. It is Monday 3 June 2030."""

from datetime import date

from market.domain.schedule import Dates, Opening, Schedule
from tests.examples import window
from tests.handlers.spaces.opening import opened
from tests.handlers.town import BAKERY, Town
from tests.telegram import Chat


async def blocked(town: Town) -> tuple[Dates, ...]:
    async with town.store.read() as work:
        return (await work.spaces.get(BAKERY)).schedule.blocked


def june(first: int, last: int | None = None) -> Dates:
    return Dates(date(2030, 6, first), date(2030, 6, last or first))


async def test_the_month_is_a_grid_of_days(lister: Chat, town: Town) -> None:
    weekdays = tuple(Opening(day, 480, 1080) for day in range(5))
    await town.change(BAKERY, schedule=Schedule(weekdays, (june(12, 13),)))
    await town.book(BAKERY, window(24, 26))
    card = await opened(lister, "Calendar")
    assert "<b>June 2030</b>" in card
    assert "Open Mon–Fri 08:00–18:00" in card
    assert "Blocked: Wed 12 Jun – Thu 13 Jun" in card
    rows = lister.card("12✕").rows
    assert [button["text"] for button in rows[1]] == ["3", "4●", "5", "6", "7", "8–", "9–"]
    assert [button["text"] for button in rows[-3]] == ["24", "25", "26", "27", "28", "29–", "30–"]


async def test_a_tap_blocks_a_day_and_another_gives_it_back(lister: Chat, town: Town) -> None:
    await opened(lister, "Calendar", "5")
    assert await blocked(town) == (june(5),)
    await lister.press("6")
    assert await blocked(town) == (june(5, 6),)
    await lister.press("5✕")
    assert await blocked(town) == (june(6),)


async def test_a_day_with_bookings_shows_them_and_they_stand(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    said = await opened(lister, "Calendar", "4●")
    assert "<b>Tue 4 Jun</b>\ntomorrow 14:00–16:00 · €5.00" in said
    await lister.press("Block")
    assert await blocked(town) == (june(4),)
    assert "nothing new can be booked that day" in await lister.press("4●")
    await lister.press("Unblock")
    assert await blocked(town) == ()
    assert [booking.window for booking in await town.bookings()] == [window(24, 26)]


async def test_months_are_turned(lister: Chat) -> None:
    await opened(lister, "Calendar")
    assert not lister.card("›").has("‹")
    assert "July 2030" in await lister.press("›")
    assert "June 2030" in await lister.press("‹")


async def test_dates_are_typed(lister: Chat, town: Town) -> None:
    assert "Type the dates to block" in await opened(lister, "Calendar", "Type dates")
    assert "I cannot make dates of that." in await lister.say("soon")
    assert "Those dates are over." in await lister.say("1.1.2030")
    assert "more than two years ahead" in await lister.say("1.1.2039")
    assert "Type the dates to block" in await lister.send_sticker()
    assert "December 2030" in await lister.say("24.12.-2.1.")
    assert await blocked(town) == (Dates(date(2030, 12, 24), date(2031, 1, 2)),)


async def test_a_stay_until_midnight_is_not_in_the_next_day(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(8, 10))
    await opened(lister, "Calendar", "Type dates")
    await lister.say("tomorrow")
    assert await blocked(town) == (Dates(date(2030, 6, 4), date(2030, 6, 4)),)


async def test_bookings_in_typed_dates_are_shown_before_blocking(lister: Chat, town: Town) -> None:
    await town.book(BAKERY, window(24, 26))
    await opened(lister, "Calendar", "Type dates")
    said = await lister.say("tomorrow - friday")
    assert "Tue 4 Jun – Fri 7 Jun: 1 booking stands, whatever is blocked:" in said
    assert await blocked(town) == ()
    await lister.press("Block")
    assert await blocked(town) == (june(4, 7),)


async def test_a_button_that_we_never_made_is_out_of_date(lister: Chat) -> None:
    assert "out of date" in await lister.press_data("s.day:0000000007.soon:0")
