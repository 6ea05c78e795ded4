"""The texts of the Mini App over HTTP."""

import pytest

from api.app import PREFIX
from tests.api.conftest import Client
from views import page_words
from views.words import LOCALES


async def test_words_are_kept_until_they_change(anybody: Client) -> None:
    answer = await anybody.get("words/de-AT")
    again = await anybody.call("GET", "words/de", headers={"If-None-Match": answer.headers["etag"]})

    assert (answer.json()["language"], answer.json()["locale"]) == ("de", "de")
    assert answer.headers["cache-control"] == "public, no-cache"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("language", ["en", "en-US", "tlh", "-", "EN_gb"])
async def test_whoever_speaks_something_else_gets_english(anybody: Client, language: str) -> None:
    words = (await anybody.get(f"words/{language}")).json()

    assert (words["language"], words["locale"], words["messages"]) == ("en", "en-GB", {})
    assert {one["code"] for one in words["languages"]} == set(LOCALES)


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("en", {"one", "other"}),
        ("de", {"one", "other"}),
        ("es", {"one", "many", "other"}),
        ("fr", {"one", "many", "other"}),
        ("uk", {"one", "few", "many", "other"}),
    ],
)
def test_there_is_a_number_for_every_plural_a_language_has(
    language: str, categories: set[str]
) -> None:
    examples = page_words._examples(page_words.words_in(language))

    assert set(examples) == categories


def test_the_description_names_the_route(app) -> None:
    assert f"{PREFIX}/words/{{language}}" in app.openapi()["paths"]
