"""A notice as a message: its words, and what one may want to do on reading it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.screen import Screen, Where
from market.domain.booking import Side
from market.domain.ids import written
from market.domain.lateness import late
from market.domain.notice import Kind
from market.domain.quiet import quiet
from market.services.notices import Bulletin, Letter
from views import alert, bulletin, digest, find, message, request, review, spaces, standing
from views import booking as booking_view
from views.layout import Rows, press
from views.notice import booking as of_bookings
from views.notice import parts
from views.notice import request as of_requests
from views.notice import stay as of_stays
from views.words import Html, Words, paragraphs

_TEXTS = {**of_bookings.TEXTS, **of_requests.TEXTS, **of_stays.TEXTS}


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
        return request.asked(
            words, letter.booking, letter.space, now, parts.renter_stars(words, letter)
        )
    text = _TEXTS[letter.notice.kind](words, letter, now)
    return Screen(text, rows=_rows(words, letter, now), where=Where.ANEW)


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
