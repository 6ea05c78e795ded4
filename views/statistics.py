"""The marketplace in numbers, for its operators."""

from datetime import date, datetime, timedelta

from babel.dates import format_skeleton

from chat.screen import Photo, Screen, Where
from market.ports.operators import Statistics
from market.services.operators import COUNTED
from views.admin import home_row
from views.drawn import Bar, Chart
from views.words import Words, paragraphs


def screen(words: Words, numbers: Statistics, now: datetime) -> Screen:
    """The last thirty days, with a chart of what was booked each day."""
    days = [(now - COUNTED + timedelta(days=n)).date() for n in range(1, COUNTED.days + 1)]
    total = sum(numbers.booked.values())
    turnover = ", ".join(map(words.money, numbers.turnover)) or words.say("nothing")
    text = paragraphs(
        (words.say("<b>The last 30 days</b>"),),
        (
            words.count("{n} booking", "{n} bookings", total),
            words.say("{n} of them cancelled", n=numbers.cancelled),
            words.say("Agreed: {turnover}", turnover=turnover),
        ),
        (
            words.count("{n} person", "{n} people", numbers.people),
            words.count(
                "{n} space live, {hidden} hidden",
                "{n} spaces live, {hidden} hidden",
                numbers.spaces,
                hidden=numbers.hidden,
            ),
            words.count("{n} report open", "{n} reports open", numbers.open_reports),
        ),
    )
    bars = tuple(_bar(words, day, numbers.booked.get(day, 0)) for day in days)
    first, last = (format_skeleton("MMMd", days[at], locale=words.locale) for at in (0, -1))
    title = words.label("Bookings a day, {first} – {last}", first=first, last=last)
    return Screen(
        text,
        photos=(Photo(key=Chart(title, bars).key),),
        rows=(home_row(words),),
        where=Where.ANEW,
    )


def _bar(words: Words, day: date, booked: int) -> Bar:
    """Mondays have their date below: there is no room for more."""
    label = format_skeleton("Md", day, locale=words.locale) if day.weekday() == 0 else ""
    return Bar(label, booked, str(booked) if booked else "")
