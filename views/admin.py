"""What operators see: the queue, a case with its evidence, spaces, people, the audit log."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Button, Photo, Screen, Where
from market.domain import audit
from market.domain.booking import Booking
from market.domain.ids import written
from market.domain.message import Message
from market.domain.person import Person
from market.domain.report import Matter, Report
from market.domain.space import Space, SpaceState
from market.services.operators import Case
from views import review, standing
from views.layout import Rows, grid, press
from views.report import reason
from views.words import Html, Words, bold, paragraphs, user_text

LONGEST = 700
"""Characters of evidence that fit below a photo."""
LISTED = 20
"""Spaces of a person that get a button."""


class Act(StrEnum):
    """Their buttons never go out of date; those that end bookings carry how many."""

    HOME = "o.home"
    QUEUE = "o.queue"
    CASE = "o.case"
    SETTLE = "o.settle"
    UPHOLD = "o.uphold"
    WAIVE = "o.waive"
    SPACE = "o.space"
    HIDE = "o.hide"
    SHOW = "o.show"
    PERSON = "o.person"
    BAN = "o.ban"
    UNBAN = "o.unban"
    STATISTICS = "o.stats"
    LOG = "o.log"


def home(words: Words, waiting: int) -> Screen:
    return Screen(
        words.say("<b>Operator</b>\n/admin with the id of a space or a person opens it directly."),
        rows=(
            (press(words.label("Reports · {n}", n=waiting), Act.QUEUE),),
            (
                press(words.label("Statistics"), Act.STATISTICS),
                press(words.label("Audit log"), Act.LOG),
            ),
        ),
    )


def queue(
    words: Words, reports: Sequence[Report], waiting: int, skip: int, now: datetime
) -> Screen:
    """One page of the open reports."""
    if not reports:
        return Screen(words.say("No report is open."), rows=(home_row(words),))
    zone = ZoneInfo(words.zone)
    lines = [
        Html(f"{n}  {_matter(words, it)} · {words.moment(it.at, zone, now)}")
        for n, it in enumerate(reports, 1)
    ]
    head = words.count("<b>{n} open report</b>", "<b>{n} open reports</b>", waiting)
    numbers = tuple(press(str(n), Act.CASE, written(it.id)) for n, it in enumerate(reports, 1))
    more = (
        (press(words.label("Further ›"), Act.QUEUE, str(skip + len(reports))),)
        if skip + len(reports) < waiting
        else ()
    )
    return Screen(
        paragraphs((head,), lines), rows=(numbers, *((more,) if more else ()), home_row(words))
    )


def case(words: Words, case: Case, now: datetime) -> Screen:
    """Everything an operator needs to decide, and the acts that may follow."""
    report = case.report
    text = paragraphs(
        (bold(_matter(words, report)), Html(f"<code>{written(report.id)}</code>")),
        _evidence(words, case, now),
        [_quoted(words, message, case) for message in case.talk],
    )
    acts: list[Button] = []
    if case.space and case.space.state is not SpaceState.DELETED:
        acts.append(press(words.label("Space"), Act.SPACE, written(case.space.id)))
    if case.about:
        acts.append(press(words.label("Person"), Act.PERSON, written(case.about.id)))
    close = () if report.settled_at else _closing(words, report)
    back = press(words.label("Back"), Act.QUEUE)
    return Screen(
        text,
        photos=tuple(Photo(photo.file_id, photo.key) for photo in case.photos[:1]),
        rows=(*((tuple(acts),) if acts else ()), (*close, back)),
        where=Where.ANEW,
    )


def _closing(words: Words, report: Report) -> tuple[Button, ...]:
    """A contested charge is decided; every other case is just closed."""
    number = written(report.id)
    if report.matter is not Matter.OVERSTAY:
        return (press(words.label("Settle"), Act.SETTLE, number),)
    return (
        press(words.label("The charge stands"), Act.UPHOLD, number),
        press(words.label("Waive it"), Act.WAIVE, number),
    )


def settled(words: Words, report: str) -> Screen:
    return Screen(
        words.say("Report {number} is settled.", number=Html(f"<code>{report}</code>")),
        rows=((press(words.label("Reports"), Act.QUEUE),),),
        where=Where.ANEW,
    )


def space(words: Words, space: Space, ahead: Sequence[Booking], *, changed: bool = False) -> Screen:
    """One space, and what hiding it would do."""
    hidden = space.state is SpaceState.HIDDEN
    effect = words.count(
        "Hiding it calls off {n} booking ahead; running stays finish.",
        "Hiding it calls off {n} bookings ahead; running stays finish.",
        len(ahead),
    )
    text = paragraphs(
        (_changed(words) if changed else "",),
        (
            Html(f"{bold(user_text(space.title))} · {_state(words, space)}"),
            Html(f"<code>{written(space.id)}</code> · {review.stars(words, space.rating)}"),
        ),
        (user_text(space.description) if space.description else "",),
        (Html() if hidden else effect,),
    )
    number = written(space.id)
    act = (
        press(words.label("Show again"), Act.SHOW, number)
        if hidden
        else press(words.label("Hide"), Act.HIDE, f"{number}.{len(ahead)}")
    )
    lister = press(words.label("Lister"), Act.PERSON, written(space.lister))
    return Screen(text, rows=((act, lister), home_row(words)), where=Where.ANEW)


def person(
    words: Words,
    person: Person,
    ahead: Sequence[Booking],
    spaces: Sequence[Space],
    *,
    changed: bool = False,
) -> Screen:
    """One person, what they list, and what banning them would do."""
    number = written(person.id)
    effect = words.count(
        "Banning calls off {n} booking ahead and hides their spaces; running stays finish.",
        "Banning calls off {n} bookings ahead and hides their spaces; running stays finish.",
        len(ahead),
    )
    text = paragraphs(
        (_changed(words) if changed else "",),
        (
            bold(user_text(person.name) if person.name else words.say("no name yet")),
            Html(f"<code>{number}</code>"),
        ),
        [
            Html(f"{n}  {user_text(it.title)} · {_state(words, it)}")
            for n, it in enumerate(spaces[:LISTED], 1)
        ],
        (words.say("Banned.") if person.banned else effect,),
    )
    numbers = [press(str(n), Act.SPACE, written(it.id)) for n, it in enumerate(spaces[:LISTED], 1)]
    act = (
        press(words.label("Unban"), Act.UNBAN, number)
        if person.banned
        else press(words.label("Ban"), Act.BAN, f"{number}.{len(ahead)}")
    )
    return Screen(text, rows=(*grid(numbers, 5), (act,), home_row(words)), where=Where.ANEW)


def _state(words: Words, space: Space) -> Html:
    return {
        SpaceState.LIVE: words.say("live"),
        SpaceState.PAUSED: words.say("paused by its lister"),
    }.get(space.state, words.say("hidden"))


def log(words: Words, entries: Sequence[tuple[audit.Entry, Person]], now: datetime) -> Screen:
    lines = [_entry(words, entry, operator, now) for entry, operator in entries]
    head = words.say("<b>Audit log</b>, latest first")
    return Screen(
        paragraphs((head,), lines or [words.say("Nothing was done yet.")]),
        rows=(home_row(words),),
    )


def _entry(words: Words, entry: audit.Entry, operator: Person, now: datetime) -> Html:
    at = words.moment(entry.at, ZoneInfo(words.zone), now)
    # Of one who was erased since, only the number is left.
    who = user_text(operator.name) if operator.name else f"<code>{written(operator.id)}</code>"
    return Html(f"{at}  {who}: {_act(words, entry)} <code>{written(entry.number)}</code>")


def opened(words: Words, report: Report | None) -> Screen:
    """To operators, when somebody reports."""
    matter = _matter(words, report) if report else ""
    rows: Rows = ()
    if report:
        rows = ((press(words.label_of("a report", "Open"), Act.CASE, written(report.id)),),)
    text = words.say("A new report: {matter}", matter=matter)
    return Screen(text, rows=rows, where=Where.ANEW, silent=True)


def _evidence(words: Words, case: Case, now: datetime) -> list[Html]:
    report, zone = case.report, ZoneInfo(words.zone)
    facts = [words.say("Since {when}", when=words.moment(report.at, zone, now))]
    if report.reason:
        facts.append(words.say("{reason}", reason=reason(words, report.reason)))
    if report.words:
        facts.append(user_text(report.words))
    if report.plate:
        facts.append(words.say("Plate {plate}", plate=bold(report.plate)))
    if report.place:
        facts.append(Html(f"<code>{report.place.lat:.5f}, {report.place.lng:.5f}</code>"))
    if case.space:
        facts.append(words.say("Space: {title}", title=user_text(case.space.title)))
    if case.booking:
        there = case.space.zone if case.space else words.zone
        when = words.there(words.when(case.booking.window, ZoneInfo(there), now), there)
        state = standing.in_a_word(words, case.booking.state)
        facts.append(words.say("Stay: {when}, {state}", when=when, state=state))
    if case.record and case.record.strikes:
        strikes = case.record.strikes
        facts.append(words.count("{n} strike in 90 days", "{n} strikes in 90 days", strikes))
    return facts


def _quoted(words: Words, message: Message, case: Case) -> Html:
    mark = "▸ " if case.message and message.id == case.message.id else ""
    by_lister = case.booking is not None and message.author == case.booking.lister
    who = words.say("Lister") if by_lister else words.say("Renter")
    return Html(f"{mark}{who}: {user_text(message.text[: LONGEST // 6])}")


def _matter(words: Words, report: Report) -> Html:
    return {
        Matter.PLATE: words.say("a car"),
        Matter.SPACE: words.say("a space"),
        Matter.PERSON: words.say("a person"),
        Matter.MESSAGE: words.say("a message"),
        Matter.STRIKES: words.say("a lister who cancelled too often"),
        Matter.OVERSTAY: words.say("a contested overstay"),
    }[report.matter]


def _act(words: Words, entry: audit.Entry) -> Html:
    did = {
        audit.Act.HIDE: words.say("hid the space"),
        audit.Act.SHOW: words.say("showed the space"),
        audit.Act.BAN: words.say("banned the person"),
        audit.Act.UNBAN: words.say("unbanned the person"),
        audit.Act.SETTLE: words.say("settled the report"),
        audit.Act.UPHOLD: words.say("let the charge stand"),
        audit.Act.WAIVE: words.say("waived the charge"),
    }[entry.act]
    if not entry.ended:
        return did
    return words.count(
        "{did}, {n} booking called off,", "{did}, {n} bookings called off,", entry.ended, did=did
    )


def _changed(words: Words) -> Html:
    return words.say("The number of bookings ahead has changed; look again.")


def home_row(words: Words) -> tuple[Button, ...]:
    return (press(words.label("Operator menu"), Act.HOME),)
