"""What the card of a booking says and offers of its stay."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Button
from market.domain.booking import Booking, State
from market.domain.ids import written
from market.domain.money import Money
from market.domain.stay import Overstay
from views.layout import Rows, press
from views.words import Html, Words


class Act(StrEnum):
    """Their buttons never go out of date: each names its booking, and the rules decide."""

    WITHDRAW = "y.draw"
    PROBLEM = "y.prob"
    HERE = "y.here"
    LEFT = "y.left"
    EXTEND = "y.more"
    UNTIL = "y.until"
    """To an end in minutes since 1970, for a price in minor units."""
    PLATE = "y.plate"
    PLATE_IS = "y.pis"
    CALENDAR = "y.ics"
    CONTEST_ASK = "y.cask"
    CONTEST = "y.cont"
    PHOTO = "y.photo"


def state(words: Words, booking: Booking, zone: ZoneInfo, now: datetime, due: Money | None) -> Html:
    """What has become of a booking that gives its renter no place to go to at present."""
    if booking.pending(now):
        return waits(words, booking, zone, now)
    became = {
        State.HELD: words.say("It was kept for you for five minutes."),
        State.REQUESTED: words.say("Nobody answered in time."),
        State.EXPIRED: words.say("Nobody answered in time."),
        State.DECLINED: words.say("The lister declined."),
        State.WITHDRAWN: words.say("You withdrew it."),
        State.CANCELLED: words.say("Cancelled."),
        State.RELEASED: words.say("Nobody came, so the lister took it back."),
    }.get(booking.state, words.say("This stay is over."))
    told = owed(words, due if due is not None else _promised(booking))
    return Html(f"{became} {told}".strip())


def waits(words: Words, booking: Booking, zone: ZoneInfo, now: datetime) -> Html:
    return words.say(
        "The lister answers by {until} at the latest; until then the time is kept for you.",
        until=words.until(booking.expires_at or now, zone, now),
    )


def in_short(words: Words, booking: Booking) -> Html:
    """Behind a booking in a list, where it did not simply take place."""
    return {
        State.REQUESTED: words.say(" · asked for"),
        State.CANCELLED: words.say(" · cancelled"),
        State.DECLINED: words.say(" · declined"),
        State.EXPIRED: words.say(" · not answered"),
        State.WITHDRAWN: words.say(" · withdrawn"),
        State.RELEASED: words.say(" · taken back"),
    }.get(booking.state, Html())


def in_a_word(words: Words, state: State) -> str:
    return {
        State.HELD: words.label("kept for a while"),
        State.REQUESTED: words.label("asked for"),
        State.BOOKED: words.label("booked"),
        State.ARRIVED: words.label("arrived"),
        State.COMPLETED: words.label("over"),
        State.CANCELLED: words.label("cancelled"),
        State.DECLINED: words.label("declined"),
        State.EXPIRED: words.label("not answered"),
        State.WITHDRAWN: words.label("withdrawn"),
        State.RELEASED: words.label("taken back"),
    }[state]


def withdraw(words: Words, booking: Booking) -> Button:
    return press(words.label("Withdraw"), Act.WITHDRAW, written(booking.id))


def buttons(words: Words, booking: Booking, now: datetime) -> tuple[Button, ...]:
    """What to say of where one is, as far as it makes sense by now."""
    number = written(booking.id)
    here = press(words.label("I'm here"), Act.HERE, number)
    left = press(words.label("I've left"), Act.LEFT, number)
    said = (here,) if booking.state is State.BOOKED else ()
    return (*said, left) if now >= booking.window.start else said


def changes(words: Words, booking: Booking) -> tuple[Button, ...]:
    number = written(booking.id)
    return (
        press(words.label("Extend"), Act.EXTEND, number),
        press(words.label("Change plate"), Act.PLATE, number),
    )


def until(words: Words, label: str, longer: Booking, before: Booking) -> Button:
    """Extend to exactly that end at exactly that price; tapped twice it is done once."""
    more = longer.total - before.total
    minutes = int(longer.window.end.timestamp()) // 60
    id_ = f"{written(longer.id)}.{minutes}.{more.minor}"
    return press(f"{label} · {words.money(more)}", Act.UNTIL, id_)


def owed(words: Words, due: Money | None) -> Html:
    """What is left to pay on site; nothing to say of a booking that was never charged."""
    if due is None:
        return Html()
    if not due.minor:
        return words.say("You owe nothing.")
    if due.minor < 0:
        back = words.money(Money(-due.minor, due.currency))
        return words.say("The lister owes you {sum} back.", sum=back)
    return words.say("You still owe {owed}, pay on site.", owed=words.money(due))


def overstay(words: Words, found: Overstay) -> list[Html]:
    """What is charged for having stayed too long, and how far contesting it has come."""
    lines = [
        words.say(
            "Your car was seen there after the end: {charge} more.",
            charge=words.money(found.charge),
        )
    ]
    if found.settled_at is not None:
        lines.append(words.say("The operator has looked at it."))
    elif found.contested_at is not None:
        lines.append(words.say("You contest it; the operator will look at it."))
    return lines


def overstay_buttons(words: Words, booking: Booking, found: Overstay) -> Rows:
    number = written(booking.id)
    row: tuple[Button, ...] = ()
    if found.photo is not None:
        row = (press(words.label("See the photo"), Act.PHOTO, number),)
    if found.contested_at is None and found.settled_at is None:
        row = (*row, press(words.label("Contest"), Act.CONTEST_ASK, number))
    return (row,) if row else ()


def _promised(booking: Booking) -> Money | None:
    """What was left of a booking that ended before there was a ledger to look at."""
    if booking.state in (State.CANCELLED, State.RELEASED):
        return booking.total - (booking.refunded or booking.total)
    never = (State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.REQUESTED)
    return Money(0, booking.total.currency) if booking.state in never else None
