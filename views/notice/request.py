"""What became of a request."""

from datetime import datetime

from market.domain.booking import State
from market.domain.notice import Kind
from market.services.notices import Letter
from views.notice import parts
from views.words import Html, Words


def _approved(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The lister said yes: {title}, {when}, {price}. The booking shows how to get there.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
        price=words.money(letter.booking.total),
    )


def _declined(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The lister declined: {title}, {when}. You owe nothing.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
    )


def _expired(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": parts.title(words, letter), "when": parts.when(words, letter, now)}
    if letter.person.id == letter.booking.renter:
        return words.say(
            "The lister did not answer in time: {title}, {when}. You owe nothing.", **facts
        )
    return words.say(
        "A request ended because nobody answered it in time: {title}, {when}.", **facts
    )


def _withdrawn(words: Words, letter: Letter, now: datetime) -> Html:
    return words.say(
        "The renter asks no longer: {title}, {when}. It is free again.",
        title=parts.title(words, letter),
        when=parts.when(words, letter, now),
    )


def _answered(words: Words, letter: Letter, now: datetime) -> Html:
    facts = {"title": parts.title(words, letter), "when": parts.when(words, letter, now)}
    if letter.booking.state is State.DECLINED:
        return words.say("Another who looks after {title} has declined a request: {when}.", **facts)
    return words.say("Another who looks after {title} has accepted a request: {when}.", **facts)


TEXTS = {
    Kind.APPROVED: _approved,
    Kind.DECLINED: _declined,
    Kind.EXPIRED: _expired,
    Kind.WITHDRAWN: _withdrawn,
    Kind.ANSWERED: _answered,
}
