"""Rows about spaces."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import PersonId, PhotoId, SpaceId
from market.domain.money import Money
from market.domain.place import Offset, Point, metres, shifted
from market.domain.refund import Policy
from market.domain.schedule import Away, Dates, Opening, Schedule
from market.domain.space import Approval, Limits, Rating, Rules, Space, SpaceState, Tag
from market.domain.survey import Caption
from market.domain.tariff import Tariff
from market.domain.window import Window
from storage.changes import ChangeStore, Noun
from storage.tables.market import photos, spaces

_SECOND = timedelta(seconds=1)

_THERE = select(spaces).where(spaces.c.state != SpaceState.DELETED)
_EVER = select(spaces).where(spaces.c.id == bindparam("space"))
_GET = _THERE.where(spaces.c.id == bindparam("space"))
_MANY = _THERE.where(spaces.c.id.in_(bindparam("spaces", expanding=True)))
# A list in one parameter: thousands of them would take longer to bind than to read.
_NAMED = func.json_each(bindparam("spaces")).table_valued("value")
_CAPTIONS = (
    select(spaces.c.id, spaces.c.title, spaces.c.rating_total, spaces.c.rating_count)
    .where(spaces.c.state != SpaceState.DELETED)
    .where(spaces.c.id.in_(select(_NAMED.c.value)))
)
_OF_LISTER = _THERE.where(spaces.c.lister == bindparam("person")).order_by(
    spaces.c.listed_at.desc(), spaces.c.id
)
_PHOTOS = (
    select(photos.c.id, photos.c.space, photos.c.entrance)
    .where(photos.c.space.in_(bindparam("spaces", expanding=True)))
    .order_by(photos.c.space, photos.c.place)
)
_SEEN = select(
    spaces.c.lat,
    spaces.c.lng,
    spaces.c.offset_bearing,
    spaces.c.offset_metres,
    spaces.c.shows_place,
).where(spaces.c.id == bindparam("space"))
_ADD = insert(spaces)
_SAVE = update(spaces).where(spaces.c.id == bindparam("space"))


@dataclass(frozen=True, slots=True)
class SpaceStore:
    connection: AsyncConnection
    changes: ChangeStore

    async def get(self, space: SpaceId) -> Space:
        """Raises NotFound; a deleted space is not found."""
        return await self._one(_GET, space)

    async def ever(self, space: SpaceId) -> Space:
        """Also a deleted one, for those who had booked it. Raises NotFound."""
        return await self._one(_EVER, space)

    async def get_own(self, space: SpaceId, lister: PersonId) -> Space:
        """Raises NotFound, also for somebody else's."""
        found = await self.get(space)
        if found.lister != lister:
            raise NotFound("space")
        return found

    async def many(self, spaces: Sequence[SpaceId]) -> Mapping[SpaceId, Space]:
        """Those of them that are there, without their entrance photos."""
        found = await self._read(_MANY, {"spaces": spaces}, entrance=False)
        return {space.id: space for space in found}

    async def captions(self, spaces: Sequence[SpaceId]) -> Mapping[SpaceId, Caption]:
        """What is said of those of them that are there."""
        rows = await self.connection.execute(_CAPTIONS, {"spaces": json.dumps(list(spaces))})
        return {SpaceId(space): Caption(title, Rating(*stars)) for space, title, *stars in rows}

    async def of_lister(self, lister: PersonId) -> Sequence[Space]:
        """Newest first, deleted ones left out."""
        return await self._read(_OF_LISTER, {"person": lister})

    async def near(self, lister: PersonId, point: Point, within: float) -> Sequence[Space]:
        """The lister's own spaces whose true place lies within some metres."""
        own = await self.of_lister(lister)
        return [space for space in own if metres(space.place, point) <= within]

    async def add(self, space: Space) -> None:
        """Adds everything but the photos. The change is told to the nearby index."""
        await self.connection.execute(_ADD, {"id": space.id, **_facts(space)})
        await self.changes.append(Noun.SPACE, space.id)

    async def save(self, space: Space) -> None:
        """Saves everything but the photos. The change is told to the nearby index."""
        seen = await self._seen(space.id)
        await self.connection.execute(_SAVE, {"space": space.id, **_facts(space)})
        left = None if seen == space.public_point else seen
        await self.changes.append(Noun.SPACE, space.id, left)

    async def _seen(self, space: SpaceId) -> Point | None:
        """Its public point, as it is kept so far."""
        row = (await self.connection.execute(_SEEN, {"space": space})).first()
        if row is None:
            return None
        lat, lng, bearing, distance, shows_place = row
        place = Point(lat, lng)
        return place if shows_place else shifted(place, Offset(bearing, distance))

    async def _one(self, query: Executable, space: SpaceId) -> Space:
        found = await self._read(query, {"space": space})
        if not found:
            raise NotFound("space")
        return found[0]

    async def _read(
        self, query: Executable, values: Mapping[str, object], *, entrance: bool = True
    ) -> list[Space]:
        rows = (await self.connection.execute(query, values)).all()
        if not rows:
            return []
        shown, hidden = await self._photos([row.id for row in rows])
        return [
            _space(row, tuple(shown[row.id]), tuple(hidden[row.id]) if entrance else ())
            for row in rows
        ]

    async def _photos(
        self, spaces: Sequence[int]
    ) -> tuple[Mapping[int, list[PhotoId]], Mapping[int, list[PhotoId]]]:
        """The listing photos and the entrance photos by space, in their order."""
        shown, hidden = defaultdict[int, list[PhotoId]](list), defaultdict[int, list[PhotoId]](list)
        for photo, space, entrance in await self.connection.execute(_PHOTOS, {"spaces": spaces}):
            (hidden if entrance else shown)[space].append(photo)
        return shown, hidden


