"""People of every language type to the bot, as transcripts."""

import pytest

from market.domain.schedule import Opening, Schedule
from market.domain.space import SpaceState
from tests.examples import LISTER
from tests.handlers.conftest import FakeGeocoder
from tests.handlers.spaces.opening import opened
from tests.handlers.town import BAKERY, DRIVEWAY, GARAGE, HERE, Town
from tests.telegram import Chat
from views.words import words_in


def lister_speaking(chat: Chat, language: str) -> Chat:
    return chat.of(1000 + LISTER, language_code=language)


async def speak(chat: Chat, name: str) -> None:
    await chat.say("/language")
    await chat.press(name)


async def one_space(town: Town) -> None:
    for space in (GARAGE, DRIVEWAY):
        await town.change(space, state=SpaceState.DELETED)


async def test_a_time_typed_in_ones_own_language_changes_the_card(chat: Chat, town: Town) -> None:
    renter = chat.of(70, language_code="uk")
    await renter.send_location(*HERE)
    assert "завтра 09:00–17:00" in await renter.say("завтра з 9 до 17")
    assert "завтра 09:00–12:00" in await renter.say("3 год")


async def test_the_language_that_was_chosen_counts_not_that_of_the_phone(
    chat: Chat, town: Town, geocoder: FakeGeocoder
) -> None:
    renter = chat.of(70, language_code="en")
    await speak(renter, "Español")
    await renter.send_location(*HERE)
    assert "mañana 9:00–17:00" in await renter.say("mañana de 9 a 17h")
    assert geocoder.asked == []


async def test_what_may_be_a_time_of_day_or_a_length_is_asked(chat: Chat, town: Town) -> None:
    renter = chat.of(70, language_code="fr")
    await renter.send_location(*HERE)
    assert "une heure de la journée, ou une durée" in await renter.say("demain 9h")
    assert "demain 09:00–17:00" in await renter.say("demain 9h-17h")


async def test_words_of_listers_work_in_their_own_language(chat: Chat, town: Town) -> None:
    await one_space(town)
    lister = lister_speaking(chat, "fr")
    await speak(lister, "Français")
    assert "Fermée jusqu'à 18:00." in await lister.say("fermé jusqu'à 18h")
    assert "Libre jusqu'à 17:00" in await lister.say("libre 3h")
    assert "En pause" in await lister.say("je rentre")


async def test_hours_can_be_typed_as_the_card_shows_them(chat: Chat, town: Town) -> None:
    lister = lister_speaking(chat, "fr")
    await speak(lister, "Français")
    await opened(lister, "Modifier", "Horaires d'ouverture")
    said = await lister.say("du lundi au vendredi de 8h à 18h, sam 22h-2h")
    assert "lun.–ven. 08:00–18:00, sam. 22:00–02:00" in said
    await opened(lister, "Modifier", "Horaires d'ouverture")
    assert said == await lister.say("lun.–ven. 08:00–18:00, sam. 22:00–02:00")
    async with town.store.read() as work:
        kept = (await work.spaces.get(BAKERY)).schedule
    workdays = [Opening(day, 480, 1080) for day in range(5)]
    assert kept == Schedule((*workdays, Opening(5, 1320, 1560)))


async def test_an_answer_may_be_typed_as_its_button_is_labelled(chat: Chat, town: Town) -> None:
    lister = lister_speaking(chat, "uk")
    await speak(lister, "Українська")
    await opened(lister, "Змінити", "Години роботи")
    assert "Відчинено: щодня 18:00–08:00" in await lister.say("ночі 18-8")


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("de", "Bakery Street 4 morgen 9-17 Uhr"),
        ("es", "Bakery Street 4 mañana de 9 a 17"),
        ("fr", "Bakery Street 4 demain de 9h à 17h"),
        ("uk", "Bakery Street 4 завтра з 9 до 17"),
    ],
)
async def test_a_time_may_follow_the_place_in_any_chat(
    chat: Chat, town: Town, language: str, query: str
) -> None:
    renter = chat.of(70, language_code=language)
    answer = await renter.inline(query)
    assert "20,00 €" in answer["results"][0]["title"].replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "until"),
    [("de", "bis 20 Uhr"), ("es", "hasta las 20"), ("fr", "20h"), ("uk", "до 20"), ("fr", "3h")],
)
async def test_a_stay_is_extended_in_ones_own_words(
    chat: Chat, town: Town, language: str, until: str
) -> None:
    renter = chat.of(70, language_code=language)
    words = words_in(language)
    await renter.send_location(*HERE)
    await renter.say("15-17")
    await renter.press("1")
    await renter.press(next(label for label in labels(renter) if "€" in label))
    await renter.press(words.label("Extend"))
    await renter.say(until)
    assert any(label.startswith("20:00 ·") for label in labels(renter))


def labels(chat: Chat) -> list[str]:
    return [button["text"] for row in chat.card().rows for button in row]
