"""Joining an account that was made elsewhere with the person in this chat."""

from enum import StrEnum

from chat.buttons import Press
from chat.screen import Button, Screen
from market.domain.account import Account
from views.words import Words

CARD = "link"


class Act(StrEnum):
    JOIN = "l.join"
    LEAVE = "l.leave"


def ask(words: Words, account: Account, code: str, version: int) -> Screen:
    """Whoever made the code signs in as this person afterwards, so it has to be their own."""
    return Screen(
        words.say(
            "Join this chat with the account of {email}?\n\n"
            "Its spaces and bookings come here, and whoever signs in with that address acts as"
            " you. If somebody sent you this link, the account is theirs: do not join it.",
            email=masked(account.email or ""),
        ),
        rows=(
            (
                Button(words.label("Join"), Press(Act.JOIN, code, version).pack()),
                Button(words.label("It is not mine"), Press(Act.LEAVE, "", version).pack()),
            ),
        ),
        card=CARD,
    )


def joined(words: Words) -> Screen:
    return Screen(words.say("Joined. You have one account now, here and elsewhere."), card=CARD)


def left(words: Words) -> Screen:
    return Screen(words.say("Nothing was joined."), card=CARD)


def masked(email: str) -> str:
    """Enough to know one's own address by, and not enough to learn another's."""
    name, _, host = email.partition("@")
    return f"{name[:1]}…@{host}"
