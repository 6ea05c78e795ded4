from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.money import Money
from market.domain.refund import Policy, refund, steps
from market.domain.window import Window
from tests.examples import NOON, euros
from tests.strategies import money

INSTANT = timedelta(microseconds=1)
STAY = Window.lasting(NOON, timedelta(hours=2))
LONG_AGO = NOON - timedelta(days=60)


def before(**length: float) -> datetime:
    return NOON - timedelta(**length)


@pytest.mark.parametrize(
    ("policy", "now", "minor"),
    [
        (Policy.FLEXIBLE, before(hours=1), 501),
        (Policy.FLEXIBLE, before(hours=1) + INSTANT, 0),
        (Policy.FLEXIBLE, NOON, 0),
        (Policy.MODERATE, before(hours=24), 501),
        (Policy.MODERATE, before(hours=24) + INSTANT, 251),
        (Policy.MODERATE, NOON - INSTANT, 251),
        (Policy.MODERATE, NOON, 0),
        (Policy.MODERATE, NOON + timedelta(hours=1), 0),
        (Policy.STRICT, before(days=7), 501),
        (Policy.STRICT, before(days=7) + INSTANT, 251),
        (Policy.STRICT, before(hours=24), 251),
        (Policy.STRICT, before(hours=24) + INSTANT, 0),
        (Policy.STRICT, NOON, 0),
    ],
    ids=[
        "flexible, at its cutoff",
        "flexible, just after it",
        "flexible, at the start",
        "moderate, at its first cutoff",
        "moderate, just after it: the odd cent is the renter's",
        "moderate, just before the start",
        "moderate, at the start",
        "moderate, during the stay",
        "strict, at its first cutoff",
        "strict, just after it",
        "strict, at its second cutoff",
        "strict, just after it: nothing",
        "strict, at the start",
    ],
)
def test_what_comes_back_of_a_stay_booked_long_ago(policy, now, minor) -> None:
    assert refund(policy, STAY, LONG_AGO, euros(501), now) == euros(minor)


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize(
    ("booked", "now"),
    [
        (before(minutes=11), before(minutes=11)),
        (before(minutes=11), before(minutes=1)),
        (before(minutes=10) - INSTANT, before(minutes=5)),
    ],
    ids=["at once", "at the end of the ten minutes", "if the start is just further away"],
)
def test_everything_comes_back_within_ten_minutes_of_booking(policy, booked, now) -> None:
    assert refund(policy, STAY, booked, euros(501), now) == euros(501)


@pytest.mark.parametrize(
    ("policy", "minor"), [(Policy.FLEXIBLE, 0), (Policy.MODERATE, 251), (Policy.STRICT, 0)]
)
@pytest.mark.parametrize(
    ("booked", "now"),
    [
        (before(minutes=10), before(minutes=10)),
        (before(minutes=5), before(minutes=4)),
        (before(minutes=30), before(minutes=20) + INSTANT),
    ],
    ids=["the start is ten minutes away", "the start is nearer", "the ten minutes are over"],
)
def test_otherwise_the_policy_alone_counts(policy, minor, booked, now) -> None:
    assert refund(policy, STAY, booked, euros(501), now) == euros(minor)


@pytest.mark.parametrize("policy", Policy)
def test_nothing_comes_back_of_a_stay_booked_after_its_start(policy) -> None:
    booked = NOON + timedelta(minutes=5)
    assert steps(policy, STAY, booked, euros(501)) == ()
    assert refund(policy, STAY, booked, euros(501), booked) == euros(0)


PROMISED = {
    Policy.FLEXIBLE: [(timedelta(hours=1), 100)],
    Policy.MODERATE: [(timedelta(hours=24), 100), (timedelta(), 50)],
    Policy.STRICT: [(timedelta(days=7), 100), (timedelta(hours=24), 50)],
}


def promised_percent(policy: Policy, start: datetime, booked: datetime, now: datetime) -> int:
    """The rules word by word."""
    if now >= start:
        return 0
    if now - booked <= timedelta(minutes=10) < start - booked:
        return 100
    return next((percent for ahead, percent in PROMISED[policy] if start - now >= ahead), 0)


policies = st.sampled_from(Policy)
leads = st.timedeltas(timedelta(minutes=-15), timedelta(days=9)) | st.sampled_from(
    [timedelta(minutes=10), timedelta(hours=1), timedelta(hours=24), timedelta(days=7)]
).flatmap(lambda lead: st.timedeltas(lead - timedelta(minutes=15), lead + timedelta(minutes=15)))


@st.composite
def moments(draw: st.DrawFn, booked: datetime) -> datetime:
    """After the booking: any instant, or just around one at which something changes."""
    edges = [
        NOON,
        before(hours=1),
        before(hours=24),
        before(days=7),
        booked + timedelta(minutes=10),
    ]
    near = st.builds(
        lambda edge, off: edge + off * INSTANT, st.sampled_from(edges), st.integers(-1, 1)
    )
    anyway = st.datetimes(
        booked.replace(tzinfo=None), (NOON + timedelta(hours=3)).replace(tzinfo=None)
    ).map(lambda naive: naive.replace(tzinfo=NOON.tzinfo))
    return max(booked, draw(near | anyway))


@given(policies, leads, money(1, 999), st.data())
def test_the_refund_is_what_the_policy_promises(
    policy: Policy, lead: timedelta, total: Money, data: st.DataObject
) -> None:
    booked = NOON - lead
    now = data.draw(moments(booked))
    percent = promised_percent(policy, NOON, booked, now)
    expected = {100: total.minor, 50: (total.minor + 1) // 2, 0: 0}[percent]
    assert refund(policy, STAY, booked, total, now) == Money(expected, total.currency)


@given(policies, leads, money(1, 999), st.data())
def test_the_refund_is_the_step_that_its_instant_falls_into(
    policy: Policy, lead: timedelta, total: Money, data: st.DataObject
) -> None:
    booked = NOON - lead
    told = steps(policy, STAY, booked, total)
    now = data.draw(moments(booked))
    ahead = [step.refund for step in told if now <= step.until]
    assert refund(policy, STAY, booked, total, now) == (ahead or [Money(0, total.currency)])[0]


@given(policies, leads, money(1, 999))
def test_the_steps_go_down_in_order_and_each_can_still_be_used(
    policy: Policy, lead: timedelta, total: Money
) -> None:
    told = steps(policy, STAY, NOON - lead, total)
    assert all(NOON - lead <= step.until < NOON for step in told)
    for earlier, later in pairwise(told):
        assert earlier.until < later.until
        assert earlier.percent > later.percent
        assert not earlier.refund < later.refund


def test_the_steps_of_a_moderate_stay_are_told_with_their_times() -> None:
    told = [
        (s.until, s.percent, s.refund.minor)
        for s in steps(Policy.MODERATE, STAY, before(days=2), euros(501))
    ]
    assert told == [(before(hours=24), 100, 501), (NOON - INSTANT, 50, 251)]
