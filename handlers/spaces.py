"""My spaces: the list, and one space with what its lister can do to it."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import command, deep_link, on_label, on_photo, on_text, otherwise
from handlers.context import ParkContext
from handlers.listing import ALBUM_WAIT
from handlers.typed.photos import photo_of
from handlers.typed.prices import read_price
from market.domain.errors import BookingsAhead, Invalid
from market.domain.ids import BookingId, PhotoId, SpaceId, read_id
from market.domain.money import Money, absurd, usual_hour
from market.domain.space import Space
from views import listing as listing_view
from views import menu
from views import spaces as view
from views.spaces import Act


class Step(StrEnum):
    TITLE = "title"
    PRICE = "price"
    NOTES = "notes"
    PHOTOS = "photos"


@dataclass
class Editing:
    """Which space the person is typing about."""

    space: SpaceId


async def overview(_: Update, context: ParkContext) -> End:
    spaces = await context.services.spaces.mine(context.person.id)
    if spaces:
        context.show(view.overview(context.words, spaces, context.version))
    else:
        context.show(view.none_yet(context.words))
    return END


async def open_space(_: Update, context: ParkContext) -> End:
    return await _show(context, await _pressed(context))


async def pause(_: Update, context: ParkContext) -> End:
    space = await context.services.spaces.pause(context.person.id, _pressed_id(context))
    return await _show(context, space)


async def resume(_: Update, context: ParkContext) -> End:
    space = await context.services.spaces.resume(context.person.id, _pressed_id(context))
    return await _show(context, space)


async def ask_title(_: Update, context: ParkContext) -> Step:
    space = await _edit(context)
    context.show(view.ask_title(context.words, space, context.version))
    return Step.TITLE


async def type_title(_: Update, context: ParkContext) -> Step | End:
    title = " ".join(context.text.split())
    try:
        space = await context.services.spaces.rename(context.person.id, _editing(context), title)
    except Invalid:
        context.show(listing_view.need_title(context.words))
        return Step.TITLE
    return await _show(context, space)


async def ask_price(_: Update, context: ParkContext) -> Step:
    space = await _edit(context)
    context.show(view.ask_price(context.words, space, context.version))
    return Step.PRICE


async def type_price(_: Update, context: ParkContext) -> Step | End:
    space = await _edited(context)
    currency = space.tariff.hour.currency
    try:
        price = Money(read_price(context.text, currency), currency)
        if absurd(price):
            context.show(view.sure_of_price(context.words, space, price, context.version))
            return Step.PRICE
        space = await context.services.spaces.reprice(context.person.id, space.id, price)
    except Invalid as refusal:
        context.show(listing_view.price_refused(context.words, refusal, usual_hour(currency)))
        return Step.PRICE
    return await _show(context, space)


async def sure_of_price(_: Update, context: ParkContext) -> End:
    space = await _edited(context)
    price = Money(int(context.press.id) if context.press else 0, space.tariff.hour.currency)
    repriced = await context.services.spaces.reprice(context.person.id, space.id, price)
    return await _show(context, repriced)


async def ask_notes(_: Update, context: ParkContext) -> Step:
    space = await _edit(context)
    context.show(view.ask_notes(context.words, space, context.version))
    return Step.NOTES


async def type_notes(_: Update, context: ParkContext) -> End:
    """Overlong notes are refused in words by the error's own screen."""
    spaces = context.services.spaces
    return await _show(
        context, await spaces.note(context.person.id, _editing(context), context.text)
    )


async def no_notes(_: Update, context: ParkContext) -> End:
    space = await context.services.spaces.note(context.person.id, _pressed_id(context), "")
    return await _show(context, space)


async def photos(_: Update, context: ParkContext) -> Step:
    space = await _edit(context)
    await _show_photos(context, space)
    return Step.PHOTOS


async def add_photo(_: Update, context: ParkContext) -> Step:
    photo = photo_of(context)
    if photo is None:
        context.show(listing_view.as_a_photo(context.words))
        return Step.PHOTOS
    try:
        await context.services.spaces.add_photo(context.person.id, _editing(context), photo)
    except Invalid:
        await _show_photos(context, await _edited(context), full=True)
        return Step.PHOTOS
    context.wake_in(ALBUM_WAIT)
    return Step.PHOTOS


async def photos_arrived(_: Update, context: ParkContext) -> Step | End:
    if context.step != Step.PHOTOS or context.draft is None:
        return END
    await _show_photos(context, await _edited(context))
    return Step.PHOTOS


async def remove_photo(_: Update, context: ParkContext) -> Step:
    photo = PhotoId(_pressed_id(context))
    space = await context.services.spaces.remove_photo(context.person.id, _editing(context), photo)
    await _show_photos(context, space)
    return Step.PHOTOS


