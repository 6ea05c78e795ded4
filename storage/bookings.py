"""Rows about bookings and their history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Row, and_, bindparam, func, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.booking import Booking, Event, Side, State
from market.domain.errors import NotFound
from market.domain.ids import BookingId, PersonId, QuoteId, SpaceId
from market.domain.money import Money
from market.domain.refund import Policy
from market.domain.space import Tag
from market.domain.window import Window
from storage.changes import ChangeStore, Noun
from storage.guards import guarded
from storage.tables.market import (
    LAPSING_STATES,
    LIVE_STATES,
    SETTLED_STATES,
    booking_events,
    bookings,
)

_OF_SPACE = bookings.c.space == bindparam("of_space")
_OF_RENTER = bookings.c.renter == bindparam("person")
_STARTS_BEFORE_END = bookings.c.starts_at < bindparam("end")
_ENDS_AFTER_START = bookings.c.ends_at > bindparam("start")
_CURRENT = and_(LIVE_STATES, bookings.c.ends_at > bindparam("now"))
_SOONEST = bookings.c.starts_at, bookings.c.id
_LATEST = bookings.c.starts_at.desc(), bookings.c.id

_GET = select(bookings).where(bookings.c.id == bindparam("booking"))
_OF_QUOTE = select(bookings).where(bookings.c.quote == bindparam("of_quote"))
_TAKEN = (
    select(bookings.c.starts_at, bookings.c.blocked_until)
    .where(_OF_SPACE, LIVE_STATES, _STARTS_BEFORE_END)
    .where(bookings.c.blocked_until > bindparam("start"))
    .order_by(bookings.c.starts_at)
)
_AHEAD = (
    select(func.count())
    .select_from(bookings)
    .where(_OF_RENTER, LIVE_STATES, bookings.c.starts_at > bindparam("now"))
)
_COMING = select(bookings).where(_OF_RENTER, _CURRENT).order_by(*_SOONEST).limit(bindparam("limit"))
_PAST = (
    select(bookings).where(_OF_RENTER, not_(_CURRENT)).order_by(*_LATEST).limit(bindparam("limit"))
)
_SAME_START = bookings.c.starts_at == bindparam("seen")
_LATER_ID = bookings.c.id > bindparam("seen_id")
_COMING_AFTER = _COMING.where(
    or_(bookings.c.starts_at > bindparam("seen"), and_(_SAME_START, _LATER_ID))
)
_PAST_AFTER = _PAST.where(
    or_(bookings.c.starts_at < bindparam("seen"), and_(_SAME_START, _LATER_ID))
)
_BUSY = (
    select(bookings.c.space)
    .where(bookings.c.space.in_(bindparam("spaces", expanding=True)), LIVE_STATES)
    .where(bookings.c.starts_at <= bindparam("now"), bookings.c.blocked_until > bindparam("now"))
)
_TOUCHING = (
    select(bookings).where(_OF_SPACE, _STARTS_BEFORE_END, _ENDS_AFTER_START).order_by(*_SOONEST)
)
_LIVE_TOUCHING = _TOUCHING.where(LIVE_STATES)
_AHEAD_OF_SPACE = select(bookings).where(_OF_SPACE, _CURRENT).order_by(*_SOONEST)
_BETWEEN = (
    select(bookings.c.id)
    .where(
        or_(
            and_(_OF_RENTER, bookings.c.lister == bindparam("other")),
            and_(bookings.c.renter == bindparam("other"), bookings.c.lister == bindparam("person")),
        ),
        _CURRENT,
    )
    .limit(1)
)
_REQUESTED = and_(
    LAPSING_STATES,
    bookings.c.state == State.REQUESTED,
    bookings.c.expires_at > bindparam("now"),
)
_REQUESTS = select(func.count()).select_from(bookings).where(_OF_RENTER, _REQUESTED)
_REQUESTS_TO = (
    select(bookings)
    .where(bookings.c.space.in_(bindparam("spaces", expanding=True)), _REQUESTED)
    .order_by(*_SOONEST)
)
_LAPSED = (
    select(bookings)
    .where(LAPSING_STATES, bookings.c.expires_at <= bindparam("now"))
    .order_by(bookings.c.expires_at)
)
_LAPSED_SOME = _LAPSED.limit(bindparam("limit"))
_LAPSED_AROUND = _LAPSED.where(or_(_OF_SPACE, _OF_RENTER))
_ENDED = (
    select(bookings)
    .where(SETTLED_STATES, bookings.c.ends_at <= bindparam("before"))
    .order_by(bookings.c.ends_at)
    .limit(bindparam("limit"))
)
_ADD = insert(bookings)
_SAVE = update(bookings).where(bookings.c.id == bindparam("booking"))

_HISTORY = (
    select(booking_events.c.at, booking_events.c.state, booking_events.c.by)
    .where(booking_events.c.booking == bindparam("of_booking"))
    .order_by(booking_events.c.step)
)
_ADD_EVENT = insert(booking_events)


@dataclass(frozen=True, slots=True)
class BookingStore:
    connection: AsyncConnection
    changes: ChangeStore

    async def get(self, booking: BookingId) -> Booking:
        """With its history. Raises NotFound."""
        row = (await self.connection.execute(_GET, {"booking": booking})).one_or_none()
        if row is None:
            raise NotFound("booking")
        return await self._with_history(row)

    async def of_quote(self, quote: QuoteId) -> Booking | None:
        """With its history."""
        row = (await self.connection.execute(_OF_QUOTE, {"of_quote": quote})).one_or_none()
        return None if row is None else await self._with_history(row)

    async def taken(self, space: SpaceId, within: Window) -> Sequence[Window]:
        """What live bookings keep of a space around a window, buffers included."""
        values = {"of_space": space, "start": within.start, "end": within.end}
        return [Window(start, end) for start, end in await self.connection.execute(_TAKEN, values)]

    async def busy(self, spaces: Sequence[SpaceId], now: datetime) -> Collection[SpaceId]:
        """Those of them that a live booking keeps at this instant, buffers included."""
        rows = await self.connection.execute(_BUSY, {"spaces": spaces, "now": now})
        return set(rows.scalars())

    async def ahead(self, renter: PersonId, now: datetime) -> int:
        """How many of the renter's live bookings have not begun."""
        result = await self.connection.execute(_AHEAD, {"person": renter, "now": now})
        return int(result.scalar_one())

    async def of_renter(
        self,
        renter: PersonId,
        now: datetime,
        *,
        past: bool,
        limit: int,
        after: tuple[datetime, BookingId] | None = None,
    ) -> Sequence[Booking]:
        """Current and coming ones, soonest first; or past ones, latest first. Without history.

        What was cancelled or otherwise given up is past, whenever it would have been.
        """
        values = {"person": renter, "now": now, "limit": limit}
        if after is None:
            return await self._read(_PAST if past else _COMING, values)
        start, booking = after
        values |= {"seen": start, "seen_id": booking}
        return await self._read(_PAST_AFTER if past else _COMING_AFTER, values)

    async def of_space(
        self, space: SpaceId, within: Window, *, live: bool = True
    ) -> Sequence[Booking]:
        """Those that touch a window, soonest first. Without history."""
        values = {"of_space": space, "start": within.start, "end": within.end}
        return await self._read(_LIVE_TOUCHING if live else _TOUCHING, values)

    async def ahead_of_space(self, space: SpaceId, now: datetime) -> Sequence[Booking]:
        """Live ones that have not ended, soonest first. Without history."""
        return await self._read(_AHEAD_OF_SPACE, {"of_space": space, "now": now})

    async def between(self, some: PersonId, other: PersonId, now: datetime) -> bool:
        """Whether one of two people has a live booking, not over, at the other's."""
        values = {"person": some, "other": other, "now": now}
        return (await self.connection.execute(_BETWEEN, values)).first() is not None

    async def requests(self, renter: PersonId, now: datetime) -> int:
        """How many of the renter's requests wait for an answer."""
        result = await self.connection.execute(_REQUESTS, {"person": renter, "now": now})
        return int(result.scalar_one())

    async def requests_to(self, spaces: Sequence[SpaceId], now: datetime) -> Sequence[Booking]:
        """What waits for the answer of who looks after these, soonest first. Without history."""
        return await self._read(_REQUESTS_TO, {"spaces": spaces, "now": now})

    async def lapsed(self, now: datetime, limit: int) -> Sequence[Booking]:
        """Holds and requests whose time is over, oldest first. Without history."""
        return await self._read(_LAPSED_SOME, {"now": now, "limit": limit})

    async def lapsed_around(
        self, space: SpaceId, renter: PersonId, now: datetime
    ) -> Sequence[Booking]:
        """Those of them that would still count against a space or a renter. Without history."""
        return await self._read(_LAPSED_AROUND, {"of_space": space, "person": renter, "now": now})

    async def ended(self, before: datetime, limit: int) -> Sequence[Booking]:
        """Settled ones whose end has passed then, longest over first. Without history."""
        return await self._read(_ENDED, {"before": before, "limit": limit})

    async def add(self, booking: Booking) -> None:
        """Raises WindowTaken if the store's own guard refuses it."""
        with guarded(booking.space, booking.window):
            await self.connection.execute(_ADD, {"id": booking.id, **_facts(booking)})
        await self._append(booking.id, 0, booking.history)
        await self.changes.append(Noun.BOOKING, booking.id)

    async def save(self, booking: Booking) -> None:
        """Saves state, times, plate and the new lines of the history. Raises WindowTaken.

        A line is new if it is not kept yet: the booking may have been read without its history.
        """
        with guarded(booking.space, booking.window):
            await self.connection.execute(_SAVE, {"booking": booking.id, **_facts(booking)})
        kept = await self._history(booking.id)
        new = [event for event in booking.history if event not in kept]
        await self._append(booking.id, len(kept), new)
        await self.changes.append(Noun.BOOKING, booking.id)

    async def _read(self, query: Executable, values: Mapping[str, object]) -> list[Booking]:
        return [_booking(row) for row in await self.connection.execute(query, values)]

    async def _with_history(self, row: Row[Any]) -> Booking:
        return replace(_booking(row), history=await self._history(row.id))

    async def _history(self, booking: BookingId) -> tuple[Event, ...]:
        rows = await self.connection.execute(_HISTORY, {"of_booking": booking})
        return tuple(Event(at, State(state), Side(by)) for at, state, by in rows)

    async def _append(self, booking: BookingId, step: int, events: Sequence[Event]) -> None:
        for number, event in enumerate(events, step):
            row = {
                "booking": booking,
                "step": number,
                "at": event.at,
                "state": event.state,
                "by": event.by,
            }
            await self.connection.execute(_ADD_EVENT, row)


