"""Plans the town: which space is where, and what it is like. The same seed plans the same town."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.town.kinds import BAY, CHARGER, COURTYARD, DRIVEWAY, GARAGES, UNDERGROUND, Kind
from bot.town.light import DAY, MORNING, OUTDOORS, OVERCAST
from bot.town.scene import Motif, Scene
from gateways.city import City
from market.domain.ids import BITS, PersonId, SpaceId
from market.domain.money import Money
from market.domain.place import Offset, Point, metres
from market.domain.refund import Policy
from market.domain.schedule import ALWAYS, Dates, Opening, Schedule
from market.domain.space import Approval, Limits, Rating, Rules, Space
from market.domain.tariff import Tariff

CENTRE = Point(60.1713, 24.9437)
"""The station square, where the demo's renter stands."""
EASY = 9
"""So many spaces around the centre can be booked by anybody, at once, at any hour."""
APART = 55.0
"""Metres between two spaces, at least."""

_DOWNTOWN = (COURTYARD, UNDERGROUND, COURTYARD, GARAGES, UNDERGROUND, COURTYARD)
_UPTOWN = [COURTYARD] * 14 + [UNDERGROUND] * 11 + [GARAGES] * 6 + [DRIVEWAY] * 4

_HOUR = 60
_WORKDAYS, _WEEK = range(5), range(7)
_SCHEDULES = (
    # Offices lend their bays by night and on Sundays.
    Schedule(
        (
            *(Opening(day, 17 * _HOUR, 32 * _HOUR) for day in _WORKDAYS),
            Opening(6, 0, 24 * _HOUR),
        )
    ),
    # Shops and courtyards with a gate.
    Schedule(tuple(Opening(day, 7 * _HOUR, 22 * _HOUR) for day in _WEEK)),
    # People who drive to work, while they are out.
    Schedule(tuple(Opening(day, 8 * _HOUR, 18 * _HOUR) for day in _WORKDAYS)),
    # Evenings and nights.
    Schedule(tuple(Opening(day, 18 * _HOUR, 33 * _HOUR) for day in _WEEK)),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A space to be, with the drawings that will be its photos."""

    space: Space
    scenes: tuple[Scene, ...]
    stars: tuple[int, ...]
    """What renters gave it, which its rating adds up."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the planner is told of the world."""

    city: City
    city_name: str
    zone: str
    country: str
    currency: str


def planned(ground: Ground, listers: Sequence[PersonId], seed: int, today: datetime) -> list[Plan]:
    """About sixty spaces, nearest to the centre first. ``today`` only places the blocked dates."""
    chance = Random(f"town {seed}")  # noqa: S311 - no secret
    taken_titles: dict[Motif, Iterator[str]] = {}
    plans: list[Plan] = []
    for rank, (point, kind) in enumerate(_sites(ground.city, chance)):
        titles = taken_titles.setdefault(kind.motif, iter(kind.titles))
        title = next(titles, None)
        if title is not None:
            number = str(chance.randint(1, 48))
            site = Site(point, kind, rank, number, title.replace("#", number))
            lister = listers[len(plans) // 2 % len(listers)]
            plans.append(_plan(site, ground, lister, chance, today))
    return plans


@dataclass(frozen=True, slots=True)
class Site:
    point: Point
    kind: Kind
    rank: int
    number: str
    title: str

    @property
    def easy(self) -> bool:
        return self.rank < EASY


def _sites(city: City, chance: Random) -> Iterator[tuple[Point, Kind]]:
    spots: list[tuple[Point, bool]] = []
    for parking, shapes in ((True, city.parkings), (False, city.buildings)):
        for middle in sorted((shape.middle for shape in shapes), key=_from_centre):
            if all(metres(middle, other) >= APART for other, _ in spots):
                spots.append((middle, parking))
    spots.sort(key=lambda spot: _from_centre(spot[0]))
    deck, lots = chance.sample(_UPTOWN, len(_UPTOWN)), [BAY, CHARGER, BAY] * 10
    far = sum(not parking for _, parking in spots) - len(deck) - len(_DOWNTOWN)
    kinds = [*_DOWNTOWN, *deck]
    # The nearest houses all take part, and some of the others.
    for rank, (middle, parking) in enumerate(spots):
        if parking:
            yield middle, lots.pop()
        elif kinds and (rank < 2 * len(_DOWNTOWN) or chance.random() < len(deck) / max(far, 1)):
            yield middle, kinds.pop(0)


def _from_centre(point: Point) -> float:
    return metres(CENTRE, point)


def _plan(site: Site, ground: Ground, lister: PersonId, chance: Random, today: datetime) -> Plan:
    kind = site.kind
    address, _ = ground.city.nearest_address(site.point)
    stars = tuple(_stars(chance))
    space = Space(
        id=SpaceId(drawn_id(chance)),
        lister=lister,
        title=site.title,
        place=site.point,
        offset=Offset.drawn(chance),
        zone=ground.zone,
        country=ground.country,
        tariff=_tariff(site, ground.currency, chance),
        listed_at=today - timedelta(days=chance.randint(40, 400)),
        address=f"{address}, {ground.city_name}",
        description=chance.choice(kind.descriptions),
        notes=chance.choice(kind.notes).replace("{number}", site.number),
        schedule=ALWAYS if site.easy else _schedule(chance, today),
        rules=Rules() if site.easy else _rules(chance),
        approval=Approval.INSTANT if site.easy else _approval(chance),
        approved=chance.randint(0, 8),
        policy=Policy.MODERATE if site.easy else chance.choice(list(Policy)),
        plate_needed=not site.easy and chance.random() < 0.3,
        tags=kind.tags | {tag for tag in kind.perhaps if chance.random() < 0.4},
        limits=Limits(kind.height, kind.length),
        rating=Rating(sum(stars), len(stars)),
    )
    return Plan(space, tuple(_scenes(site, chance)), stars)


def drawn_id(chance: Random) -> int:
    return chance.randrange(1, 1 << BITS)


def _tariff(site: Site, currency: str, chance: Random) -> Tariff:
    """Dearer towards the centre, in steps of half a unit; caps at six hours and five days."""
    near = max(0.0, 1 - _from_centre(site.point) / 1000)
    hour = 50 * round((150 + 350 * near + site.kind.extra + chance.uniform(-60, 60)) / 50)
    day = 100 * round(hour * chance.uniform(5, 7) / 100) if chance.random() < 0.8 else None
    week = day * 5 if day and chance.random() < 0.6 else None
    month = week * 3 if week and chance.random() < 0.5 else None
    caps = (None if cap is None else Money(cap, currency) for cap in (day, week, month))
    return Tariff(Money(max(hour, 100), currency), *caps)


def _schedule(chance: Random, today: datetime) -> Schedule:
    schedule = ALWAYS if chance.random() < 0.5 else chance.choice(_SCHEDULES)
    if chance.random() < 0.3:
        first = today.date() + timedelta(days=chance.randint(3, 30))
        return schedule.without(Dates(first, first + timedelta(days=chance.randint(0, 9))))
    return schedule


def _rules(chance: Random) -> Rules:
    return Rules(
        min_stay=timedelta(minutes=chance.choice((30, 30, 30, 60, 120))),
        max_stay=timedelta(days=chance.choice((1, 7, 30, 30))),
        notice=timedelta(hours=chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 3))),
        buffer=timedelta(minutes=chance.choice((0, 0, 0, 15, 30))),
    )


def _approval(chance: Random) -> Approval:
    return chance.choice((*[Approval.INSTANT] * 8, Approval.FIRST_FIVE, Approval.REQUEST))


def _stars(chance: Random) -> Iterator[int]:
    """Some spaces are new; of the others some please nearly everybody."""
    if chance.random() < 0.12:
        return
    pleasing = chance.uniform(0.4, 0.95)
    for _ in range(chance.randint(2, 24)):
        yield 5 if chance.random() < pleasing else chance.choice((4, 4, 4, 3))


def _scenes(site: Site, chance: Random) -> Iterator[Scene]:
    """The space itself, then one to three more looks at it in the same light."""
    light = chance.choice(OUTDOORS)
    details = chance.sample(site.kind.details, min(len(site.kind.details), chance.randint(1, 2)))
    for motif in (site.kind.motif, *details):
        # Seen from a window at night, there is little to see.
        seen_in = chance.choice((DAY, MORNING, OVERCAST)) if motif is Motif.ABOVE else light
        yield Scene(motif, seen_in, site.number, f"{site.title} {motif}")
