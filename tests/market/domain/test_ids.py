import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.ids import BITS, LENGTH, new_id, read_id, written

numbers = st.integers(1, (1 << BITS) - 1)


@given(numbers)
def test_an_id_survives_being_written_and_read(number: int) -> None:
    assert len(written(number)) == LENGTH
    assert read_id(written(number)) == number


@given(numbers)
def test_capitals_and_surrounding_spaces_are_forgiven(number: int) -> None:
    assert read_id(f"  {written(number).upper()}\n") == number


@given(numbers)
def test_look_alikes_are_forgiven(number: int) -> None:
    clear = written(number)
    assert read_id(clear.replace("1", "l").replace("0", "O")) == number
    assert read_id(clear.replace("1", "I")) == number


@given(numbers)
def test_a_written_id_fits_links_and_has_no_look_alikes(number: int) -> None:
    assert not set(written(number)) & set("ilou")
    assert written(number).isascii()
    assert written(number).isalnum()


@given(numbers, numbers)
def test_written_ids_sort_as_their_numbers(a: int, b: int) -> None:
    assert (written(a) < written(b)) == (a < b)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789",
        "12345678901",
        "123456789u",
        "12345 7890",
        "١٢٣٤٥٦٧٨٩٠",
        "İ23456789",
        "0" * 10,
    ],
    ids=["empty", "short", "long", "a u", "a space", "other digits", "grows in lower case", "zero"],
)
def test_anything_else_is_no_id(text) -> None:
    assert read_id(text) is None


@given(st.text(max_size=12))
def test_reading_never_fails_and_reads_back_alike(text: str) -> None:
    number = read_id(text)
    assert number is None or read_id(written(number)) == number


def test_new_ids_are_in_range_and_differ() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(0 < number < 1 << BITS for number in made)