async def bookings(_: Update, context: ParkContext) -> End:
    space = await _pressed(context)
    ahead = await context.services.bookings.ahead_of_space(context.person.id, space.id)
    context.show(view.bookings(context.words, space, ahead, context.now, context.version))
    return END


async def sure_to_cancel(_: Update, context: ParkContext) -> End:
    booking_id = BookingId(_pressed_id(context))
    booking, space = await context.services.bookings.with_space(context.person.id, booking_id)
    context.show(view.sure_to_cancel(context.words, space, booking, context.now, context.version))
    return END


async def cancel_booking(_: Update, context: ParkContext) -> End:
    booking_id = BookingId(_pressed_id(context))
    cancelled = await context.services.bookings.cancel(context.person.id, booking_id)
    space = await context.services.spaces.get(context.person.id, cancelled.space)
    ahead = await context.services.bookings.ahead_of_space(context.person.id, space.id)
    context.show(view.bookings(context.words, space, ahead, context.now, context.version))
    return END


async def sure_to_delete(_: Update, context: ParkContext) -> End:
    space = await _pressed(context)
    context.show(view.sure_to_delete(context.words, space, context.version))
    return END


async def delete(_: Update, context: ParkContext) -> End:
    space = await _pressed(context)
    try:
        await context.services.spaces.delete(context.person.id, space.id)
    except BookingsAhead:
        ahead = await context.services.bookings.ahead_of_space(context.person.id, space.id)
        context.show(view.has_bookings(context.words, space, ahead, context.now, context.version))
        return END
    context.show(view.deleted(context.words, space))
    return END


async def say_again(_: Update, context: ParkContext) -> Step:
    """A stray message while a space is being edited: its question once more."""
    step = Step(context.step or Step.TITLE)
    space = await _edited(context)
    context.show(
        {
            Step.TITLE: view.ask_title,
            Step.PRICE: view.ask_price,
            Step.NOTES: view.ask_notes,
            Step.PHOTOS: view.need_photo,
        }[step](context.words, space, context.version)
    )
    return step


async def show_again(_: Update, context: ParkContext) -> End:
    """An old button: what it stood on, as it is now."""
    press = context.press
    if press is None or not press.id or press.action not in _ABOUT_A_SPACE:
        return await overview(_, context)
    return await open_space(_, context)


def _pressed_id(context: ParkContext) -> SpaceId:
    return SpaceId((read_id(context.press.id) if context.press else None) or 0)


async def _pressed(context: ParkContext) -> Space:
    return await context.services.spaces.get(context.person.id, _pressed_id(context))


async def _edit(context: ParkContext) -> Space:
    space = await _pressed(context)
    context.draft = Editing(space.id)
    return space


def _editing(context: ParkContext) -> SpaceId:
    return SpaceId(context.draft.space if context.draft else 0)


async def _edited(context: ParkContext) -> Space:
    return await context.services.spaces.get(context.person.id, _editing(context))


async def _show(context: ParkContext, space: Space) -> End:
    ahead = await context.services.bookings.ahead_of_space(context.person.id, space.id)
    context.show(view.space(context.words, space, ahead, context.version))
    return END


async def _show_photos(context: ParkContext, space: Space, *, full: bool = False) -> None:
    stored = await context.services.spaces.photos(space)
    context.show(view.photos(context.words, space, stored, context.version, full=full))


_ABOUT_A_SPACE = frozenset(Act) - {Act.ALL, Act.SURE, Act.DROP_PHOTO, Act.CANCEL, Act.CANCEL_ASK}

CONVERSATION: Conversation[ParkContext] = Conversation(
    name="spaces",
    draft=Editing,
    entry_points=[
        on_label(menu.in_every_language(menu.SPACES), overview),
        command("spaces", overview),
        deep_link("spaces", overview),
    ],
    states={
        Step.TITLE: [on_text(".+", type_title), otherwise(say_again)],
        Step.PRICE: [on_text(".+", type_price), otherwise(say_again)],
        Step.NOTES: [on_text(".+", type_notes), otherwise(say_again)],
        Step.PHOTOS: [on_photo(add_photo), otherwise(say_again)],
    },
    presses={
        Act.ALL: overview,
        Act.OPEN: open_space,
        Act.PAUSE: pause,
        Act.RESUME: resume,
        Act.TITLE: ask_title,
        Act.PRICE: ask_price,
        Act.SURE: sure_of_price,
        Act.PHOTOS: photos,
        Act.DROP_PHOTO: remove_photo,
        Act.NOTES: ask_notes,
        Act.NO_NOTES: no_notes,
        Act.BOOKINGS: bookings,
        Act.CANCEL_ASK: sure_to_cancel,
        Act.CANCEL: cancel_booking,
        Act.DELETE_ASK: sure_to_delete,
        Act.DELETE: delete,
    },
    redraw=show_again,
    on_wake=photos_arrived,
)
