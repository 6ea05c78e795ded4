"""Who else looks after a space."""

from collections.abc import Sequence
from datetime import datetime

from chat.screen import Button, Screen, Where
from market.domain.colister import Invitation
from market.domain.ids import written
from market.domain.person import Person
from market.domain.space import Space
from views.layout import grid
from views.spaces.acts import CARD, Act, about, back, titled
from views.words import Html, Words, bold, user_text


def colisters(words: Words, space: Space, people: Sequence[Person], version: int) -> Screen:
    lines = [
        words.say(
            "Co-listers see and answer bookings, block dates and pause. They cannot change, price,"
            " invite or delete anything."
        )
    ]
    lines += [Html(f"{n}  {_name(words, it)}") for n, it in enumerate(people, 1)]
    removals = [
        about(words.label("Remove {n}", n=n), Act.REMOVE, space.id, version, written(it.id))
        for n, it in enumerate(people, 1)
    ]
    invite = about(words.label("Invite"), Act.INVITE, space.id, version)
    return Screen(
        titled(space, "\n".join(lines)),
        rows=(*grid(removals, 2), (invite, *back(words, space.id, version))),
        card=CARD,
    )


def invitation(
    words: Words, space: Space, invitation: Invitation, bot: str, now: datetime, version: int
) -> Screen:
    link = f"https://t.me/{bot}?start=colist_{written(invitation.id)}"
    text = words.say(
        "Send this link to one person. It works once, until {until}:\n{link}",
        until=words.moment(invitation.expires_at, space.zone_info, now),
        link=link,
    )
    copy = Button(words.label("Copy link"), copy=link)
    rows = ((copy, *back(words, space.id, version, Act.COLISTERS)),)
    return Screen(titled(space, text), rows=rows, card=CARD)


def joined(words: Words, space: Space) -> Screen:
    text = words.say(
        "You look after {title} now: you see and answer its bookings, block dates and pause it."
        " 🏠 My spaces shows it.",
        title=bold(user_text(space.title)),
    )
    show = about(words.label("Show space"), Act.OPEN, space.id, 0)
    return Screen(text, rows=((show,),), where=Where.ANEW)


def _name(words: Words, person: Person) -> Html:
    return user_text(person.name) if person.name else words.say("no name yet")
