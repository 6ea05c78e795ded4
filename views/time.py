"""Choosing another time: chips, a calendar of days, then hours, then how long."""

import calendar
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names

from chat.screen import Button, Screen
from market.domain.window import Window
from views.layout import Rows, grid, press
from views.words import Html, Words, sentence

EMPTY = "·"
"""A button has to say something, even where the month has no day."""


class Act(StrEnum):
    CHIP = "t.chip"
    CHANGE = "t.change"
    MONTH = "t.month"
    DAY = "t.day"
    HOUR = "t.hour"
    STAY = "t.stay"
    BACK = "t.back"


class Chip(StrEnum):
    """Times that are one tap away."""

    ONE = "1h"
    TWO = "2h"
    FOUR = "4h"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"


STAYS = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 4, 5, 6, 8, 10, 12, 24, 48, 168))


def chips(words: Words, offered: Collection[Chip], present: str, version: int) -> Rows:
    """Two rows of times, the present one marked, and the way to all others."""
    labels = {
        Chip.ONE: words.label("1 h"),
        Chip.TWO: words.label("2 h"),
        Chip.FOUR: words.label("4 h"),
        Chip.TONIGHT: words.label("Tonight"),
        Chip.TOMORROW: words.label("Tomorrow 9-17"),
    }
    buttons = [
        press(f"{labels[chip]} ·" if chip == present else labels[chip], Act.CHIP, chip, version)
        for chip in offered
    ]
    pick = press(words.label("Pick..."), Act.MONTH, "", version)
    return (tuple(buttons[:3]), (*buttons[3:], pick))


def change(
    words: Words, title: Html, when: Html, offered: Collection[Chip], present: str, version: int
) -> Screen:
    """Another time for one space."""
    text = words.say(
        "{title}\nNow: {when}\n\nWhich time instead? Tap, or type it:"
        " <i>tomorrow 9-17</i>, <i>fri 18:00 3h</i>, <i>till 18</i>",
        title=title,
        when=when,
    )
    return Screen(text, rows=(*chips(words, offered, present, version), _back(words, version)))


def too_late(words: Words) -> Screen:
    """For a chip that was offered earlier."""
    return Screen(toast=words.label("This evening is over; choose another time."))


def month(words: Words, first: date, today: date, last: date, version: int) -> Screen:
    """The days of a month from today on; ``first`` is its first day."""
    weekday = words.locale.first_week_day
    names = get_day_names("abbreviated", "stand-alone", locale=words.locale)
    here = f"{first:%Y%m}"
    head = [press(names[(weekday + n) % 7], Act.MONTH, here, version) for n in range(7)]
    days = [
        press(str(day.day), Act.DAY, f"{day:%Y%m%d}", version)
        if day.month == first.month and today <= day <= last
        else press(EMPTY, Act.MONTH, here, version)
        for week in calendar.Calendar(weekday).monthdatescalendar(first.year, first.month)
        if today <= week[-1] and week[0] <= last
        for day in week
    ]
    return Screen(
        words.say("<b>{month}</b>\nWhich day?", month=_month_name(words, first)),
        rows=(*grid(head + days, 7), _turning(words, first, today, last, version)),
    )


def hours(
    words: Words, starts: Sequence[datetime], zone: ZoneInfo, now: datetime, version: int
) -> Screen:
    """The hours of a day that can be a start."""
    buttons = [
        press(words.clock(start, zone), Act.HOUR, _written(start), version) for start in starts
    ]
    day = sentence(words.day(starts[0], zone, now))
    text = words.say("<b>{day}</b>\nFrom when?", day=day)
    back = press(words.label("Back"), Act.MONTH, f"{starts[0].astimezone(zone):%Y%m}", version)
    return Screen(text, rows=(*grid(buttons, 4), (back,)))


def stays(words: Words, start: datetime, zone: ZoneInfo, now: datetime, version: int) -> Screen:
    """How long, and until when that is."""
    since = sentence(words.moment(start, zone, now))
    text = words.say("<b>{start}</b>\nUntil when?", start=since)
    buttons = [_stay(words, Window.lasting(start, length), zone, version) for length in STAYS]
    back = press(words.label("Back"), Act.DAY, f"{start.astimezone(zone):%Y%m%d}", version)
    return Screen(text, rows=(*grid(buttons, 3), (back,)))


def at(label: str, window: Window, version: int) -> Button:
    """A button for one window."""
    minutes = window.length // timedelta(minutes=1)
    return press(label, Act.STAY, f"{_written(window.start)}.{minutes}", version)


def _stay(words: Words, window: Window, zone: ZoneInfo, version: int) -> Button:
    length = words.length(window.length)
    label = length
    if window.length < timedelta(days=1):
        label = Html(f"{words.clock(window.end, zone)} · {length}")
    return at(label, window, version)


def _turning(
    words: Words, first: date, today: date, last: date, version: int
) -> tuple[Button, ...]:
    """Earlier and later months as far as there are days to choose, and the way back."""
    before = first - timedelta(days=1)
    after = first + timedelta(days=calendar.monthrange(first.year, first.month)[1])
    buttons = []
    if before >= today:
        buttons.append(press("‹", Act.MONTH, f"{before:%Y%m}", version))
    buttons += _back(words, version)
    if after <= last:
        buttons.append(press("›", Act.MONTH, f"{after:%Y%m}", version))
    return tuple(buttons)


def _back(words: Words, version: int) -> tuple[Button, ...]:
    return (press(words.label("Back"), Act.BACK, "", version),)


def _month_name(words: Words, first: date) -> str:
    return str(format_skeleton("yMMMM", first, locale=words.locale))


def _written(instant: datetime) -> str:
    """Minutes since 1970, which is what the buttons of hours carry."""
    return str(int(instant.timestamp()) // 60)
