import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.errors import Invalid
from market.domain.vehicle import MAX_PLATE, plate_of


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("HEL-204", "HEL204"),
        (" hel 204 ", "HEL204"),
        ("M·AB 1234", "MAB1234"),
        ("m.ab.1234", "MAB1234"),
        ("HEL\u2011204", "HEL204"),
        ("HEL\u2010204", "HEL204"),
        ("HEL–204", "HEL204"),
        ("HEL\u00a0204", "HEL204"),
        ("ＨＥＬ２０４", "HEL204"),
        ("АА 1234 ВВ", "АА1234ВВ"),
        ("öö 12", "ÖÖ12"),
        ("品川 330", "品川330"),
        ("AB", "AB"),
        ("ABCDEF123456", "ABCDEF123456"),
    ],
    ids=[
        "hyphen",
        "small letters and spaces",
        "middle dot",
        "dots",
        "hyphen that does not break",
        "typographic hyphen",
        "dash",
        "space that does not break",
        "full width",
        "Cyrillic",
        "umlauts",
        "Japanese",
        "shortest",
        "longest",
    ],
)
def test_a_plate_is_compared_without_its_dress(text, plate) -> None:
    assert plate_of(text) == plate


@pytest.mark.parametrize(
    "text",
    ["", "A", "-", "A-", "ABCDEF1234567", "HEL 204!", "HEL\n204", "<b>1</b>", "HEL_204", "🚗🚗"],
    ids=[
        "empty",
        "one letter",
        "a hyphen",
        "one letter and a hyphen",
        "thirteen",
        "exclamation mark",
        "two lines",
        "markup",
        "underscore",
        "emoji",
    ],
)
def test_anything_else_is_no_plate(text) -> None:
    with pytest.raises(Invalid) as refusal:
        plate_of(text)
    assert refusal.value == Invalid("plate", "not a plate", MAX_PLATE)


@given(st.text(max_size=20))
def test_a_plate_that_was_taken_is_taken_again_unchanged(text: str) -> None:
    try:
        plate = plate_of(text)
    except Invalid:
        return
    assert 2 <= len(plate) <= MAX_PLATE
    assert plate_of(plate) == plate
