from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.booking import State
from market.domain.errors import Invalid
from market.domain.report import (
    GRACE,
    MAX_WORDS,
    BookedUntil,
    Overstayed,
    Unknown,
    checked_words,
    verdict,
)
from tests.examples import a_booking, at, window

PLATE = "HEL204"
STAY = a_booking(window(1, 3), plate=PLATE)
EARLIER = a_booking(window(-3, -1), plate=PLATE, state=State.COMPLETED)
DONE = replace(STAY, state=State.COMPLETED)
BOOKED = BookedUntil(at(3), "UTC")


def late(hours: float, stay=STAY) -> Overstayed:
    return Overstayed(stay, timedelta(hours=hours))


@pytest.mark.parametrize(
    ("stays", "now", "said"),
    [
        ([STAY], at(1), BOOKED),
        ([STAY], at(3) + GRACE - timedelta(seconds=1), BOOKED),
        ([STAY], at(3) + GRACE, late(1 / 6)),
        ([STAY], at(0.5), Unknown()),
        ([], at(2), Unknown()),
        ([replace(STAY, plate="OTHER")], at(2), Unknown()),
        ([replace(STAY, plate=None)], at(2), Unknown()),
        ([replace(STAY, state=State.CANCELLED)], at(4), Unknown()),
        ([DONE], at(4), late(1, DONE)),
        ([DONE], at(2), late(0, DONE)),
        ([EARLIER, STAY], at(2), BOOKED),
        ([STAY, EARLIER], at(5), late(2)),
    ],
    ids=[
        "just begun",
        "within the grace",
        "beyond the grace",
        "not begun",
        "nobody",
        "another plate",
        "no plate",
        "cancelled",
        "completed",
        "left early and came back",
        "comes back",
        "the latest counts",
    ],
)
def test_a_plate_is_known_by_its_stays(stays, now, said) -> None:
    assert verdict(PLATE, stays, "UTC", now) == said


def test_words_are_needed_and_have_their_limit() -> None:
    assert checked_words("  Blocks the gate.\n") == "Blocks the gate."
    assert checked_words("x" * MAX_WORDS)
    for wrong in ("", "  ", "x" * (MAX_WORDS + 1)):
        with pytest.raises(Invalid):
            checked_words(wrong)
