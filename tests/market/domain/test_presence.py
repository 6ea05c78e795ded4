from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.domain.presence import free, off
from market.domain.schedule import Away, Dates, Opening, Schedule
from market.domain.space import SpaceState, obstacle
from market.domain.window import Window
from tests.examples import NOON, a_space, at, window
from tests.strategies import instants

LIVE, PAUSED = a_space(), a_space(state=SpaceState.PAUSED)
CLOSED = Schedule((Opening(6, 0, 60),), (Dates(NOON.date(), NOON.date()),))


def bookable(space, start: float, end: float) -> bool:
    return obstacle(space, window(start, end), NOON) is None


def test_off_for_a_while_leaves_everything_after_it() -> None:
    space = off(LIVE, NOON, at(4))
    assert space.paused(NOON)
    assert not bookable(space, 3, 5)
    assert bookable(space, 4, 5)
    assert not space.paused(at(4))


def test_off_until_further_notice_is_a_pause() -> None:
    assert off(off(LIVE, NOON, at(4)), NOON) == PAUSED


def test_a_pause_can_be_given_an_end() -> None:
    assert bookable(off(PAUSED, NOON, at(4)), 4, 5)


def test_free_for_a_while_opens_what_is_closed_and_is_paused_after_it() -> None:
    space = free(replace(PAUSED, schedule=CLOSED), NOON, at(3))
    assert bookable(space, 0, 3)
    assert not bookable(space, 2, 4)
    assert not bookable(space, 24 * 6 - 12, 24 * 6 - 11)


def test_free_for_a_while_opens_nothing_else() -> None:
    space = free(replace(LIVE, schedule=CLOSED), NOON, at(3))
    assert bookable(space, 0, 3)
    assert not bookable(space, 2, 4)
    assert space.schedule.open_at(at(2), space.zone_info)
    assert not space.schedule.open_at(at(3), space.zone_info)


def test_free_until_further_notice_undoes_every_word_before() -> None:
    for space in (PAUSED, off(LIVE, NOON, at(4)), free(PAUSED, NOON, at(3))):
        assert free(space, NOON) == LIVE


@pytest.mark.parametrize(
    ("away", "left"),
    [
        (None, None),
        (Away(NOON, at(2)), None),
        (Away(NOON, at(9)), Away(at(3), at(9))),
        (Away(NOON), Away(at(3))),
        (Away(at(5), at(6)), Away(at(5), at(6))),
    ],
    ids=["never", "over by then", "longer", "for good", "later"],
)
def test_being_free_cuts_into_being_away(away: Away | None, left: Away | None) -> None:
    space = a_space(schedule=Schedule(away=away))
    assert free(space, NOON, at(3)).schedule == Schedule(free=window(0, 3), away=left)


@pytest.mark.parametrize("state", [SpaceState.HIDDEN, SpaceState.SILENT])
@pytest.mark.parametrize("until", [None, at(3)])
def test_what_is_hidden_stays_hidden(state, until) -> None:
    hidden = a_space(state=state)
    assert off(hidden, NOON, until) == free(hidden, NOON, until) == hidden


@given(instants, st.timedeltas(timedelta(minutes=1), timedelta(days=3)), st.booleans())
def test_a_word_holds_exactly_until_it_ends(now, length, paused) -> None:
    space, until = (PAUSED if paused else LIVE), now + length
    before = Window(until - timedelta(microseconds=1), until)
    after = Window.lasting(until, timedelta(microseconds=1))
    away, here = off(space, now, until), free(space, now, until)
    assert away.schedule.interrupts(before)
    assert not away.schedule.interrupts(after)
    assert not here.schedule.interrupts(before)
    assert here.schedule.interrupts(after) == paused
