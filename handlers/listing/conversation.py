"""List a space: photos, place, price, title, publish. The draft outlives every interruption."""

from dataclasses import replace
from datetime import timedelta

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
from handlers.listing.draft import FLOW, Asking, Step, ask_next, restart
from handlers.listing.photos import (
    edit_photos,
    need_photos,
    photos_arrived,
    photos_done,
    take_photo,
)
from handlers.listing.place import (
    choose_place,
    copy,
    need_place,
    other_place,
    take_place,
    type_place,
)
from handlers.listing.terms import need_price, need_title, sure_of_price, type_price, type_title
from handlers.typed.control import saying
from market.domain.space import Draft
from views import listing as view
from views import menu
from views.listing import Act


async def begin(_: Update, context: ParkContext) -> Step:
    draft = await context.services.listing.draft(context.person.id)
    if draft is not None and draft != Draft():
        context.show(view.resume(context.words, draft, context.version))
        return Step.RESUME
    return await restart(_, context)


async def resume(_: Update, context: ParkContext) -> Step | End:
    return await ask_next(context)


async def publish(_: Update, context: ParkContext) -> End | Step:
    if await context.services.listing.draft(context.person.id) is None:
        context.show(view.already_live(context.words))
        return END
    space = await context.services.listing.publish(context.person.id)
    await context.services.people.seen_in(context.person, space.zone)
    context.show(view.live(context.words, space))
    return END


async def edit(_: Update, context: ParkContext) -> Step:
    context.draft = replace(context.draft_as(Asking), editing=True)
    context.show(view.edit_menu(context.words, context.version))
    return Step.PREVIEW


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
        gone = view.already_live if context.press else view.no_draft
        context.show(gone(context.words))
        return END
    if context.step == Step.PHOTOS:
        context.show(view.photos_so_far(context.words, draft, context.version, refused=False))
        return Step.PHOTOS
    return await ask_next(context)


CONVERSATION: Conversation[ParkContext] = Conversation(
    name=FLOW,
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
        Act.EDIT_PLACE: need_place,
        Act.EDIT_PRICE: need_price,
        Act.EDIT_TITLE: need_title,
        Act.PREVIEW: resume,
        Act.CANCEL: leave,
        Act.KEEP: keep,
        Act.DROP: drop,
    },
    redraw=show_again,
    on_wake=photos_arrived,
)
