"""Moving a space."""

from collections.abc import Sequence
from datetime import datetime

from chat.screen import Screen
from market.domain.booking import Booking
from market.domain.space import Space
from views.spaces.acts import CARD, Act, asking, back, titled
from views.spaces.card import stay
from views.words import Words, user_text


def ask(words: Words, space: Space, version: int) -> Screen:
    where = user_text(space.address) if space.address else words.say("no address")
    text = words.say(
        "Now: {where}\nSend the location of the space itself (📎, then Location), or type its"
        " coordinates, for example 60.1699, 24.9384",
        where=where,
    )
    return asking(words, space, version, text, Act.EDIT)


def cannot_move(
    words: Words, space: Space, ahead: Sequence[Booking], now: datetime, version: int
) -> Screen:
    text = words.count(
        "It can move 50 m at most while {n} booking is ahead:",
        "It can move 50 m at most while {n} bookings are ahead:",
        len(ahead),
    )
    listed = "\n".join(stay(words, space, booking, now) for booking in ahead[:10])
    rows = (back(words, space.id, version, Act.EDIT),)
    return Screen(titled(space, f"{text}\n{listed}"), rows=rows, card=CARD)


def other_money(words: Words, space: Space, version: int) -> Screen:
    text = words.say(
        "Other money is used there. List it anew, so that its price is right: ➕ List a space"
    )
    return asking(words, space, version, text, Act.EDIT)
