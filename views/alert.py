"""Being told when a space can be had: what is waited for, and the message that it is there."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from chat.screen import Screen, Where
from market.domain.alert import Alert
from market.domain.ids import written
from market.domain.place import metres
from market.services.notices import Bulletin
from views import find
from views.layout import Rows, press
from views.words import Html, Words, bold, user_text


class Act(StrEnum):
    WITHDRAW = "a.no"


def noted(words: Words, alert: Alert, now: datetime) -> Html:
    """What follows ``Tell me``."""
    return words.say(
        "I will tell you, once, as soon as it can be had: {when}. /settings shows what you wait"
        " for.",
        when=_when(words, alert, now),
    )


def told(words: Words, bulletin: Bulletin, now: datetime) -> Screen:
    """A space that was waited for, as it can be had when this is sent."""
    alert, space = bulletin.alert, bulletin.space
    assert alert is not None
    assert space is not None
    away = metres(alert.point, space.public_point)
    text = words.say(
        "You asked me to tell you: {title} can be had {when}, {price}, {distance}.",
        title=bold(user_text(space.title)),
        when=_when(words, alert, now),
        price=words.money(space.tariff.price(alert.window.length)),
        distance=find.distance(words, away, space.country),
    )
    named = f"{written(alert.id)}.{written(space.id)}"
    rows = ((press(words.label("Show space"), find.Act.TOLD, named),),)
    return Screen(text, rows=rows, where=Where.ANEW)


def waited_for(words: Words, alert: Alert, now: datetime) -> str:
    """One line of a list."""
    place = alert.place or words.label("one place")
    return words.label("{place}, {when}", place=place, when=_when(words, alert, now))


def withdrawals(words: Words, alerts: Sequence[Alert], now: datetime, version: int) -> Rows:
    return tuple(
        (press(f"✕ {waited_for(words, alert, now)}", Act.WITHDRAW, written(alert.id), version),)
        for alert in alerts
    )


def _when(words: Words, alert: Alert, now: datetime) -> Html:
    return words.there(words.when(alert.window, ZoneInfo(alert.zone), now), alert.zone)
