"""Forgetting a person: what was theirs is deleted, what others need stays without them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    union,
    update,
)

# SQLite's spelling of ON CONFLICT; PostgreSQL's dialect has an insert() of the same shape.
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.audit import Subject
from market.domain.booking import Side
from market.domain.ids import PersonId, written
from market.domain.person import Person
from market.domain.space import SpaceState
from storage.changes import ChangeStore, Noun
from storage.naming import naming_people, referring_to
from storage.photo_rows import PhotoRows
from storage.tables.accounts import replies
from storage.tables.changes import changes
from storage.tables.chat import cards, conversations, inbox
from storage.tables.market import bookings, people, photos, spaces, vehicles
from storage.tables.operators import audit
from storage.tables.reports import reports
from storage.tables.reviews import reviews
from storage.tables.rights import farewells
from storage.tables.stays import overstays

FAREWELLS = "farewells"
"""Touched when somebody was erased, so that the last traces follow at once."""

_KEPT = (bookings.c.renter, bookings.c.lister, spaces.c.lister, reviews.c.author, audit.c.operator)
"""Where a person gets a random number, because the row is somebody else's too."""

_BLANK = {
    "title": "",
    "description": "",
    "notes": "",
    "address": "",
    "lat": 0.0,
    "lng": 0.0,
    "offset_bearing": 0.0,
    "offset_metres": 0.0,
    "promised": [],
    "shows_place": False,
    "openings": [],
    "blocked": [],
    "state": SpaceState.DELETED,
}
"""What is left of a space, for the sake of the bookings that name it."""

_ALL_FAREWELLS = select(farewells)
_GOODBYE = (
    select(inbox.c.id)
    .where(inbox.c.person == bindparam("account"), inbox.c.state.in_(("new", "sending")))
    .limit(1)
)
_EMPTIED = {"raw": "", "answer": None, "error": None, "person": None}
_EMPTY = update(inbox).where(inbox.c.person == bindparam("account"))
_EMPTY_OTHERS = update(inbox).where(
    inbox.c.state == "done", inbox.c.ended_at <= bindparam("until"), inbox.c.raw != ""
)
_TAKE_LEAVE = upsert(farewells).values(
    telegram=bindparam("telegram"), erased_at=bindparam("erased_at")
)
_TAKE_LEAVE = _TAKE_LEAVE.on_conflict_do_update(
    index_elements=[farewells.c.telegram], set_={"erased_at": _TAKE_LEAVE.excluded.erased_at}
)
"""Somebody may come back and leave again before the first goodbye is out."""
_FORGET_MOVES = (
    update(changes)
    .where(changes.c.noun == Noun.SPACE, changes.c.key.in_(bindparam("spaces", expanding=True)))
    .where(changes.c.left_lat.is_not(None))
    .values(left_lat=None, left_lng=None)
)
_UNHANDLED = (inbox.c.person == bindparam("account"), inbox.c.state == "new")
_FIRST = select(inbox.c.id).where(*_UNHANDLED).order_by(inbox.c.received_at, inbox.c.id).limit(1)
_SILENCE = update(inbox).where(*_UNHANDLED, inbox.c.id != _FIRST.scalar_subquery())
"""All but the first, which is the one that asked for it: it has an answer to give."""


