import pytest

from market.domain.errors import Invalid
from market.domain.person import checked_name


@pytest.mark.parametrize(
    ("text", "name"),
    [("Ada", "Ada"), ("  Ada \n Lovelace ", "Ada Lovelace"), ("x" * 40, "x" * 40), ("أ", "أ")],
    ids=["plain", "on one line", "forty characters", "one letter"],
)
def test_a_name_is_kept_on_one_line(text, name) -> None:
    assert checked_name(text) == name


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "too short"), (" \n\t", "too short"), ("x" * 41, "too long")],
    ids=["empty", "blank", "forty-one characters"],
)
def test_other_names_are_refused(text, reason) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_name(text)
    assert refusal.value == Invalid("name", reason, 40)
