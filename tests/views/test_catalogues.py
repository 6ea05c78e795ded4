"""Every text of the code is in every catalogue, translated, and fits where the English stood."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from locales.update import SAID_IN, template
from views import menu
from views.catalogues import FOLDER, catalogue
from views.settings import LANGUAGES
from views.words import LOCALES, SOURCE, spoken, words_in

OTHERS = sorted(LOCALES.keys() - {SOURCE})
Entry = tuple[str | None, str]

_HOLE = re.compile(r"\{\w+\}")
_TAG = re.compile(r"</?\w+>")
_TEXTS = {"say": 1, "label": 1, "count": 2, "label_of": 2, "later": 1}
"""How many of the first arguments are texts of the catalogue."""
_STRETCH = 1.7
"""How many times as long as the English a label may be."""
_ROOM = 20
"""The letters it has in any case."""


@pytest.fixture(scope="module")
def said() -> Catalog:
    return template()


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string or "",)


def english(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def entries(found: Catalog) -> dict[Entry, Message]:
    return {(message.context, english(message)[0]): message for message in found if message.id}


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_text_and_no_other(language: str, said: Catalog) -> None:
    here, there = entries(catalogue(language)), entries(said)
    assert sorted(there.keys() - here.keys(), key=str) == [], "run `make words`"
    assert sorted(here.keys() - there.keys(), key=str) == [], "run `make words`"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_in_every_plural_form(language: str) -> None:
    found = catalogue(language)
    missing = [
        message.id
        for message in entries(found).values()
        if message.fuzzy
        or not all(forms(message))
        or len(forms(message)) != (found.num_plurals if message.pluralizable else 1)
    ]
    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_facts_and_the_marks_of_the_english(language: str) -> None:
    wrong = [
        (form, message.id)
        for message in entries(catalogue(language)).values()
        for form in forms(message)
        if _shape(form) != _shape(english(message)[-1])
    ]
    assert wrong == []


def _shape(text: str) -> object:
    """What a translation must not change: facts, tags, and white space at the ends."""
    edges = (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :])
    return Counter(_HOLE.findall(text)), Counter(_TAG.findall(text)), edges


@pytest.mark.parametrize("language", OTHERS)
def test_tags_are_closed_in_the_order_of_their_opening(language: str) -> None:
    for message in entries(catalogue(language)).values():
        for form in forms(message):
            open_tags: list[str] = []
            for tag in _TAG.findall(form):
                if tag.startswith("</"):
                    assert open_tags.pop() == tag.replace("/", ""), form
                else:
                    open_tags.append(tag)
            assert open_tags == [], form


@pytest.mark.parametrize("language", OTHERS)
def test_names_of_commands_stay_as_they_are(language: str) -> None:
    command = re.compile(r"(?<![\w<])/[a-z]+")
    for message in entries(catalogue(language)).values():
        for form in forms(message):
            assert sorted(command.findall(form)) == sorted(command.findall(english(message)[-1]))


def test_what_is_said_can_be_read_off_the_code() -> None:
    """Only what is written down as a plain string can be found, and so be translated."""
    hidden = [
        f"{path}:{call.lineno}"
        for path, call in _calls()
        for argument in call.args[: _TEXTS[_name(call)]]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
        and path != "views/menu.py"  # its keys are marked where they are named
    ]
    assert hidden == []


def test_the_scripts_say_plain_strings_too() -> None:
    calls = re.compile(r"(?<!function )(?<!get )\b(?:say|count)\(\s*(\S)")
    for path in (FOLDER.parent / "miniapp" / "js").rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert set(calls.findall(code)) <= {'"'}, path.name


@cache
def _calls() -> list[tuple[str, ast.Call]]:
    root = FOLDER.parent
    return [
        (path.relative_to(root).as_posix(), node)
        for pattern, method in SAID_IN
        if method == "python"
        for path in root.glob(pattern)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _name(node) in _TEXTS and node.args
    ]


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


@pytest.mark.parametrize("language", OTHERS)
def test_a_label_is_about_as_long_as_the_english(language: str) -> None:
    words = words_in(language)
    labels = {
        ast.literal_eval(call.args[0])
        for path, call in _calls()
        if _name(call) == "label" and path not in ("views/menu.py", "views/profile.py")
    }
    buttons = [text for text in labels if len(text) <= 24 and not text.endswith(".")]
    long = {
        text: words.label(text)
        for text in buttons
        if len(words.label(text)) > max(_ROOM, _STRETCH * len(text))
    }
    assert long == {}


@pytest.mark.parametrize("language", LOCALES)
def test_the_keys_of_the_menu_are_known_in_every_language(language: str) -> None:
    words = words_in(language)
    keys = [key.label for row in menu.keyboard(words).rows for key in row]
    assert set(keys) <= menu.LABELS
    assert len(set(keys)) == 5
    assert all(len(key) <= 24 for key in keys)


def test_no_key_means_two_things() -> None:
    meanings = (menu.FIND, menu.BOOKINGS, menu.LIST, menu.SPACES, menu.SETTINGS)
    every = [label for meaning in meanings for label in menu.in_every_language(meaning)]
    assert len(every) == len(set(every))


def test_every_language_calls_itself_by_its_own_name() -> None:
    own = {code: words_in(code).locale.languages[code].capitalize() for code in LOCALES}
    assert own == LANGUAGES


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("ES_419", "es"),
        ("uk", "uk"),
        ("en-US", "en"),
        ("", ""),
        (None, ""),
        ("ru", ""),
        ("xx-YY-zz", ""),
        ("-", ""),
        ("../de", ""),
    ],
)
def test_a_language_code_is_one_of_ours_or_none(code: str | None, language: str) -> None:
    assert spoken(code) == language
    assert words_in(language).language == (language or SOURCE)


def test_catalogues_are_those_of_our_languages() -> None:
    there = {path.parent.parent.name for path in Path(FOLDER).glob("*/LC_MESSAGES/parkplace.po")}
    assert sorted(there) == OTHERS
