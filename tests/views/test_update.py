"""What ``make words`` does to the catalogues."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from locales import update as words
from views import catalogues
from views.catalogues import catalogue, file_of, translations


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def say(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """The code says these texts from now on, and the catalogues are brought up to date."""

    def say(*texts: str | tuple[str, str]) -> None:
        said = Catalog()
        for text in texts:
            said.add(text, locations=[("views/menu.py", 0)])
        monkeypatch.setattr(words, "template", lambda: said)
        words.update()

    return say


def translate(language: str, text: str, translation: str) -> None:
    path = file_of(language)
    path.write_text(
        path.read_text("utf-8").replace(
            f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translation}"'
        ),
        "utf-8",
    )


def test_a_new_text_comes_in_empty_and_is_shown_in_english(say) -> None:
    say("Back", ("{n} day", "{n} days"))
    assert translations("uk").gettext("Back") == "Back"
    assert translations("uk").ngettext("{n} day", "{n} days", 5) == "{n} days"
    assert catalogue("uk").get("{n} day").string == ("", "", "")


def test_a_translation_stays_and_nothing_is_guessed_from_it(say) -> None:
    say("Show booking")
    translate("de", "Show booking", "Buchung zeigen")
    say("Show booking", "Show bookings")
    assert translations("de").gettext("Show booking") == "Buchung zeigen"
    assert translations("de").gettext("Show bookings") == "Show bookings"


def test_what_nobody_says_any_more_goes(say, folder: Path) -> None:
    say("Back", "Forward")
    translate("fr", "Forward", "Avancer")
    say("Back")
    assert "Avancer" not in file_of("fr").read_text("utf-8")


def test_a_second_time_changes_nothing(say, folder: Path) -> None:
    say("Back")
    before = {path: path.read_bytes() for path in folder.rglob("*.po")}
    assert len(before) == 4
    say("Back")
    assert {path: path.read_bytes() for path in folder.rglob("*.po")} == before
