"""What the marketplace owes someone, in words."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chat.screen import Screen, Where
from market.domain.booking import Side, State
from market.domain.ids import written
from market.domain.lateness import late
from market.domain.money import Money
from market.domain.notice import Kind, drop_ahead
from market.domain.quiet import quiet
from market.services.notices import Bulletin, Letter
from views import (
    alert,
    bulletin,
    digest,
    find,
    hosting,
    message,
    report,
    request,
    review,
    spaces,
    standing,
)
from views import booking as booking_view
from views.layout import Rows, press
from views.words import Html, Words, paragraphs, user_text


def screen(words: Words, letter: Letter | Bulletin, now: datetime) -> Screen:
    """The message for a notice, as things stand when it is sent; without a sound at night."""
    zone = ZoneInfo(letter.person.zone)
    plain = _screen(words, letter, now)
    text = paragraphs((plain.text,), (_late(words, letter, zone, now),))
    return replace(plain, text=text, silent=quiet(now, zone))


def _late(words: Words, letter: Letter | Bulletin, zone: ZoneInfo, now: datetime) -> Html:
    if not late(letter.notice, now):
        return Html()
    due = words.moment(letter.notice.due_at, zone, now)
    return words.say("<i>This comes late: it was meant for {due}.</i>", due=due)


def _screen(words: Words, letter: Letter | Bulletin, now: datetime) -> Screen:
    if isinstance(letter, Bulletin) and letter.digest is not None:
        return digest.screen(words, letter.digest, now)
    if isinstance(letter, Bulletin) and letter.alert is not None:
        return alert.told(words, letter, now)
    if isinstance(letter, Bulletin):
        return bulletin.screen(words, letter)
    if letter.notice.kind is Kind.MESSAGE:
        return message.arrived(words, letter, now)
    if letter.notice.kind in (Kind.REVIEW_STAY, Kind.REVIEW_RENTER):
        return review.prompt(words, letter.booking, letter.space, letter.person.id)
    if letter.notice.kind is Kind.REQUESTED:
        return request.asked(words, letter.booking, letter.space, now, renter_stars(words, letter))
    text = {
        Kind.BOOKED: _booked,
        Kind.CANCELLED: _cancelled,
        **_OF_REQUESTS,
        **_OF_STAYS,
        Kind.STARTS_SOON: _starts_soon,
        Kind.CALLED_OFF: _called_off,
        Kind.OVERSTAYED: _overstayed,
        Kind.OVERSTAY_SEEN: _overstay_seen,
    }[letter.notice.kind](words, letter, now)
    return Screen(text, rows=_rows(words, letter, now), where=Where.ANEW)


def _booked(words: Words, letter: Letter, now: datetime) -> Html:
    booking = letter.booking
    facts = [words.money(booking.total), booking.plate or "", *renter_stars(words, letter)]
    return words.say(
        "New booking: {title}, {when}, {facts}",
        title=user_text(letter.space.title),
        when=_when(words, letter, now),
        facts=" · ".join(filter(None, facts)),
    )


def renter_stars(words: Words, letter: Letter) -> list[str]:
    rating = letter.renter
    return [review.stars(words, rating)] if rating and rating.count else []


def _approved(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The lister said yes: {title}, {when}, {price}. The booking shows how to get there.",
        title=_title(words, letter),
        when=_when(words, letter, now),
        price=words.money(letter.booking.total),
    )


def _declined(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The lister declined: {title}, {when}. You owe nothing.",
        title=_title(words, letter),
        when=_when(words, letter, now),
    )


def _expired(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    if letter.person.id == letter.booking.renter:
        return words.say(
            "The lister did not answer in time: {title}, {when}. You owe nothing.", **facts
        )
    return words.say(
        "A request ended because nobody answered it in time: {title}, {when}.", **facts
    )


def _withdrawn(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The renter asks no longer: {title}, {when}. It is free again.",
        title=_title(words, letter),
        when=_when(words, letter, now),
    )


def _answered(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    if letter.booking.state is State.DECLINED:
        return words.say("Another who looks after {title} has declined a request: {when}.", **facts)
    return words.say("Another who looks after {title} has accepted a request: {when}.", **facts)


def _changed(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    if (letter.notice.facts or {}).get("what") == "plate":
        return words.say(
            "Another car comes to {title}, {when}: {plate}.", plate=letter.booking.plate, **facts
        )
    return words.say(
        "A stay at {title} was extended: {when}, {total} in all.",
        total=words.money(letter.booking.total),
        **facts,
    )


def _arrived(words: Words, letter: Letter, now: datetime) -> Html:
    plate = letter.booking.plate
    return words.say(
        "The renter of {title} is there{plate}; booked {when}.",
        title=_title(words, letter),
        when=_when(words, letter, now),
        plate=f" ({plate})" if plate else "",
    )


def _left_early(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The renter of {title} has left before the end; the rest is free again: {when}.",
        title=_title(words, letter),
        when=_when(words, letter, now),
    )


def _obstructed(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Somebody else's car stood in {title}, so a booking was called off: {when}. Nothing is"
        " owed for it. Pause the space until the car is gone.",
        title=_title(words, letter),
        when=_when(words, letter, now),
    )


def _released(words: Words, letter: Letter, now: datetime) -> Html:
    text = words.say(
        "Nobody came to {title}, {when}, so the lister took it back. It costs at most the first"
        " hour.",
        title=_title(words, letter),
        when=_when(words, letter, now),
    )
    return Html(f"{text} {standing.owed(words, _due(letter))}".strip())


def _ask_arrival(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Are you at {title}? Your stay began at {start}. If I hear nothing, the lister may take it"
        " back.",
        title=_title(words, letter),
        start=_clock(words, letter, letter.booking.window.start),
    )


def _ends_soon(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay at {title} ends at {end}.",
        title=_title(words, letter),
        end=_clock(words, letter, letter.booking.window.end),
    )


def _ended(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay at {title} has ended at {end}. Have you left?",
        title=_title(words, letter),
        end=_clock(words, letter, letter.booking.window.end),
    )


def _cancelled(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    due = _due(letter)
    paid = due is not None and due.minor < 0
    if letter.person.id == letter.booking.renter:
        text = words.say(
            "Your booking was cancelled by the lister: {title}, {when}. You owe nothing.",
            **facts,
        )
        return Html(f"{text} {standing.owed(words, due)}") if paid else text
    if due is not None and due.minor > 0:
        return words.say(
            "Cancelled by the renter: {title}, {when}. It is free again; the renter still owes you"
            " {kept}.",
            kept=words.money(due),
            **facts,
        )
    text = words.say("Cancelled by the renter: {title}, {when}. It is free again.", **facts)
    return Html(f"{text} {hosting.owed(words, due)}") if paid else text


def _refund_drops(words: Words, letter: Letter, now: datetime) -> Html:
    booking, zone = letter.booking, letter.space.zone_info
    drop, bill = drop_ahead(booking, now), letter.bill
    assert drop is not None
    assert bill is not None
    until = words.until(drop.after, zone, now)
    if drop.after >= booking.window.start - timedelta(seconds=1):
        until = words.say("the start")
    facts = {
        "title": _title(words, letter),
        "when": _when(words, letter, now),
        "until": until,
        "later": words.money(bill.without(drop.then).cost),
    }
    before = bill.without(drop.refund).cost
    if not before.minor:
        return words.say(
            "{title}, {when}: you can cancel for free until {until}. After that it costs {later}.",
            **facts,
        )
    return words.say(
        "{title}, {when}: cancelling costs {owed} until {until}, and {later} after that.",
        owed=words.money(before),
        **facts,
    )


def _starts_soon(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay begins at {start}: {title}, until {end}.",
        start=_clock(words, letter, letter.booking.window.start),
        end=words.moment(letter.booking.window.end, letter.space.zone_info, now),
        title=user_text(letter.space.title),
    )


def _when(words: Words, letter: Letter, now: datetime) -> Html:
    span = words.when(letter.booking.window, letter.space.zone_info, now)
    return words.there(span, letter.space.zone)


def _clock(words: Words, letter: Letter, instant: datetime) -> Html:
    return words.there(words.clock(instant, letter.space.zone_info), letter.space.zone)


def _called_off(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    if letter.person.id == letter.booking.renter:
        return words.say(
            "Your booking cannot take place: {title}, {when}. You owe nothing.", **facts
        )
    return words.say("A booking was called off by the operator: {title}, {when}.", **facts)


def _overstayed(words: Words, letter: Letter, now: datetime) -> Html:
    return report.overstayed(words, letter)


def _overstay_seen(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Another who looks after {title} has shown that a car overstays there: {when}. The renter"
        " has been told.",
        title=_title(words, letter),
        when=_when(words, letter, now),
    )


def _due(letter: Letter) -> Money | None:
    return letter.bill.due if letter.bill else None


def _title(words: Words, letter: Letter) -> Html:
    title = letter.space.title
    return user_text(title) if title else words.say("a space that is gone")


def _rows(words: Words, letter: Letter, now: datetime) -> Rows:
    """A notice's buttons never go out of date."""
    booking = letter.booking
    if letter.person.id == booking.renter:
        show = press(words.label("Show booking"), booking_view.Act.OPEN, written(booking.id))
        if _ended_by_others(letter):
            return ((press(words.label("Find another"), find.Act.AGAIN, written(booking.id)),),)
        return (*_during(words, letter, now), (show,))
    write = press(words.label("Message"), message.Act.WRITE, written(booking.id))
    listed = press(words.label("Show bookings"), spaces.Act.BOOKINGS, written(letter.space.id))
    return ((write, listed),) if letter.notice.kind is Kind.BOOKED else ((listed,),)


