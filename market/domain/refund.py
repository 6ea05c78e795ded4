"""What a cancelled booking gives back: a policy and its steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import zip_longest

from market.domain.money import Money, halved_up
from market.domain.window import Window

GRACE = timedelta(minutes=10)
"""After booking, everything comes back for this long, if the start is further away than that."""


class Policy(StrEnum):
    FLEXIBLE = "flexible"
    MODERATE = "moderate"
    STRICT = "strict"


FULL, HALF = 100, 50

_CUTOFFS: dict[Policy, tuple[tuple[timedelta, int], ...]] = {
    Policy.FLEXIBLE: ((timedelta(hours=1), FULL),),
    Policy.MODERATE: ((timedelta(hours=24), FULL), (timedelta(), HALF)),
    Policy.STRICT: ((timedelta(days=7), FULL), (timedelta(hours=24), HALF)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Cancelling up to and including ``until`` gives ``refund`` back."""

    until: datetime
    percent: int
    refund: Money


def steps(policy: Policy, window: Window, booked_at: datetime, total: Money) -> tuple[Step, ...]:
    """The refund steps of a stay, in order of time, only those that booking then could still use.

    A step that would end at the start ends just before it: from the start on nothing comes back.
    """
    last = window.start - timedelta(microseconds=1)
    found: list[Step] = []
    if booked_at + GRACE < window.start:
        found.append(Step(booked_at + GRACE, FULL, total))
    for before, percent in _CUTOFFS[policy]:
        until = min(window.start - before, last)
        if until < booked_at:
            continue
        if found and percent == FULL:
            # Grace and the policy's full step are one step, as long as the longer of them.
            found[0] = Step(max(found[0].until, until), FULL, total)
        elif not found or until > found[-1].until:
            found.append(Step(until, percent, _share(total, percent)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Drop:
    """Cancelling gives so much back up to and including an instant, and less from then on."""

    after: datetime
    refund: Money
    then: Money


def drops(steps: Sequence[Step]) -> tuple[Drop, ...]:
    """Where the refund of a stay falls, in order of time."""
    found = []
    for step, following in zip_longest(steps, steps[1:]):
        then = following.refund if following else Money(0, step.refund.currency)
        if then < step.refund:
            found.append(Drop(step.until, step.refund, then))
    return tuple(found)


def refund(
    policy: Policy, window: Window, booked_at: datetime, total: Money, now: datetime
) -> Money:
    """What the renter gets back for cancelling now. A cutoff counts as still before it."""
    for step in steps(policy, window, booked_at, total):
        if now <= step.until:
            return step.refund
    return Money(0, total.currency)


def _share(total: Money, percent: int) -> Money:
    return total if percent == FULL else halved_up(total)
