"""Hypothesis strategies for the market's values."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from market.domain.money import Money
from market.domain.place import Offset, Point
from market.domain.refund import Policy
from market.domain.schedule import Away, Dates, Opening, Schedule
from market.domain.space import Approval, Limits, Rating, Rules, Space, SpaceState, Tag
from market.domain.tariff import Tariff
from market.domain.window import Window
from tests.examples import a_space

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
]
"""Two usual ones, one that changes by half an hour, one off by 45 minutes, one that lost a day."""

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
offsets = st.builds(Offset, st.floats(0, 360), st.floats(30, 80))

instants = st.integers(0, 2 * 365 * 86_400 * 10**6).map(
    lambda count: datetime(2030, 1, 1, tzinfo=UTC) + timedelta(microseconds=count)
)
"""Two years, to the microsecond."""
lengths = st.timedeltas(timedelta(microseconds=1), timedelta(days=100))
windows = st.builds(Window.lasting, instants, lengths)


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    opens = draw(st.integers(0, 24 * 60 - 1))
    return Opening(draw(st.integers(0, 6)), opens, opens + draw(st.integers(1, 24 * 60)))


@st.composite
def blocked_dates(draw: st.DrawFn, first: date, last: date) -> Dates:
    begins = draw(st.dates(first, last))
    return Dates(begins, begins + timedelta(days=draw(st.integers(0, 3))))


aways = st.builds(
    lambda start, length: Away(start, None if length is None else start + length),
    instants,
    st.none() | lengths,
)
schedules = st.builds(
    Schedule,
    st.lists(openings(), max_size=6).map(tuple),
    st.lists(blocked_dates(date(2030, 1, 1), date(2031, 1, 1)), max_size=3).map(tuple),
    st.none() | windows,
    st.none() | aways,
)


def money(least: int = 1, most: int = 10_000_000) -> st.SearchStrategy[Money]:
    return st.builds(Money, st.integers(least, most), st.just("EUR"))


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    """Each cap some few of the shorter ones, as listers set them, or missing, or anything."""
    prices = {"hour": draw(money(1, 2_000))}
    below = prices["hour"].minor
    for unit in ("day", "week", "month"):
        cap = draw(st.none() | money(below, 8 * below) | money(1, 300_000))
        if cap is not None:
            prices[unit], below = cap, cap.minor
    return Tariff(**prices)


seconds = st.integers(0, 10**7).map(lambda count: timedelta(seconds=count))

spaces: st.SearchStrategy[Space] = st.builds(
    a_space,
    title=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=3, max_size=60),
    place=points,
    offset=offsets,
    zone=st.sampled_from(ZONES),
    country=st.sampled_from(["DE", "US", ""]),
    tariff=tariffs(),
    listed_at=instants,
    address=st.text(max_size=20),
    description=st.text(max_size=20),
    notes=st.text(max_size=20),
    shows_place=st.booleans(),
    schedule=schedules,
    rules=st.builds(Rules, seconds, seconds, seconds, seconds, seconds),
    approval=st.sampled_from(Approval),
    policy=st.sampled_from(Policy),
    plate_needed=st.booleans(),
    tags=st.frozensets(st.sampled_from(Tag)),
    limits=st.builds(Limits, st.none() | st.integers(1, 999), st.none() | st.integers(1, 9999)),
    state=st.sampled_from([state for state in SpaceState if state is not SpaceState.DELETED]),
    approved=st.integers(0, 9),
    rating=st.builds(Rating, st.integers(0, 99), st.integers(0, 20)),
    version=st.integers(1, 99),
)
