"""Messages between the two sides of a booking, as they are written and as they arrive."""

from datetime import datetime
from enum import StrEnum

from chat.screen import Photo, Screen, Where
from market.domain.booking import Booking
from market.domain.ids import written
from market.domain.message import MAX_TEXT
from market.domain.space import Space
from market.services.notices import Letter
from views import report
from views.layout import press
from views.words import Html, Words, bold, paragraphs, user_text


class Act(StrEnum):
    """Their buttons never go out of date: each names its booking."""

    WRITE = "m.write"
    BLOCK = "m.block"
    UNBLOCK = "m.unblock"


def ask(words: Words, booking: Booking, space: Space | None, now: datetime) -> Screen:
    about = _about(words, booking, space, now)
    text = words.say(
        "About {about}: type your message, or send a photo. I pass it on; nobody learns your"
        " name or number. Up to {n} characters.",
        about=about,
        n=MAX_TEXT,
    )
    return Screen(text, where=Where.ANEW)


def need_words(words: Words) -> Screen:
    return Screen(
        words.say("I can pass on text and photos only. Type your message, or /cancel leaves.")
    )


def as_a_photo(words: Words) -> Screen:
    return Screen(words.say("Send it as a photo, please, not as a file; then I can pass it on."))


def passed_on(words: Words, booking: Booking) -> Screen:
    more = press(words.label("Write more"), Act.WRITE, written(booking.id))
    return Screen(words.say("Passed on."), rows=((more,),))


def arrived(words: Words, letter: Letter, now: datetime) -> Screen:
    """What the other side wrote, with the ways to answer, and to hear no more."""
    assert letter.message is not None
    booking, message = letter.booking, letter.message
    about = _about(words, booking, letter.space, now)
    head = words.say("From the lister, about {about}:", about=about)
    if letter.person.id == booking.lister:
        head = words.say("From the renter, about {about}:", about=about)
    number = written(booking.id)
    return Screen(
        paragraphs((head,), (user_text(message.text) if message.text else "",)),
        photos=(Photo(letter.photo.file_id, letter.photo.key),) if letter.photo else (),
        rows=(
            (press(words.label("Answer"), Act.WRITE, number),),
            (
                press(words.label("Block"), Act.BLOCK, number),
                press(words.label("Report"), report.Act.MESSAGE, written(message.id)),
            ),
        ),
        where=Where.ANEW,
    )


def blocked(words: Words, booking: Booking) -> Screen:
    undo = press(words.label("Unblock"), Act.UNBLOCK, written(booking.id))
    return Screen(
        words.say("You get no more messages from them, about any booking."),
        rows=((undo,),),
        where=Where.ANEW,
    )


def unblocked(words: Words) -> Screen:
    return Screen(words.say("They can write to you again, about your bookings."))


def _about(words: Words, booking: Booking, space: Space | None, now: datetime) -> Html:
    if space is None or not space.title:
        return words.say("a space that is gone")
    when = words.there(words.when(booking.window, space.zone_info, now), space.zone)
    return Html(f"{bold(user_text(space.title))}, {when}")
