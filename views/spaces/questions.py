"""Every rule of a space: its name, how it is now, what is asked about it, and usual answers."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum

from market.domain.money import Money
from market.domain.refund import Policy
from market.domain.space import Approval, Space
from views import find
from views.spaces.hours import hours
from views.spaces.terms import approval, policy
from views.words import Html, Words, sentence, user_text


class Rule(StrEnum):
    TITLE = "title"
    DESCRIPTION = "about"
    NOTES = "notes"
    HOURS = "hours"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    MIN = "min"
    MAX = "max"
    NOTICE = "notice"
    HORIZON = "horizon"
    BUFFER = "buffer"
    HEIGHT = "height"
    LENGTH = "length"
    PLATE = "plate"
    APPROVAL = "ask"
    POLICY = "policy"
    TAGS = "tags"
    EXACT = "exact"


class Group(StrEnum):
    """Rules that are shown on one card."""

    PRICES = "prices"
    STAYS = "stays"
    VEHICLES = "cars"
    BOOKING = "booking"


GROUPS: Mapping[Group, tuple[Rule, ...]] = {
    Group.PRICES: (Rule.HOUR, Rule.DAY, Rule.WEEK, Rule.MONTH),
    Group.STAYS: (Rule.MIN, Rule.MAX, Rule.NOTICE, Rule.HORIZON, Rule.BUFFER),
    Group.VEHICLES: (Rule.HEIGHT, Rule.LENGTH, Rule.PLATE),
    Group.BOOKING: (Rule.APPROVAL, Rule.POLICY, Rule.EXACT),
}
MONEY = GROUPS[Group.PRICES]
YES, NO = "yes", "no"
NONE = "none"


def group_of(rule: Rule) -> Group | None:
    return next((group for group, rules in GROUPS.items() if rule in rules), None)


def value(words: Words, space: Space, rule: Rule) -> Html:
    """How it is now, in words."""
    return _VALUES[rule](words, space) or words.say("none")


def question(words: Words, space: Space, rule: Rule) -> Html:
    return {
        Rule.TITLE: words.say("Type the new title, 3 to 60 characters."),
        Rule.DESCRIPTION: words.say("Type what people should know, up to 600 characters."),
        Rule.NOTES: words.say(
            "Type how one gets in: gate code, which bay, which gate. Up to 500 characters;"
            " only who has booked sees it."
        ),
        Rule.HOURS: words.say(
            "Tap, or type when it is open: <i>mon-fri 8-18, sat 10-14</i>, <i>daily 18-8</i>,"
            " <i>weekends</i>, <i>always</i>"
        ),
        Rule.HOUR: words.say("Type the new price of an hour; bookings ahead keep theirs."),
        Rule.DAY: words.say("Type the most that 24 hours cost, or tap none."),
        Rule.WEEK: words.say("Type the most that 7 days cost, or tap none."),
        Rule.MONTH: words.say("Type the most that 30 days cost, or tap none."),
        Rule.MIN: words.say("Tap, or type how short a stay may be, for example <i>30 min</i>"),
        Rule.MAX: words.say("Tap, or type how long a stay may be, for example <i>3 days</i>"),
        Rule.NOTICE: words.say(
            "Tap, or type how long before its start a stay has to be booked, for example <i>2 h</i>"
        ),
        Rule.HORIZON: words.say(
            "Tap, or type how far ahead one may book, for example <i>90 days</i>"
        ),
        Rule.BUFFER: words.say(
            "Tap, or type how long it stays empty between two stays, for example <i>15 min</i>"
        ),
        Rule.HEIGHT: words.say("Tap, or type how high a vehicle may be, for example <i>1.90 m</i>"),
        Rule.LENGTH: words.say("Tap, or type how long a vehicle may be, for example <i>5 m</i>"),
        Rule.PLATE: words.say("Do you need to know the number plate?"),
        Rule.APPROVAL: words.say("Does a booking hold at once, or do you answer first?"),
        Rule.POLICY: words.say("Until when does cancelling cost nothing?"),
        Rule.TAGS: words.say("Tap what is true."),
        Rule.EXACT: words.say(
            "Everybody sees a point 30 to 80 m away; the exact place comes with the booking."
            " Show it to everybody?"
        ),
    }[rule]


def answers(words: Words, space: Space, rule: Rule) -> list[tuple[str, str]]:
    """Labels of the usual answers, and what is read when one is tapped."""
    lengths = _LENGTHS.get(rule, ())
    if lengths:
        return [
            (sentence(words.length(it)) if it else words.label("None"), f"{it // _MINUTE} min")
            for it in lengths
        ]
    if rule in _SIZES:
        sizes = [(words.size(it, space.country), f"{it} cm") for it in _SIZES[rule]]
        return [*sizes, (words.label("No limit"), NONE)]
    fixed: Mapping[Rule, list[tuple[str, str]]] = {
        Rule.NOTES: [(words.label("No notes"), NONE)] if space.notes else [],
        Rule.DESCRIPTION: [(words.label("None"), NONE)] if space.description else [],
        Rule.HOURS: [
            (words.label("Always"), "always"),
            (words.label("Weekends"), "weekends"),
            (words.label("Workdays 8-18"), "weekdays 8-18"),
            (words.label("Nights 18-8"), "daily 18-8"),
        ],
        Rule.DAY: [(words.label("None"), NONE)],
        Rule.WEEK: [(words.label("None"), NONE)],
        Rule.MONTH: [(words.label("None"), NONE)],
        Rule.PLATE: _yes_no(words),
        Rule.EXACT: _yes_no(words),
        Rule.APPROVAL: [(approval(words, it), it) for it in Approval],
        Rule.POLICY: [(policy(words, it), it) for it in Policy],
    }
    return fixed.get(rule, [])


_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_LENGTHS: Mapping[Rule, tuple[timedelta, ...]] = {
    Rule.MIN: (30 * _MINUTE, _HOUR, 4 * _HOUR, _DAY),
    Rule.MAX: (4 * _HOUR, _DAY, 7 * _DAY, 30 * _DAY),
    Rule.NOTICE: (timedelta(), _HOUR, 12 * _HOUR, _DAY),
    Rule.HORIZON: (7 * _DAY, 30 * _DAY, 90 * _DAY, 365 * _DAY),
    Rule.BUFFER: (timedelta(), 15 * _MINUTE, 30 * _MINUTE, _HOUR),
}
_SIZES: Mapping[Rule, tuple[int, ...]] = {
    Rule.HEIGHT: (190, 210, 250),
    Rule.LENGTH: (450, 500, 620),
}


def name(words: Words, rule: Rule) -> str:
    return {
        Rule.TITLE: words.label("Title"),
        Rule.DESCRIPTION: words.label("Description"),
        Rule.NOTES: words.label("Access notes"),
        Rule.HOURS: words.label("Opening hours"),
        Rule.HOUR: words.label("Hour"),
        Rule.DAY: words.label("Day at most"),
        Rule.WEEK: words.label("Week at most"),
        Rule.MONTH: words.label("Month at most"),
        Rule.MIN: words.label("Shortest stay"),
        Rule.MAX: words.label("Longest stay"),
        Rule.NOTICE: words.label("Notice"),
        Rule.HORIZON: words.label("Bookable ahead"),
        Rule.BUFFER: words.label("Gap between stays"),
        Rule.HEIGHT: words.label("Height"),
        Rule.LENGTH: words.label("Length"),
        Rule.PLATE: words.label("Number plate"),
        Rule.APPROVAL: words.label("Booking"),
        Rule.POLICY: words.label("Cancellation"),
        Rule.TAGS: words.label("Features"),
        Rule.EXACT: words.label("Show exact place"),
    }[rule]


_VALUES: Mapping[Rule, Callable[[Words, Space], Html]] = {
    Rule.TITLE: lambda words, space: user_text(space.title),
    Rule.DESCRIPTION: lambda words, space: _written(space.description),
    Rule.NOTES: lambda words, space: _written(space.notes),
    Rule.HOURS: lambda words, space: hours(words, space.schedule),
    Rule.HOUR: lambda words, space: _money(words, space.tariff.hour),
    Rule.DAY: lambda words, space: _money(words, space.tariff.day),
    Rule.WEEK: lambda words, space: _money(words, space.tariff.week),
    Rule.MONTH: lambda words, space: _money(words, space.tariff.month),
    Rule.MIN: lambda words, space: words.length(space.rules.min_stay),
    Rule.MAX: lambda words, space: words.length(space.rules.max_stay),
    Rule.NOTICE: lambda words, space: _length(words, space.rules.notice),
    Rule.HORIZON: lambda words, space: words.length(space.rules.horizon),
    Rule.BUFFER: lambda words, space: _length(words, space.rules.buffer),
    Rule.HEIGHT: lambda words, space: _size(words, space.limits.height, space),
    Rule.LENGTH: lambda words, space: _size(words, space.limits.length, space),
    Rule.PLATE: lambda words, space: _needed(words, needed=space.plate_needed),
    Rule.APPROVAL: lambda words, space: Html(approval(words, space.approval)),
    Rule.POLICY: lambda words, space: Html(policy(words, space.policy)),
    Rule.TAGS: lambda words, space: Html(" · ".join(find.tags(words, space))),
    Rule.EXACT: lambda words, space: words.say("yes") if space.shows_place else words.say("no"),
}


def _written(text: str) -> Html:
    return user_text(text) if text else Html()


def _money(words: Words, money: Money | None) -> Html:
    return Html(words.money(money)) if money is not None else Html()


def _length(words: Words, length: timedelta) -> Html:
    return words.length(length) if length else Html()


def _size(words: Words, size: int | None, space: Space) -> Html:
    return Html(words.size(size, space.country)) if size is not None else words.say("no limit")


def _needed(words: Words, *, needed: bool) -> Html:
    return words.say("needed") if needed else words.say("not needed")


def _yes_no(words: Words) -> list[tuple[str, str]]:
    return [(words.label("Yes"), YES), (words.label("No"), NO)]
