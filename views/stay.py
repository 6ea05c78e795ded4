"""What a renter can ask for around and during a stay, screen by screen."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.screen import Button, Photo, Screen, Where
from market.domain.booking import Booking
from market.domain.errors import NotBookable, WindowTaken
from market.domain.ids import written
from market.domain.space import Space
from market.domain.stay import Overstay
from market.ports.photos import StoredPhoto
from views import booking as booking_view
from views.errors import reason
from views.layout import grid, press
from views.standing import Act, until
from views.words import Html, Words, bold, paragraphs, user_text


def extending(
    words: Words,
    booking: Booking,
    space: Space,
    offers: Sequence[Booking],
    now: datetime,
    note: str = "",
) -> Screen:
    """Later ends that can be had, each with what it costs more."""
    zone = space.zone_info
    text = words.say(
        "{title}\nUntil {end} now. Until when instead? Tap, or type it: <i>till 22</i>, or how"
        " much longer: <i>3h</i>",
        title=bold(user_text(space.title)),
        end=words.until(booking.window.end, zone, now),
    )
    ends = [until(words, words.until(it.window.end, zone, now), it, booking) for it in offers]
    return Screen(paragraphs((note,), (text,)), rows=(*grid(ends, 1), _back(words, booking)))


def not_longer(words: Words, why: NotBookable) -> str:
    """Why a stay cannot last as long as that."""
    if isinstance(why, WindowTaken):
        return words.label("Somebody else has it after that.")
    return reason(words, why)


def cannot_extend(words: Words, booking: Booking, space: Space, why: str, now: datetime) -> Screen:
    text = words.say(
        "{title}\n{why} It stays yours until {end}.",
        title=bold(user_text(space.title)),
        why=why,
        end=words.until(booking.window.end, space.zone_info, now),
    )
    return Screen(text, rows=(_back(words, booking),))


def extended(words: Words, booking: Booking, space: Space, now: datetime) -> Html:
    return words.say(
        "Extended until {end}; {total} in all.",
        end=words.until(booking.window.end, space.zone_info, now),
        total=words.money(booking.total),
    )


def not_later(words: Words, booking: Booking, zone: ZoneInfo, now: datetime) -> Screen:
    return Screen(
        words.say("It is yours until {end} already.", end=_end(words, booking, zone, now))
    )


def too_early(words: Words, at: datetime, zone: ZoneInfo, now: datetime) -> Screen:
    return Screen(
        toast=words.label("That can be said from {time} on.", time=words.until(at, zone, now))
    )


def arrived(words: Words) -> Html:
    return words.say("Welcome. The lister knows that you are there.")


def left(words: Words, booking: Booking, space: Space, owed: Html) -> Screen:
    return Screen(
        paragraphs(
            (words.say("Thank you for leaving {title}.", title=bold(user_text(space.title))),),
            (owed,),
        ),
        rows=(_back(words, booking),),
    )


def ask_plate(words: Words, booking: Booking, plates: Sequence[str]) -> Screen:
    number = written(booking.id)
    known = tuple(
        press(plate, Act.PLATE_IS, f"{number}.{plate}")
        for plate in plates[:3]
        if plate != booking.plate
    )
    present = words.say("Now: {plate}. ", plate=booking.plate) if booking.plate else ""
    text = words.say(
        "{present}Which number plate will stand there? Type it, for example HEL-204",
        present=present,
    )
    return Screen(text, rows=((known,) if known else ()) + (_back(words, booking),))


def plate_changed(words: Words, booking: Booking) -> Html:
    return words.say("The plate is {plate} now; the lister knows.", plate=booking.plate)


def evidence(words: Words, photos: Sequence[StoredPhoto]) -> Screen:
    if not photos:
        return Screen(toast=words.label("The photo is not kept any more."))
    return Screen(
        words.say("Seen there after the end of the stay"),
        photos=tuple(Photo(photo.file_id, photo.key) for photo in photos),
        where=Where.ANEW,
    )


def sure_to_contest(words: Words, booking: Booking, found: Overstay) -> Screen:
    return Screen(
        words.say(
            "Was it not so? The operator sees the photo and decides about the {charge}.",
            charge=words.money(found.charge),
        ),
        rows=(
            (
                press(words.label("Contest"), Act.CONTEST, written(booking.id)),
                *_back(words, booking),
            ),
        ),
    )


def _end(words: Words, booking: Booking, zone: ZoneInfo, now: datetime) -> Html:
    return words.until(booking.window.end, zone, now)


def _back(words: Words, booking: Booking) -> tuple[Button, ...]:
    return (press(words.label("Back"), booking_view.Act.OPEN, written(booking.id)),)
