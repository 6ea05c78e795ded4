from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.edit import Edit
from market.domain.errors import Invalid
from market.domain.money import Money
from market.domain.refund import Policy
from market.domain.schedule import Opening
from market.domain.space import Approval, Limits, Rules, Tag
from market.domain.tariff import Tariff
from tests.examples import a_space, euros

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNINGS = (Opening(0, 480, 720),)

CHANGES = [
    ({"title": " New  title "}, {"title": "New title"}, False),
    ({"description": " Quiet "}, {"description": "Quiet"}, False),
    ({"notes": "Code 4711"}, {"notes": "Code 4711"}, False),
    ({"tariff": Tariff(euros(300))}, {"tariff": Tariff(euros(300))}, True),
    ({"openings": MORNINGS}, {"schedule": replace(a_space().schedule, openings=MORNINGS)}, True),
    ({"rules": Rules(buffer=DAY)}, {"rules": Rules(buffer=DAY)}, True),
    ({"approval": Approval.REQUEST}, {"approval": Approval.REQUEST}, True),
    ({"policy": Policy.STRICT}, {"policy": Policy.STRICT}, True),
    ({"plate_needed": True}, {"plate_needed": True}, True),
    ({"tags": frozenset({Tag.EV})}, {"tags": frozenset({Tag.EV})}, False),
    ({"limits": Limits(190, 500)}, {"limits": Limits(190, 500)}, True),
    ({"shows_place": True}, {"shows_place": True}, False),
    ({}, {}, False),
]


@pytest.mark.parametrize(
    ("edit", "changes", "promises"), CHANGES, ids=[next(iter(it[0]), "nothing") for it in CHANGES]
)
def test_an_edit_changes_what_it_names_and_nothing_else(edit, changes, promises) -> None:
    assert Edit(**edit).of(a_space()) == a_space(**changes)
    assert Edit(**edit).promises is promises


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        ({"title": "ab"}, Invalid("title", "too short", 3)),
        ({"notes": "x" * 501}, Invalid("notes", "too long", 500)),
        ({"tariff": Tariff(Money(300, "USD"))}, Invalid("price", "other currency", "EUR")),
        ({"rules": Rules(min_stay=14 * MINUTE)}, Invalid("min_stay", "too short", 15)),
        ({"rules": Rules(buffer=2 * DAY)}, Invalid("buffer", "too long", 24 * 60)),
        (
            {"rules": Rules(min_stay=DAY, max_stay=60 * MINUTE)},
            Invalid("max_stay", "shorter than the shortest", 24 * 60),
        ),
        ({"limits": Limits(height=99)}, Invalid("height", "no such size", 1000)),
        ({"limits": Limits(length=3001)}, Invalid("length", "no such size", 3000)),
    ],
    ids=[
        *("short title", "long notes", "dollars", "minutes", "days of buffer"),
        *("nothing fits", "flat", "a train"),
    ],
)
def test_what_cannot_be_is_named(edit, refusal) -> None:
    with pytest.raises(Invalid) as refused:
        Edit(**edit).of(a_space())
    assert refused.value == refusal
