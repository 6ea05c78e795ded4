"""That there is a booking, or none any more."""

from datetime import datetime

from market.domain.notice import Kind
from market.services.notices import Letter
from views import hosting, standing
from views.notice import parts
from views.words import Html, Words, user_text


def _booked(words: Words, letter: Letter, now: datetime) -> Html:
    booking = letter.booking
    facts = [words.money(booking.total), booking.plate or "", *parts.renter_stars(words, letter)]
    return words.say(
        "New booking: {title}, {when}, {facts}",
        title=user_text(letter.space.title),
        when=parts.when(words, letter, now),
        facts=" · ".join(filter(None, facts)),
    )


def _cancelled(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": parts.title(words, letter), "when": parts.when(words, letter, now)}
    due = parts.due(letter)
    paid = due is not None and due.minor < 0
    if letter.person.id == letter.booking.renter:
        text = words.say(
            "Your booking was cancelled by the lister: {title}, {when}. You owe nothing.",
            **facts,
        )
        return Html(f"{text} {standing.owed(words, due)}") if paid else text
    if due is not None and due.minor > 0:
        return words.say(
            "Cancelled by the renter: {title}, {when}. It is free again; the renter still owes you"
            " {kept}.",
            kept=words.money(due),
            **facts,
        )
    text = words.say("Cancelled by the renter: {title}, {when}. It is free again.", **facts)
    return Html(f"{text} {hosting.owed(words, due)}") if paid else text


def _called_off(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": parts.title(words, letter), "when": parts.when(words, letter, now)}
    if letter.person.id == letter.booking.renter:
        return words.say(
            "Your booking cannot take place: {title}, {when}. You owe nothing.", **facts
        )
    return words.say("A booking was called off by the operator: {title}, {when}.", **facts)


TEXTS = {Kind.BOOKED: _booked, Kind.CANCELLED: _cancelled, Kind.CALLED_OFF: _called_off}