class _Unit(Protocol):
    @property
    def connection(self) -> AsyncConnection: ...
    @property
    def changes(self) -> ChangeStore: ...
    @property
    def photos(self) -> PhotoRows: ...
    def touch(self, topic: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ErasureStore:
    unit: _Unit

    async def erase(self, person: Person, ghost: PersonId, at: datetime) -> None:
        """Delete what is kept of a person.

        What others need, such as their own bookings, stays under the number of the ghost, without
        words, plate or place. Photos are left to be discarded, and the last traces in the chat's
        own tables to ``sweep``.
        """
        run = self.unit.connection.execute
        await run(insert(people), _ghost(ghost, at))
        await self._discard_photos(person.id)
        await self._forget_sightings(person.id)
        await self._blank(person.id)
        for column in naming_people():
            if column not in _KEPT:
                await self._delete(column.table, column == person.id)
        for column in _KEPT:
            await run(update(column.table).where(column == person.id).values({column: ghost}))
        about = (audit.c.subject == Subject.PERSON, audit.c.number == person.id)
        await run(update(audit).where(*about).values(number=ghost))
        await run(delete(people).where(people.c.id == person.id))
        if person.telegram is not None:
            await self._take_leave(person.telegram, at)
        else:
            await run(_EMPTY_OTHERS, {"until": at, **_EMPTIED})

    async def sweep(self) -> bool:
        """Remove the last traces of people whose goodbye is out; whether any still wait."""
        waiting = False
        for telegram, erased_at in await self.unit.connection.execute(_ALL_FAREWELLS):
            account = {"account": telegram}
            if (await self.unit.connection.execute(_GOODBYE, account)).first():
                waiting = True
            else:
                await self._forget(telegram, erased_at)
        return waiting

    async def _discard_photos(self, person: PersonId) -> None:
        """Of the person, and whatever co-listers added to their spaces."""
        own = select(spaces.c.id).where(spaces.c.lister == person)
        theirs = (photos.c.owner == person) | photos.c.space.in_(own)
        await self._discard(select(photos.c.id).where(theirs))

    async def _forget_sightings(self, person: PersonId) -> None:
        """What others reported of the person's car, and photographed of it."""
        rented = select(bookings.c.id).where(bookings.c.renter == person)
        plates = union(
            select(vehicles.c.plate).where(vehicles.c.owner == person),
            select(bookings.c.plate).where(bookings.c.renter == person),
        )
        of_them = (reports.c.about == person) | reports.c.plate.in_(plates)
        seen = overstays.c.booking.in_(rented)
        await self._discard(select(overstays.c.photo).where(seen))
        await self.unit.connection.execute(update(overstays).where(seen).values(photo=None))
        pictures = await self.unit.connection.execute(select(reports.c.photo).where(of_them))
        await self._delete(reports, of_them)
        await self.unit.photos.discard([photo for photo in pictures.scalars() if photo])

    async def _discard(self, chosen: Select[Any]) -> None:
        ids = [it for it in (await self.unit.connection.execute(chosen)).scalars() if it]
        for column in referring_to(photos):
            await self._delete(column.table, column.in_(ids))
        await self.unit.photos.discard(ids)

    async def _blank(self, person: PersonId) -> None:
        """Take the words, the places and the plates out of what is kept."""
        run = self.unit.connection.execute
        await run(update(bookings).where(bookings.c.renter == person).values(plate=None))
        await run(update(reviews).where(reviews.c.author == person).values(comment=""))
        for side, other in ((Side.LISTER, bookings.c.renter), (Side.RENTER, bookings.c.lister)):
            of_them = select(bookings.c.id).where(other == person)
            await run(delete(reviews).where(reviews.c.booking.in_(of_them), reviews.c.side == side))
        own = (await run(select(spaces.c.id).where(spaces.c.lister == person))).scalars().all()
        await run(update(spaces).where(spaces.c.lister == person).values(_BLANK))
        await run(_FORGET_MOVES, {"spaces": own})
        for space in own:
            # What a renter was answered over HTTP tells the address and the way in.
            await run(delete(replies).where(replies.c.body.contains(written(space))))
            await self.unit.changes.append(Noun.SPACE, space)

    async def _delete(self, table: Table, condition: ColumnElement[Any]) -> None:
        """With everything that refers to it."""
        if "id" in table.c:
            chosen = select(table.c.id).where(condition)
            for column in referring_to(table):
                await self._delete(column.table, column.in_(chosen))
        await self.unit.connection.execute(delete(table).where(condition))

    async def _take_leave(self, telegram: int, at: datetime) -> None:
        """What else they have just tapped is not handled: it would make them known again."""
        values = {"account": telegram, "state": "done", "ended_at": at}
        await self.unit.connection.execute(_SILENCE, values)
        values = {"telegram": telegram, "erased_at": at}
        await self.unit.connection.execute(_TAKE_LEAVE, values)
        self.unit.touch(FAREWELLS)

    async def _forget(self, telegram: int, erased_at: datetime) -> None:
        """Others' updates, too, may carry cards with what the person had written."""
        run = self.unit.connection.execute
        await run(_EMPTY, {"account": telegram, **_EMPTIED})
        await run(_EMPTY_OTHERS, {"until": erased_at, **_EMPTIED})
        back = select(people.c.id).where(people.c.telegram == telegram)
        if not (await run(back)).first():
            await run(delete(conversations).where(conversations.c.person == telegram))
            await run(delete(cards).where(cards.c.chat == telegram))
        await run(delete(farewells).where(farewells.c.telegram == telegram))


def _ghost(ghost: PersonId, at: datetime) -> dict[str, object]:
    return {
        "id": ghost,
        "telegram": None,
        "name": "",
        "language": "en",
        "zone": "UTC",
        "met_at": at,
        "reachable": False,
    }
