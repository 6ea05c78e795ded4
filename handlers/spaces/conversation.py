"""The routing of the conversation: what leads where."""

from collections.abc import Callable

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
from handlers.spaces import calendar, card, colisters, control, money, photos, place, rules
from handlers.spaces.draft import FLOW, Editing, Step
from handlers.typed.control import said_in
from views import menu
from views.spaces import Act


def conversation(bot: Callable[[], str]) -> Conversation[ParkContext]:
    """``bot`` says the bot's user name, for links back to it."""
    return Conversation(
        name=FLOW,
        draft=Editing,
        entry_points=[
            on_label(menu.in_every_language(menu.SPACES), card.overview),
            command("spaces", card.overview),
            deep_link("spaces", card.overview),
            deep_link("colist", colisters.join),
            Handler(said_in, control.said),
        ],
        states={
            Step.RULE: [on_text(".+", rules.typed), otherwise(rules.say_again)],
            Step.PHOTOS: [on_photo(photos.add), otherwise(photos.need_photo)],
            Step.PLACE: [
                on_location(place.sent),
                on_text(".+", place.typed),
                otherwise(place.need),
            ],
            Step.DATES: [on_text(".+", calendar.type_dates), otherwise(calendar.need_dates)],
        },
        presses={
            Act.ALL: card.overview,
            Act.OPEN: card.open_space,
            Act.PAUSE_ASK: card.sure_to_pause,
            Act.PAUSE: card.pause,
            Act.RESUME: card.resume,
            Act.WORD: control.chosen,
            Act.EDIT: rules.menu,
            Act.GROUP: rules.group,
            Act.RULE: rules.ask,
            Act.NOTES: rules.ask_notes,
            Act.HOURS: rules.ask_hours,
            Act.SET: rules.tapped,
            Act.SURE: rules.sure_of_price,
            Act.SAVE: rules.save,
            Act.PHOTOS: photos.listing_photos,
            Act.ENTRANCE: photos.entrance_photos,
            Act.DROP_PHOTO: photos.remove,
            Act.PLACE: place.ask,
            Act.CALENDAR: calendar.month,
            Act.DAY: calendar.day,
            Act.BLOCK: calendar.block,
            Act.UNBLOCK: calendar.unblock,
            Act.DATES: calendar.ask_dates,
            Act.BOOKINGS: card.bookings,
            Act.CANCEL_ASK: card.sure_to_cancel,
            Act.CANCEL: card.cancel_booking,
            Act.EARNINGS: money.earnings,
            Act.STICKER: money.printing(bot),
            Act.COLISTERS: colisters.colisters,
            Act.INVITE: colisters.inviting(bot),
            Act.REMOVE: colisters.remove,
            Act.LEAVE_ASK: colisters.sure_to_leave,
            Act.LEAVE: colisters.leave,
            Act.DELETE_ASK: card.sure_to_delete,
            Act.DELETE: card.delete,
        },
        redraw=card.show_again,
        on_wake=photos.arrived,
    )
