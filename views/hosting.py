"""One booking as its lister sees it, with what a lister can do about it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from chat.screen import Button, Screen
from market.domain.booking import SETTLED, Booking, State
from market.domain.ids import written
from market.domain.money import Money
from market.domain.space import Space
from market.domain.stay import OVERSTAY_GRACE, OVERSTAY_SEEN, Overstay, can_release
from views import message, request, standing
from views.layout import Rows, grid, press
from views.spaces.acts import CARD
from views.spaces.acts import Act as Spaces
from views.words import Html, Words, bold, paragraphs, sentence, user_text


class Act(StrEnum):
    """Their buttons never go out of date: each names its booking, and the rules decide."""

    OPEN = "h.open"
    PAST = "h.past"
    """Names its space."""
    PAID = "h.paid"
    WAIVE_ASK = "h.wask"
    WAIVE = "h.waive"
    RELEASE_ASK = "h.rask"
    RELEASE = "h.release"
    OVERSTAY = "h.over"


def card(
    words: Words,
    booking: Booking,
    space: Space,
    now: datetime,
    due: Money | None,
    overstay: Overstay | None,
    *,
    own: bool,
) -> Screen:
    """A co-lister, whose ``own`` space it is not, cancels nothing and sees no account."""
    facts = [words.money(booking.total), booking.plate or ""]
    lines = [
        sentence(words.there(words.when(booking.window, space.zone_info, now), space.zone)),
        Html(" · ".join(filter(None, facts))),
    ]
    account = [_state(words, booking, space, now), owed(words, due)]
    if overstay is not None:
        account.append(_overstay(words, overstay))
    text = paragraphs((bold(user_text(space.title)), *lines), account)
    return Screen(text, rows=_buttons(words, booking, now, due, own=own), card=CARD)


def past(words: Words, space: Space, bookings: Sequence[Booking], now: datetime) -> Screen:
    lines = [words.say("<b>Past bookings of {title}</b>", title=user_text(space.title))]
    lines += [
        Html(
            f"{number}  {words.when(it.window, space.zone_info, now)} · {words.money(it.total)}"
            f"{standing.in_short(words, it)}"
        )
        for number, it in enumerate(bookings, 1)
    ]
    if not bookings:
        lines.append(words.say("Nobody has stayed there within the last month."))
    back = press(words.label("Back"), Spaces.BOOKINGS, written(space.id))
    return Screen("\n".join(lines), rows=(*numbers(bookings), (back,)), card=CARD)


def numbers(bookings: Sequence[Booking]) -> Rows:
    """A button each, leading to the card of one booking."""
    return grid(
        [press(str(n), Act.OPEN, written(it.id)) for n, it in enumerate(bookings[:20], 1)], 5
    )


def sure_to_release(words: Words, booking: Booking, space: Space) -> Screen:
    text = words.say(
        "Take {title} back? Nobody has said that they came. The renter owes at most the first"
        " hour, {price}, and is told.",
        title=bold(user_text(space.title)),
        price=words.money(min(booking.total, booking.hour_price)),
    )
    return _sure(words, booking, text, Act.RELEASE)


def sure_to_waive(words: Words, booking: Booking, due: Money) -> Screen:
    text = words.say("Ask for none of the {sum}? It cannot be undone.", sum=words.money(due))
    return _sure(words, booking, text, Act.WAIVE)


def ask_photo(words: Words, booking: Booking) -> Screen:
    return Screen(
        words.say("Send a photo of the car that is still there; without one nothing is charged."),
        rows=((_back(words, booking),),),
        card=CARD,
    )


def _state(words: Words, booking: Booking, space: Space, now: datetime) -> Html:
    if booking.pending(now):
        return words.say(
            "A request. Please answer by {until}.",
            until=words.until(booking.expires_at or now, space.zone_info, now),
        )
    return {
        State.BOOKED: words.say("Booked."),
        State.ARRIVED: words.say("The renter is there."),
        State.COMPLETED: words.say("The stay is over."),
        State.CANCELLED: words.say("Cancelled."),
        State.DECLINED: words.say("Declined."),
        State.WITHDRAWN: words.say("The renter has withdrawn it."),
        State.RELEASED: words.say("You took it back, because nobody came."),
        State.HELD: words.say("Kept for a renter for five minutes."),
    }.get(booking.state, words.say("Nobody answered in time."))


def owed(words: Words, due: Money | None) -> Html:
    """To the lister: what is left to be paid on site, by whom."""
    if due is None:
        return Html()
    if due.minor > 0:
        return words.say("The renter owes you {sum}, paid on site.", sum=words.money(due))
    if due.minor < 0:
        back = words.money(Money(-due.minor, due.currency))
        return words.say("You owe the renter {sum} back.", sum=back)
    return words.say("Nothing is owed.")


def _overstay(words: Words, found: Overstay) -> Html:
    charged = words.say("Overstayed: {charge} more.", charge=words.money(found.charge))
    if found.contested_at is None or found.settled_at is not None:
        return charged
    return words.say("{charged} The renter contests it; the operator decides.", charged=charged)


def _buttons(
    words: Words, booking: Booking, now: datetime, due: Money | None, *, own: bool
) -> Rows:
    number = written(booking.id)
    talk = press(words.label("Message"), message.Act.WRITE, number)
    back = press(words.label("Back"), Spaces.BOOKINGS, written(booking.space))
    rows: Rows = ()
    if booking.pending(now):
        rows = (request.answers(words, booking),)
    if due is not None and due.minor:
        rows = (*rows, _money(words, booking, due))
    if stay := _stay(words, booking, now, own=own):
        rows = (*rows, stay)
    return (*rows, (talk, back))


def _money(words: Words, booking: Booking, due: Money) -> tuple[Button, ...]:
    number = written(booking.id)
    paid = press(words.label("Paid"), Act.PAID, number)
    if due.minor < 0:
        return (press(words.label("Given back"), Act.PAID, number),)
    return (paid, press(words.label("Waive"), Act.WAIVE_ASK, number))


def _stay(words: Words, booking: Booking, now: datetime, *, own: bool) -> tuple[Button, ...]:
    number = written(booking.id)
    if own and booking.state in SETTLED and now < booking.window.start:
        return (press(words.label_of("a booking", "Cancel"), Spaces.CANCEL_ASK, number),)
    if can_release(booking, now):
        return (press(words.label("Nobody came"), Act.RELEASE_ASK, number),)
    over = now - booking.window.end
    if booking.state in (*SETTLED, State.COMPLETED) and OVERSTAY_GRACE <= over <= OVERSTAY_SEEN:
        return (press(words.label("Still there"), Act.OVERSTAY, number),)
    return ()


def _sure(words: Words, booking: Booking, text: Html, act: Act) -> Screen:
    sure = press(words.label("Confirm"), act, written(booking.id))
    return Screen(text, rows=((sure, _back(words, booking)),), card=CARD)


def _back(words: Words, booking: Booking) -> Button:
    return press(words.label("Back"), Act.OPEN, written(booking.id))
