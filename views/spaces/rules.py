"""The cards on which a lister changes a space, rule by rule."""

from collections.abc import Sequence
from datetime import datetime

from chat.screen import Button, Screen
from market.domain.booking import Booking
from market.domain.errors import Invalid
from market.domain.money import Money, usual_hour
from market.domain.space import Space, Tag
from views import find, listing
from views.layout import grid
from views.spaces.acts import CARD, Act, about, back, titled
from views.spaces.card import standing
from views.spaces.hours import hours
from views.spaces.questions import (
    GROUPS,
    MONEY,
    Group,
    Rule,
    answers,
    group_of,
    name,
    question,
    value,
)
from views.words import Html, Words, bold, paragraphs, user_text


def edit(words: Words, space: Space, version: int) -> Screen:
    """What there is to change, with how it is now."""
    facts = find.tags(words, space)
    lines = [
        bold(user_text(space.title)),
        _line(words, words.say("Open"), hours(words, space.schedule)),
        *(_line(words, name(words, rule), value(words, space, rule)) for rule in _SHOWN),
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
    lines = [_line(words, name(words, rule), value(words, space, rule)) for rule in rules]
    buttons = [about(name(words, it), Act.RULE, space.id, version, it) for it in rules]
    return Screen(
        titled(space, "\n".join(lines)),
        rows=(*grid(buttons, 2), back(words, space.id, version, Act.EDIT)),
        card=CARD,
    )


def ask(words: Words, space: Space, rule: Rule, version: int) -> Screen:
    """How it is, what would be understood, and the usual answers as buttons."""
    text = words.say(
        "{name} now: {value}\n{question}",
        name=name(words, rule),
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
        name=name(words, rule),
        value=value(words, edited, rule),
    )
    save = about(words.label("Save"), Act.SAVE, space.id, version)
    return Screen(
        titled(space, paragraphs((text,), standing(words, space, ahead, now))),
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


def _line(words: Words, name: str, value: Html) -> Html:
    return words.say("{name}: {value}", name=name, value=value)


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
