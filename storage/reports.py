"""Rows about reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from market.domain.errors import NotFound
from market.domain.ids import BookingId, MessageId, PersonId, PhotoId, ReportId, SpaceId
from market.domain.place import Point
from market.domain.report import Matter, Reason, Report
from storage.photo_rows import PhotoRows
from storage.tables.reports import OPEN, reports

_GET = select(reports).where(reports.c.id == bindparam("report"))
_ADD = insert(reports)
_SETTLE = update(reports).where(reports.c.id == bindparam("report"), OPEN)
_OF_LATE = select(func.count()).where(
    reports.c.reporter == bindparam("of_reporter"), reports.c.at > bindparam("since")
)
_OF = (
    select(reports)
    .where(reports.c.reporter == bindparam("of_reporter"))
    .order_by(reports.c.at.desc(), reports.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_OPEN = (
    select(reports)
    .where(OPEN)
    .order_by(reports.c.at, reports.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_COUNT_OPEN = select(func.count()).select_from(reports).where(OPEN)
_OLD = (
    select(reports.c.id, reports.c.photo)
    .where(reports.c.at < bindparam("before"))
    .where(
        or_(
            reports.c.matter == Matter.PLATE,
            and_(reports.c.settled_at.is_not(None), reports.c.settled_at < bindparam("before")),
        )
    )
    .limit(bindparam("limit"))
)
_DROP = delete(reports).where(reports.c.id.in_(bindparam("reports", expanding=True)))


@dataclass(frozen=True, slots=True)
class ReportStore:
    connection: AsyncConnection
    photos: PhotoRows

    async def get(self, report: ReportId) -> Report:
        """Raises NotFound."""
        row = (await self.connection.execute(_GET, {"report": report})).one_or_none()
        if row is None:
            raise NotFound("report")
        return _report(row)

    async def add(self, report: Report) -> None:
        row = {
            "id": report.id,
            "matter": report.matter,
            "reporter": report.reporter,
            "about": report.about,
            "space": report.space,
            "booking": report.booking,
            "message": report.message,
            "plate": report.plate,
            "lat": report.place and report.place.lat,
            "lng": report.place and report.place.lng,
            "photo": report.photo,
            "reason": report.reason,
            "words": report.words,
            "at": report.at,
            "settled_at": report.settled_at,
        }
        await self.connection.execute(_ADD, row)

    async def settle(self, report: ReportId, at: datetime) -> None:
        await self.connection.execute(_SETTLE, {"report": report, "settled_at": at})

    async def of_late(self, reporter: PersonId, since: datetime) -> int:
        """How many somebody has made."""
        values = {"of_reporter": reporter, "since": since}
        return int((await self.connection.execute(_OF_LATE, values)).scalar_one())

    async def of(self, reporter: PersonId, limit: int, skip: int) -> Sequence[Report]:
        """What somebody has reported, latest first."""
        values = {"of_reporter": reporter, "limit": limit, "skip": skip}
        return [_report(row) for row in await self.connection.execute(_OF, values)]

    async def open(self, limit: int, skip: int = 0) -> Sequence[Report]:
        """Oldest first."""
        rows = await self.connection.execute(_OPEN, {"limit": limit, "skip": skip})
        return [_report(row) for row in rows]

    async def count_open(self) -> int:
        return int((await self.connection.execute(_COUNT_OPEN)).scalar_one())

    async def drop(self, before: datetime, limit: int) -> int:
        """Delete what was settled before then, and every report of a car from before then.

        Their photos go too. Returns how many.
        """
        found = (await self.connection.execute(_OLD, {"before": before, "limit": limit})).all()
        await self.connection.execute(_DROP, {"reports": [row.id for row in found]})
        await self.photos.discard([row.photo for row in found if row.photo is not None])
        return len(found)


def _report(row: Row[Any]) -> Report:
    return Report(
        id=ReportId(row.id),
        matter=Matter(row.matter),
        at=row.at,
        reporter=row.reporter and PersonId(row.reporter),
        about=row.about and PersonId(row.about),
        space=row.space and SpaceId(row.space),
        booking=row.booking and BookingId(row.booking),
        message=row.message and MessageId(row.message),
        plate=row.plate,
        place=None if row.lat is None else Point(row.lat, row.lng),
        photo=row.photo and PhotoId(row.photo),
        reason=row.reason and Reason(row.reason),
        words=row.words,
        settled_at=row.settled_at,
    )
