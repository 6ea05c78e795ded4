"""What the marketplace owes someone, in words."""

from datetime import datetime

from chat.buttons import Press
from chat.screen import Button, Screen, Where
from market.domain.ids import written
from market.domain.notice import Kind
from market.services.notices import Letter
from views.words import Html, Words, user_text


def screen(words: Words, letter: Letter, now: datetime) -> Screen:
    """The message for a notice, as things stand when it is sent."""
    text = {
        Kind.BOOKED: _booked,
        Kind.CANCELLED: _cancelled,
        Kind.STARTS_SOON: _starts_soon,
    }[letter.notice.kind](words, letter, now)
    return Screen(text, rows=(_button(words, letter),), where=Where.ANEW)


def _booked(words: Words, letter: Letter, now: datetime) -> Html:
    booking = letter.booking
    plate = f" · {booking.plate}" if booking.plate else ""
    return words.say(
        "New booking: {title}, {when}, {total}{plate}",
        title=user_text(letter.space.title),
        when=_when(words, letter, now),
        total=words.money(booking.total),
        plate=plate,
    )


def _cancelled(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": user_text(letter.space.title), "when": _when(words, letter, now)}
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


def _button(words: Words, letter: Letter) -> tuple[Button, ...]:
    """Version 0: a notice's button never goes out of date."""
    if letter.person.id == letter.booking.renter:
        press = Press("b.open", written(letter.booking.id))
        return (Button(words.label("Show booking"), press.pack()),)
    press = Press("s.books", written(letter.space.id))
    return (Button(words.label("Show bookings"), press.pack()),)
