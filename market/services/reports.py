from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from market.domain.booking import Booking
from market.domain.errors import NotFound, TooManyReports
from market.domain.ids import BookingId, MessageId, PersonId, ReportId, SpaceId, new_id
from market.domain.message import other_side
from market.domain.notice import Kind, Notice, bulletin, overstay_notice
from market.domain.place import Point, metres
from market.domain.report import (
    DAILY,
    GRACE,
    KEPT,
    LOOK_BACK,
    NEAR,
    BookedUntil,
    Matter,
    Overstayed,
    Reason,
    Report,
    Unknown,
    Verdict,
    checked_words,
    verdict,
)
from market.domain.space import Space
from market.domain.vehicle import plate_of
from market.domain.window import Window
from market.ports.payments import ON_SITE, Payments
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.overstays import OverstayService

_DAY = timedelta(hours=24)
_MOST_CURRENT = 20
"""Bookings of one renter that are looked at; nobody parks in more places at once."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A car that should not be there: at a place, or in a space that its sticker names."""

    plate: str
    photo: StoredPhoto
    place: Point | None = None
    space: SpaceId | None = None


@dataclass(frozen=True, slots=True)
class ReportService:
    """What people tell the operator; ``operators`` are those who are told, by Telegram id."""

    work: Work
    now: datetime
    operators: frozenset[int]
    payments: Payments = ON_SITE

    async def car(self, reporter: PersonId, seen: Sighting) -> tuple[Report, Verdict | None]:
        """Report a car; what is known of it is said only to whom the space concerns.

        For everybody else nothing is looked up, so that neither the answer nor the time it takes
        says anything about a plate. Raises TooManyReports, NotFound, and Invalid for what is not
        a plate.
        """
        await self._allow(reporter)
        return await self._sighted(reporter, seen, await self._concerned(reporter, seen))

    async def obstruction(self, booking: Booking, seen: Sighting) -> Report:
        """A car that stands where its renter should, however many they have reported today.

        Raises Invalid for what is not a plate.
        """
        space = await self.work.spaces.ever(booking.space)
        report, _ = await self._sighted(booking.renter, seen, [space])
        return report

    async def mine(self, reporter: PersonId, limit: int, skip: int = 0) -> Sequence[Report]:
        """What somebody has reported, latest first."""
        return await self.work.reports.of(reporter, limit, skip)

    async def space(
        self, reporter: PersonId, space_id: SpaceId, reason: Reason, words: str = ""
    ) -> Report:
        """Raises NotFound, TooManyReports and Invalid."""
        space = await self.work.spaces.get(space_id)
        return await self._complain(
            Matter.SPACE, reporter, reason, words, about=space.lister, space=space_id
        )

    async def person(
        self, reporter: PersonId, booking_id: BookingId, reason: Reason, words: str = ""
    ) -> Report:
        """The other side of a booking. Raises NotFound, TooManyReports and Invalid."""
        booking = await self.work.bookings.get(booking_id)
        other = other_side(booking, reporter)
        return await self._complain(
            Matter.PERSON, reporter, reason, words, about=other, booking=booking
        )

    async def message(self, reporter: PersonId, message_id: MessageId) -> Report:
        """One that was passed on to the reporter. Raises NotFound and TooManyReports."""
        message = await self.work.messages.get(message_id)
        booking = await self.work.bookings.get(message.booking)
        if other_side(booking, reporter) != message.author:
            raise NotFound("message")
        await self._allow(reporter)
        report = Report(
            id=ReportId(new_id()),
            matter=Matter.MESSAGE,
            at=self.now,
            reporter=reporter,
            about=message.author,
            space=booking.space,
            booking=booking.id,
            message=message.id,
            photo=None,
        )
        await self._filed(report)
        return report

    async def overstay(self, renter: PersonId, booking_id: BookingId) -> Report:
        """The renter contests what an overstay was charged at. Raises NotFound and BookingOver."""
        booking, contested = await self._overstays.contest(renter, booking_id)
        report = Report(
            id=ReportId(new_id()),
            matter=Matter.OVERSTAY,
            at=self.now,
            reporter=renter,
            about=contested.reporter,
            space=booking.space,
            booking=booking_id,
            plate=booking.plate,
            photo=contested.photo,
        )
        await self._filed(report)
        return report

    async def file(self, report: Report) -> None:
        """Open a case of any other kind, such as one the marketplace itself has noticed."""
        await self._filed(report)

    async def forget(self, limit: int) -> int:
        """Delete what has been kept long enough; how many."""
        return await self.work.reports.drop(self.now - KEPT, limit)

    @property
    def _overstays(self) -> OverstayService:
        return OverstayService(self.work, self.now, self.payments)

    async def _sighted(
        self, reporter: PersonId, seen: Sighting, concerned: Sequence[Space]
    ) -> tuple[Report, Verdict | None]:
        """File it; a stay that has lasted too long is charged for."""
        plate = plate_of(seen.plate)
        said = await self._said(plate, concerned) if concerned else None
        await self.work.photos.add(seen.photo)
        report = Report(
            id=ReportId(new_id()),
            matter=Matter.PLATE,
            at=self.now,
            reporter=reporter,
            about=said.booking.renter if isinstance(said, Overstayed) else None,
            space=concerned[0].id if concerned else seen.space,
            booking=said.booking.id if isinstance(said, Overstayed) else None,
            plate=plate,
            place=seen.place,
            photo=seen.photo.id,
            settled_at=self.now if isinstance(said, BookedUntil | Overstayed) else None,
        )
        await self._filed(report, self._consequences(report, concerned, said))
        if isinstance(said, Overstayed) and said.by >= GRACE:
            await self._overstays.seen(said.booking, reporter, seen.photo.id)
        return report, said

    async def _complain(
        self,
        matter: Matter,
        reporter: PersonId,
        reason: Reason,
        words: str,
        *,
        about: PersonId,
        space: SpaceId | None = None,
        booking: Booking | None = None,
    ) -> Report:
        await self._allow(reporter)
        report = Report(
            id=ReportId(new_id()),
            matter=matter,
            at=self.now,
            reporter=reporter,
            about=about,
            space=booking.space if booking else space,
            booking=booking.id if booking else None,
            reason=reason,
            words=checked_words(words) if reason is Reason.OTHER else "",
        )
        await self._filed(report)
        return report

    async def _allow(self, reporter: PersonId) -> None:
        if await self.work.reports.of_late(reporter, self.now - _DAY) >= DAILY:
            raise TooManyReports(DAILY)

    async def _concerned(self, reporter: PersonId, seen: Sighting) -> Sequence[Space]:
        """Spaces at the place that the reporter lists, looks after, or rents right now."""
        coming = await self.work.bookings.of_renter(
            reporter, self.now, past=False, limit=_MOST_CURRENT
        )
        others = [booking.space for booking in coming if booking.running(self.now)]
        others += await self.work.colisters.spaces_of(reporter)
        if seen.space is not None:
            space = await self.work.spaces.get(seen.space)
            return [space] if space.lister == reporter or space.id in others else []
        if seen.place is None:
            return []
        own = await self.work.spaces.near(reporter, seen.place, NEAR)
        here = (await self.work.spaces.many(others)).values()
        return [*own, *(it for it in here if metres(it.place, seen.place) <= NEAR)]

    async def _said(self, plate: str, spaces: Sequence[Space]) -> Verdict:
        """One bay may be a neighbour's: the first that knows the plate answers."""
        for space in spaces:
            late = Window(self.now - LOOK_BACK, self.now + self.now.resolution)
            stays = await self.work.bookings.of_space(space.id, late, live=False)
            said = verdict(plate, stays, space.zone, self.now)
            if not isinstance(said, Unknown):
                return said
        return Unknown()

    def _consequences(
        self, report: Report, concerned: Sequence[Space], said: Verdict | None
    ) -> Sequence[Notice]:
        notices = []
        if isinstance(said, Overstayed):
            notices.append(overstay_notice(said.booking, report.id, said.by, self.now))
        if concerned and concerned[0].lister != report.reporter:
            lister = concerned[0].lister
            notices.append(bulletin(Kind.CAR_REPORTED, lister, self.now, report=report.id))
        return notices

    async def _filed(self, report: Report, notices: Sequence[Notice] = ()) -> None:
        await self.work.reports.add(report)
        await self.work.notices.plan(notices)
        if report.settled_at is None:
            for telegram in self.operators:
                if operator := await self.work.people.of_telegram(telegram):
                    told = bulletin(Kind.REPORT_OPENED, operator.id, self.now, report=report.id)
                    await self.work.notices.plan([told])
