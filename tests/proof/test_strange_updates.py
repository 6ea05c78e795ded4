"""Updates of every kind, sound and broken, are thrown at the bot. Nobody is left hanging."""

import logging
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from telegram.error import NetworkError

from bot.logs import configure
from chat.envelope import Envelope
from storage.database import Store
from storage.tables.chat import inbox
from tests.handlers.conftest import bot as bot
from tests.handlers.conftest import chat as chat
from tests.handlers.conftest import clock as clock
from tests.handlers.conftest import drawing as drawing
from tests.handlers.conftest import geocoder as geocoder
from tests.handlers.conftest import map_page as map_page
from tests.handlers.conftest import market as market
from tests.handlers.conftest import telegram as telegram
from tests.handlers.conftest import town as town
from tests.handlers.conftest import worker as worker
from tests.handlers.town import HERE
from tests.proof.conftest import Figures
from tests.proof.strange import Strange
from tests.sizes import STRANGE_UPDATES
from tests.storage.conftest import database, migrated, store, url
from tests.telegram import TOKEN, Chat, Clock, FakeTelegram

__all__ = ["database", "migrated", "store", "url"]

PEOPLE = range(2000, 2020)
AT_ONCE = 20


@pytest.fixture
def as_before() -> Iterator[None]:
    """The logging, once the test is over."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("as_before")
async def test_whatever_comes_is_handled_and_leaves_nobody_waiting(
    chat: Chat,
    store: Store,
    telegram: FakeTelegram,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    proof: Figures,
) -> None:
    configure([TOKEN])
    chance = random.Random(11)
    strange = Strange(chance, PEOPLE, lambda: int(clock().timestamp()), lambda: _buttons(telegram))
    sound: set[int] = set()
    seen: set[int] = set()
    for number in range(STRANGE_UPDATES // AT_ONCE):
        batch: list[Any] = []
        for _ in range(AT_ONCE):
            if chance.random() < 0.6:
                batch.append(strange.sound())
                sound.add(batch[-1]["update_id"])
            else:
                batch.append(strange.broken())
        telegram.spinning |= dict(_taps(batch, seen))
        if number % 40 == 0:
            telegram.fail(
                "sendMessage", NetworkError(f"https://api.example/bot{TOKEN}/sendMessage")
            )
        await chat.intake.accept(batch)
        await chat.idle()
        assert not telegram.spinning, [it for it in batch if dict(_taps([it], set()))]
        await _is_answered(strange.typed(), chat)
        clock.pass_(seconds=chance.choice((1, 5, 60)))
    states, dead = await _ends(store)
    log = capsys.readouterr().err
    assert set(states) <= {"done", "dead"}
    # Only what no Bot API sends may be buried, and then with the reason.
    assert [reason for number, reason in dead.items() if number in sound or not reason] == []
    assert "<secret>" in log
    assert TOKEN not in log
    telegram.fail("sendMessage")
    for person in PEOPLE:
        await _can_search(chat.of(person))
    proof(updates=STRANGE_UPDATES, done=states["done"], buried=states["dead"], spinning=0, stuck=0)


def _taps(batch: list[Any], seen: set[int]) -> Iterator[tuple[str, int]]:
    """The spinners that updates leave, each with whoever sees it turn.

    One with the number of an earlier update is that update, delivered again.
    """
    for raw in batch:
        envelope = Envelope.of(raw, datetime.now(UTC))
        if envelope is None or envelope.id < 0 or envelope.id in seen:
            continue
        seen.add(envelope.id)
        if envelope.callback_id and envelope.person is not None:
            yield envelope.callback_id, envelope.person


def _buttons(telegram: FakeTelegram) -> list[str]:
    """Of the latest hundred messages."""
    return [
        button["callback_data"]
        for message in list(telegram.messages.values())[-100:]
        for row in message.rows
        for button in row
        if "callback_data" in button
    ]


async def _ends(store: Store) -> tuple[Counter[str], dict[int, str]]:
    """How many updates are in which state, and why some were buried."""
    async with store.read() as work:
        rows = await work.connection.execute(select(inbox.c.id, inbox.c.state, inbox.c.error))
        ends = list(rows)
    return Counter(it.state for it in ends), {it.id: it.error for it in ends if it.state == "dead"}


async def _is_answered(query: Mapping[str, Any], chat: Chat) -> None:
    """An inline query leaves no row: it is asked alone."""
    await chat.intake.accept([query])
    await chat.idle()
    assert query["inline_query"]["id"] in chat.telegram.inline_answers, query


async def _can_search(chat: Chat) -> None:
    """Whoever has had enough begins anew, in whatever language they have come to."""
    chat.heard()
    assert "(📍" in await chat.say("/start")
    assert "| f." in await chat.send_location(*HERE), "no button of a search"
