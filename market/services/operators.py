from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from market.domain.audit import Act, Entry, Subject
from market.domain.ban import mark_of
from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import PersonId, ReportId, SpaceId
from market.domain.message import Message
from market.domain.notice import Kind, bulletin
from market.domain.person import Person
from market.domain.record import Record
from market.domain.report import Matter, Report
from market.domain.space import Space, SpaceState
from market.ports.operators import Statistics
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.bookings import BookingService
from market.services.overstays import OverstayService
from market.services.records import RecordService

PAGE = 5
LOGGED = 20
TALK = 6
"""Messages that are shown around a reported one."""
COUNTED = timedelta(days=30)
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Case:
    """A report with the evidence, as an operator sees it."""

    report: Report
    photos: Sequence[StoredPhoto] = ()
    space: Space | None = None
    about: Person | None = None
    record: Record | None = None
    booking: Booking | None = None
    message: Message | None = None
    talk: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class OperatorService:
    """What only operators may do, each act with a line in the audit log.

    Every method raises NotFound for whoever is no operator, as for what is not there.
    """

    work: Work
    now: datetime
    operators: frozenset[int]
    ban_key: bytes
    bookings: BookingService

    def is_operator(self, person: Person) -> bool:
        return person.telegram in self.operators

    async def queue(self, operator: Person, skip: int = 0) -> tuple[Sequence[Report], int]:
        """One page of the open reports, oldest first, and how many there are."""
        self._check(operator)
        reports = await self.work.reports.open(PAGE, skip)
        return reports, await self.work.reports.count_open()

    async def case(self, operator: Person, report_id: ReportId) -> Case:
        self._check(operator)
        report = await self.work.reports.get(report_id)
        message = await self.work.messages.get(report.message) if report.message else None
        space = await self.work.spaces.ever(report.space) if report.space else None
        shown = space.photos[:1] if space and report.matter is Matter.SPACE else ()
        pictures = [it for it in (report.photo, message and message.photo, *shown) if it]
        talk = await self.work.messages.of_booking(report.booking, TALK) if report.booking else ()
        return Case(
            report,
            photos=await self.work.photos.many(pictures),
            space=space,
            about=await self.work.people.get(report.about) if report.about else None,
            record=await self._records.of(report.about) if report.about else None,
            booking=await self.work.bookings.get(report.booking) if report.booking else None,
            message=message,
            talk=talk,
        )

    async def settle(self, operator: Person, report_id: ReportId) -> None:
        """Close a case, once; whoever reported it is told that somebody looked."""
        self._check(operator)
        report = await self.work.reports.get(report_id)
        if report.settled_at is not None:
            return
        await self.work.reports.settle(report_id, self.now)
        await self._log(operator, Act.SETTLE, Subject.REPORT, report_id)
        if report.reporter is not None:
            told = bulletin(Kind.REPORT_SETTLED, report.reporter, self.now, report=report_id)
            await self.work.notices.plan([told])

    async def judge(self, operator: Person, report_id: ReportId, *, upheld: bool) -> None:
        """Decide on a contested charge, and close its case; the first word counts.

        Raises NotFound for other cases.
        """
        self._check(operator)
        report = await self.work.reports.get(report_id)
        if report.booking is None or report.matter is not Matter.OVERSTAY:
            raise NotFound("report")
        if report.settled_at is not None:
            return
        overstays = OverstayService(self.work, self.now, self.bookings.payments)
        await overstays.judge(report.booking, upheld=upheld)
        act = Act.UPHOLD if upheld else Act.WAIVE
        await self._log(operator, act, Subject.REPORT, report_id)
        await self.settle(operator, report_id)

    async def space(self, operator: Person, space_id: SpaceId) -> tuple[Space, Sequence[Booking]]:
        """A space, and what hiding it would call off."""
        self._check(operator)
        return await self.work.spaces.get(space_id), await self._ahead([space_id])

    async def person(
        self, operator: Person, person_id: PersonId
    ) -> tuple[Person, Sequence[Booking]]:
        """A person, and what banning them would call off."""
        self._check(operator)
        person = await self.work.people.get(person_id)
        if person.telegram in self.operators:
            raise NotFound("person")
        own = [space.id for space in await self.work.spaces.of_lister(person_id)]
        return person, [*await self._ahead(own), *await self._rented(person_id)]

    async def spaces_of(self, operator: Person, person_id: PersonId) -> Sequence[Space]:
        """What a person lists, hidden or not."""
        self._check(operator)
        return await self.work.spaces.of_lister(person_id)

    async def hide(self, operator: Person, space_id: SpaceId) -> int:
        """Hide a space, once; how many bookings were called off. Running stays finish."""
        space, ahead = await self.space(operator, space_id)
        if space.state is SpaceState.HIDDEN:
            return 0
        await self._hide(space)
        told = bulletin(Kind.SPACE_HIDDEN, space.lister, self.now, space=space_id)
        await self.work.notices.plan([told])
        await self._call_off(ahead)
        await self._log(operator, Act.HIDE, Subject.SPACE, space_id, len(ahead))
        return len(ahead)

    async def show(self, operator: Person, space_id: SpaceId) -> Space:
        """Bring a hidden space back; out of sight as long as its lister has blocked the bot."""
        space, _ = await self.space(operator, space_id)
        if space.state is not SpaceState.HIDDEN:
            return space
        lister = await self.work.people.get(space.lister)
        state = SpaceState.LIVE if lister.reachable else SpaceState.SILENT
        shown = replace(space, state=state)
        await self.work.spaces.save(shown)
        told = bulletin(Kind.SPACE_SHOWN, space.lister, self.now, space=space_id)
        await self.work.notices.plan([told])
        await self._log(operator, Act.SHOW, Subject.SPACE, space_id)
        return shown

    async def ban(self, operator: Person, person_id: PersonId) -> int:
        """Shut a person out; how many bookings were called off.

        They are told so, once, and not of each of their spaces that is hidden by it.
        """
        person, ahead = await self.person(operator, person_id)
        if person.banned:
            return 0
        await self.work.bans.add(person_id, self.now)
        for space in await self.work.spaces.of_lister(person_id):
            await self._hide(space)
        await self._call_off(ahead, banned=person_id)
        await self.work.notices.plan([bulletin(Kind.BANNED, person_id, self.now)])
        await self._log(operator, Act.BAN, Subject.PERSON, person_id, len(ahead))
        return len(ahead)

    async def unban(self, operator: Person, person_id: PersonId) -> None:
        """Let a person in again. Their spaces stay hidden until each is shown again."""
        person, _ = await self.person(operator, person_id)
        if not person.banned:
            return
        mark = mark_of(person.telegram, self.ban_key) if person.telegram is not None else ""
        await self.work.bans.lift(person_id, mark)
        await self.work.notices.plan([bulletin(Kind.UNBANNED, person_id, self.now)])
        await self._log(operator, Act.UNBAN, Subject.PERSON, person_id)

    async def statistics(self, operator: Person) -> Statistics:
        self._check(operator)
        return await self.work.counting.statistics(self.now - COUNTED)

    async def log(self, operator: Person) -> Sequence[tuple[Entry, Person]]:
        """The latest acts of all operators, each with whose it was."""
        self._check(operator)
        entries = await self.work.audit.latest(LOGGED)
        return [(entry, await self.work.people.get(entry.operator)) for entry in entries]

    @property
    def _records(self) -> RecordService:
        return RecordService(self.work, self.now)

    def _check(self, operator: Person) -> None:
        if not self.is_operator(operator):
            raise NotFound("page")

    async def _ahead(self, spaces: Sequence[SpaceId]) -> Sequence[Booking]:
        found = [await self.work.bookings.ahead_of_space(space, self.now) for space in spaces]
        return [booking for of_one in found for booking in of_one if booking.ahead(self.now)]

    async def _rented(self, renter: PersonId) -> Sequence[Booking]:
        coming = await self.work.bookings.of_renter(renter, self.now, past=False, limit=_MANY)
        return [booking for booking in coming if booking.ahead(self.now)]

    async def _hide(self, space: Space) -> None:
        await self.work.spaces.save(replace(space, state=SpaceState.HIDDEN))

    async def _call_off(self, bookings: Sequence[Booking], banned: PersonId | None = None) -> None:
        """The other side of each is told; whoever is banned hears of it with the ban itself."""
        for booking in bookings:
            told = booking.lister if booking.renter == banned else booking.renter
            await self.bookings.call_off(booking, told)

    async def _log(
        self, operator: Person, act: Act, subject: Subject, number: int, ended: int = 0
    ) -> None:
        await self.work.audit.add(Entry(self.now, operator.id, act, subject, number, ended))
