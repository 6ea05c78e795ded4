"""Reads what the index must know of single spaces, when they change."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Text,
    bindparam,
    case,
    func,
    not_,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.booking import State
from market.domain.space import PROBATION, Approval, SpaceState
from storage.nearby.facts import KINDS, Catalogue, Facts, Kind, facts_of
from storage.nearby.taken import Claim
from storage.nearby.tree import Numbers
from storage.tables.market import LIVE_STATES, bookings, spaces

_TRUSTED = (spaces.c.approval == Approval.FIRST_FIVE) & (spaces.c.approved >= PROBATION)
_APPROVED = case((_TRUSTED, PROBATION), else_=0)
"""How many exactly counts for nothing, and would only make spaces differ."""


def _together(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """As one JSON array, which is sooner handed over than its elements, and a key as it is.

    PostgreSQL calls this ``json_build_array``.
    """
    return func.json_array(*columns, type_=Text)


_KEYS: Mapping[Kind, ColumnElement[str]] = {
    "hours": _together(
        *(spaces.c.zone, spaces.c.openings, spaces.c.blocked),
        *(spaces.c.free_from, spaces.c.free_until, spaces.c.away_from, spaces.c.away_until),
    ),
    "terms": _together(
        *(spaces.c.min_stay, spaces.c.max_stay, spaces.c.notice, spaces.c.horizon),
        *(spaces.c.approval, _APPROVED, spaces.c.state),
    ),
    "features": _together(spaces.c.tags, spaces.c.max_height, spaces.c.max_length),
    "tariff": _together(
        *(spaces.c.currency, spaces.c.hour_price, spaces.c.day_price),
        *(spaces.c.week_price, spaces.c.month_price),
    ),
}
"""Under which the catalogue knows what spaces share."""

FACTS_OF_SPACES = (
    select(
        *(spaces.c.id, spaces.c.lister),
        *(spaces.c.lat, spaces.c.lng, spaces.c.offset_bearing, spaces.c.offset_metres),
        *(spaces.c.shows_place, spaces.c.buffer),
        *(_KEYS[kind].label(kind) for kind in KINDS),
    )
    .where(spaces.c.state != SpaceState.DELETED)
    .order_by(spaces.c.id)
)
"""In the order in which ``facts_of`` takes them."""

_CAN_RUN_OUT = bookings.c.state.in_([State.HELD, State.REQUESTED])
_KEPT = (
    bookings.c.space,
    type_coerce(bookings.c.starts_at, BigInteger),
    type_coerce(bookings.c.blocked_until, BigInteger),
)
SETTLED = (
    select(*_KEPT)
    .where(LIVE_STATES, not_(_CAN_RUN_OUT))
    .order_by(bookings.c.space, bookings.c.starts_at)
)
CLAIMS = select(*_KEPT, type_coerce(bookings.c.expires_at, BigInteger)).where(
    LIVE_STATES, _CAN_RUN_OUT
)

_SOME: BindParameter[int] = bindparam("spaces", expanding=True)
_SOME_SPACES = FACTS_OF_SPACES.where(spaces.c.id.in_(_SOME))
_SOME_SETTLED = SETTLED.where(bookings.c.space.in_(_SOME))
_SOME_CLAIMS = CLAIMS.where(bookings.c.space.in_(_SOME))
_SPACES_OF = select(bookings.c.space).where(bookings.c.id.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Reading:
    """Spaces in order of id, and what keeps them: (space, start, end) in order, and claims."""

    facts: Facts
    settled: Numbers
    claims: Sequence[tuple[int, Claim]]

    def line(self, space: int) -> "array[int]":
        """The starts and ends of the settled bookings of a space, in turn."""
        return array("q", self.settled[self.settled[:, 0] == space, 1:].ravel().tolist())


async def read_some(
    connection: AsyncConnection, catalogue: Catalogue, wanted: Sequence[int]
) -> Reading:
    """Of these spaces, as far as they are there."""
    values: Mapping[str, Any] = {"spaces": wanted}
    facts = facts_of((await connection.execute(_SOME_SPACES, values)).all(), catalogue.shared)
    settled = (await connection.execute(_SOME_SETTLED, values)).all()
    claims = claims_of(await connection.execute(_SOME_CLAIMS, values))
    return Reading(facts, np.array(settled, np.int64).reshape(-1, 3), claims)


async def spaces_of(connection: AsyncConnection, booked: Sequence[int]) -> set[int]:
    """The spaces of bookings."""
    return set((await connection.execute(_SPACES_OF, {"keys": booked})).scalars())


def claims_of(rows: Iterable[Sequence[Any]]) -> Sequence[tuple[int, Claim]]:
    return [(space, Claim(*claim)) for space, *claim in rows]
