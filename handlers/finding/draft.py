"""What the card is about: the one draft of the conversation, and the steps it has."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from telegram import Update

from chat.context import Callback, Move
from chat.screen import Screen, Where
from handlers.context import ParkContext
from market.domain.errors import NotFound
from market.domain.ids import SpaceId, read_id
from market.domain.place import Point
from market.domain.quote import START_GRACE
from market.domain.window import Window, rounded_up
from views import find
from views.time import Chip

FLOW = "find"


class Step(StrEnum):
    PLACE = "place"
    """A place is asked for."""
    PLACE_FOR_INLINE = "place_for_inline"
    """The same, for somebody who came from an inline query and goes back to it."""
    CARD = "card"
    """A card is open: results or one space. Texts are times, locations are new searches."""
    PLATE = "plate"
    """A number plate is asked for."""
    SIZE = "size"
    """The size of a vehicle is asked for."""
    NAME = "name"
    """A name for the place of the search is asked for."""


@dataclass(frozen=True, slots=True)
class Live:
    """The live location that began a search, and that its results follow."""

    message: int
    until: datetime | None = None
    """When sharing runs out by itself; None where it has to be stopped."""
    over: bool = False
    print: int = 0
    """Of the results as they were shown last; 0 while the card shows something else."""
    shown_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    @property
    def follows(self) -> bool:
        """Whether the card shows results that have to be kept fresh."""
        return bool(self.print) and not self.over


@dataclass(frozen=True, slots=True)
class FindDraft:
    """A search, and the space that is open on its card."""

    place: Point
    zone: str
    window: Window
    searched_at: datetime
    present: str = Chip.TWO
    """The chip that made the window, if one did."""
    skip: int = 0
    name: str = ""
    """What the place is called, where it was not sent but typed or chosen."""
    elsewhere: bool = False
    """Whether the place lies in another zone than the person was in before."""
    space: SpaceId | None = None
    plate: str | None = None
    """What the renter answered for the open space."""
    covered: bool = False
    """Whether other messages came after the card, so that an edit of it would go unseen."""

    live: Live | None = None

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def at(self, now: datetime) -> "FindDraft":
        """The same search, from now on if its time has begun."""
        if self.window.start >= now - START_GRACE:
            return self
        return replace(self, window=Window.lasting(rounded_up(now), self.window.length), skip=0)


CardHandler: TypeAlias = Callable[[ParkContext, FindDraft], Awaitable[Move]]


def on_card(handler: CardHandler) -> Callback[ParkContext]:
    """For what needs an open card; without one it is said that the search is over."""

    async def run(_: Update, context: ParkContext) -> Move:
        if context.draft is None:
            context.show(find.over(context.words))
            return None
        return await handler(context, context.draft_as(FindDraft).at(context.now))

    return run


def show_card(context: ParkContext, draft: FindDraft, screen: Screen) -> Move:
    """Show the card with its draft: in place, or anew where an edit would go unseen.

    Who has just written looks below their own words, not at what changed above them.
    """
    pressed = context.update.callback_query is not None
    wrote = context.update.message is not None
    where = Where.ANEW if draft.covered or wrote else Where.CARD
    live = draft.live and replace(draft.live, print=0)
    context.draft = replace(draft, covered=False, live=live)
    context.show(screen if pressed else replace(screen, where=where))
    return Step.CARD if context.active in (None, FLOW) else None


def cover(context: ParkContext, draft: FindDraft, screen: Screen) -> None:
    """Show something below the card, which stays as it is."""
    context.draft = replace(draft, covered=True)
    context.show(screen)


def pressed_id(context: ParkContext) -> int:
    """The id that a button carries. Raises NotFound for what we never wrote."""
    number = read_id(context.press.id) if context.press else None
    if number is None:
        raise NotFound("button")
    return number
