"""A small bot to talk to: it counts, asks for a name, and fails when it is told to."""

import asyncio
import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from telegram import Update

from chat.bot import Bot
from chat.buckets import Limits
from chat.buttons import Press
from chat.context import END, Arrival, Context, End
from chat.conversation import Conversation
from chat.courier import Courier
from chat.matchers import (
    command,
    deep_link,
    on_label,
    on_location,
    on_membership,
    on_photo,
    on_text,
    otherwise,
)
from chat.ports import Clock, utc_now
from chat.screen import Button, Key, Keyboard, Photo, Screen, Where
from chat.worker import Worker

FREELY = Limits(per_second=1e9, per_chat=1e9, per_group=1e9)


class ShopError(Exception):
    """The kind of error that a person can do something about."""


class ShopContext(Context):
    def __init__(self, work: Any, arrival: Arrival) -> None:
        super().__init__(arrival)
        self.work = work


class Step(StrEnum):
    NAME = "name"
    PHOTOS = "photos"


@dataclass(frozen=True)
class Tally:
    count: int = 0


@dataclass(frozen=True)
class Profile:
    name: str = ""
    photos: tuple[str, ...] = ()


def button(label: str, action: str, version: int, id_: str = "") -> Button:
    return Button(label, Press(action, id_, version).pack())


def tally_card(tally: Tally, version: int, **more: Any) -> Screen:
    row = (button("+1", "add", version), button("Nothing", "hint", version))
    return Screen(f"<b>{tally.count}</b>", (row,), **more)


async def count(update: Update, context: ShopContext) -> None:
    tally = context.draft_as(Tally)
    context.show(tally_card(tally, context.version, card="tally", where=Where.ANEW))


async def add(update: Update, context: ShopContext) -> None:
    context.draft = Tally(context.draft_as(Tally).count + 1)
    context.show(tally_card(context.draft, context.version, card="tally"))


async def hint(update: Update, context: ShopContext) -> None:
    context.show(Screen(toast="Nothing happens."))


async def redraw(update: Update, context: ShopContext) -> None:
    toast = "Too late" if context.late else ""
    context.show(tally_card(context.draft_as(Tally), context.version, card="tally", toast=toast))


async def add_by_text(update: Update, context: ShopContext) -> None:
    context.draft = Tally(context.draft_as(Tally).count + 1)
    context.show(tally_card(context.draft, context.version, card="tally", where=Where.CARD))


async def picture(update: Update, context: ShopContext) -> None:
    context.show(
        Screen(
            "A picture",
            ((button("+1", "add", context.version_of("tally")),),),
            photos=(Photo(file_id="cat"),),
        )
    )


async def mapped(update: Update, context: ShopContext) -> None:
    row = (button("+1", "add", context.version_of("tally")),)
    context.show(
        Screen("<b>Here</b>", (row,), picture=Photo(key="map"), card="tally", where=Where.ANEW)
    )


async def ask_name(update: Update, context: ShopContext) -> Step:
    name = context.draft_as(Profile).name
    context.show(Screen(f"Your name? It was {name}." if name else "Your name?"))
    return Step.NAME


async def take_name(update: Update, context: ShopContext) -> Step:
    context.draft = Profile(context.text)
    context.show(Screen(f"Hello {html.escape(context.text)}. Photos?"))
    return Step.PHOTOS


async def bad_name(update: Update, context: ShopContext) -> None:
    context.show(Screen("A name, please, for example Ann."))


async def take_photo(update: Update, context: ShopContext) -> None:
    profile = context.draft_as(Profile)
    assert context.message is not None
    photo = context.message.photo[-1].file_id
    context.draft = Profile(profile.name, (*profile.photos, photo))
    context.wake_in(timedelta(seconds=2))


async def count_photos(update: Update, context: ShopContext) -> End:
    photos = context.draft_as(Profile).photos
    context.show(Screen(f"{len(photos)} photos of {context.draft.name}."))
    return END


