"""List a space: photos, place, price, title, publish. The draft outlives every interruption."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import (
    Handler,
    command,
    deep_link,
    on_label,
    on_location,
    on_photo,
    on_text,
    otherwise,
)
from handlers.context import ParkContext
from handlers.typed import addresses
from handlers.typed.control import saying
from handlers.typed.photos import photo_of
from handlers.typed.places import place_of, read_coordinates
from handlers.typed.prices import read_price
from market.domain.errors import Invalid
from market.domain.ids import SpaceId, read_id
from market.domain.money import Money, absurd, usual_hour
from market.domain.place import Address, Point
from market.domain.space import Draft
from views import listing as view
from views import menu
from views.listing import Act

ALBUM_WAIT = timedelta(seconds=1)
"""The parts of an album arrive one by one; after this much silence it is taken as complete."""


class Step(StrEnum):
    RESUME = "resume"
    PHOTOS = "photos"
    PLACE = "place"
    BAY = "bay"
    PRICE = "price"
    TITLE = "title"
    PREVIEW = "preview"


@dataclass
class Asking:
    """What the conversation remembers beside the draft, which is the market's."""

    album: bool = False
    refused: bool = False
    editing: bool = False
    choices: tuple[Address, ...] = ()
    """What a typed address may mean."""


async def begin(_: Update, context: ParkContext) -> Step:
    draft = await context.services.listing.draft(context.person.id)
    if draft is not None and draft != Draft():
        context.show(view.resume(context.words, draft, context.version))
        return Step.RESUME
    return await restart(_, context)


async def restart(_: Update, context: ParkContext) -> Step:
    await context.services.listing.begin(context.person.id)
    context.draft = Asking()
    context.show(view.ask_photos(context.words, context.version))
    return Step.PHOTOS


async def resume(_: Update, context: ParkContext) -> Step | End:
    return await _ask_next(context)


async def take_photo(_: Update, context: ParkContext) -> Step | None:
    """One picture, alone or out of an album; a late one joins whatever step we are at."""
    asking = context.draft_as(Asking)
    photo = photo_of(context)
    if photo is None:
        context.show(view.as_a_photo(context.words))
        return None
    try:
        await context.services.listing.add_photo(context.person.id, photo)
    except Invalid:
        asking.refused = True
    asking.album = bool(context.message and context.message.media_group_id)
    context.wake_in(ALBUM_WAIT)
    return Step.PHOTOS if context.step in (None, Step.RESUME) else Step(context.step)


async def photos_arrived(_: Update, context: ParkContext) -> Step | End:
    """The wake-up after the last picture: an album is complete, single ones end with Done."""
    asking = context.draft_as(Asking)
    draft = await context.services.listing.draft(context.person.id)
    if draft is None or context.step is None:
        return END
    refused, asking.refused = asking.refused, False
    if context.step == Step.PHOTOS and not asking.album:
        context.show(view.photos_so_far(context.words, draft, context.version, refused=refused))
        return Step.PHOTOS
    if context.step == Step.PHOTOS and draft.place is None:
        context.show(view.ask_place(context.words, draft, refused=refused))
        return Step.PLACE
    return await _ask_next(context)


async def photos_done(_: Update, context: ParkContext) -> Step | End:
    draft = await context.services.listing.draft(context.person.id)
    if draft is None or not draft.photos:
        context.show(view.need_photos(context.words))
        return Step.PHOTOS
    return await _ask_next(context)


async def need_photos(_: Update, context: ParkContext) -> Step:
    context.show(view.need_photos(context.words))
    return Step.PHOTOS


async def take_place(_: Update, context: ParkContext) -> Step | End:
    place = place_of(context.message)
    if place is None:
        return await need_place(_, context)
    point, address = place
    return await _place(context, point, address or str(context.facts.get("address") or ""))


async def type_place(_: Update, context: ParkContext) -> Step | End:
    """Coordinates, or an address that was looked up before."""
    if point := read_coordinates(context.text):
        return await _place(context, point, "")
    matches = addresses.found(context)
    if not matches:
        context.show(view.unknown_place(context.words, context.text))
        return Step.PLACE
    if len(matches) > 1:
        context.draft_as(Asking).choices = tuple(matches)
        context.show(view.choose_place(context.words, matches, context.version))
        return Step.PLACE
    return await _place(context, matches[0].point, matches[0].name)


async def choose_place(_: Update, context: ParkContext) -> Step | End:
    choices = context.draft_as(Asking).choices
    chosen = context.press.id if context.press else ""
    if not chosen.isdecimal() or int(chosen) >= len(choices):
        return await need_place(_, context)
    return await _place(context, choices[int(chosen)].point, choices[int(chosen)].name)


async def need_place(_: Update, context: ParkContext) -> Step:
    context.show(view.need_place(context.words))
    return Step.PLACE


async def _place(context: ParkContext, point: Point, address: str) -> Step | End:
    listing = context.services.listing
    draft = await listing.draft(context.person.id)
    if draft is None or not draft.photos:
        context.show(view.need_photos(context.words))
        return Step.PHOTOS
    if (point.lat, point.lng) == (0, 0):
        context.show(view.nowhere(context.words))
        return Step.PLACE
    await listing.set_place(context.person.id, point, address)
    neighbours = await listing.neighbours(context.person.id, point)
    if neighbours and not context.draft_as(Asking).editing:
        context.show(view.another_bay(context.words, neighbours[0], context.version))
        return Step.BAY
    return await _ask_next(context)


