"""A bot that only counts, in a process of its own that may be killed at any moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Update

from chat.bot import Bot
from chat.buckets import Limits
from chat.context import Arrival, Context
from chat.conversation import Conversation
from chat.courier import Courier
from chat.intake import Intake, Polling
from chat.matchers import command, on_text
from chat.runner import Runner
from chat.screen import Screen
from chat.wakes import Wakes
from chat.worker import Worker
from storage.database import Store

TOKEN = "42:TEST"
STEPS = 6


class Step(StrEnum):
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


NEXT = dict(zip(Step, [*list(Step)[1:], Step.ONE], strict=True))


@dataclass(frozen=True)
class Heard:
    """Every number that a person said, in the order in which it had its effect."""

    numbers: tuple[int, ...] = ()


async def begin(update: Update, context: Context) -> Step:
    context.show(Screen("0 1"))
    return Step.ONE


async def count(update: Update, context: Context) -> Step:
    numbers = (*context.draft_as(Heard).numbers, int(context.text))
    context.draft = Heard(numbers)
    following = NEXT[Step(context.step or "")]
    context.show(Screen(f"{context.text} {following}"))
    return following


COUNTING = Conversation[Context](
    name="counting",
    draft=Heard,
    entry_points=[command("begin", begin)],
    states={step: [on_text(r"\d+", count)] for step in Step},
)


async def talk(database: str, api_url: str, drain: float = 5) -> None:
    """Run the bot until a signal comes."""
    store = await Store.open(database)
    bot = Bot(TOKEN, api_url)
    worker = build(store, bot)
    intake = Intake(store, worker)
    runner = Runner(
        bot, worker, Wakes(store, worker), polling=Polling(store, bot, intake), drain=drain
    )
    await runner.run()
    await store.close()


def build(store: Store, bot: Bot) -> Worker[Any, Context]:
    async def arriving(work: Any, arrival: Arrival) -> Context:
        return Context(arrival)

    async def explain(error: Exception, context: Context) -> Sequence[Screen]:
        return [Screen(str(error))]

    async def unmatched(update: Update, context: Context) -> None:
        context.show(Screen(f"{context.text} is lost"))

    async def read_photo(key: str) -> bytes:
        return b""

    def apology(person: int, language: str) -> Screen:
        return Screen("failed")

    freely = Limits(per_second=1e9, per_chat=1e9, per_group=1e9)
    return Worker(
        store,
        bot,
        [COUNTING],
        arriving,
        courier=Courier(bot, read_photo, freely),
        refusal=LookupError,
        explain=explain,
        apology=apology,
        unmatched=unmatched,
        group=unmatched,
    )


def main(database: str, api_url: str) -> None:
    asyncio.run(talk(database, api_url))
