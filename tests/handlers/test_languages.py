"""The whole chat in every language: what is shown is translated, and fits where it stands."""

import gettext
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from market.domain.space import Approval, Tag
from tests.examples import LISTER
from tests.handlers.post import Post
from tests.handlers.town import Town, many
from tests.telegram import Chat, Clock, FakeTelegram
from views import words as words_module
from views.settings import LANGUAGES
from views.words import LOCALES, SOURCE, words_in

PAGES = (
    *("/start", "/help", "/find", "/list", "/bookings", "/spaces", "/settings", "/privacy"),
    *("/terms", "/report", "hm?", "52.52, 13.405"),
)
PRESSES = 8
"""On each page, before the next one is opened."""
NEVER = ("d.erase", "s.delete", "p.speak", "p.clear", "w.instant", "w.tag", "w.price")
"""What ends the walk, or leaves nothing to find."""
ROW = 48
"""Letters that a row of buttons has room for on a phone; Telegram shares it out evenly."""

_OUR_OWN = re.compile(
    rf"\u2068[^\u2069]*\u2069|</?\w+>|\b(?:EUR|HEL-204|{'|'.join(LANGUAGES.values())})\b"
)
"""What people wrote, marks, and what is the same in every language."""


class Marked(gettext.NullTranslations):
    """Says everything between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{many}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Dates and money as in Ukraine, every text of ours between brackets."""
    words_in.cache_clear()
    monkeypatch.setattr(words_module, "_catalogue", lambda language: Marked())
    yield
    words_in.cache_clear()


async def test_nothing_is_shown_that_is_not_in_the_catalogues(
    marked: None, chat: Chat, town: Town, telegram: FakeTelegram, post: Post, clock: Clock
) -> None:
    await walk(chat, town, telegram, "uk", rounds=3)
    for _ in range(30):
        clock.pass_(hours=1)
        await post.deliver(chat)
    texts = {text for _, texts in shown(telegram) for text in texts}
    assert {text for text in texts if re.search(r"[A-Za-z]{2}", outside(text))} == set()
    assert len(texts) > 250


@pytest.mark.parametrize("language", LOCALES)
async def test_whoever_opens_everything_meets_nothing_too_long_or_unfilled(
    chat: Chat, town: Town, telegram: FakeTelegram, language: str
) -> None:
    await walk(chat, town, telegram, language, rounds=1)
    for row, texts in shown(telegram):
        assert not any(re.search(r"[{}]", text) for text in texts)
        assert not row or max(map(len, texts)) <= ROW / len(texts) + 2, texts


@pytest.mark.parametrize("language", LOCALES)
async def test_five_spaces_with_long_titles_fit_on_the_card(
    chat: Chat, town: Town, language: str
) -> None:
    await town.add(*many(2))
    for space in tuple(town.spaces):
        await town.change(space, title="M" * 60, tags=frozenset(Tag), approval=Approval.REQUEST)
    renter = chat.of(70, language_code=language)
    await renter.say("Bakery Street 4")
    tomorrow = renter.card().rows[1][1]["callback_data"]
    card = await renter.press_data(tomorrow, renter.card())
    text = re.sub(r"</?\w+>", "", card.partition("\n[")[0])
    assert text.count("M" * 60) == 5
    assert len(text) <= 1000


def outside(text: str) -> str:
    """What stands outside all brackets."""
    depth, kept = 0, []
    for letter in _OUR_OWN.sub("", text):
        depth += (letter == "⟦") - (letter == "⟧")
        if not depth:
            kept.append(letter)
    return "".join(kept)


async def walk(
    chat: Chat, town: Town, telegram: FakeTelegram, language: str, *, rounds: int
) -> None:
    """A renter and a lister open every page, and press what they have pressed least."""
    await town.add(*many(8))
    renter = chat.of(70, language_code=language)
    lister = chat.of(1000 + LISTER, language_code=language)
    if language != SOURCE:
        await lister.say("/language")
        await lister.press(LANGUAGES[language])
    pressed = Counter(dict.fromkeys(NEVER, 1_000_000))
    for _ in range(rounds):
        for page in PAGES:
            for person in (renter, lister):
                await person.say("/cancel")
                await person.say(page)
                for _ in range(PRESSES):
                    await press(person, telegram, pressed)


async def press(chat: Chat, telegram: FakeTelegram, pressed: Counter[str]) -> None:
    """One button of the newest cards."""
    cards = sorted((id_ for user, id_ in telegram.messages if user == chat.user), reverse=True)
    buttons = [
        (button["callback_data"], message)
        for message in (telegram.messages[chat.user, id_] for id_ in cards[:4])
        for row in message.rows
        for button in row
        if button.get("callback_data")
    ]
    if buttons:
        data, message = min(buttons, key=lambda it: pressed[kind(it[0])])
        pressed[kind(data)] += 1
        await chat.press_data(data, message)


def kind(data: str) -> str:
    """What a button does; what it does it with only where that is a word."""
    action, id_, _ = data.split(":")
    rest = id_.partition(".")[2]
    return f"{action} {rest}" if rest.isalpha() and rest.islower() else action


def shown(telegram: FakeTelegram) -> Iterator[tuple[bool, list[str]]]:
    """Whatever was sent: a row of buttons, or the texts of a message."""
    for _, fields in telegram.calls:
        markup: Mapping[str, Any] = fields.get("reply_markup") or {}
        for row in (*markup.get("inline_keyboard", ()), *markup.get("keyboard", ())):
            yield True, [button["text"] for button in row]
        yield False, [fields[name] for name in ("text", "caption") if fields.get(name)]


async def test_a_language_is_spoken_at_once_and_old_keys_keep_working(
    chat: Chat, town: Town
) -> None:
    choices = await chat.say("/language")
    assert all(f"[{name}" in choices for name in LANGUAGES.values())
    switched = await chat.press("Deutsch")
    assert "(📍 Parkplatz finden)" in switched
    assert "Sprache: Deutsch" in switched
    assert "Wo möchtest du parken?" in await chat.say("📍 Find parking")
    assert "Deine Buchungen" in await chat.say("📅 Мої бронювання")
