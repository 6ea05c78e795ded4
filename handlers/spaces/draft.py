"""Which space the person is busy with, and where in its questions they are."""

from dataclasses import dataclass
from enum import StrEnum

from chat.context import END, End
from handlers.context import ParkContext
from handlers.pressed import pressed_id, pressed_rest
from market.domain.errors import NotFound
from market.domain.ids import SpaceId
from market.domain.space import Space
from views.spaces import card
from views.spaces.questions import Rule

FLOW = "spaces"


class Step(StrEnum):
    RULE = "rule"
    PHOTOS = "photos"
    PLACE = "place"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Editing:
    """The space that is typed about, and the rule, with an answer that waits to be saved."""

    space: SpaceId
    rule: str = ""
    answer: str = ""
    entrance: bool = False


def pressed_space(context: ParkContext) -> SpaceId:
    return SpaceId(pressed_id(context))


def pressed_rule(context: ParkContext) -> Rule:
    """The rule on the button, before what follows it."""
    named = pressed_rest(context).partition(".")[0]
    if named not in tuple(Rule):
        raise NotFound("button")
    return Rule(named)


def editing(context: ParkContext) -> Editing:
    """Raises NotFound when nothing is being edited any more."""
    if context.draft is None:
        raise NotFound("space")
    draft = context.draft
    assert isinstance(draft, Editing)
    return draft


async def edited(context: ParkContext) -> Space:
    return await context.services.spaces.own(context.person.id, editing(context).space)


async def show_space(context: ParkContext, space: Space) -> End:
    bookings, person = context.services.bookings, context.person.id
    ahead = await bookings.ahead_of_space(person, space.id)
    context.show(card.card(context.words, space, ahead, person, context.now, context.version))
    return END
