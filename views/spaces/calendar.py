"""The month of a space as a grid of buttons, and one of its days."""

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_skeleton, get_day_names

from chat.screen import Button, Screen
from market.domain.booking import Booking
from market.domain.calendar import Day, Mark
from market.domain.errors import Invalid
from market.domain.schedule import Dates
from market.domain.space import Space
from views.layout import grid
from views.spaces.acts import CARD, Act, about, asking, back, titled
from views.spaces.card import stay
from views.spaces.hours import blocked, hours, span
from views.time import EMPTY
from views.words import Html, Words, bold

MARKS = {Mark.BOOKED: "●", Mark.BLOCKED: "✕", Mark.CLOSED: "–", Mark.FREE: ""}


def weeks(words: Words, first: date) -> list[list[date]]:
    """The month as rows of seven days, beginning as weeks do where the reader lives."""
    weekday = words.locale.first_week_day
    return calendar.Calendar(weekday).monthdatescalendar(first.year, first.month)


def month(
    words: Words, space: Space, days: Sequence[Day], first: date, today: date, version: int
) -> Screen:
    weekday = words.locale.first_week_day
    names = get_day_names("short", "stand-alone", locale=words.locale)
    here = f"{first:%Y%m}"
    head = [
        about(names[(weekday + n) % 7], Act.CALENDAR, space.id, version, here) for n in range(7)
    ]
    cells = [_cell(space, day, first, today, here, version) for day in days]
    text = Html(
        "\n".join(
            filter(
                None,
                (
                    bold(_month_name(words, first)),
                    words.say("● booked · ✕ blocked · – closed. Tap a day to block or free it."),
                    words.say("Open {hours}", hours=hours(words, space.schedule)),
                    _blocked(words, space, today),
                ),
            )
        )
    )
    dates = about(words.label("Type dates"), Act.DATES, space.id, version)
    return Screen(
        titled(space, text),
        rows=(
            *grid(head + cells, 7),
            (*_turning(space, first, today, version), dates),
            back(words, space.id, version),
        ),
        card=CARD,
    )


def day(words: Words, space: Space, day: Day, today: date, now: datetime, version: int) -> Screen:
    """A day with bookings: they stand, whatever is blocked."""
    lines = [
        bold(words.date(day.date, today)),
        *(stay(words, space, booking, now) for booking in day.bookings),
    ]
    is_blocked = any(it.touches(day.date, day.date) for it in space.schedule.blocked)
    named = f"{day.date:%Y%m%d}"
    if is_blocked:
        lines.append(words.say("Blocked: nothing new can be booked that day."))
        switch = about(words.label("Unblock"), Act.UNBLOCK, space.id, version, named)
    else:
        switch = about(words.label("Block"), Act.BLOCK, space.id, version, named)
    return Screen(
        titled(space, "\n".join(lines)),
        rows=(
            (
                switch,
                about(words.label("Bookings"), Act.BOOKINGS, space.id, version),
                about(words.label("Back"), Act.CALENDAR, space.id, version, f"{day.date:%Y%m}"),
            ),
        ),
        card=CARD,
    )


def ask_dates(words: Words, space: Space, today: date, version: int) -> Screen:
    text = words.say(
        "Type the dates to block: <i>tomorrow</i>, <i>24.12.-2.1.</i>, <i>3 aug - 10 aug</i>,"
        " <i>weekend</i>"
    )
    now = _blocked(words, space, today)
    asked = Html(f"{now}\n{text}") if now else text
    return asking(words, space, version, asked, Act.CALENDAR)


def dates_refused(words: Words, refusal: Invalid) -> Screen:
    why = {
        "past": words.say("Those dates are over."),
        "too far": words.say("That is more than two years ahead."),
        "the last date comes before the first": words.say("The last date comes before the first."),
    }.get(refusal.reason, words.say("I cannot make dates of that."))
    return Screen(words.say("{why} For example: 24.12.-2.1., tomorrow, 3 aug - 10 aug", why=why))


def before_blocking(
    words: Words,
    space: Space,
    dates: Dates,
    ahead: Sequence[Booking],
    today: date,
    now: datetime,
    version: int,
) -> Screen:
    text = words.count(
        "{dates}: {n} booking stands, whatever is blocked:",
        "{dates}: {n} bookings stand, whatever is blocked:",
        len(ahead),
        dates=span(words, dates, today),
    )
    listed = "\n".join(stay(words, space, booking, now) for booking in ahead[:10])
    named = f"{dates.first:%Y%m%d}-{dates.last:%Y%m%d}"
    block = about(words.label("Block"), Act.BLOCK, space.id, version, named)
    return Screen(
        titled(space, f"{text}\n{listed}"),
        rows=((block, *back(words, space.id, version, Act.CALENDAR)),),
        card=CARD,
    )


def _cell(space: Space, day: Day, first: date, today: date, here: str, version: int) -> Button:
    if day.date.month != first.month or day.date < today:
        return about(EMPTY, Act.CALENDAR, space.id, version, here)
    label = f"{day.date.day}{MARKS[day.mark]}"
    return about(label, Act.DAY, space.id, version, f"{day.date:%Y%m%d}")


def _turning(space: Space, first: date, today: date, version: int) -> list[Button]:
    before = first - timedelta(days=1)
    after = first + timedelta(days=calendar.monthrange(first.year, first.month)[1])
    buttons = []
    if before >= today:
        buttons.append(about("‹", Act.CALENDAR, space.id, version, f"{before:%Y%m}"))
    buttons.append(about("›", Act.CALENDAR, space.id, version, f"{after:%Y%m}"))
    return buttons


def _blocked(words: Words, space: Space, today: date) -> Html:
    found = blocked(words, space.schedule.blocked, today)
    return words.say("Blocked: {dates}", dates=found) if found else Html()


def _month_name(words: Words, first: date) -> str:
    return str(format_skeleton("yMMMM", first, locale=words.locale))
