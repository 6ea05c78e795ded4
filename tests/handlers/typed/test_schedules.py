"""Opening hours and dates as listers type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.schedules import read_dates, read_openings
from market.domain.errors import Invalid
from market.domain.schedule import DAY, Dates, Opening

TODAY = date(2030, 6, 3)
"""A Monday."""


def hours(opens: float, closes: float, *weekdays: int) -> set[Opening]:
    return {Opening(day, int(opens * 60), int(closes * 60)) for day in weekdays or range(7)}


@pytest.mark.parametrize(
    ("typed", "openings"),
    [
        ("always", set()),
        ("24/7", set()),
        ("mon-fri 8-18", hours(8, 18, *range(5))),
        ("Mon–Fri 8–18, Sat 10–2pm", hours(8, 18, *range(5)) | hours(10, 14, 5)),
        ("mon-fri 8-18, sat 22-2", hours(8, 18, *range(5)) | hours(22, 26, 5)),
        ("weekends", hours(0, 24, 5, 6)),
        ("weekdays 8:30-17:15", hours(8.5, 17.25, *range(5))),
        ("8am-6pm", hours(8, 18)),
        ("daily 7-22", hours(7, 22)),
        ("18-9", hours(18, 33)),
        ("fri-mon 20-8", hours(20, 32, 4, 5, 6, 0)),
        ("mon, wed and fri 9 to 17", hours(9, 17, 0, 2, 4)),
        ("mon-fri 8-12, 14-18", hours(8, 12, *range(5)) | hours(14, 18, *range(5))),
        ("mon-sat 8-18; sunday closed", hours(8, 18, *range(6))),
        ("tue all day, thu noon-midnight", hours(0, 24, 1) | hours(12, 24, 3)),
        ("sat 0-24.", hours(0, 24, 5)),
        ("open weekends 10.30-16.00", hours(10.5, 16, 5, 6)),
        ("mon-thu open, fri 8-12", hours(0, 24, *range(4)) | hours(8, 12, 4)),
        ("mon-fri 8-18, sat 10-2", hours(8, 18, *range(5)) | hours(10, 26, 5)),
        ("sat 10-2, sun 8.00-20.30", hours(10, 26, 5) | hours(8, 20.5, 6)),
    ],
)
def test_hours_as_people_type_them(typed: str, openings: set[Opening]) -> None:
    assert set(read_openings(typed)) == openings


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("sat 10-2", "half of the day"),
        ("8-6", "half of the day"),
        ("mon-fri 8am-6pm, sat 10-2", "half of the day"),
        ("open", "not understood"),
        ("mon-fri 8-25", "not understood"),
        ("mon-fri 8:70-9", "not understood"),
        ("mon-fri 13pm-14pm", "not understood"),
        ("someday 8-18", "not understood"),
        ("mon 8-18 or so", "not understood"),
        ("monfri 8-18", "not understood"),
        ("8", "not understood"),
        ("sunday closed", "not understood"),
        ("", "not understood"),
        ("x" * 4000, "not understood"),
    ],
)
def test_hours_that_are_unclear_are_asked_about(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_openings(typed)
    assert (refusal.value.field, refusal.value.reason) == ("schedule", reason)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_openings, lambda it: read_dates(it, TODAY)):
        try:
            read(text)
        except Invalid:
            continue


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@given(
    st.sets(
        # Twelve hours at most: longer than overnight, "11:00-10:00" is asked about.
        st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 11)),
        min_size=1,
        max_size=9,
    )
)
def test_what_is_written_out_is_read_back(spans: set[tuple[int, int, int]]) -> None:
    wanted = {Opening(day, h * 60, (h + length) * 60) for day, h, length in spans}
    written = ", ".join(
        f"{DAYS[it.weekday]} {it.opens // 60:02}:00-{it.closes % DAY // 60:02}:00" for it in wanted
    )
    assert set(read_openings(written)) == wanted


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("24.12.-2.1.", (2030, 12, 24), (2031, 1, 2)),
        ("24.12. - 2.1.", (2030, 12, 24), (2031, 1, 2)),
        ("24.-26.12.", (2030, 12, 24), (2030, 12, 26)),
        ("24.12.2030 till 2.1.2031", (2030, 12, 24), (2031, 1, 2)),
        ("2030-12-24", (2030, 12, 24), (2030, 12, 24)),
        ("24 dec - 2 jan", (2030, 12, 24), (2031, 1, 2)),
        ("from December 24th to January 2nd, 2031", (2030, 12, 24), (2031, 1, 2)),
        ("2.6.", (2031, 6, 2), (2031, 6, 2)),
        ("3.6.", (2030, 6, 3), (2030, 6, 3)),
        ("29.2.", (2032, 2, 29), (2032, 2, 29)),
        ("tomorrow", (2030, 6, 4), (2030, 6, 4)),
        ("today - friday", (2030, 6, 3), (2030, 6, 7)),
        ("fri-mon", (2030, 6, 7), (2030, 6, 10)),
        ("weekend", (2030, 6, 8), (2030, 6, 9)),
    ],
)
def test_dates_as_people_type_them(typed, first, last) -> None:
    assert read_dates(typed, TODAY) == Dates(date(*first), date(*last))


def test_on_a_sunday_the_weekend_is_that_day() -> None:
    assert read_dates("weekend", date(2030, 6, 9)) == Dates(date(2030, 6, 9), date(2030, 6, 9))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("24/12", "not understood"),
        ("31.2.", "not understood"),
        ("31.-26.12.", "the last date comes before the first"),
        ("31.4.2031", "not understood"),
        ("1.1.2030", "past"),
        ("1.1.2039", "too far"),
        ("soon", "not understood"),
        ("", "not understood"),
    ],
)
def test_dates_that_are_unclear_are_asked_about(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_dates(typed, TODAY)
    assert (refusal.value.field, refusal.value.reason) == ("dates", reason)
