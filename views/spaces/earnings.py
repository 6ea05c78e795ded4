"""What a space has earned, as text and as the facts of a chart."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_skeleton

from chat.screen import Photo, Screen, Where
from market.domain.earnings import Month
from market.domain.money import Money
from market.domain.space import Space
from views.drawn import Bar, Chart
from views.spaces.acts import CARD, back, titled
from views.words import Html, Words


def earnings(
    words: Words, space: Space, months: Sequence[Month], version: int
) -> tuple[Screen, ...]:
    """A chart, where there is something to draw, and the same in words."""
    total = Money(sum(month.earned.minor for month in months), months[0].earned.currency)
    lines = [
        words.say("{total} in twelve months", total=words.money(total)),
        *(_line(words, month) for month in reversed(months) if month.stays),
    ]
    if not total.minor:
        lines.append(words.say("Stays count once they are over."))
    text = titled(space, "\n".join(lines))
    rows = (back(words, space.id, version),)
    if not total.minor:
        return (Screen(text, rows=rows, card=CARD),)
    chart = Screen(photos=(Photo(key=_chart(words, months).key),), where=Where.ANEW)
    return chart, Screen(text, rows=rows, where=Where.ANEW, card=CARD)


def _line(words: Words, month: Month) -> Html:
    return words.count(
        "{month}: {earned}, {n} stay",
        "{month}: {earned}, {n} stays",
        month.stays,
        month=_name(words, month.first, "yMMMM"),
        earned=words.money(month.earned),
    )


def _chart(words: Words, months: Sequence[Month]) -> Chart:
    """The currency is said once: beside each bar there is no room for it."""
    bars = tuple(
        Bar(
            _name(words, month.first, "MMM"),
            month.earned.minor,
            words.amount(month.earned) if month.stays else "",
        )
        for month in months
    )
    first, last = (_name(words, months[at].first, "yMMM") for at in (0, -1))
    title = words.label("Earnings, {first} – {last}", first=first, last=last)
    return Chart(f"{title} · {words.currency(months[0].earned.currency)}", bars)


def _name(words: Words, first: date, skeleton: str) -> str:
    return str(format_skeleton(skeleton, first, locale=words.locale))