def _during(words: Words, letter: Letter, now: datetime) -> Rows:
    """What one may want to say, or have, at such a moment of the stay."""
    booking = letter.booking
    match letter.notice.kind:
        case Kind.STARTS_SOON:
            route = press(words.label("Route"), booking_view.Act.ROUTE, written(booking.id))
            return ((*standing.buttons(words, booking, now), route),)
        case Kind.ASK_ARRIVAL | Kind.ENDED:
            return (standing.buttons(words, booking, now),)
        case Kind.ENDS_SOON:
            lengths = [words.length(it.window.end - booking.window.end) for it in letter.offers]
            longer = [
                (standing.until(words, f"+{length}", it, booking),)
                for length, it in zip(lengths, letter.offers, strict=True)
            ]
            return (*longer, standing.buttons(words, booking, now))
    return ()


def _ended_by_others(letter: Letter) -> bool:
    """Whether the renter stands there without a space, and without having wished so."""
    ended = letter.notice.kind in (
        *(Kind.CANCELLED, Kind.CALLED_OFF),
        *(Kind.DECLINED, Kind.EXPIRED),
    )
    return ended and letter.booking.history[-1].by is not Side.RENTER


_OF_REQUESTS = {
    Kind.APPROVED: _approved,
    Kind.DECLINED: _declined,
    Kind.EXPIRED: _expired,
    Kind.WITHDRAWN: _withdrawn,
    Kind.ANSWERED: _answered,
}
_OF_STAYS = {
    Kind.REFUND_DROPS: _refund_drops,
    Kind.CHANGED: _changed,
    Kind.ARRIVED: _arrived,
    Kind.LEFT_EARLY: _left_early,
    Kind.OBSTRUCTED: _obstructed,
    Kind.RELEASED: _released,
    Kind.ASK_ARRIVAL: _ask_arrival,
    Kind.ENDS_SOON: _ends_soon,
    Kind.ENDED: _ended,
}
