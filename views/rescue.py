"""Somebody stands in one's space: from the report to another one, all on one card."""

from datetime import datetime
from enum import StrEnum

from chat.screen import Screen, Where
from market.domain.booking import Booking
from market.domain.ids import written
from market.domain.space import Space
from market.services.rescues import Way
from views import booking as booking_view
from views import find, message
from views.layout import Rows, press
from views.words import Html, Words, bold, paragraphs, user_text

CARD = "rescue"


class Act(StrEnum):
    """Their buttons never go out of date: each names the booking that is in trouble."""

    OCCUPIED = "e.occ"
    AGAIN = "e.again"
    TAKE = "e.take"
    """With the id of what was offered, so that nothing else is taken."""
    REFUND = "e.refund"
    TELL = "e.tell"


def menu(words: Words, booking: Booking, space: Space, now: datetime) -> Screen:
    number = written(booking.id)
    return Screen(
        words.say("{stay}\nWhat is wrong?", stay=_stay(words, booking, space, now)),
        rows=(
            (press(words.label("Somebody is in my space"), Act.OCCUPIED, number),),
            (press(words.label("Message the lister"), message.Act.WRITE, number),),
            (press(words.label("Back"), booking_view.Act.OPEN, number),),
        ),
    )


def ask_photo(words: Words, booking: Booking) -> Screen:
    text = words.say(
        "Send a photo of the car in your space, with its plate. I tell the lister and look for"
        " another space for you."
    )
    return _asking(words, booking, text)


def ask_plate(words: Words, booking: Booking) -> Screen:
    text = words.say("Thank you. What is on its plate? For example HEL-204")
    return _asking(words, booking, text)


def need_photo(words: Words, booking: Booking) -> Screen:
    return _asking(words, booking, words.say("I need a photo of the car first."))


def offered(words: Words, way: Way, away: Html, now: datetime) -> Screen:
    """What is held, or that there is nothing near; either way nothing is owed for the first."""
    number = written(way.booking.id)
    refund = press(words.label("Only the refund"), Act.REFUND, number)
    told = words.say("The lister has been told.")
    if way.held is None or way.space is None:
        nothing = words.say(
            "Nothing like it is free within 2 km. You can have it called off and owe nothing."
        )
        again = press(words.label("Look again"), Act.AGAIN, number)
        elsewhere = press(words.label("Find another"), find.Act.AGAIN, number)
        tell = press(words.label("Tell me"), Act.TELL, number)
        rows: Rows = ((refund, again), (tell, elsewhere))
        return Screen(paragraphs((told,), (nothing,)), rows=rows, card=CARD, where=Where.CARD)
    held = words.say(
        "Kept for you until {until}: {stay}, {away}, for {price}. You owe nothing for the"
        " other one then.",
        until=words.clock(way.held.expires_at or now, way.space.zone_info),
        stay=_stay(words, way.held, way.space, now),
        away=away,
        price=words.money(way.held.total),
    )
    longer = Html()
    if way.held.window.end > way.booking.window.end:
        least = words.length(way.held.window.length)
        longer = words.say("Stays last {length} or more, so it is longer than yours.", length=least)
    take = words.label("Take it · {price}", price=words.money(way.held.total))
    rows = ((press(take, Act.TAKE, f"{number}.{written(way.held.id)}"),), (refund,))
    return Screen(paragraphs((told,), (held, longer)), rows=rows, card=CARD, where=Where.CARD)


def ran_out(words: Words) -> Html:
    return words.say("The five minutes are over. This is what can be had now:")


def refunded(words: Words, booking: Booking, owed: Html) -> Screen:
    find_another = press(words.label("Find another"), find.Act.AGAIN, written(booking.id))
    listed = press(words.label("My bookings"), booking_view.Act.COMING)
    text = words.say("Called off. {owed}", owed=owed)
    return Screen(text, rows=((find_another, listed),), card=CARD)


def _asking(words: Words, booking: Booking, text: Html) -> Screen:
    back = press(words.label("Back"), booking_view.Act.OPEN, written(booking.id))
    return Screen(text, rows=((back,),), card=CARD)


def _stay(words: Words, booking: Booking, space: Space, now: datetime) -> Html:
    when = words.when(booking.window, space.zone_info, now)
    return Html(f"{bold(user_text(space.title))}, {when}")
