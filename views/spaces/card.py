"""The list of spaces, and the card of one."""

from collections.abc import Sequence
from datetime import datetime

from chat.buttons import Press
from chat.screen import Button, Screen
from market.domain.booking import Booking, State
from market.domain.ids import PersonId, written
from market.domain.space import Space, SpaceState
from views import hosting, request
from views.layout import Rows, grid, press
from views.spaces.acts import CARD, Act, about, asking, back, titled
from views.words import Html, Words, bold, paragraphs, user_text

LISTED = 10
"""Bookings ahead that are named where they are not what the card is about."""


def none_yet(words: Words) -> Screen:
    return Screen(
        words.say("You list no space yet. ➕ List a space takes about a minute."), card=CARD
    )


def overview(words: Words, spaces: Sequence[Space], now: datetime, version: int) -> Screen:
    lines = [words.say("<b>Your spaces</b>"), ""]
    lines += [
        Html(f"{n}  {user_text(it.title)} · {hour_price(words, it)}{_mark(words, it, now)}")
        for n, it in enumerate(spaces, 1)
    ]
    buttons = [about(str(n), Act.OPEN, it.id, version) for n, it in enumerate(spaces, 1)]
    return Screen("\n".join(lines), rows=grid(buttons, 5), card=CARD)


def card(
    words: Words,
    space: Space,
    ahead: Sequence[Booking],
    person: PersonId,
    now: datetime,
    version: int,
) -> Screen:
    """One space as its lister sees it; a co-lister sees what a co-lister may do."""
    lines = [
        Html(f"{bold(user_text(space.title))}{_mark(words, space, now)}"),
        Html(f"{hour_price(words, space)} · {_rating(words, space)}"),
        user_text(space.address) if space.address else "",
        words.count("{n} booking ahead", "{n} bookings ahead", len(ahead)),
        _presence(words, space, now),
    ]
    if space.paused(now):
        lines += [stay(words, space, booking, now) for booking in ahead[:LISTED]]
    own = person == space.lister
    if own and not space.notes:
        lines.append(
            words.say("No access notes yet: how does one get in? Only who books sees them.")
        )
    rows = _lister_rows if own else _colister_rows
    return Screen(
        "\n".join(filter(None, lines)), rows=rows(words, space, ahead, now, version), card=CARD
    )


def _lister_rows(
    words: Words, space: Space, ahead: Sequence[Booking], now: datetime, version: int
) -> Rows:
    id_ = space.id
    return (
        (
            about(words.label("Edit"), Act.EDIT, id_, version),
            about(words.label("Calendar"), Act.CALENDAR, id_, version),
        ),
        (
            _bookings(words, space, ahead, version),
            about(words.label("Earnings"), Act.EARNINGS, id_, version),
        ),
        (_switch(words, space, now, version), _share(words, space)),
        (
            about(words.label("Sticker"), Act.STICKER, id_, version),
            about(words.label("Co-listers"), Act.COLISTERS, id_, version),
        ),
        (
            about(words.label("Delete"), Act.DELETE_ASK, id_, version),
            Button(words.label("Back"), Press(Act.ALL, "", version).pack()),
        ),
    )


def _colister_rows(
    words: Words, space: Space, ahead: Sequence[Booking], now: datetime, version: int
) -> Rows:
    return (
        (
            about(words.label("Calendar"), Act.CALENDAR, space.id, version),
            _bookings(words, space, ahead, version),
        ),
        (_switch(words, space, now, version), _share(words, space)),
        (
            about(words.label("Leave"), Act.LEAVE_ASK, space.id, version),
            Button(words.label("Back"), Press(Act.ALL, "", version).pack()),
        ),
    )


def _switch(words: Words, space: Space, now: datetime, version: int) -> Button:
    if space.paused(now):
        return about(words.label("Resume"), Act.RESUME, space.id, version)
    return about(words.label("Pause"), Act.PAUSE_ASK, space.id, version)


def _bookings(words: Words, space: Space, ahead: Sequence[Booking], version: int) -> Button:
    return about(words.label("Bookings · {n}", n=len(ahead)), Act.BOOKINGS, space.id, version)


def _share(words: Words, space: Space) -> Button:
    return Button(words.label("Share"), switch_inline=f"space {written(space.id)}")


def bookings(
    words: Words,
    space: Space,
    ahead: Sequence[Booking],
    person: PersonId,
    now: datetime,
    version: int,
) -> Screen:
    """What is ahead: requests to answer, and bookings, which only the lister cancels."""
    lines = [words.say("<b>Bookings of {title}</b>", title=user_text(space.title)), ""]
    lines += [Html(f"{n}  {stay(words, space, it, now)}") for n, it in enumerate(ahead, 1)]
    if not ahead:
        lines.append(words.say("Nothing is booked from now on."))
    buttons: list[Button] = []
    for n, booking in list(enumerate(ahead, 1))[:20]:
        buttons += _acts(words, n, booking, now, version, own=person == space.lister)
    past = press(words.label("Past"), hosting.Act.PAST, written(space.id))
    rows = (*hosting.numbers(ahead), *grid(buttons, 2), (past, *back(words, space.id, version)))
    return Screen("\n".join(lines), rows=rows, card=CARD)


