"""What the marketplace owes someone, in words."""

from datetime import datetime

from chat.screen import Screen, Where
from market.domain.booking import Side
from market.domain.ids import written
from market.domain.notice import Kind
from market.services.notices import Bulletin, Letter
from views import booking as booking_view
from views import bulletin, find, message, report, review, spaces
from views.layout import Rows, press
from views.words import Html, Words, user_text


def screen(words: Words, letter: Letter | Bulletin, now: datetime) -> Screen:
    """The message for a notice, as things stand when it is sent."""
    if isinstance(letter, Bulletin):
        return bulletin.screen(words, letter)
    if letter.notice.kind is Kind.MESSAGE:
        return message.arrived(words, letter, now)
    if letter.notice.kind in (Kind.REVIEW_STAY, Kind.REVIEW_RENTER):
        return review.prompt(words, letter.booking, letter.space, letter.person.id)
    text = {
        Kind.BOOKED: _booked,
        Kind.CANCELLED: _cancelled,
        Kind.STARTS_SOON: _starts_soon,
        Kind.CALLED_OFF: _called_off,
        Kind.OVERSTAYED: _overstayed,
    }[letter.notice.kind](words, letter, now)
    return Screen(text, rows=_rows(words, letter), where=Where.ANEW)


def _booked(words: Words, letter: Letter, now: datetime) -> Html:
    booking = letter.booking
    facts = [words.money(booking.total), booking.plate or ""]
    if letter.renter and letter.renter.count:
        facts.append(review.stars(words, letter.renter))
    return words.say(
        "New booking: {title}, {when}, {facts}",
        title=user_text(letter.space.title),
        when=_when(words, letter, now),
        facts=" · ".join(filter(None, facts)),
    )


def _cancelled(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    booking = letter.booking
    if letter.person.id == booking.renter:
        return words.say(
            "Your booking was cancelled by the lister: {title}, {when}. You owe nothing."
            " 📍 Find parking shows what else is free.",
            **facts,
        )
    kept = booking.total - (booking.refunded or booking.total)
    if not kept.minor:
        return words.say("Cancelled by the renter: {title}, {when}. It is free again.", **facts)
    return words.say(
        "Cancelled by the renter: {title}, {when}. It is free again; the renter still owes you"
        " {kept}.",
        kept=words.money(kept),
        **facts,
    )


def _starts_soon(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "Your stay begins at {start}: {title}, until {end}.",
        start=words.clock(letter.booking.window.start, letter.space.zone_info),
        end=words.moment(letter.booking.window.end, letter.space.zone_info, now),
        title=user_text(letter.space.title),
    )


def _when(words: Words, letter: Letter, now: datetime) -> Html:
    return words.when(letter.booking.window, letter.space.zone_info, now)


def _called_off(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": _title(words, letter), "when": _when(words, letter, now)}
    if letter.person.id == letter.booking.renter:
        return words.say(
            "Your booking cannot take place: {title}, {when}. You owe nothing.", **facts
        )
    return words.say("A booking was called off by the operator: {title}, {when}.", **facts)


def _overstayed(words: Words, letter: Letter, now: datetime) -> Html:
    return report.overstayed(words, letter)


def _title(words: Words, letter: Letter) -> Html:
    title = letter.space.title
    return user_text(title) if title else words.say("a space that is gone")


def _rows(words: Words, letter: Letter) -> Rows:
    """A notice's buttons never go out of date."""
    booking = letter.booking
    if letter.person.id == booking.renter:
        show = press(words.label("Show booking"), booking_view.Act.OPEN, written(booking.id))
        if _ended_by_others(letter):
            return ((press(words.label("Find another"), find.Act.AGAIN, written(booking.id)),),)
        return ((show,),)
    write = press(words.label("Message"), message.Act.WRITE, written(booking.id))
    listed = press(words.label("Show bookings"), spaces.Act.BOOKINGS, written(letter.space.id))
    return ((write, listed),) if letter.notice.kind is Kind.BOOKED else ((listed,),)


def _ended_by_others(letter: Letter) -> bool:
    """Whether the renter stands there without a space, and without having wished so."""
    ended = letter.notice.kind in (Kind.CANCELLED, Kind.CALLED_OFF)
    return ended and letter.booking.history[-1].by is not Side.RENTER
