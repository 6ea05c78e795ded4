"""Bookings as their renter sees them: the confirmation, the list, one of them, and cancelling."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Button, Photo, Screen, Venue, Where
from market.domain.booking import Booking
from market.domain.ids import SpaceId, written
from market.domain.ledger import Bill
from market.domain.message import open_for_messages
from market.domain.money import Money
from market.domain.notice import REMINDER_LEAD
from market.domain.review import reviewable
from market.domain.space import Space
from market.domain.stay import Overstay
from market.ports.photos import StoredPhoto
from views import maps, message, report, review, standing
from views.layout import Rows, grid, press
from views.words import Html, Words, bold, paragraphs, sentence, user_text

SHOWN = 10
"""Bookings on one card."""

_CODE = re.compile(r"(?<!\w)[#*]?\d{4,8}[#*]?(?!\w)")
"""What looks like the code of a gate or a key box."""


class Act(StrEnum):
    """Their buttons never go out of date: each names its booking, and the rules decide."""

    OPEN = "b.open"
    COMING = "b.all"
    PAST = "b.past"
    ROUTE = "b.route"
    ASK = "b.ask"
    CANCEL = "b.cancel"


def confirmation(
    words: Words,
    booking: Booking,
    space: Space,
    now: datetime,
    photos: Sequence[StoredPhoto],
) -> Sequence[Screen]:
    """What is shown once it is booked: the way there, too, and the entrance."""
    shown = [booked(words, booking, space, now, photos), venue(words, space)]
    # A single photo is on the card already, and comes again with the route.
    return [*shown, entrance(words, photos)] if len(photos) > 1 else shown


def booked(
    words: Words,
    booking: Booking,
    space: Space,
    now: datetime,
    photos: Sequence[StoredPhoto],
) -> Screen:
    """The confirmation, with all that only the booked renter sees; its picture is the entrance."""
    head = words.say(
        "<b>Booked.</b> {title}, {when}, {price}, pay on site.",
        title=user_text(space.title),
        when=words.when(booking.window, space.zone_info, now),
        price=words.money(booking.total),
    )
    text = paragraphs(
        (head,),
        (*_way_in(space), _plate(words, booking)),
        (
            *_refunds(words, booking, Bill(booking.total, booking.total), space, now),
            _reminder(words, booking, space, now),
        ),
    )
    picture = _shown(photos[0]) if photos else maps.of_true_place(space, now)
    return Screen(text, rows=_live_buttons(words, booking, space, now), picture=picture)


def card(
    words: Words,
    booking: Booking,
    space: Space | None,
    now: datetime,
    bill: Bill | None = None,
    overstay: Overstay | None = None,
) -> Screen:
    """One booking; the true place only while the stay stands.

    There is no bill where nothing was ever charged.
    """
    due = bill.due if bill else None
    head = (
        _title(words, space),
        sentence(_when(words, booking, space, now)),
        _price(words, booking),
    )
    back = (press(words.label("Back"), Act.COMING),)
    if space is None or not booking.stands(now):
        zone = ZoneInfo(space.zone if space else words.zone)
        lines = [standing.state(words, booking, zone, now, due)]
        rows = _afterwards(words, booking, now)
        if overstay is not None:
            lines += standing.overstay(words, overstay)
            rows = (*standing.overstay_buttons(words, booking, overstay), *rows)
        return Screen(paragraphs(head, lines), rows=(*rows, back))
    owed = standing.owed(words, due) if due != booking.total else Html()
    text = paragraphs(
        (*head, owed),
        (*_way_in(space), _plate(words, booking)),
        _refunds(words, booking, bill, space, now) if bill else (),
    )
    return Screen(text, rows=(*_live_buttons(words, booking, space, now), back))


def overview(
    words: Words,
    bookings: Sequence[Booking],
    spaces: Mapping[SpaceId, Space],
    now: datetime,
    *,
    past: bool = False,
) -> Screen:
    title = words.say("<b>Past bookings</b>") if past else words.say("<b>Your bookings</b>")
    shown = bookings[:SHOWN]
    lines = [
        Html(
            f"{number}  {_title(words, spaces.get(it.space))}\n"
            f"{sentence(_when(words, it, spaces.get(it.space), now))} · {words.money(it.total)}"
            f"{standing.in_short(words, it)}"
        )
        for number, it in enumerate(shown, 1)
    ]
    if not lines:
        lines = [
            words.say("Nothing has ended yet.")
            if past
            else words.say("Nothing is booked. 📍 Find parking shows what is free near you.")
        ]
    numbers = [press(str(n), Act.OPEN, written(it.id)) for n, it in enumerate(shown, 1)]
    other = (
        press(words.label("Coming"), Act.COMING) if past else press(words.label("Past"), Act.PAST)
    )
    return Screen("\n\n".join([title, *lines]), rows=(*grid(numbers, 5), (other,)))


def sure_to_cancel(
    words: Words,
    booking: Booking,
    space: Space | None,
    owed: Money,
    now: datetime,
    *,
    changed: bool,
) -> Screen:
    """What is owed afterwards, exactly, before the tap; the tap carries the sum that was shown."""
    changes = words.say("What is owed has changed meanwhile.\n") if changed else ""
    text = words.say(
        "{changes}Cancel {title}, {when}?\n{owed}",
        changes=changes,
        title=_title(words, space),
        when=_when(words, booking, space, now),
        owed=_will_owe(words, owed),
    )
    return Screen(
        text,
        rows=(
            (
                press(words.label("Confirm"), Act.CANCEL, f"{written(booking.id)}.{owed.minor}"),
                press(words.label("Back"), Act.OPEN, written(booking.id)),
            ),
        ),
    )


def cancelled(
    words: Words,
    booking: Booking,
    space: Space | None,
    now: datetime,
    due: Money | None = None,
) -> Screen:
    owed = booking.total - (booking.refunded or booking.total) if due is None else due
    return Screen(
        words.say(
            "Cancelled: {title}, {when}. {owed}",
            title=_title(words, space),
            when=_when(words, booking, space, now),
            owed=standing.owed(words, owed),
        ),
        rows=((press(words.label("My bookings"), Act.COMING),),),
    )


def venue(words: Words, space: Space) -> Screen:
    """The true place, to navigate to."""
    where = space.address or words.label("Parking space")
    return Screen(
        venue=Venue(space.place.lat, space.place.lng, space.title, where), where=Where.ANEW
    )


def entrance(words: Words, stored: Sequence[StoredPhoto]) -> Screen:
    return Screen(
        words.say("The way in") if len(stored) == 1 else "",
        photos=tuple(map(_shown, stored)),
        where=Where.ANEW,
    )


def _shown(stored: StoredPhoto) -> Photo:
    return Photo(stored.file_id, stored.key)


def _title(words: Words, space: Space | None) -> Html:
    if space is None or not space.title:
        return words.say("<b>A space that is gone</b>")
    return bold(user_text(space.title))


def _when(words: Words, booking: Booking, space: Space | None, now: datetime) -> Html:
    zone = ZoneInfo(space.zone if space else words.zone)
    return words.there(words.when(booking.window, zone, now), zone.key)


def _price(words: Words, booking: Booking) -> Html:
    return words.say("{price}, pay on site", price=words.money(booking.total))


def _way_in(space: Space) -> list[Html]:
    return [user_text(text) for text in (space.address, space.notes) if text]


def _plate(words: Words, booking: Booking) -> Html:
    return words.say("For {plate}", plate=booking.plate) if booking.plate else Html()


def _reminder(words: Words, booking: Booking, space: Space, now: datetime) -> Html:
    at = booking.window.start - REMINDER_LEAD
    if at <= now:
        return Html()
    return words.say(
        "I will remind you {day} at {time}.",
        day=words.day(at, space.zone_info, now),
        time=words.clock(at, space.zone_info),
    )


def _refunds(words: Words, booking: Booking, bill: Bill, space: Space, now: datetime) -> list[Html]:
    """What cancelling costs from now on, step by step."""
    ahead = [step for step in booking.refund_steps() if step.until >= now]
    # Once something was waived, steps may cost the same: the last of them counts.
    costs = {bill.without(step.refund).cost: step.until for step in ahead}
    return [_refund(words, booking, space, cost, until, now) for cost, until in costs.items()]


def _refund(
    words: Words, booking: Booking, space: Space, cost: Money, last: datetime, now: datetime
) -> Html:
    start = booking.window.start
    until = words.deadline(last, start, space.zone_info, now)
    if last >= start - timedelta(seconds=1):
        until = words.say("the start")
    if not cost.minor:
        return words.say("Free to cancel until {until}.", until=until)
    return words.say("Cancelling costs {owed} until {until}.", owed=words.money(cost), until=until)


def _will_owe(words: Words, owed: Money) -> Html:
    if owed.minor > 0:
        return words.say("You will still owe {owed}, pay on site.", owed=words.money(owed))
    if owed.minor < 0:
        back = words.money(Money(-owed.minor, owed.currency))
        return words.say("The lister will owe you {sum} back.", sum=back)
    return words.say("You will owe nothing.")


def _live_buttons(words: Words, booking: Booking, space: Space, now: datetime) -> Rows:
    code = _CODE.search(space.notes)
    copy = (Button(words.label("Copy {code}", code=code[0]), copy=code[0]),) if code else ()
    number = written(booking.id)
    return (
        standing.buttons(words, booking, now),
        (
            *copy,
            press(words.label("Route"), Act.ROUTE, number),
            press(words.label("Add to calendar"), standing.Act.CALENDAR, number),
        ),
        standing.changes(words, booking),
        _talk(words, booking),
        (
            press(words.label("Problem"), standing.Act.PROBLEM, number),
            press(words.label_of("a booking", "Cancel"), Act.ASK, number),
        ),
    )


def _talk(words: Words, booking: Booking) -> tuple[Button, Button]:
    """With the other side, and about it."""
    return (
        press(words.label("Message"), message.Act.WRITE, written(booking.id)),
        press(words.label("Report"), report.Act.PERSON, written(booking.id)),
    )


def _afterwards(words: Words, booking: Booking, now: datetime) -> Rows:
    """What can still be said when a stay is over, or is not settled yet."""
    if booking.pending(now):
        return ((standing.withdraw(words, booking),),)
    stars = press(words.label("Review"), review.Act.ASK, written(booking.id))
    rows = ((stars,),) if reviewable(booking, now) else ()
    return (*rows, _talk(words, booking)) if open_for_messages(booking, now) else rows
