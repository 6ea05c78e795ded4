"""A person's rights to their data, in words."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Keyboard, Screen, Where
from market.domain.money import Money
from market.services.rights import Leaving
from views.layout import press
from views.words import Html, Words, paragraphs

SHOWN = 10
"""Bookings that are named one by one."""


class Act(StrEnum):
    EXPORT = "d.export"
    ERASE = "d.erase"
    KEEP = "d.keep"


def exporting(words: Words, *, already: bool) -> Screen:
    if already:
        return Screen(words.say("It is on its way already; give me a minute."))
    return Screen(
        words.say("I put everything together that is kept of you, and send it here as a file.")
    )


def export(words: Words, part: int, parts: int) -> Html:
    """What comes with the file."""
    if parts == 1:
        return words.say("Everything that is kept of you: data.json, and your photos.")
    return words.say(
        "Everything that is kept of you, part {part} of {parts}.", part=part, parts=parts
    )


def ask(words: Words, leaving: Leaving, now: datetime, *, changed: bool = False) -> Screen:
    """What will end, and what that costs, before the tap that does it."""
    intro = words.say(
        "<b>Delete everything?</b>\n"
        "Your name, vehicles, spaces, photos, messages and reviews' words are erased at once,"
        " and cannot be brought back. Bookings of others stay, without you in them."
    )
    again = words.say("Something has changed meanwhile; this is how it is now.")
    text = paragraphs(
        (again if changed else "",),
        (intro,),
        (*_rented(words, leaving, now), *_let(words, leaving)),
    )
    return Screen(
        text,
        rows=(
            (press(words.label("Delete everything"), Act.ERASE, leaving.agreed),),
            (
                press(words.label("Export first"), Act.EXPORT),
                press(words.label("Keep my account"), Act.KEEP),
            ),
        ),
        where=Where.ANEW,
    )


def kept(words: Words) -> Screen:
    return Screen(words.say("Nothing was deleted."))


def goodbye(words: Words) -> Screen:
    return Screen(
        words.say("You are erased. Should you come back one day, /start begins anew."),
        keyboard=Keyboard(()),
        where=Where.ANEW,
    )


def _rented(words: Words, leaving: Leaving, now: datetime) -> list[Html]:
    if not leaving.rented:
        return []
    lines = [words.say("Your bookings ahead are cancelled:")]
    for booking, owed in leaving.rented[:SHOWN]:
        when = words.moment(booking.window.start, ZoneInfo(words.zone), now)
        lines.append(_ends(words, when, owed))
    if len(leaving.rented) > SHOWN:
        lines.append(words.say("· and {n} more", n=len(leaving.rented) - SHOWN))
    return lines


def _ends(words: Words, when: Html, owed: Money) -> Html:
    if owed.minor > 0:
        return words.say("· {when}: you will owe {owed}", when=when, owed=words.money(owed))
    if owed.minor < 0:
        back = words.money(Money(-owed.minor, owed.currency))
        return words.say("· {when}: the lister will owe you {sum} back", when=when, sum=back)
    return words.say("· {when}: you will owe nothing", when=when)


def _let(words: Words, leaving: Leaving) -> list[Html]:
    if not leaving.let:
        return []
    return [
        words.count(
            "{n} booking at your spaces is cancelled; its renter owes nothing, and is told.",
            "{n} bookings at your spaces are cancelled; their renters owe nothing, and are told.",
            len(leaving.let),
        )
    ]
