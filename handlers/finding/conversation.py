"""The routing of the conversation: what leads where."""

from dataclasses import replace

from telegram import Update
from telegram.ext.filters import LOCATION, VENUE, UpdateType

from chat.conversation import Conversation
from chat.matchers import (
    Handler,
    Rank,
    command,
    deep_link,
    on,
    on_label,
    on_location,
    on_text,
    otherwise,
)
from handlers.context import ParkContext
from handlers.finding import book, driving, filters, keeping, places, results, space, sticker, times
from handlers.finding.draft import FLOW, FindDraft, Step, on_card
from handlers.typed.addresses import typed_address
from handlers.typed.control import said_in
from handlers.typed.courtesies import courtesy_in
from handlers.typed.places import read_coordinates_not_times
from market.domain.place import Point
from views import filters as filter_view
from views import find, menu
from views import saved as saved_view
from views import space as space_view
from views import time as time_view


def _coordinates(update: Update) -> Point | None:
    text = update.message.text if update.message else None
    return read_coordinates_not_times(text) if text else None


def _unless_aside(handler: Handler[ParkContext]) -> Handler[ParkContext]:
    """What a lister may say at any time is not said to the card, nor is what everybody may say."""

    def check(update: Update) -> object:
        return not (said_in(update) or courtesy_in(update)) and handler.check(update)

    return replace(handler, check=check)


_typed_place = Handler(_coordinates, places.place_typed)
_typed_address = _unless_aside(Handler(typed_address, places.address_typed))
_places = (on_location(places.place_sent), _typed_place)

CONVERSATION: Conversation[ParkContext] = Conversation(
    name=FLOW,
    draft=FindDraft,
    entry_points=[
        Handler(driving.moving, driving.moved, Rank.NAMED),
        deep_link("space", space.open_link),
        deep_link("qr", sticker.scanned),
        deep_link("find", results.ask_place),
        deep_link("inline", results.ask_place_for_inline),
        command("find", results.ask_place),
        on_label(menu.in_every_language(menu.FIND), results.ask_place),
        on(UpdateType.MESSAGE & (LOCATION | VENUE), places.place_sent),
        _typed_place,
        _typed_address,
    ],
    states={
        Step.PLACE: [*_places, _typed_address, otherwise(results.need_place)],
        Step.PLACE_FOR_INLINE: [*_places, _typed_address, otherwise(results.need_place)],
        Step.CARD: [
            *_places,
            _unless_aside(on_text(".+", on_card(times.typed))),
            _unless_aside(otherwise(on_card(times.hint))),
        ],
        Step.PLATE: [
            on_location(places.place_sent),
            on_text(".+", on_card(book.plate_typed)),
            otherwise(on_card(book.need_plate)),
        ],
        Step.SIZE: [
            on_location(places.place_sent),
            on_text(".+", on_card(filters.size_typed)),
            otherwise(on_card(filters.need_size)),
        ],
        Step.NAME: [
            on_location(places.place_sent),
            on_text(".+", on_card(keeping.name_typed)),
            otherwise(on_card(keeping.need_name)),
        ],
    },
    presses={
        find.Act.OPEN: on_card(space.open_space),
        find.Act.PAGE: on_card(results.page),
        find.Act.RESULTS: on_card(results.show_results),
        find.Act.AT: places.chosen,
        find.Act.SORT: on_card(results.sort),
        find.Act.FILTERS: on_card(filters.show),
        filter_view.Act.TAG: on_card(filters.tag),
        filter_view.Act.INSTANT: on_card(filters.instant),
        filter_view.Act.FIT: on_card(filters.fit),
        filter_view.Act.SIZE: on_card(filters.ask_size),
        filter_view.Act.PRICE: on_card(filters.price),
        filter_view.Act.CLEAR: on_card(filters.clear),
        find.Act.FAVOURITES: on_card(keeping.favourites),
        saved_view.Act.LOVE: on_card(space.turn_favourite),
        find.Act.SAVE: on_card(keeping.ask_name),
        saved_view.Act.NAME: on_card(keeping.name_pressed),
        find.Act.TELL: on_card(keeping.tell),
        find.Act.TOLD: keeping.told,
        find.Act.AGAIN: results.again,
        time_view.Act.CHIP: on_card(times.chip),
        time_view.Act.CHANGE: on_card(times.change),
        time_view.Act.MONTH: on_card(times.month),
        time_view.Act.DAY: on_card(times.day),
        time_view.Act.HOUR: on_card(times.hour),
        time_view.Act.STAY: on_card(times.stay),
        time_view.Act.BACK: on_card(times.card),
        space_view.Act.BACK: on_card(times.card),
        space_view.Act.PHOTOS: on_card(space.photos),
        space_view.Act.ROUTE: on_card(space.route),
        space_view.Act.BOOK: on_card(book.book),
        space_view.Act.CONFIRM: on_card(book.book),
        space_view.Act.PLATE: on_card(book.plate_pressed),
    },
    redraw=book.redraw,
    on_wake=driving.woken,
)
