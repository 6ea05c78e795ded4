"""A lister's spaces: the list, one space, and what can be done with it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from chat.buttons import Press
from chat.screen import Button, Screen, Where
from market.domain.booking import Booking
from market.domain.ids import PhotoId, SpaceId, written
from market.domain.money import Money
from market.domain.space import MAX_PHOTOS, Space, SpaceState
from market.ports.photos import StoredPhoto
from views.listing import shown
from views.words import Html, Words, bold, user_text

LIST_CARD = "spaces"


class Act(StrEnum):
    ALL = "s.all"
    OPEN = "s.open"
    PAUSE = "s.pause"
    RESUME = "s.resume"
    TITLE = "s.title"
    PRICE = "s.price"
    SURE = "s.sure"
    PHOTOS = "s.photos"
    DROP_PHOTO = "s.xphoto"
    NOTES = "s.notes"
    NO_NOTES = "s.nonotes"
    BOOKINGS = "s.books"
    CANCEL_ASK = "s.cask"
    CANCEL = "s.cancel"
    DELETE_ASK = "s.dask"
    DELETE = "s.delete"


def none_yet(words: Words) -> Screen:
    return Screen(
        words.say("You list no space yet. ➕ List a space takes about a minute."),
        card=LIST_CARD,
    )


def overview(words: Words, spaces: Sequence[Space], version: int) -> Screen:
    lines = [words.say("<b>Your spaces</b>"), ""]
    lines += [
        Html(f"{n}  {user_text(s.title)} · {hour_price(words, s)}{_state(words, s)}")
        for n, s in enumerate(spaces, 1)
    ]
    buttons = [
        Button(str(n), Press(Act.OPEN, written(s.id), version).pack())
        for n, s in enumerate(spaces, 1)
    ]
    return Screen("\n".join(lines), rows=_rows(buttons, 5), card=LIST_CARD)


def space(words: Words, space: Space, ahead: Sequence[Booking], version: int) -> Screen:
    lines = [
        Html(f"{bold(user_text(space.title))}{_state(words, space)}"),
        Html(f"{hour_price(words, space)} · {_rating(words, space)}"),
    ]
    if space.address:
        lines.append(user_text(space.address))
    lines.append(words.count("{n} booking ahead", "{n} bookings ahead", len(ahead)))
    if space.state is SpaceState.PAUSED:
        lines.append(words.say("Paused: nobody new can book. Bookings ahead stand."))
    if space.state is SpaceState.HIDDEN:
        lines.append(words.say("Hidden by the operator."))
    if not space.notes:
        lines.append(
            words.say("No access notes yet: how does one get in? Only who books sees them.")
        )
    return Screen(
        "\n".join(lines), rows=_space_buttons(words, space, ahead, version), card=LIST_CARD
    )


def _space_buttons(
    words: Words, space: Space, ahead: Sequence[Booking], version: int
) -> tuple[tuple[Button, ...], ...]:
    def button(label: str, act: Act) -> Button:
        return Button(label, Press(act, written(space.id), version).pack())

    switch = (
        (button(words.label("Resume"), Act.RESUME),)
        if space.state is SpaceState.PAUSED
        else (button(words.label("Pause"), Act.PAUSE),)
    )
    return (
        (button(words.label("Title"), Act.TITLE), button(words.label("Price"), Act.PRICE)),
        (button(words.label("Photos"), Act.PHOTOS), button(words.label("Access notes"), Act.NOTES)),
        (
            button(words.label("Bookings · {n}", n=len(ahead)), Act.BOOKINGS),
            Button(words.label("Share"), switch_inline=f"space {written(space.id)}"),
        ),
        (*switch, button(words.label("Delete"), Act.DELETE_ASK)),
        (Button(words.label("Back"), Press(Act.ALL, "", version).pack()),),
    )


def bookings(
    words: Words, space: Space, ahead: Sequence[Booking], now: datetime, version: int
) -> Screen:
    lines = [words.say("<b>Bookings of {title}</b>", title=user_text(space.title)), ""]
    lines += [
        Html(f"{n}  {_stay(words, space, booking, now)}") for n, booking in enumerate(ahead, 1)
    ]
    if not ahead:
        lines.append(words.say("Nothing is booked from now on."))
    cancels = [
        Button(
            words.label("Cancel {n}", n=n),
            Press(Act.CANCEL_ASK, written(booking.id), version).pack(),
        )
        for n, booking in enumerate(ahead, 1)
        if now < booking.window.start
    ]
    return Screen(
        "\n".join(lines),
        rows=(*_rows(cancels[:20], 3), _back(words, space.id, version)),
        card=LIST_CARD,
    )


def sure_to_cancel(
    words: Words, space: Space, booking: Booking, now: datetime, version: int
) -> Screen:
    return Screen(
        words.say(
            "Cancel {stay}? The renter owes nothing then, and is told at once."
            " Cancelling on people counts against you.",
            stay=_stay(words, space, booking, now),
        ),
        rows=(
            (
                Button(
                    words.label("Confirm"), Press(Act.CANCEL, written(booking.id), version).pack()
                ),
                Button(words.label("Back"), Press(Act.BOOKINGS, written(space.id), version).pack()),
            ),
        ),
        card=LIST_CARD,
    )


def sure_to_delete(words: Words, space: Space, version: int) -> Screen:
    return Screen(
        words.say("Delete {title} for good?", title=bold(user_text(space.title))),
        rows=(
            (
                Button(words.label("Delete"), Press(Act.DELETE, written(space.id), version).pack()),
                Button(words.label("Back"), Press(Act.OPEN, written(space.id), version).pack()),
            ),
        ),
        card=LIST_CARD,
    )


def has_bookings(
    words: Words, space: Space, ahead: Sequence[Booking], now: datetime, version: int
) -> Screen:
    refusal = words.count(
        "{title} cannot be deleted while {n} booking is ahead. Cancel it first, or pause it.",
        "{title} cannot be deleted while {n} bookings are ahead. Cancel them first, or pause it.",
        len(ahead),
        title=bold(user_text(space.title)),
    )
    listed = bookings(words, space, ahead, now, version)
    return Screen(f"{refusal}\n\n{listed.text}", rows=listed.rows, card=LIST_CARD)


def ask_title(words: Words, space: Space, version: int) -> Screen:
    return _ask(words, space, version, words.say("Type the new title, 3 to 60 characters."))


def ask_price(words: Words, space: Space, version: int) -> Screen:
    text = words.say(
        "It costs {price} an hour. Type the new price; bookings ahead keep theirs.",
        price=words.money(space.tariff.hour),
    )
    return _ask(words, space, version, text)


def sure_of_price(words: Words, space: Space, price: Money, version: int) -> Screen:
    return Screen(
        words.say(
            "{price} an hour is far more than usual. Is that right? If not, type the price again.",
            price=words.money(price),
        ),
        rows=(
            (
                Button(
                    words.label("Yes, {price}", price=words.money(price)),
                    Press(Act.SURE, str(price.minor), version).pack(),
                ),
            ),
            _back(words, space.id, version),
        ),
    )


def ask_notes(words: Words, space: Space, version: int) -> Screen:
    now = words.say("Now: {notes}\n", notes=user_text(space.notes)) if space.notes else ""
    text = words.say(
        "Type how one gets in: gate code, which bay, which gate. Up to 500 characters;"
        " only who has booked sees it."
    )
    asked = _ask(words, space, version, Html(f"{now}{text}"))
    if not space.notes:
        skip = Button(words.label("Skip"), Press(Act.OPEN, written(space.id), version).pack())
        return Screen(asked.text, rows=((skip,),), card=LIST_CARD)
    clear = Button(words.label("No notes"), Press(Act.NO_NOTES, written(space.id), version).pack())
    return Screen(asked.text, rows=((clear,), *asked.rows), card=LIST_CARD)


def photos(
    words: Words, space: Space, stored: Sequence[StoredPhoto], version: int, *, full: bool = False
) -> Screen:
    text = words.count("{n} photo.", "{n} photos.", len(stored))
    more = words.say("Send more, or tap one to remove it.")
    if full or len(stored) >= MAX_PHOTOS:
        more = words.say("{limit} is the most. Tap one to remove it.", limit=MAX_PHOTOS)
    removals = [_removal(words, n, photo.id, version) for n, photo in enumerate(stored, 1)]
    return Screen(
        f"{bold(user_text(space.title))}\n{text} {more}",
        photos=tuple(shown(photo) for photo in stored),
        rows=(*_rows(removals, 3), _back(words, space.id, version)),
        where=Where.ANEW,
        card=LIST_CARD,
    )


def need_photo(words: Words, space: Space, version: int) -> Screen:
    return _ask(words, space, version, words.say("Send a photo of the space, or go back."))


def deleted(words: Words, space: Space) -> Screen:
    return Screen(words.say("{title} is deleted.", title=user_text(space.title)), card=LIST_CARD)


def hour_price(words: Words, space: Space) -> Html:
    return words.say("{price} an hour", price=words.money(space.tariff.hour))


def _rating(words: Words, space: Space) -> Html:
    if space.rating.average is None:
        return words.say("no rating yet")
    return Html(f"{words.stars(space.rating.average)} ({space.rating.count})")


def _state(words: Words, space: Space) -> Html:
    return {
        SpaceState.PAUSED: words.say(" · paused"),
        SpaceState.HIDDEN: words.say(" · hidden"),
    }.get(space.state, Html())


def _stay(words: Words, space: Space, booking: Booking, now: datetime) -> Html:
    when = words.when(booking.window, space.zone_info, now)
    plate = f" · {booking.plate}" if booking.plate else ""
    return Html(f"{when} · {words.money(booking.total)}{plate}")


def _ask(words: Words, space: Space, version: int, text: Html) -> Screen:
    return Screen(
        f"{bold(user_text(space.title))}\n{text}",
        rows=(_back(words, space.id, version),),
        card=LIST_CARD,
    )


def _removal(words: Words, n: int, photo: PhotoId, version: int) -> Button:
    return Button(
        words.label("Remove {n}", n=n), Press(Act.DROP_PHOTO, written(photo), version).pack()
    )


def _back(words: Words, space: SpaceId, version: int) -> tuple[Button, ...]:
    return (Button(words.label("Back"), Press(Act.OPEN, written(space), version).pack()),)


def _rows(buttons: Sequence[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
