"""Everything that a lister can change of a space: each rule with its question and its answer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from chat.screen import Button, Screen
from market.domain.booking import Booking
from market.domain.errors import Invalid
from market.domain.money import Money, usual_hour
from market.domain.refund import Policy
from market.domain.space import Approval, Space, Tag
from views import find, listing
from views.layout import grid
from views.spaces.acts import CARD, Act, about, back, titled
from views.spaces.card import stay
from views.spaces.hours import hours
from views.spaces.terms import approval, policy
from views.words import Html, Words, bold, sentence, user_text


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


def edit(words: Words, space: Space, version: int) -> Screen:
    """What there is to change, with how it is now."""
    facts = find.tags(words, space)
    lines = [
        bold(user_text(space.title)),
        _line(words, words.say("Open"), hours(words, space.schedule)),
        *(_line(words, _name(words, rule), value(words, space, rule)) for rule in _SHOWN),
        _line(words, words.say("Features"), Html(" · ".join(facts))) if facts else "",
    ]
    id_ = space.id
    pairs = (
        (
            about(words.label("Title"), Act.RULE, id_, version, Rule.TITLE),
            about(words.label("Description"), Act.RULE, id_, version, Rule.DESCRIPTION),
        ),
        (
            about(words.label("Photos"), Act.PHOTOS, id_, version),
            about(words.label("Entrance photos"), Act.ENTRANCE, id_, version),
        ),
        (
            about(words.label("Access notes"), Act.NOTES, id_, version),
            about(words.label("Place"), Act.PLACE, id_, version),
        ),
        (
            about(words.label("Opening hours"), Act.HOURS, id_, version),
            about(words.label("Prices"), Act.GROUP, id_, version, Group.PRICES),
        ),
        (
            about(words.label("Stays"), Act.GROUP, id_, version, Group.STAYS),
            about(words.label("Booking"), Act.GROUP, id_, version, Group.BOOKING),
        ),
        (
            about(words.label("Vehicles"), Act.GROUP, id_, version, Group.VEHICLES),
            about(words.label("Features"), Act.RULE, id_, version, Rule.TAGS),
        ),
    )
    text = "\n".join(line for line in lines if line)
    return Screen(text, rows=(*pairs, back(words, id_, version)), card=CARD)


_SHOWN = (Rule.HOUR, Rule.MIN, Rule.MAX, Rule.APPROVAL, Rule.POLICY)


def group(words: Words, space: Space, group: Group, version: int) -> Screen:
    rules = GROUPS[group]
    lines = [_line(words, _name(words, rule), value(words, space, rule)) for rule in rules]
    buttons = [about(_name(words, it), Act.RULE, space.id, version, it) for it in rules]
    return Screen(
        titled(space, "\n".join(lines)),
        rows=(*grid(buttons, 2), back(words, space.id, version, Act.EDIT)),
        card=CARD,
    )


def ask(words: Words, space: Space, rule: Rule, version: int) -> Screen:
    """How it is, what would be understood, and the usual answers as buttons."""
    text = words.say(
        "{name} now: {value}\n{question}",
        name=_name(words, rule),
        value=value(words, space, rule),
        question=question(words, space, rule),
    )
    choices = [
        about(label, Act.SET, space.id, version, f"{rule}.{typed}")
        for label, typed in answers(words, space, rule)
    ]
    rows = (*grid(choices, 2), _up(words, space, rule, version))
    return Screen(titled(space, text), rows=rows, card=CARD)


def tags(words: Words, space: Space, version: int) -> Screen:
    """A button each; a tap adds it or takes it away."""
    buttons = [
        about(
            f"✓ {label}" if tag in space.tags else label,
            Act.SET,
            space.id,
            version,
            f"{Rule.TAGS}.{'-' if tag in space.tags else '+'}{tag}",
        )
        for tag, label in zip(Tag, _tag_labels(words), strict=True)
    ]
    text = words.say("What does the space offer? Tap what is true.")
    rows = (*grid(buttons, 2), back(words, space.id, version, Act.EDIT))
    return Screen(titled(space, text), rows=rows, card=CARD)


def sure_of_price(words: Words, space: Space, rule: Rule, price: Money, version: int) -> Screen:
    text = words.say(
        "{price} {unit} is far more than usual. Is that right? If not, type the price again.",
        price=words.money(price),
        unit=_unit(words, rule),
    )
    label = words.label("Yes, {price}", price=words.money(price))
    yes = about(label, Act.SURE, space.id, version, f"{rule}.{price.minor}")
    return Screen(titled(space, text), rows=((yes,), _up(words, space, rule, version)), card=CARD)


def before_saving(
    words: Words,
    space: Space,
    edited: Space,
    rule: Rule,
    ahead: Sequence[Booking],
    now: datetime,
    version: int,
) -> Screen:
    """The bookings that keep what they were promised, before the change is saved."""
    text = words.say(
        "{name} from now on: {value}",
        name=_name(words, rule),
        value=value(words, edited, rule),
    )
    stands = words.count(
        "{n} booking ahead keeps what it was promised:",
        "{n} bookings ahead keep what they were promised:",
        len(ahead),
    )
    listed = "\n".join(stay(words, space, booking, now) for booking in ahead[:10])
    save = about(words.label("Save"), Act.SAVE, space.id, version)
    return Screen(
        titled(space, f"{text}\n\n{stands}\n{listed}"),
        rows=((save, *_up(words, space, rule, version)),),
        card=CARD,
    )


def not_understood(words: Words, space: Space, rule: Rule, refusal: Invalid) -> Screen:
    """Why what was typed cannot be, and what would be understood."""
    if rule in MONEY:
        return listing.price_refused(words, refusal, usual_hour(space.tariff.hour.currency))
    if rule is Rule.TITLE:
        return listing.need_title(words)
    why = _why(words, refusal)
    return Screen(f"{why} {question(words, space, rule)}")


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


def _name(words: Words, rule: Rule) -> str:
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


def _line(words: Words, name: str, value: Html) -> Html:
    return words.say("{name}: {value}", name=name, value=value)


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


def _tag_labels(words: Words) -> list[str]:
    return [
        words.label("covered"),
        words.label("EV"),
        words.label("gated"),
        words.label("CCTV"),
        words.label("lit"),
        words.label("accessible"),
    ]


def _unit(words: Words, rule: Rule) -> Html:
    return {
        Rule.HOUR: words.say("an hour"),
        Rule.DAY: words.say("a day"),
        Rule.WEEK: words.say("a week"),
        Rule.MONTH: words.say("a month"),
    }[rule]


def _why(words: Words, refusal: Invalid) -> Html:
    limit = refusal.limit
    lengths = {
        "too short": words.say("That is too short."),
        "too long": words.say("That is too long."),
        "shorter than the shortest": words.say("The longest stay cannot be below the shortest."),
        "no such size": words.say("No vehicle is like that."),
    }
    if refusal.field == "schedule" and refusal.reason == "half of the day":
        return words.say(
            "{said}: morning or afternoon? Write 2pm or 14.", said=user_text(str(limit))
        )
    if refusal.reason == "not understood":
        return words.say("I cannot make sense of {said}.", said=user_text(str(limit)))
    if refusal.field in ("description", "notes"):
        return words.say("That is too long: {n} characters at most.", n=limit)
    return lengths.get(refusal.reason, words.say("That cannot be."))


def _up(words: Words, space: Space, rule: Rule, version: int) -> tuple[Button, ...]:
    group_ = group_of(rule)
    if group_ is None:
        return back(words, space.id, version, Act.EDIT)
    return (about(words.label("Back"), Act.GROUP, space.id, version, group_),)
