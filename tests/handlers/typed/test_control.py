"""A lister's words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.typed.control import Control, Word, control_of, ends_at
from market.domain.errors import Invalid

NOW = datetime(2030, 6, 3, 12, 7, tzinfo=UTC)
"""14:07 in Berlin."""
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "control"),
    [
        ("yes", Control(Word.YES)),
        ("No.", Control(Word.NO)),
        ("off", Control(Word.OFF)),
        ("Off till 18", Control(Word.OFF, "till 18")),
        ("off until 6pm", Control(Word.OFF, "until 6pm")),
        ("pause 2h", Control(Word.OFF, "2h")),
        ("free 3h", Control(Word.FREE, "3h")),
        ("free for 90 min", Control(Word.FREE, "for 90 min")),
        ("going out", Control(Word.FREE)),
        ("going out till 22:30", Control(Word.FREE, "till 22:30")),
        ("coming home", Control(Word.OFF)),
        ("coming home at 18", Control(Word.FREE, "till 18")),
        ("coming home in 2h", Control(Word.FREE, "for 2h")),
    ],
)
def test_a_word_is_known(typed: str, control: Control) -> None:
    assert control_of(typed) == control


@pytest.mark.parametrize(
    "typed",
    ["free parking near the station", "yes please do", "offer", "home sweet home", "", "18"],
)
def test_anything_else_is_no_such_word(typed: str) -> None:
    assert control_of(typed) is None


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        ("till 18", "2030-06-03 18:00"),
        ("until 6pm", "2030-06-03 18:00"),
        ("till 9am", "2030-06-04 09:00"),
        ("till 14:00", "2030-06-04 14:00"),
        ("3h", "2030-06-03 17:07"),
        ("for 90 min", "2030-06-03 15:37"),
        ("2 days", "2030-06-05 14:07"),
    ],
)
def test_a_word_lasts_until_the_next_such_time(until: str, ends: str) -> None:
    assert ends_at(until, NOW, BERLIN) == datetime.fromisoformat(ends).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("until", "reason"),
    [("till 6", "half of the day"), ("till 99", "not understood"), ("900 days", "not understood")],
)
def test_an_unclear_end_is_asked_about(until: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ends_at(until, NOW, BERLIN)
    assert refusal.value.reason == reason
