"""Reviews: stars by a tap, then a sentence for whoever likes to write one."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import Handler, on_text, otherwise
from handlers.context import ParkContext
from handlers.pressed import pressed_id, pressed_rest
from handlers.typed.control import saying
from market.domain.errors import Invalid
from market.domain.ids import BookingId, SpaceId
from views import menu
from views import review as view
from views.errors import explain
from views.review import Act

PATIENCE = timedelta(minutes=15)
"""Stars count without a sentence when none came for so long."""


class Step(StrEnum):
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Rated:
    """Stars that were tapped, while a sentence may follow."""

    booking: BookingId
    stars: int


async def ask(_: Update, context: ParkContext) -> None:
    """From the card of a stay that is over."""
    bookings = context.services.bookings
    booking = await bookings.get(context.person.id, BookingId(pressed_id(context)))
    spaces = await bookings.spaces_of([booking])
    if (space := spaces.get(booking.space)) is not None:
        context.show(view.prompt(context.words, booking, space, context.person.id))


async def rate(_: Update, context: ParkContext) -> Step:
    booking_id, stars = BookingId(pressed_id(context)), pressed_rest(context)
    if context.draft and context.draft.booking != booking_id:
        await _give(context)
    tapped = Rated(booking_id, int(stars) if stars.isdecimal() and len(stars) < 3 else 0)
    booking = await context.services.reviews.check(context.person.id, booking_id, tapped.stars)
    context.draft = tapped
    context.wake_in(PATIENCE)
    context.show(view.ask_comment(context.words, booking, tapped.stars))
    return Step.COMMENT


async def comment(_: Update, context: ParkContext) -> Step | End:
    try:
        await _give(context, context.text)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.COMMENT
    return END


async def need_comment(_: Update, context: ParkContext) -> Step:
    context.show(view.need_comment(context.words))
    return Step.COMMENT


async def skip(_: Update, context: ParkContext) -> End:
    """Also by a tap on an older message: the stars of the present one count."""
    if context.draft:
        await _give(context)
    elif context.press:
        context.show(menu.stale(context.words))
    return END


async def show_list(_: Update, context: ParkContext) -> None:
    space = await context.services.finding.space(SpaceId(pressed_id(context)))
    reviews = await context.services.reviews.of_space(space.id)
    context.show(view.listed(context.words, space, reviews, context.now))


async def _give(context: ParkContext, text: str = "") -> None:
    rated = context.draft_as(Rated)
    reviews = context.services.reviews
    review, both = await reviews.write(context.person.id, rated.booking, rated.stars, text)
    context.show(view.thanks(context.words, review, both=both))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="reviews",
    draft=Rated,
    states={
        Step.COMMENT: [
            Handler(saying("skip"), skip),
            on_text(".+", comment),
            otherwise(need_comment),
        ]
    },
    presses={Act.ASK: ask, Act.STARS: rate, Act.SKIP: skip, Act.LIST: show_list},
    on_wake=skip,
)
