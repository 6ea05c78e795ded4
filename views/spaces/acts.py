"""What the cards of a lister's spaces have in common."""

from enum import StrEnum

from chat.buttons import Press
from chat.screen import Button, Screen
from market.domain.ids import SpaceId, written
from market.domain.space import Space
from views.words import Html, Words, bold, user_text

CARD = "spaces"


class Act(StrEnum):
    ALL = "s.all"
    OPEN = "s.open"
    PAUSE_ASK = "s.pask"
    PAUSE = "s.pause"
    RESUME = "s.resume"
    WORD = "s.word"
    EDIT = "s.edit"
    GROUP = "s.group"
    RULE = "s.rule"
    SET = "s.set"
    SURE = "s.sure"
    SAVE = "s.save"
    PHOTOS = "s.photos"
    ENTRANCE = "s.entry"
    DROP_PHOTO = "s.xphoto"
    PLACE = "s.place"
    NOTES = "s.notes"
    HOURS = "s.hours"
    CALENDAR = "s.cal"
    DAY = "s.day"
    BLOCK = "s.block"
    UNBLOCK = "s.unblock"
    DATES = "s.dates"
    BOOKINGS = "s.books"
    CANCEL_ASK = "s.cask"
    CANCEL = "s.cancel"
    EARNINGS = "s.earned"
    STICKER = "s.qr"
    COLISTERS = "s.co"
    INVITE = "s.invite"
    REMOVE = "s.xco"
    LEAVE_ASK = "s.lask"
    LEAVE = "s.leave"
    DELETE_ASK = "s.dask"
    DELETE = "s.delete"


def about(label: str, act: Act, space: SpaceId, version: int, rest: str = "") -> Button:
    """A button that names a space, and perhaps something after a dot."""
    id_ = f"{written(space)}.{rest}" if rest else written(space)
    return Button(label, Press(act, id_, version).pack())


def back(words: Words, space: SpaceId, version: int, act: Act = Act.OPEN) -> tuple[Button, ...]:
    return (about(words.label("Back"), act, space, version),)


def titled(space: Space, text: str) -> str:
    return f"{bold(user_text(space.title))}\n{text}"


def asking(words: Words, space: Space, version: int, text: Html, to: Act = Act.OPEN) -> Screen:
    """A question about a space, and the way out of it."""
    return Screen(titled(space, text), rows=(back(words, space.id, version, to),), card=CARD)
