"""The pictures of a space: those that everybody sees, and those of the way in."""

from telegram import Update

from chat.context import END, End
from handlers.context import ParkContext
from handlers.listing.photos import ALBUM_WAIT
from handlers.pressed import pressed_id
from handlers.spaces.draft import Editing, Step, edited, editing, pressed_space
from handlers.typed.photos import photo_of
from market.domain.errors import Invalid
from market.domain.ids import PhotoId
from market.domain.space import Space
from views import listing as listing_view
from views.spaces import photos as view


async def listing_photos(_: Update, context: ParkContext) -> Step:
    return await _begin(context, entrance=False)


async def entrance_photos(_: Update, context: ParkContext) -> Step:
    return await _begin(context, entrance=True)


async def add(_: Update, context: ParkContext) -> Step:
    photo = photo_of(context)
    if photo is None:
        context.show(listing_view.as_a_photo(context.words))
        return Step.PHOTOS
    draft = editing(context)
    try:
        await context.services.spaces.add_photo(
            context.person.id, draft.space, photo, entrance=draft.entrance
        )
    except Invalid:
        await _show(context, await edited(context), full=True)
        return Step.PHOTOS
    context.wake_in(ALBUM_WAIT)
    return Step.PHOTOS


async def arrived(_: Update, context: ParkContext) -> Step | End:
    """The wake-up after the last picture."""
    if context.step != Step.PHOTOS or context.draft is None:
        return END
    await _show(context, await edited(context))
    return Step.PHOTOS


async def remove(_: Update, context: ParkContext) -> Step:
    photo, draft = PhotoId(pressed_id(context)), editing(context)
    space = await context.services.spaces.remove_photo(context.person.id, draft.space, photo)
    await _show(context, space)
    return Step.PHOTOS


async def need_photo(_: Update, context: ParkContext) -> Step:
    context.show(view.need_photo(context.words, await edited(context), context.version))
    return Step.PHOTOS


async def _begin(context: ParkContext, *, entrance: bool) -> Step:
    space = await context.services.spaces.own(context.person.id, pressed_space(context))
    context.draft = Editing(space.id, entrance=entrance)
    await _show(context, space)
    return Step.PHOTOS


async def _show(context: ParkContext, space: Space, *, full: bool = False) -> None:
    entrance = editing(context).entrance
    stored = await context.services.spaces.photos(space.entrance if entrance else space.photos)
    context.show(
        view.photos(context.words, space, stored, context.version, entrance=entrance, full=full)
    )
