from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from market.domain.calendar import Mark, days, whole_day
from market.domain.earnings import months_until
from market.domain.schedule import Dates, Opening, Schedule
from tests.examples import a_booking, a_space, window

MONDAY = date(2030, 6, 3)
DAY = timedelta(days=1)


def marks(space, *bookings) -> list[Mark]:
    """Of Monday to Wednesday."""
    wanted = [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY]
    return [day.mark for day in days(space, wanted, bookings)]


BLOCKED_TUESDAY = (Dates(MONDAY + DAY, MONDAY + DAY),)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(), [Mark.FREE] * 3),
        (Schedule(blocked=BLOCKED_TUESDAY), [Mark.FREE, Mark.BLOCKED, Mark.FREE]),
        (Schedule((Opening(0, 0, 60),)), [Mark.FREE, Mark.CLOSED, Mark.CLOSED]),
        (Schedule((Opening(0, 1200, 1800),)), [Mark.FREE, Mark.FREE, Mark.CLOSED]),
        (Schedule((Opening(6, 1200, 1800),)), [Mark.FREE, Mark.CLOSED, Mark.CLOSED]),
    ],
    ids=["always", "blocked", "Mondays", "into Tuesday", "out of Sunday"],
)
def test_a_day_is_marked_by_the_schedule(schedule, expected) -> None:
    assert marks(a_space(schedule=schedule)) == expected


def test_a_booking_outweighs_everything_on_each_day_it_touches() -> None:
    night = a_booking(window(9, 11))  # from 23:00 to 01:00 in Berlin
    found = list(days(a_space(schedule=Schedule(blocked=BLOCKED_TUESDAY)), [MONDAY], [night]))
    assert (found[0].mark, found[0].bookings) == (Mark.BOOKED, (night,))
    assert marks(a_space(), night) == [Mark.BOOKED, Mark.BOOKED, Mark.FREE]


def test_a_date_that_never_was_is_closed() -> None:
    apia = a_space(zone="Pacific/Apia")
    lost = date(2011, 12, 30)
    assert whole_day(apia, lost) is None
    assert [day.mark for day in days(apia, [lost], [])] == [Mark.CLOSED]


def test_months_follow_one_another_over_the_year() -> None:
    months = list(months_until(date(2030, 2, 3), 3, ZoneInfo("Europe/Berlin")))
    assert [first for first, _ in months] == [date(2029, 12, 1), date(2030, 1, 1), date(2030, 2, 1)]
    assert [window.end for _, window in months[:-1]] == [window.start for _, window in months[1:]]
