"""What a lister reads in the morning."""

from datetime import datetime
from zoneinfo import ZoneInfo

from chat.screen import Screen, Where
from market.domain.booking import Booking
from market.domain.digest import Digest
from market.domain.ids import written
from market.domain.space import Space
from views import hosting
from views.layout import Rows, press
from views.words import Html, Words, paragraphs, user_text

SHOWN = 8
"""Stays that are named; the others are counted."""
ANSWERED = 3
"""Requests that get a button."""


def screen(words: Words, digest: Digest, now: datetime) -> Screen:
    text = paragraphs(
        _coming(words, digest, now),
        (_earned(words, digest),),
        (_requests(words, digest),),
    )
    return Screen(text, rows=_rows(words, digest, now), where=Where.ANEW)


def _coming(words: Words, digest: Digest, now: datetime) -> list[Html]:
    if not digest.coming:
        return [words.say("Good morning. Nobody is booked to come today.")]
    more = len(digest.coming) - SHOWN
    lines = [_stay(words, booking, space, now) for booking, space in digest.coming[:SHOWN]]
    if more > 0:
        lines.append(words.count("and {n} more", "and {n} more", more))
    return [words.say("Good morning. <b>Today</b>"), *lines]


def _stay(words: Words, booking: Booking, space: Space, now: datetime) -> Html:
    facts = {
        "title": user_text(space.title),
        "when": words.there(words.when(booking.window, space.zone_info, now), space.zone),
    }
    if booking.plate is None:
        return words.say("{when}: {title}", **facts)
    return words.say("{when}: {title}, {plate}", plate=booking.plate, **facts)


def _earned(words: Words, digest: Digest) -> Html:
    if not digest.stays:
        return Html()
    return words.count(
        "Yesterday {n} stay ended: {earned}.",
        "Yesterday {n} stays ended: {earned}.",
        digest.stays,
        earned=" + ".join(map(words.money, digest.earned)),
    )


def _requests(words: Words, digest: Digest) -> Html:
    if not digest.requests:
        return Html()
    return words.count(
        "{n} request waits for your answer.",
        "{n} requests wait for your answer.",
        len(digest.requests),
    )


def _rows(words: Words, digest: Digest, now: datetime) -> Rows:
    return tuple(
        (press(_asked(words, request, now), hosting.Act.OPEN, written(request.id)),)
        for request in digest.requests[:ANSWERED]
    )


def _asked(words: Words, request: Booking, now: datetime) -> str:
    return words.label(
        "Request: {when}", when=words.when(request.window, ZoneInfo(words.zone), now)
    )
