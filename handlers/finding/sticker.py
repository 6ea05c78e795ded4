"""The sticker at a space: who scans it decides what it does."""

from dataclasses import replace

from telegram import Update

from chat.context import Move
from handlers.bookings import show_booking
from handlers.context import ParkContext
from handlers.finding.draft import FindDraft, Step
from handlers.finding.results import new_search
from handlers.finding.space import show_space
from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import SpaceId, read_id
from market.domain.space import Space
from market.domain.stay import ARRIVAL_LEAD
from views import space as view


async def scanned(_: Update, context: ParkContext) -> Move:
    """``/start qr_<id>``: who has booked checks in; anybody else books, or reports a car."""
    number = read_id(context.payload.partition("_")[2])
    if number is None:
        raise NotFound("space")
    space = await context.services.finding.space(SpaceId(number))
    booking = await _current(context, space)
    if booking is not None:
        await show_booking(context, booking)
        return None
    draft = replace(await new_search(context, space.public_point, space.zone), space=space.id)
    await show_space(context, draft)
    context.show(view.at_the_sticker(context.words, space))
    context.draft = replace(context.draft_as(FindDraft), covered=True)
    return Step.CARD


async def _current(context: ParkContext, space: Space) -> Booking | None:
    """What the person has booked here, about now."""
    coming = await context.services.bookings.coming(context.person.id)
    here = [booking for booking in coming if booking.space == space.id]
    soonest = here[0] if here else None
    if soonest is None or not soonest.stands(context.now):
        return None
    return soonest if soonest.window.start <= context.now + ARRIVAL_LEAD else None
