"""The pictures of a space: those that everybody sees, and those of the way in."""

from collections.abc import Sequence

from chat.buttons import Press
from chat.screen import Button, Screen, Where
from market.domain.ids import PhotoId, written
from market.domain.space import MAX_PHOTOS, Space
from market.ports.photos import StoredPhoto
from views.layout import grid
from views.listing import shown
from views.spaces.acts import CARD, Act, asking, back, titled
from views.words import Words


def photos(
    words: Words,
    space: Space,
    stored: Sequence[StoredPhoto],
    version: int,
    *,
    entrance: bool,
    full: bool = False,
) -> Screen:
    many = words.count("{n} photo.", "{n} photos.", len(stored))
    if entrance:
        many = words.count(
            "{n} photo of the way in, for booked renters alone.",
            "{n} photos of the way in, for booked renters alone.",
            len(stored),
        )
    more = words.say("Send more, or tap one to remove it.")
    if not stored:
        more = words.say("Send some.")
    if full or len(stored) >= MAX_PHOTOS:
        more = words.say("{limit} is the most. Tap one to remove it.", limit=MAX_PHOTOS)
    removals = [_removal(words, n, photo.id, version) for n, photo in enumerate(stored, 1)]
    return Screen(
        titled(space, f"{many} {more}"),
        photos=tuple(shown(photo) for photo in stored),
        rows=(*grid(removals, 3), back(words, space.id, version, Act.EDIT)),
        where=Where.ANEW,
        card=CARD,
    )


def need_photo(words: Words, space: Space, version: int) -> Screen:
    text = words.say("Send a photo of the space, or go back.")
    return asking(words, space, version, text, Act.EDIT)


def _removal(words: Words, n: int, photo: PhotoId, version: int) -> Button:
    return Button(
        words.label("Remove {n}", n=n), Press(Act.DROP_PHOTO, written(photo), version).pack()
    )
