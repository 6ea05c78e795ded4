"""Settings: language, name, vehicles, mail."""

from dataclasses import dataclass
from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import command, on_label, on_text, otherwise
from handlers.context import ParkContext
from handlers.pressed import pressed_id
from handlers.typed.sizes import read_vehicle
from market.domain.errors import Invalid
from market.domain.ids import AlertId, PlaceId, VehicleId
from views import alert, menu, saved
from views import settings as view
from views.errors import explain
from views.filters import need_size
from views.settings import Act
from views.words import spoken


class Step(StrEnum):
    NAME = "name"
    PLATE = "plate"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Measuring:
    """The vehicle whose size is asked for."""

    vehicle: VehicleId


async def home(_: Update, context: ParkContext) -> End:
    owned = await context.services.people.vehicles(context.person.id)
    mails = await context.services.mail.chosen(context.person)
    context.show(view.home(context.words, context.person, owned, context.version, mails))
    return END


async def switch_mails(_: Update, context: ParkContext) -> End:
    mail = context.services.mail
    await mail.choose(context.person, mails=not await mail.chosen(context.person))
    return await home(_, context)


async def languages(_: Update, context: ParkContext) -> End:
    context.show(view.languages(context.words, context.version))
    return END


async def speak(_: Update, context: ParkContext) -> End:
    language = spoken(context.press.id if context.press else None) or context.words.language
    context.person = await context.services.people.speak(context.person, language)
    context.show(menu.menu(context.words))
    return await home(_, context)


async def ask_name(_: Update, context: ParkContext) -> Step:
    context.show(view.ask_name(context.words, context.person, context.version))
    return Step.NAME


async def type_name(_: Update, context: ParkContext) -> Step | End:
    try:
        context.person = await context.services.people.rename(context.person, context.text)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.NAME
    return await home(_, context)


async def vehicles(_: Update, context: ParkContext) -> End:
    owned = await context.services.people.vehicles(context.person.id)
    context.show(view.vehicles(context.words, owned, context.version))
    return END


async def ask_plate(_: Update, context: ParkContext) -> Step:
    context.show(view.ask_plate(context.words, context.version))
    return Step.PLATE


async def type_plate(_: Update, context: ParkContext) -> Step | End:
    try:
        await context.services.people.add_vehicle(context.person.id, context.text)
    except Invalid as refusal:
        context.show(explain(context.words, refusal))
        return Step.PLATE
    return await vehicles(_, context)


async def vehicle(_: Update, context: ParkContext) -> End:
    owned = await context.services.people.vehicle(context.person.id, _vehicle(context))
    country = context.services.market.geography.country_of(context.person.zone)
    context.show(view.vehicle(context.words, owned, country, context.version))
    return END


async def ask_size(_: Update, context: ParkContext) -> Step:
    owned = await context.services.people.vehicle(context.person.id, _vehicle(context))
    context.draft = Measuring(owned.id)
    context.show(view.ask_size(context.words, context.version))
    return Step.SIZE


async def type_size(_: Update, context: ParkContext) -> Step | End:
    people, measuring = context.services.people, context.draft
    assert isinstance(measuring, Measuring)
    try:
        size = read_vehicle(context.text, context.words.language)
    except Invalid:
        context.show(need_size(context.words))
        return Step.SIZE
    await people.measure_vehicle(context.person.id, measuring.vehicle, size)
    return await vehicles(_, context)


async def kept(_: Update, context: ParkContext) -> End:
    person = context.person.id
    places = await context.services.saved.places(person)
    alerts = await context.services.alerts.of(person)
    context.show(view.kept(context.words, places, alerts, context.now, context.version))
    return END


async def remove_place(_: Update, context: ParkContext) -> End:
    await context.services.saved.remove_place(context.person.id, PlaceId(pressed_id(context)))
    return await kept(_, context)


async def withdraw_alert(_: Update, context: ParkContext) -> End:
    await context.services.alerts.withdraw(context.person.id, AlertId(pressed_id(context)))
    return await kept(_, context)


async def remove_vehicle(_: Update, context: ParkContext) -> End:
    await context.services.people.remove_vehicle(context.person.id, _vehicle(context))
    return await vehicles(_, context)


async def say_again(_: Update, context: ParkContext) -> Step:
    """A sticker or a photo, where a name, a plate or a size was asked for."""
    if context.step == Step.SIZE:
        context.show(need_size(context.words))
        return Step.SIZE
    return await (ask_plate if context.step == Step.PLATE else ask_name)(_, context)


def _vehicle(context: ParkContext) -> VehicleId:
    return VehicleId(pressed_id(context))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="settings",
    draft=Measuring,
    entry_points=[
        on_label(menu.in_every_language(menu.SETTINGS), home),
        command("settings", home),
        command("language", languages),
    ],
    states={
        Step.NAME: [on_text(".+", type_name), otherwise(say_again)],
        Step.PLATE: [on_text(".+", type_plate), otherwise(say_again)],
        Step.SIZE: [on_text(".+", type_size), otherwise(say_again)],
    },
    presses={
        Act.HOME: home,
        Act.LANGUAGE: languages,
        Act.SPEAK: speak,
        Act.NAME: ask_name,
        Act.VEHICLES: vehicles,
        Act.ADD_VEHICLE: ask_plate,
        Act.VEHICLE: vehicle,
        Act.MEASURE: ask_size,
        Act.REMOVE_VEHICLE: remove_vehicle,
        Act.SAVED: kept,
        saved.Act.REMOVE: remove_place,
        alert.Act.WITHDRAW: withdraw_alert,
        Act.MAILS: switch_mails,
    },
    redraw=home,
)