async def copy(_: Update, context: ParkContext) -> Step | End:
    original = SpaceId(read_id(context.press.id if context.press else "") or 0)
    await context.services.listing.copy(context.person.id, original)
    return await _ask_next(context)


async def other_place(_: Update, context: ParkContext) -> Step | End:
    return await _ask_next(context)


async def type_price(_: Update, context: ParkContext) -> Step | End:
    draft = await context.services.listing.draft(context.person.id)
    if draft is None:
        return await restart(_, context)
    try:
        minor = read_price(context.text, draft.currency, context.words.language)
        price = Money(minor, draft.currency)
        if absurd(price):
            context.show(view.sure_of_price(context.words, price, context.version))
            return Step.PRICE
        await context.services.listing.set_price(context.person.id, price.minor)
    except Invalid as refusal:
        example = usual_hour(draft.currency)
        context.show(view.price_refused(context.words, refusal, example))
        return Step.PRICE
    return await _ask_next(context)


async def sure_of_price(_: Update, context: ParkContext) -> Step | End:
    minor = int(context.press.id) if context.press else 0
    await context.services.listing.set_price(context.person.id, minor)
    return await _ask_next(context)


async def need_price(_: Update, context: ParkContext) -> Step | End:
    draft = await context.services.listing.draft(context.person.id)
    example = usual_hour(draft.currency if draft else "EUR")
    context.show(view.need_price(context.words, example))
    return Step.PRICE


async def type_title(_: Update, context: ParkContext) -> Step | End:
    try:
        await context.services.listing.set_title(context.person.id, " ".join(context.text.split()))
    except Invalid:
        context.show(view.need_title(context.words))
        return Step.TITLE
    return await _ask_next(context)


async def need_title(_: Update, context: ParkContext) -> Step:
    context.show(view.need_title(context.words))
    return Step.TITLE


async def publish(_: Update, context: ParkContext) -> End | Step:
    if await context.services.listing.draft(context.person.id) is None:
        context.show(view.already_live(context.words))
        return END
    space = await context.services.listing.publish(context.person.id)
    await context.services.people.seen_in(context.person, space.zone)
    context.show(view.live(context.words, space))
    return END


async def edit(_: Update, context: ParkContext) -> Step:
    context.draft_as(Asking).editing = True
    context.show(view.edit_menu(context.words, context.version))
    return Step.PREVIEW


async def edit_photos(_: Update, context: ParkContext) -> Step:
    await context.services.listing.clear_photos(context.person.id)
    context.show(view.ask_photos(context.words, context.version))
    return Step.PHOTOS


async def edit_place(_: Update, context: ParkContext) -> Step:
    context.show(view.need_place(context.words))
    return Step.PLACE


async def edit_title(_: Update, context: ParkContext) -> Step:
    context.show(view.need_title(context.words))
    return Step.TITLE


async def leave(_: Update, context: ParkContext) -> Step | None:
    context.show(view.leave(context.words, context.version))
    return None


async def keep(_: Update, context: ParkContext) -> End:
    context.show(view.kept(context.words))
    return END


async def drop(_: Update, context: ParkContext) -> End:
    await context.services.listing.discard(context.person.id)
    context.show(view.dropped(context.words))
    return END


async def use_buttons(_: Update, context: ParkContext) -> Step | End:
    """Something else than a button, where only a button goes on."""
    return await show_again(_, context)


async def show_again(_: Update, context: ParkContext) -> Step | End:
    """The question as it stands now: after an old button, or a stray message."""
    draft = await context.services.listing.draft(context.person.id)
    if draft is None:
        context.show(view.already_live(context.words))
        return END
    if context.step == Step.PHOTOS:
        context.show(view.photos_so_far(context.words, draft, context.version, refused=False))
        return Step.PHOTOS
    return await _ask_next(context)


async def _ask_next(context: ParkContext) -> Step | End:
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


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="listing",
    draft=Asking,
    lasts=timedelta(days=30),
    entry_points=[
        on_label(menu.in_every_language(menu.LIST), begin),
        command("list", begin),
        deep_link("list", begin),
    ],
    states={
        Step.RESUME: [on_photo(take_photo), otherwise(begin)],
        Step.PHOTOS: [
            on_photo(take_photo),
            on_location(take_place),
            Handler(saying("done"), photos_done),
            otherwise(need_photos),
        ],
        Step.PLACE: [
            on_location(take_place),
            on_photo(take_photo),
            on_text(".+", type_place),
            otherwise(need_place),
        ],
        Step.BAY: [on_photo(take_photo), otherwise(use_buttons)],
        Step.PRICE: [on_text(".+", type_price), on_photo(take_photo), otherwise(need_price)],
        Step.TITLE: [on_text(".+", type_title), on_photo(take_photo), otherwise(need_title)],
        Step.PREVIEW: [on_photo(take_photo), otherwise(use_buttons)],
    },
    presses={
        Act.BEGIN: begin,
        Act.RESUME: resume,
        Act.RESTART: restart,
        Act.PHOTOS_DONE: photos_done,
        Act.CHOOSE_PLACE: choose_place,
        Act.COPY: copy,
        Act.OTHER_PLACE: other_place,
        Act.SURE: sure_of_price,
        Act.PUBLISH: publish,
        Act.EDIT: edit,
        Act.EDIT_PHOTOS: edit_photos,
        Act.EDIT_PLACE: edit_place,
        Act.EDIT_PRICE: need_price,
        Act.EDIT_TITLE: edit_title,
        Act.PREVIEW: resume,
        Act.CANCEL: leave,
        Act.KEEP: keep,
        Act.DROP: drop,
    },
    redraw=show_again,
    on_wake=photos_arrived,
)
