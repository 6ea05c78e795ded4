"""Search, quote and booking never disagree about a space: what one offers, the others take."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from market.domain.booking import Answer, Standing, confirm
from market.domain.errors import NotBookable
from market.domain.ids import BookingId, QuoteId
from market.domain.quote import make_quote
from market.domain.schedule import Away
from market.domain.search import Search
from market.domain.space import Approval, Rules, SpaceState
from market.domain.window import Window
from storage.nearby.facts import Catalogue, facts_of
from storage.nearby.globe import Ground
from storage.nearby.index import SpaceIndex
from storage.nearby.loading import Everything
from storage.spaces import _facts as columns_of
from storage.tables.base import micros
from tests.examples import RENTER, a_space
from tests.strategies import ZONES, schedules

NOW = datetime(2030, 3, 30, 12, tzinfo=UTC)
"""Half a day before the clocks change in Europe."""
QUARTER = timedelta(minutes=15)

times = st.integers(0, 4 * 48).map(lambda count: NOW + count * QUARTER)
stays = st.builds(
    lambda start, count: Window.lasting(start, count * QUARTER), times, st.integers(1, 60)
)
few = st.integers(0, 20).map(QUARTER.__mul__)
offered = st.builds(
    a_space,
    zone=st.sampled_from(ZONES),
    schedule=st.just(a_space().schedule) | schedules,
    rules=st.builds(
        Rules,
        min_stay=few,
        max_stay=st.integers(1, 60).map(QUARTER.__mul__),
        notice=few,
        horizon=st.integers(4, 200).map(QUARTER.__mul__),
        buffer=few,
    ),
    approval=st.sampled_from(Approval),
    approved=st.integers(0, 6),
    state=st.sampled_from([SpaceState.LIVE, SpaceState.LIVE, SpaceState.PAUSED]),
)


@settings(deadline=None, max_examples=300)
@given(offered, stays, st.none() | stays, st.none() | stays, st.none() | times)
def test_what_is_found_can_be_quoted_and_booked(space, stay, taken, free, away) -> None:
    away_then = Away(away) if away else None
    space = replace(space, schedule=replace(space.schedule, free=free, away=away_then))
    assert found(space, stay, taken) == quoted_and_booked(space, stay, taken)


def found(space, stay: Window, taken: Window | None) -> bool:
    search = Search(space.public_point, stay, NOW, person=RENTER)
    return bool(index_of(space, taken).near(search).found)


def quoted_and_booked(space, stay: Window, taken: Window | None) -> bool:
    busy = [taken] if taken else []
    try:
        quote = make_quote(QuoteId(1), space, RENTER, stay, busy, NOW)
        confirm(quote, Answer(BookingId(1), "HEL204"), space, busy, Standing(0, 0, 5), NOW)
    except NotBookable:
        return False
    return True


def index_of(space, taken: Window | None) -> SpaceIndex:
    """The index as it reads one space, and what keeps it, from the store."""
    catalogue, kept = Catalogue(), columns_of(space)
    row = [space.id, *(kept[name] for name in _NUMBERS)]
    row += [json.dumps([_stored(kept[name]) for name in names]) for names in _TOGETHER]
    settled = [[space.id, micros(taken.start), micros(taken.end)]] if taken else []
    numbers = np.array(settled, np.int64).reshape(-1, 3)
    facts = facts_of([row], catalogue.shared)
    ground = Ground.of(facts["lat"], facts["lng"])
    return SpaceIndex(catalogue, Everything.of(ground, facts, numbers, ()))


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    return json.dumps(value) if isinstance(value, list) else value


_NUMBERS = ("lister", "lat", "lng", "offset_bearing", "offset_metres", "shows_place", "buffer")
_TOGETHER = (
    ("zone", "openings", "blocked", "free_from", "free_until", "away_from", "away_until"),
    ("min_stay", "max_stay", "notice", "horizon", "approval", "approved", "state"),
    ("tags", "max_height", "max_length"),
    ("currency", "hour_price", "day_price", "week_price", "month_price"),
)
"""In the order in which ``storage.nearby.reading`` asks for them."""