def _acts(
    words: Words, n: int, booking: Booking, now: datetime, version: int, *, own: bool
) -> list[Button]:
    id_ = written(booking.id)
    if booking.pending(now):
        return [
            press(words.label("Accept {n}", n=n), request.Act.YES, id_),
            press(words.label("Decline {n}", n=n), request.Act.NO, id_),
        ]
    if own and booking.state is not State.REQUESTED and now < booking.window.start:
        return [Button(words.label("Cancel {n}", n=n), Press(Act.CANCEL_ASK, id_, version).pack())]
    return []


def sure_to_cancel(
    words: Words, space: Space, booking: Booking, now: datetime, version: int
) -> Screen:
    return Screen(
        words.say(
            "Cancel {stay}? The renter owes nothing then, and is told at once."
            " Cancelling on people counts against you.",
            stay=stay(words, space, booking, now),
        ),
        rows=(
            (
                Button(
                    words.label("Confirm"), Press(Act.CANCEL, written(booking.id), version).pack()
                ),
                *back(words, space.id, version, Act.BOOKINGS),
            ),
        ),
        card=CARD,
    )


def sure_to_pause(
    words: Words, space: Space, ahead: Sequence[Booking], now: datetime, version: int
) -> Screen:
    """The bookings that stand nevertheless, before it takes no new ones."""
    pause = about(words.label("Pause"), Act.PAUSE, space.id, version)
    lines = (words.say("Pause it? Nobody new can book until you resume it."),)
    return Screen(
        titled(space, paragraphs(lines, standing(words, space, ahead, now))),
        rows=((pause, *back(words, space.id, version)),),
        card=CARD,
    )


def standing(words: Words, space: Space, ahead: Sequence[Booking], now: datetime) -> list[Html]:
    """The bookings that a change does not touch."""
    head = words.count(
        "{n} booking ahead keeps what it was promised:",
        "{n} bookings ahead keep what they were promised:",
        len(ahead),
    )
    return [head, *(stay(words, space, booking, now) for booking in ahead[:LISTED])]


def sure_to_delete(words: Words, space: Space, version: int) -> Screen:
    return Screen(
        words.say("Delete {title} for good?", title=bold(user_text(space.title))),
        rows=(
            (
                about(words.label("Delete"), Act.DELETE, space.id, version),
                *back(words, space.id, version),
            ),
        ),
        card=CARD,
    )


def cannot_delete(words: Words, ahead: int, space: Space) -> Html:
    return words.count(
        "{title} cannot be deleted while {n} booking is ahead. Cancel it first, or pause it.",
        "{title} cannot be deleted while {n} bookings are ahead. Cancel them first, or pause it.",
        ahead,
        title=bold(user_text(space.title)),
    )


def deleted(words: Words, space: Space) -> Screen:
    return Screen(words.say("{title} is deleted.", title=user_text(space.title)), card=CARD)


def sure_to_leave(words: Words, space: Space, version: int) -> Screen:
    asked = asking(words, space, version, words.say("Look after this space no more?"))
    leave = about(words.label("Leave"), Act.LEAVE, space.id, version)
    return Screen(asked.text, rows=((leave, *asked.rows[0]),), card=CARD)


def hour_price(words: Words, space: Space) -> Html:
    return words.say("{price} an hour", price=words.money(space.tariff.hour))


def stay(words: Words, space: Space, booking: Booking, now: datetime) -> Html:
    when = words.when(booking.window, space.zone_info, now)
    plate = f" · {booking.plate}" if booking.plate else ""
    asked = words.say(" · asks") if booking.state is State.REQUESTED else ""
    return Html(f"{when} · {words.money(booking.total)}{plate}{asked}")


def _rating(words: Words, space: Space) -> Html:
    if space.rating.average is None:
        return words.say("no rating yet")
    return Html(f"{words.stars(space.rating.average)} ({space.rating.count})")


def _mark(words: Words, space: Space, now: datetime) -> Html:
    if space.state in (SpaceState.HIDDEN, SpaceState.SILENT):
        return words.say(" · hidden")
    return words.say(" · paused") if space.paused(now) else Html()


def _presence(words: Words, space: Space, now: datetime) -> Html:
    """Why nobody new can book now, or until when anybody can."""
    if space.state is SpaceState.HIDDEN:
        return words.say("Hidden by the operator.")
    if space.state is SpaceState.SILENT:
        return words.say("Hidden, because its lister has blocked me.")
    away, free = space.schedule.away, space.schedule.free
    if away is not None and away.holds(now) and away.end is not None:
        until = words.until(away.end, space.zone_info, now)
        return words.say("Off until {until}. Bookings ahead stand.", until=until)
    if space.paused(now):
        return words.say("Paused: nobody new can book. Bookings ahead stand.")
    if free is not None and free.holds(now):
        until = words.until(free.end, space.zone_info, now)
        return words.say("Free until {until}, whatever the hours say.", until=until)
    return Html()
