"""Reports: a car by photo, plate and place; a space, a person or a message by a tap."""

from dataclasses import dataclass, replace
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import (
    Handler,
    command,
    deep_link,
    on_location,
    on_photo,
    on_text,
    otherwise,
)
from handlers.context import ParkContext
from handlers.pressed import pressed_id, pressed_rest
from handlers.typed.photos import photo_of
from handlers.typed.places import place_of, read_coordinates
from market.domain.errors import Invalid, NotFound
from market.domain.ids import BookingId, MessageId, SpaceId, read_id, written
from market.domain.place import Point
from market.domain.report import Reason, Report
from market.domain.vehicle import plate_of
from market.ports.photos import StoredPhoto
from market.services.reports import Sighting
from views import listing
from views import report as view
from views.errors import explain
from views.report import Act


class Step(StrEnum):
    PHOTO = "photo"
    PLATE = "plate"
    PLACE = "place"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is being made: of a car, or of a space or the other side of a booking."""

    space: SpaceId | None = None
    booking: BookingId | None = None
    photo: StoredPhoto | None = None
    plate: str = ""


async def begin(_: Update, context: ParkContext) -> Step:
    context.draft = Draft()
    context.show(view.ask_photo(context.words))
    return Step.PHOTO


async def begin_here(_: Update, context: ParkContext) -> Step:
    """From the sticker of a space, or its card: the place is known."""
    number = read_id(context.payload.partition("_")[2]) if context.payload else pressed_id(context)
    space = await context.services.finding.space(SpaceId(number or 0))
    context.draft = Draft(space=space.id)
    context.show(view.ask_photo(context.words))
    return Step.PHOTO


async def take_photo(_: Update, context: ParkContext) -> Step:
    photo = photo_of(context)
    if photo is None:
        context.show(listing.as_a_photo(context.words))
        return Step.PHOTO
    context.draft = replace(context.draft_as(Draft), photo=photo)
    context.show(view.ask_plate(context.words))
    return Step.PLATE


async def need_photo(_: Update, context: ParkContext) -> Step:
    context.show(view.need_photo(context.words))
    return Step.PHOTO


async def type_plate(_: Update, context: ParkContext) -> Step | End:
    try:
        plate = plate_of(context.text)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.PLATE
    context.draft = replace(context.draft_as(Draft), plate=plate)
    if context.draft.space is not None:
        return await _file_car(context, None)
    context.show(view.ask_place(context.words))
    return Step.PLACE


async def need_plate(_: Update, context: ParkContext) -> Step:
    context.show(view.ask_plate(context.words))
    return Step.PLATE


async def send_place(_: Update, context: ParkContext) -> Step | End:
    sent = place_of(context.update.message)
    return await _file_car(context, sent[0]) if sent else await need_place(_, context)


async def type_place(_: Update, context: ParkContext) -> Step | End:
    return await _file_car(context, context.matched)


async def need_place(_: Update, context: ParkContext) -> Step:
    context.show(view.ask_place(context.words))
    return Step.PLACE


async def why_space(_: Update, context: ParkContext) -> None:
    space = await context.services.finding.space(SpaceId(pressed_id(context)))
    context.show(view.why_space(context.words, space))


async def why_person(_: Update, context: ParkContext) -> None:
    bookings = context.services.bookings
    booking = await bookings.get(context.person.id, BookingId(pressed_id(context)))
    context.show(view.why_person(context.words, written(booking.id)))


async def complain(_: Update, context: ParkContext) -> Step | None:
    """A reason was tapped; only the last of them asks for words."""
    number, reason = pressed_id(context), pressed_rest(context)
    if reason not in list(Reason):
        raise NotFound("button")
    of_space = context.press is not None and context.press.action == Act.WHY_SPACE
    draft = Draft(space=SpaceId(number)) if of_space else Draft(booking=BookingId(number))
    if reason == Reason.OTHER:
        context.draft = draft
        context.show(view.ask_words(context.words))
        return Step.WORDS
    context.show(view.thanks(context.words, await _complaint(context, draft, Reason(reason))))
    return None


async def type_words(_: Update, context: ParkContext) -> Step | End:
    try:
        report = await _complaint(context, context.draft_as(Draft), Reason.OTHER)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.WORDS
    context.show(view.thanks(context.words, report))
    return END


async def need_words(_: Update, context: ParkContext) -> Step:
    context.show(view.ask_words(context.words))
    return Step.WORDS


async def message(_: Update, context: ParkContext) -> None:
    reports = context.services.reports
    report = await reports.message(context.person.id, MessageId(pressed_id(context)))
    context.show(view.thanks(context.words, report))


async def _complaint(context: ParkContext, draft: Draft, reason: Reason) -> Report:
    reports, person, said = context.services.reports, context.person.id, context.text
    if draft.booking is not None:
        return await reports.person(person, draft.booking, reason, said)
    return await reports.space(person, draft.space or SpaceId(0), reason, said)


async def _file_car(context: ParkContext, place: Point | None) -> Step | End:
    draft = context.draft_as(Draft)
    if draft.photo is None:
        context.show(view.need_photo(context.words))
        return Step.PHOTO
    seen = Sighting(draft.plate, draft.photo, place, draft.space)
    report, said = await context.services.reports.car(context.person.id, seen)
    if said is None:
        context.show(view.thanks(context.words, report))
    else:
        context.show(view.answered(context.words, report, said, context.now))
    return END


def _coordinates(update: Update) -> Point | None:
    text = update.message.text if update.message else None
    return read_coordinates(text) if text else None


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="reports",
    draft=Draft,
    entry_points=[command("report", begin), deep_link("report", begin_here)],
    states={
        Step.PHOTO: [on_photo(take_photo), otherwise(need_photo)],
        Step.PLATE: [on_text(".+", type_plate), otherwise(need_plate)],
        Step.PLACE: [
            on_location(send_place),
            Handler(_coordinates, type_place),
            otherwise(need_place),
        ],
        Step.WORDS: [on_text(".+", type_words), otherwise(need_words)],
    },
    presses={
        Act.CAR: begin_here,
        Act.SPACE: why_space,
        Act.PERSON: why_person,
        Act.MESSAGE: message,
        Act.WHY_SPACE: complain,
        Act.WHY_PERSON: complain,
    },
)
