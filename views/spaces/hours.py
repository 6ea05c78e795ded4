"""Opening hours and blocked dates in words."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import groupby

from babel.dates import format_time, get_day_names

from market.domain.schedule import DAY, Dates, Opening, Schedule
from views.words import Html, Words

_Span = tuple[int, int]


def hours(words: Words, schedule: Schedule) -> Html:
    """Mon–Fri 08:00–18:00, Sat 22:00–02:00; or always."""
    if not schedule.openings:
        return words.say("always")
    return Html(
        ", ".join(
            f"{_days(words, days)} {_spans(words, spans)}"
            for days, spans in _grouped(schedule.openings)
        )
    )


def blocked(words: Words, dates: Iterable[Dates], today: date) -> Html:
    """The blocked dates that are still to come."""
    return Html(", ".join(span(words, it, today) for it in dates if it.last >= today))


def span(words: Words, dates: Dates, today: date) -> str:
    first = words.date(dates.first, today)
    return first if dates.first == dates.last else f"{first} – {words.date(dates.last, today)}"


def _grouped(openings: Sequence[Opening]) -> list[tuple[list[int], tuple[_Span, ...]]]:
    """Neighbouring days with the same hours together."""
    by_day = {
        day: tuple((it.opens, it.closes) for it in found)
        for day, found in groupby(sorted(openings), key=lambda it: it.weekday)
    }
    groups: list[tuple[list[int], tuple[_Span, ...]]] = []
    for day, spans in by_day.items():
        if groups and groups[-1][1] == spans and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], spans))
    return groups


def _days(words: Words, days: Sequence[int]) -> str:
    if len(days) == 7:
        return words.say("daily")
    names = get_day_names("abbreviated", "stand-alone", locale=words.locale)
    if len(days) == 1:
        return str(names[days[0]])
    return f"{names[days[0]]}–{names[days[-1]]}"


def _spans(words: Words, spans: Sequence[_Span]) -> str:
    if any(closes - opens >= DAY for opens, closes in spans):
        return words.say("all day")
    return " + ".join(f"{_clock(words, opens)}–{_clock(words, closes)}" for opens, closes in spans)


def _clock(words: Words, minutes: int) -> str:
    minutes %= DAY
    at = time(minutes // 60, minutes % 60)
    return str(format_time(at, "short", locale=words.locale))
