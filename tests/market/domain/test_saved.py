import pytest

from market.domain.errors import Invalid
from market.domain.saved import checked_place_name


@pytest.mark.parametrize("typed", ["Home", "  Home ", "🏠 Home", "x" * 20])
def test_a_place_has_a_short_name_on_one_line(typed: str) -> None:
    assert checked_place_name(typed) == " ".join(typed.split())


@pytest.mark.parametrize(("typed", "reason"), [(" ", "too short"), ("x" * 21, "too long")])
def test_other_names_are_refused(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_place_name(typed)
    assert refusal.value == Invalid("place name", reason, 20)
