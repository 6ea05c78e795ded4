"""Lengths of time and sizes of vehicles as listers type them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.sizes import read_length, read_size
from market.domain.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30 min", 30),
        ("90m", 90),
        ("2h", 120),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("1 day 12 h", 36 * 60),
        ("2 weeks", 14 * 24 * 60),
        ("1 month", 30 * 24 * 60),
        ("none", 0),
        ("0", 0),
    ],
)
def test_lengths_as_people_type_them(typed: str, minutes: int) -> None:
    assert read_length(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["2", "soon", "2 h or so", "2 x", "", "99999999999999999999 h"])
def test_a_length_that_is_unclear_is_asked_about(typed: str) -> None:
    with pytest.raises(Invalid, match="not understood"):
        read_length(typed)


@pytest.mark.parametrize(
    ("typed", "centimetres"),
    [
        ("1.9 m", 190),
        ("1,90", 190),
        ("190 cm", 190),
        ("190", 190),
        ("2", 200),
        ("6'3\"", 190),
        ("6 ft 3 in", 190),
        ("6′3″", 190),
        ("7 feet", 213),
        ("none", None),
        ("no limit", None),
    ],
)
def test_sizes_as_people_type_them(typed: str, centimetres: int | None) -> None:
    assert read_size(typed) == centimetres


@pytest.mark.parametrize("typed", ["high", "1.9.2", "about 2 m", ""])
def test_a_size_that_is_unclear_is_asked_about(typed: str) -> None:
    with pytest.raises(Invalid, match="not understood"):
        read_size(typed)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_length, read_size):
        try:
            read(text)
        except Invalid:
            continue
