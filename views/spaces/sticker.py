"""The sticker of a space: to look at, and to print."""

from chat.screen import Document, Photo, Screen, Where
from market.domain.ids import written
from market.domain.space import Space
from views.drawn import Sticker
from views.spaces.acts import CARD, back, titled
from views.words import Words


def sticker(words: Words, space: Space, bot: str, version: int) -> tuple[Screen, ...]:
    id_ = written(space.id)
    drawn = Sticker(
        link=f"https://t.me/{bot}?start=qr_{id_}",
        head="Park Place",
        lines=(
            words.label("Scan to book this space"),
            words.label("Booked already? Scan to check in"),
            words.label("A wrong car here? Scan to report it"),
        ),
        foot=id_,
    )
    text = words.say(
        "Print it and put it up at the space. Who scans it can book; who has booked checks in;"
        " anybody can report a car that should not be there."
    )
    name = f"parkplace-{id_}.pdf"
    page = Document(name, "", "application/pdf", key=drawn.page)
    rows = (back(words, space.id, version),)
    return (
        Screen(photos=(Photo(key=drawn.key),), where=Where.ANEW),
        Screen(document=page, where=Where.ANEW),
        Screen(titled(space, text), rows=rows, where=Where.ANEW, card=CARD),
    )
