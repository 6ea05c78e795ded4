"""What the worker does around the conversations: look ahead, explain, apologise, stay private."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from telegram import Update

from chat.context import Callback
from chat.ports import utc_now
from chat.screen import Screen
from chat.worker import Peek, Prepare
from handlers.context import ParkContext
from handlers.listing.draft import FLOW as LISTING
from handlers.spaces.draft import FLOW
from handlers.typed.addresses import ADDRESSES, sought, typed_address
from handlers.typed.photos import DEVELOPED, picture_file
from market.domain.errors import Invalid, ParkError
from market.domain.place import Point
from market.ports.geocoder import Geocoder
from market.ports.photos import Darkroom
from market.ports.work import Work
from market.services.people import PeopleService
from views import errors, menu
from views.words import SOURCE, spoken, words_in


def preparing(geocoder: Geocoder, darkroom: Darkroom) -> Prepare:
    """What may take a while, before the unit of work: addresses of places, copies of pictures."""

    async def prepare(update: Update, peek: Peek) -> Mapping[str, Any]:
        message = update.message
        if message is None or not (message.document or message.location or typed_address(update)):
            return {}
        active = (await peek()).active
        if text := sought(update, active, message.date):
            sender = message.from_user
            language = spoken(sender.language_code if sender else None) or SOURCE
            return {ADDRESSES: await geocoder.find(text, language)}
        if active is None:
            return {}
        if file := picture_file(message):
            return await _developed(darkroom, file.file_id)
        if message.location and active.flow in (LISTING, FLOW):
            point = Point(message.location.latitude, message.location.longitude)
            return {"address": await geocoder.address_at(point)}
        return {}

    return prepare


async def _developed(darkroom: Darkroom, file_id: str) -> Mapping[str, Any]:
    try:
        return {DEVELOPED: await darkroom.develop(file_id)}
    except Invalid:
        return {}


async def explain(refusal: Exception, context: ParkContext) -> Sequence[Screen]:
    assert isinstance(refusal, ParkError)
    return [errors.explain(context.words, refusal)]


def apology(person: int, language_code: str) -> Screen:
    return errors.apology(words_in(spoken(language_code)))


def in_group(bot: Callable[[], str]) -> Callback[ParkContext]:
    """Nothing personal where others read; ``bot`` says the bot's user name."""

    async def answer(_: Update, context: ParkContext) -> None:
        context.show(menu.group(context.words, bot()))

    return answer


async def unreachable(work: Work, chat: int) -> None:
    """The person behind a private chat has blocked the bot."""
    person = await work.people.of_telegram(chat)
    if person is not None:
        await PeopleService(work, utc_now(), "").unreachable(person.id)
