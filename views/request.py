"""Requests, as their lister is asked and both sides hear of the end."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from chat.screen import Button, Screen, Where
from market.domain.booking import Booking, State
from market.domain.ids import written
from market.domain.space import Space
from views import booking as booking_view
from views import message, standing
from views.layout import press
from views.spaces import Act as Spaces
from views.words import Html, Words, bold, paragraphs, sentence, user_text


class Act(StrEnum):
    """Their buttons never go out of date: each names its request, and the first word counts."""

    YES = "r.yes"
    NO = "r.no"
    WITHDRAW = "r.draw"


def sent(words: Words, booking: Booking, space: Space, now: datetime) -> Screen:
    """To the renter: it is asked for, and kept until it is answered."""
    head = words.say(
        "<b>Asked.</b> {title}, {when}, {price}.",
        title=user_text(space.title),
        when=words.when(booking.window, space.zone_info, now),
        price=words.money(booking.total),
    )
    return Screen(
        paragraphs((head,), (standing.waits(words, booking, space.zone_info, now),)),
        rows=(
            (standing.withdraw(words, booking),),
            (press(words.label("My bookings"), booking_view.Act.COMING),),
        ),
    )


def sure_to_withdraw(words: Words, booking: Booking, space: Space, now: datetime) -> Screen:
    text = words.say(
        "Withdraw your request for {stay}? You owe nothing.", stay=_stay(words, booking, space, now)
    )
    return Screen(
        text,
        rows=(
            (
                press(words.label("Confirm"), Act.WITHDRAW, written(booking.id)),
                press(words.label("Back"), booking_view.Act.OPEN, written(booking.id)),
            ),
        ),
    )


def asked(
    words: Words, booking: Booking, space: Space, now: datetime, about: Sequence[str] = ()
) -> Screen:
    """To the lister: one request, with what is known of its renter and both answers."""
    until = words.until(booking.expires_at or now, space.zone_info, now)
    answer = words.say("Please answer by {until}: tap, or write yes or no.", until=until)
    return Screen(
        f"{_request(words, booking, space, now, about)}\n{answer}",
        rows=(
            answers(words, booking),
            (press(words.label("Message"), message.Act.WRITE, written(booking.id)),),
        ),
        where=Where.ANEW,
    )


def asked_by_mail(
    words: Words, booking: Booking, space: Space, now: datetime, about: Sequence[str] = ()
) -> str:
    """The same in a letter, which nobody reads the answer to."""
    until = words.until(booking.expires_at or now, space.zone_info, now)
    answer = words.say("Please answer by {until}.", until=until)
    return f"{_request(words, booking, space, now, about)}\n{answer}"


def answers(words: Words, booking: Booking) -> tuple[Button, Button]:
    return (
        press(words.label("Yes"), Act.YES, written(booking.id)),
        press(words.label("No"), Act.NO, written(booking.id)),
    )


def answered(
    words: Words, booking: Booking, space: Space, now: datetime, *, before: bool = False
) -> Screen:
    """To whoever answers: what has become of it, also when it had ended ``before`` that."""
    unanswered = words.say("Nobody answered in time; it has ended.")
    became = {
        State.REQUESTED: unanswered,
        State.EXPIRED: unanswered,
        State.BOOKED: words.say("Confirmed. The renter has been told."),
        State.DECLINED: words.say("Declined. The renter has been told, and the time is free."),
        State.WITHDRAWN: words.say("The renter has withdrawn it."),
    }
    ended = words.say("It has ended meanwhile.")
    outcome = became.get(booking.state, ended)
    if before and booking.state in (State.BOOKED, State.DECLINED):
        outcome = words.say("It was answered already. {outcome}", outcome=outcome)
    listed = press(words.label("Show bookings"), Spaces.BOOKINGS, written(space.id))
    stay = sentence(_stay(words, booking, space, now))
    return Screen(paragraphs((stay, outcome)), rows=((listed,),))


def withdrawn(words: Words, booking: Booking, space: Space, now: datetime) -> Screen:
    return Screen(
        words.say("Withdrawn: {stay}. You owe nothing.", stay=_stay(words, booking, space, now)),
        rows=((press(words.label("My bookings"), booking_view.Act.COMING),),),
    )


def _request(
    words: Words, booking: Booking, space: Space, now: datetime, about: Sequence[str]
) -> Html:
    facts = [words.money(booking.total), booking.plate or "", *about]
    return words.say(
        "Request: {stay}, {facts}",
        stay=_stay(words, booking, space, now),
        facts=Html(" · ".join(filter(None, facts))),
    )


def _stay(words: Words, booking: Booking, space: Space, now: datetime) -> Html:
    when = words.there(words.when(booking.window, space.zone_info, now), space.zone)
    title = bold(user_text(space.title)) if space.title else words.say("a space that is gone")
    return Html(f"{title}, {when}")
