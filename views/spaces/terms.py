"""How a space is booked, in one line."""

from market.domain.refund import Policy
from market.domain.space import Approval, Space
from views.spaces.hours import hours
from views.words import Html, Words


def terms(words: Words, space: Space) -> Html:
    """Open always · instant · moderate cancellation · place shown approximately"""
    place = (
        words.say("place shown exactly")
        if space.shows_place
        else words.say("place shown approximately, 30 to 80 m from the true one")
    )
    parts = (
        words.say("Open {hours}", hours=hours(words, space.schedule)),
        Html(approval(words, space.approval)),
        words.say("{policy} cancellation", policy=policy(words, space.policy)),
        place,
    )
    return Html(" · ".join(parts))


def approval(words: Words, chosen: Approval) -> str:
    return {
        Approval.INSTANT: words.label("instant"),
        Approval.REQUEST: words.label("by request"),
        Approval.FIRST_FIVE: words.label("first five by request"),
    }[chosen]


def policy(words: Words, chosen: Policy) -> str:
    return {
        Policy.FLEXIBLE: words.label("flexible"),
        Policy.MODERATE: words.label("moderate"),
        Policy.STRICT: words.label("strict"),
    }[chosen]
