"""What whoever looks after a space learns of a car."""

import pytest

from market.domain.ids import ReportId
from market.domain.report import BookedUntil, Matter, Report
from tests.examples import NOON, at
from views import report as view
from views.words import words_in


@pytest.mark.parametrize(("hours", "until"), [(3, "17:00."), (27, "tomorrow 17:00.")])
def test_a_stay_that_lasts_into_another_day_is_answered_with_its_day(hours, until) -> None:
    report = Report(ReportId(1), Matter.PLATE, NOON, plate="HEL204")
    said = BookedUntil(at(hours), "Europe/Berlin")
    words = words_in("en", "Europe/Berlin")
    assert view.answered(words, report, said, NOON).text == (
        f"<b>HEL204</b> is booked in until {until}"
    )