async def start(update: Update, context: ShopContext) -> End:
    left = context.leave()
    keys = Keyboard(((Key("Name"), Key("Find", asks_location=True)),))
    context.show(Screen(f"Welcome back from {left}." if left else "Welcome.", keyboard=keys))
    return END


async def linked(update: Update, context: ShopContext) -> End:
    context.show(Screen(f"You want {context.payload}."))
    return END


async def crash(update: Update, context: ShopContext) -> None:
    raise RuntimeError("the shop is on fire")


async def refuse(update: Update, context: ShopContext) -> None:
    context.draft = Tally(1000)
    context.show(Screen("This is never seen."))
    raise ShopError("sold out")


async def where(update: Update, context: ShopContext) -> None:
    context.show(Screen("A place."))


async def wait(update: Update, context: ShopContext) -> None:
    """Held up until the test lets it go; see ``Shop.gate``."""
    await context.arrival.facts["gate"].wait()
    context.show(Screen(f"{context.text} done"))


async def blocked(update: Update, context: ShopContext) -> None:
    context.show(Screen("Noted."))


TALLY: Conversation[ShopContext] = Conversation(
    name="tally",
    draft=Tally,
    entry_points=[
        command("count", count),
        command("more", add_by_text),
        command("picture", picture),
        command("mapped", mapped),
        command("refuse", refuse),
        command("crash", crash),
        on_location(where),
    ],
    presses={"add": add, "hint": hint, "refuse": refuse, "crash": crash},
    redraw=redraw,
)
PROFILE: Conversation[ShopContext] = Conversation(
    name="profile",
    draft=Profile,
    entry_points=[on_label({"Name", "Имя"}, ask_name), command("name", ask_name)],
    states={
        Step.NAME: [on_text(r"[a-zа-я ]{2,20}", take_name), otherwise(bad_name)],
        Step.PHOTOS: [on_photo(take_photo)],
    },
    on_wake=count_photos,
    lasts=timedelta(days=1),
)
START: Conversation[ShopContext] = Conversation(
    name="start",
    entry_points=[
        command("start", start),
        deep_link("item", linked),
        on_membership(blocked),
    ],
)


@dataclass
class Shop:
    """The worker, and what a test wants to know or to change of it."""

    worker: Worker[Any, ShopContext]
    gate: asyncio.Event


def open_shop(
    store: Any,
    bot: Bot,
    *,
    clock: Clock = utc_now,
    courier: Courier | None = None,
    conversations: Sequence[Conversation[ShopContext]] = (START, TALLY, PROFILE),
    unreachable: Any = None,
) -> Shop:
    gate = asyncio.Event()

    async def arriving(work: Any, arrival: Arrival) -> ShopContext:
        return ShopContext(work, arrival)

    async def explain(error: Exception, context: ShopContext) -> Sequence[Screen]:
        return [Screen(f"Sorry, {error}.", where=Where.ANEW)]

    def apology(person: int, language: str) -> Screen:
        return Screen("Verzeihung." if language == "de" else "That went wrong.")

    async def unmatched(update: Update, context: ShopContext) -> None:
        context.show(Screen("I do not understand."))

    async def group(update: Update, context: ShopContext) -> None:
        context.show(Screen("Talk to me in private."))

    async def prepare(update: Update, peek: Any) -> dict[str, Any]:
        return {"gate": gate}

    async def closed(work: Any, chat: int) -> None:
        if unreachable is not None:
            unreachable.append(chat)

    async def read_photo(key: str) -> bytes:
        return f"bytes of {key}".encode()

    worker = Worker(
        store,
        bot,
        conversations,
        arriving,
        courier=courier or Courier(bot, read_photo, FREELY, clock, timedelta(milliseconds=1)),
        refusal=ShopError,
        explain=explain,
        apology=apology,
        unmatched=unmatched,
        group=group,
        prepare=prepare,
        unreachable=closed,
        clock=clock,
    )
    return Shop(worker, gate)


def ago(now: datetime, **span: float) -> int:
    return int((now - timedelta(**span)).timestamp())
