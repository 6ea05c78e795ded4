"""Signing in with what Telegram signs for a Mini App."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api.conftest import TOKEN, Client
from tests.examples import NOON

USER = {"id": 4711, "first_name": "Ada", "language_code": "en"}


def launch(signed_with: str = TOKEN, more: str = "", **changes: Any) -> str:
    """initData, signed as Telegram describes it; an independent rendering of that description."""
    facts = {"auth_date": int(NOON.timestamp()), "query_id": "AA", "user": json.dumps(USER)}
    facts |= changes
    check = "\n".join(f"{name}={facts[name]}" for name in sorted(facts))
    key = hmac.new(b"WebAppData", signed_with.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, check.encode(), hashlib.sha256).hexdigest()
    return urlencode(facts | {"hash": signature}) + more


async def test_a_telegram_person_is_signed_in_and_counts_as_verified(anybody: Client) -> None:
    answer = await anybody.post("auth/telegram", init_data=launch())

    assert answer.status_code == 200
    anybody.tokens = answer.json()
    me = (await anybody.get("auth/me")).json()
    assert (me["name"], me["telegram_linked"], me["verified"]) == ("Ada", True, True)


async def test_the_same_person_comes_back(anybody: Client) -> None:
    ids = set()
    for _ in range(2):
        anybody.tokens = (await anybody.post("auth/telegram", init_data=launch())).json()
        ids.add((await anybody.get("auth/me")).json()["id"])

    assert len(ids) == 1


@pytest.mark.parametrize(
    "data",
    [
        launch(signed_with="123456:another-bot"),
        launch().replace("Ada", "Eve"),
        launch(more="&user=%7B%22id%22%3A1%7D"),
        launch(more="&extra=1"),
        launch(auth_date=int(NOON.timestamp()) - 3601),
        launch(auth_date=int(NOON.timestamp()) + 61),
        launch(auth_date="soon"),
        launch(user="no json"),
        launch(user="[]"),
        launch(user='{"id": "4711"}'),
        "hash=" + "0" * 64,
        "no pairs",
        "user=%ff&hash=1",
    ],
    ids=[
        "another bot's",
        "changed",
        "a name twice",
        "something added",
        "an hour old",
        "from the future",
        "without a time",
        "a broken user",
        "a list of users",
        "a number in words",
        "nothing signed",
        "nothing at all",
        "no text",
    ],
)
async def test_what_telegram_did_not_sign_just_now_is_refused(anybody: Client, data: str) -> None:
    assert (await anybody.post("auth/telegram", init_data=data)).status_code == 401


async def test_an_hour_is_just_young_enough(anybody: Client) -> None:
    data = launch(auth_date=int(NOON.timestamp()) - 3600)

    assert (await anybody.post("auth/telegram", init_data=data)).status_code == 200