def _facts(space: Space) -> dict[str, object]:
    """Everything but the id and the photos."""
    return {
        "lister": space.lister,
        "title": space.title,
        "description": space.description,
        "notes": space.notes,
        "address": space.address,
        "lat": space.place.lat,
        "lng": space.place.lng,
        "offset_bearing": space.offset.bearing,
        "offset_metres": space.offset.metres,
        "promised": [[place.lat, place.lng] for place in space.promised],
        "shows_place": space.shows_place,
        "zone": space.zone,
        "country": space.country,
        "approval": space.approval,
        "approved": space.approved,
        "policy": space.policy,
        "plate_needed": space.plate_needed,
        "tags": sorted(space.tags),
        "max_height": space.limits.height,
        "max_length": space.limits.length,
        "rating_total": space.rating.total,
        "rating_count": space.rating.count,
        "state": space.state,
        "version": space.version,
        "listed_at": space.listed_at,
        **_tariff_facts(space.tariff),
        **_schedule_facts(space.schedule),
        **_rule_facts(space.rules),
    }


def _tariff_facts(tariff: Tariff) -> dict[str, object]:
    return {
        "currency": tariff.hour.currency,
        "hour_price": tariff.hour.minor,
        "day_price": tariff.day and tariff.day.minor,
        "week_price": tariff.week and tariff.week.minor,
        "month_price": tariff.month and tariff.month.minor,
    }


def _schedule_facts(schedule: Schedule) -> dict[str, object]:
    return {
        "openings": [[o.weekday, o.opens, o.closes] for o in schedule.openings],
        "blocked": [[d.first.isoformat(), d.last.isoformat()] for d in schedule.blocked],
        "free_from": schedule.free and schedule.free.start,
        "free_until": schedule.free and schedule.free.end,
        "away_from": schedule.away and schedule.away.start,
        "away_until": schedule.away and schedule.away.end,
    }


def _rule_facts(rules: Rules) -> dict[str, object]:
    return {
        "min_stay": rules.min_stay // _SECOND,
        "max_stay": rules.max_stay // _SECOND,
        "notice": rules.notice // _SECOND,
        "horizon": rules.horizon // _SECOND,
        "buffer": rules.buffer // _SECOND,
    }


def _space(row: Row[Any], shown: tuple[PhotoId, ...], entrance: tuple[PhotoId, ...]) -> Space:
    return Space(
        id=SpaceId(row.id),
        lister=PersonId(row.lister),
        title=row.title,
        place=Point(row.lat, row.lng),
        offset=Offset(row.offset_bearing, row.offset_metres),
        zone=row.zone,
        country=row.country,
        tariff=tariff_of(
            row.currency, row.hour_price, row.day_price, row.week_price, row.month_price
        ),
        listed_at=row.listed_at,
        photos=shown,
        entrance=entrance,
        address=row.address,
        description=row.description,
        notes=row.notes,
        shows_place=row.shows_place,
        schedule=schedule_of(
            row.openings,
            row.blocked,
            (row.free_from, row.free_until),
            (row.away_from, row.away_until),
        ),
        rules=rules_of(row.min_stay, row.max_stay, row.notice, row.horizon, row.buffer),
        approval=Approval(row.approval),
        policy=Policy(row.policy),
        plate_needed=row.plate_needed,
        tags=frozenset(Tag(tag) for tag in row.tags),
        limits=Limits(row.max_height, row.max_length),
        state=SpaceState(row.state),
        approved=row.approved,
        rating=Rating(row.rating_total, row.rating_count),
        promised=tuple(Point(*place) for place in row.promised),
        version=row.version,
    )


def tariff_of(
    currency: str, hour: int, day: int | None, week: int | None, month: int | None
) -> Tariff:
    caps = (None if cap is None else Money(cap, currency) for cap in (day, week, month))
    return Tariff(Money(hour, currency), *caps)


def schedule_of(
    openings: Sequence[Sequence[int]],
    blocked: Sequence[Sequence[str]],
    free: tuple[datetime | None, datetime | None],
    away: tuple[datetime | None, datetime | None],
) -> Schedule:
    return Schedule(
        openings=tuple(Opening(*hours) for hours in openings),
        blocked=tuple(Dates(*map(date.fromisoformat, dates)) for dates in blocked),
        free=Window(free[0], free[1]) if free[0] and free[1] else None,
        away=Away(away[0], away[1]) if away[0] else None,
    )


def rules_of(min_stay: int, max_stay: int, notice: int, horizon: int, buffer: int) -> Rules:
    """Of lengths in seconds."""
    return Rules(*(length * _SECOND for length in (min_stay, max_stay, notice, horizon, buffer)))
