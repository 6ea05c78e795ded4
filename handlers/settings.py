"""Settings: language, name, vehicles, mail."""

from enum import StrEnum

from telegram import Update

from chat.context import END, End
from chat.conversation import Conversation
from chat.matchers import command, on_label, on_text, otherwise
from handlers.context import ParkContext
from market.domain.errors import Invalid
from market.domain.ids import VehicleId, read_id
from views import menu
from views import settings as view
from views.errors import explain
from views.settings import Act
from views.words import spoken


class Step(StrEnum):
    NAME = "name"
    PLATE = "plate"


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
    language = spoken(context.press.id if context.press else None)
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


async def remove_vehicle(_: Update, context: ParkContext) -> End:
    vehicle = VehicleId((read_id(context.press.id) if context.press else None) or 0)
    await context.services.people.remove_vehicle(context.person.id, vehicle)
    return await vehicles(_, context)


async def say_again(_: Update, context: ParkContext) -> Step:
    """A sticker or a photo, where a name or a plate was asked for."""
    return await (ask_plate if context.step == Step.PLATE else ask_name)(_, context)


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="settings",
    entry_points=[
        on_label(menu.in_every_language(menu.SETTINGS), home),
        command("settings", home),
        command("language", languages),
    ],
    states={
        Step.NAME: [on_text(".+", type_name), otherwise(say_again)],
        Step.PLATE: [on_text(".+", type_plate), otherwise(say_again)],
    },
    presses={
        Act.HOME: home,
        Act.LANGUAGE: languages,
        Act.SPEAK: speak,
        Act.NAME: ask_name,
        Act.VEHICLES: vehicles,
        Act.ADD_VEHICLE: ask_plate,
        Act.REMOVE_VEHICLE: remove_vehicle,
        Act.MAILS: switch_mails,
    },
    redraw=home,
)
