"""The steps of the conversation, what it remembers, and what it asks for next."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update

from chat.context import End
from handlers.context import ParkContext
from market.domain.money import usual_hour
from market.domain.place import Address
from market.domain.space import Draft
from views import listing as view

FLOW = "listing"


class Step(StrEnum):
    RESUME = "resume"
    PHOTOS = "photos"
    PLACE = "place"
    BAY = "bay"
    PRICE = "price"
    TITLE = "title"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Asking:
    """What the conversation remembers beside the draft, which is the market's."""

    album: bool = False
    refused: bool = False
    editing: bool = False
    choices: tuple[Address, ...] = ()
    """What a typed address may mean."""


async def restart(_: Update, context: ParkContext) -> Step:
    await context.services.listing.begin(context.person.id)
    context.draft = Asking()
    context.show(view.ask_photos(context.words, context.version))
    return Step.PHOTOS


async def ask_next(context: ParkContext) -> Step | End:
    """Ask for the first thing that the draft lacks; show the preview when it lacks nothing."""
    words, listing = context.words, context.services.listing
    draft = await listing.draft(context.person.id) or Draft()
    if not draft.photos:
        context.show(view.ask_photos(words, context.version))
        return Step.PHOTOS
    if draft.place is None:
        context.show(view.ask_place(words, draft))
        return Step.PLACE
    if draft.hour_price is None:
        context.show(view.ask_price(words, draft, usual_hour(draft.currency)))
        return Step.PRICE
    if not draft.title:
        context.show(view.ask_title(words, draft))
        return Step.TITLE
    space = await listing.preview(context.person.id)
    photos = await listing.photos(draft)
    context.show(view.preview(words, space, photos, context.version))
    return Step.PREVIEW
