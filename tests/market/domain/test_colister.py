from contextlib import nullcontext

import pytest

from market.domain.colister import Right, check_right
from market.domain.errors import ListerOnly, NotFound
from tests.examples import LISTER, RENTER, STRANGER, a_space

MAY = {
    Right.SEE: True,
    Right.ANSWER: True,
    Right.BLOCK: True,
    Right.PAUSE: True,
    Right.EDIT: False,
    Right.MONEY: False,
    Right.INVITE: False,
    Right.DELETE: False,
}
"""What a co-lister may do."""


@pytest.mark.parametrize(("right", "may"), MAY.items())
def test_who_may_do_what(right: Right, may: bool) -> None:
    check_right(a_space(), LISTER, (), right)
    with nullcontext() if may else pytest.raises(ListerOnly):
        check_right(a_space(), RENTER, (RENTER,), right)
    with pytest.raises(NotFound):
        check_right(a_space(), STRANGER, (RENTER,), right)


def test_every_right_is_in_the_table() -> None:
    assert set(MAY) == set(Right)
