"""In which language the bot meets somebody, where its operator has set German."""

import pytest

from gateways.geography import OfflineGeography
from market.services import Market
from tests.handlers.town import Town
from tests.telegram import Chat


@pytest.fixture
def market(town: Town) -> Market:
    return Market(town, OfflineGeography("EUR"), language="de")


@pytest.mark.parametrize("code", ["", None, "xx-YY-zz", "ar", "-", "deutsch"])
async def test_whoever_speaks_none_of_ours_is_met_in_that_language(
    chat: Chat, code: str | None
) -> None:
    assert "findet für dich" in await chat.of(77, language_code=code).say("/start")


@pytest.mark.parametrize(
    ("code", "welcome"),
    [("en", "finds you"), ("es-MX", "te encuentra"), ("DE_at", "findet für dich")],
)
async def test_whoever_speaks_one_of_ours_is_met_in_it(chat: Chat, code: str, welcome: str) -> None:
    assert welcome in await chat.of(77, language_code=code).say("/start")


async def test_inline_it_is_the_same(chat: Chat) -> None:
    answer = await chat.of(77, language_code="").inline("")
    assert answer["button"]["text"] == "Schick den Standort oder tippe 60.17, 24.94"
