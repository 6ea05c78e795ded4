"""Photos of the space: alone, in albums, late."""

from dataclasses import replace
from datetime import timedelta

from telegram import Update

from chat.context import END, End
from handlers.context import ParkContext
from handlers.listing.draft import Asking, Step, ask_next
from handlers.typed.photos import photo_of
from market.domain.errors import Invalid
from views import listing as view

ALBUM_WAIT = timedelta(seconds=1)
"""The parts of an album arrive one by one; after this much silence it is taken as complete."""


async def take_photo(_: Update, context: ParkContext) -> Step | None:
    """One picture, alone or out of an album; a late one joins whatever step we are at."""
    asking = context.draft_as(Asking)
    photo = photo_of(context)
    if photo is None:
        context.show(view.as_a_photo(context.words))
        return None
    refused = asking.refused
    try:
        await context.services.listing.add_photo(context.person.id, photo)
    except Invalid:
        refused = True
    album = bool(context.message and context.message.media_group_id)
    context.draft = replace(asking, album=album, refused=refused)
    context.wake_in(ALBUM_WAIT)
    return Step.PHOTOS if context.step in (None, Step.RESUME) else Step(context.step)


async def photos_arrived(_: Update, context: ParkContext) -> Step | End:
    """The wake-up after the last picture: an album is complete, single ones end with Done."""
    asking = context.draft_as(Asking)
    draft = await context.services.listing.draft(context.person.id)
    if draft is None or context.step is None:
        return END
    refused, context.draft = asking.refused, replace(asking, refused=False)
    if context.step == Step.PHOTOS and not asking.album:
        context.show(view.photos_so_far(context.words, draft, context.version, refused=refused))
        return Step.PHOTOS
    if context.step == Step.PHOTOS and draft.place is None:
        context.show(view.ask_place(context.words, draft, refused=refused))
        return Step.PLACE
    return await ask_next(context)


async def photos_done(_: Update, context: ParkContext) -> Step | End:
    draft = await context.services.listing.draft(context.person.id)
    if draft is None or not draft.photos:
        context.show(view.need_photos(context.words))
        return Step.PHOTOS
    return await ask_next(context)


async def need_photos(_: Update, context: ParkContext) -> Step:
    """Something else than a photo. Who has sent some already is told how to go on."""
    draft = await context.services.listing.draft(context.person.id)
    if draft is None or not draft.photos:
        context.show(view.need_photos(context.words))
    else:
        context.show(view.photos_so_far(context.words, draft, context.version, refused=False))
    return Step.PHOTOS


async def edit_photos(_: Update, context: ParkContext) -> Step:
    await context.services.listing.clear_photos(context.person.id)
    context.show(view.ask_photos(context.words, context.version))
    return Step.PHOTOS
