"""Messages between the two sides of a booking, passed on by the marketplace."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from market.domain.booking import Booking, State
from market.domain.errors import BookingOver, Invalid
from market.domain.ids import BookingId, MessageId, PersonId, PhotoId

MAX_TEXT = 1000
OPEN_FOR = timedelta(days=7)
"""After the end of the stay."""
KEPT = timedelta(days=30)
"""After that, as evidence should somebody report one."""

_NEVER_WAS = (State.HELD, State.DECLINED, State.EXPIRED, State.WITHDRAWN)

_CONTACTS = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<!\w)@\w{4,}"),
    re.compile(r"\b(?:https?://|www\.|t\.me/|wa\.me/)\S+", re.IGNORECASE),
)
_TIMES = re.compile(
    r"""(?<![\d.])\d{1,2}[.:]\d{2}\s*[-–]\s*\d{1,2}[.:]\d{2}(?![\d.])
      | (?<![\d./-])\d{1,4}[./-]\d{1,2}[./-](?:\d{1,4})?(?![\d./-])""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"(?<![\w:])\+?\(?\d(?:[\s().\-/]*\d)+(?![\w:])")
_PHONE_DIGITS = 9
"""Fewer may be a gate's code; that costs us some short numbers, and nobody their codes."""


@dataclass(frozen=True, slots=True)
class Message:
    """``text`` may be empty where there is a photo."""

    id: MessageId
    booking: BookingId
    author: PersonId
    text: str
    at: datetime
    photo: PhotoId | None = None


def open_for_messages(booking: Booking, now: datetime) -> bool:
    """From the booking, or the request for it, until seven days after its end."""
    return booking.state not in _NEVER_WAS and now < booking.window.end + OPEN_FOR


def other_side(booking: Booking, person: PersonId) -> PersonId:
    """Raises NotFound for whoever is on neither side."""
    booking.side_of(person)
    return booking.lister if person == booking.renter else booking.renter


def compose(
    message: MessageId,
    booking: Booking,
    author: PersonId,
    text: str,
    photo: PhotoId | None,
    now: datetime,
) -> Message:
    """What will be passed on to the other side, word for word.

    Raises NotFound for strangers, BookingOver outside the time, and Invalid for an overlong or
    empty text and for one that carries a number, handle or link: nothing is left out in silence.
    """
    booking.side_of(author)
    if not open_for_messages(booking, now):
        raise BookingOver(booking.state)
    text = text.strip()
    if not text and photo is None:
        raise Invalid("message", "too short", 1)
    if len(text) > MAX_TEXT:
        raise Invalid("message", "too long", MAX_TEXT)
    if found := contact_in(text):
        raise Invalid("message", "contact", found)
    return Message(message, booking.id, author, text, now, photo)


def contact_in(text: str) -> str | None:
    """The first telephone number, handle, address or link in a text."""
    for shape in _CONTACTS:
        if found := shape.search(text):
            return found[0]
    for number in _NUMBER.finditer(_TIMES.sub(",", text)):
        if sum(map(str.isdigit, number[0])) >= _PHONE_DIGITS:
            return number[0]
    return None