def _facts(booking: Booking) -> dict[str, object]:
    """Everything but the id and the history."""
    return {
        "quote": booking.quote,
        "space": booking.space,
        "lister": booking.lister,
        "renter": booking.renter,
        "starts_at": booking.window.start,
        "ends_at": booking.window.end,
        "blocked_until": booking.blocked_until,
        "total": booking.total.minor,
        "hour_price": booking.hour_price.minor,
        "currency": booking.total.currency,
        "policy": booking.policy,
        "state": booking.state,
        "booked_at": booking.booked_at,
        "plate": booking.plate,
        "expires_at": booking.expires_at,
        "refunded": None if booking.refunded is None else booking.refunded.minor,
        "wanted": sorted(booking.wanted) or None,
    }


def _booking(row: Row[Any]) -> Booking:
    return Booking(
        id=BookingId(row.id),
        quote=QuoteId(row.quote),
        space=SpaceId(row.space),
        lister=PersonId(row.lister),
        renter=PersonId(row.renter),
        window=Window(row.starts_at, row.ends_at),
        blocked_until=row.blocked_until,
        total=Money(row.total, row.currency),
        hour_price=Money(row.hour_price, row.currency),
        policy=Policy(row.policy),
        state=State(row.state),
        booked_at=row.booked_at,
        plate=row.plate,
        expires_at=row.expires_at,
        refunded=None if row.refunded is None else Money(row.refunded, row.currency),
        wanted=frozenset(map(Tag, row.wanted or ())),
    )
