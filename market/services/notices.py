from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from market.domain.alert import Alert
from market.domain.booking import Booking
from market.domain.digest import Digest
from market.domain.errors import NotFound
from market.domain.ids import AlertId, MessageId, ReportId, SpaceId
from market.domain.lateness import still_true
from market.domain.ledger import Bill
from market.domain.message import Message
from market.domain.notice import Kind, Notice, drop_ahead
from market.domain.person import Person
from market.domain.report import Report
from market.domain.space import Rating, Space
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.alerts import AlertService
from market.services.digests import DigestService
from market.services.ledger import LedgerService
from market.services.sides import concerns
from market.services.stays import StayService

LEASE = timedelta(minutes=1)
BATCH = 50
OFFERED = (timedelta(minutes=30), timedelta(hours=1))
"""By how much a stay can be extended with one tap before it ends."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice with everything its words need, as it stands at the time of sending."""

    notice: Notice
    person: Person
    booking: Booking
    space: Space
    renter: Rating | None = None
    """What listers gave a renter who has just booked."""
    message: Message | None = None
    photo: StoredPhoto | None = None
    bill: Bill | None = None
    """Where the words are about money."""
    offers: Sequence[Booking] = ()
    """The stay as it would be with a later end, each of which can be had."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A notice about no booking, with what its words need."""

    notice: Notice
    person: Person
    space: Space | None = None
    report: Report | None = None
    alert: Alert | None = None
    digest: Digest | None = None


BULLETINS = (
    Kind.ALERT,
    Kind.DIGEST,
    Kind.CAR_REPORTED,
    Kind.SPACE_HIDDEN,
    Kind.SPACE_SHOWN,
    Kind.COLISTER_JOINED,
    Kind.REPORT_OPENED,
    Kind.REPORT_SETTLED,
    Kind.BANNED,
    Kind.UNBANNED,
)


@dataclass(frozen=True, slots=True)
class NoticeService:
    """What is owed to people: claimed by one sender at a time, checked again before it is sent."""

    work: Work
    now: datetime

    async def claim_due(self, owner: str) -> Sequence[Notice]:
        return await self.work.notices.claim_due(self.now, owner, limit=BATCH, lease=LEASE)

    async def letter(self, notice: Notice) -> Letter | Bulletin | None:
        """None if the notice would no longer say something true."""
        if notice.booking is None and notice.kind not in BULLETINS:
            return None
        try:
            if notice.booking is None:
                return await self._bulletin(notice)
            return await self._about(notice, await self.work.bookings.get(notice.booking))
        except NotFound:
            return None  # erased, or kept long enough

    async def _about(self, notice: Notice, booking: Booking) -> Letter | None:
        person = await self.work.people.get(notice.person)
        if not still_true(notice, booking, self.now):
            return None
        if notice.kind in _PROMPTS and await self._reviewed(notice, booking):
            return None
        if not await concerns(self.work, notice.person, booking):
            return None  # a co-lister no more
        # The lister may have cancelled and then deleted the space: the renter is still to be told.
        letter = Letter(notice, person, booking, await self.work.spaces.ever(booking.space))
        if notice.kind is Kind.ENDS_SOON:
            return replace(letter, offers=await self._longer(booking))
        if notice.kind in _OF_MONEY:
            return await self._about_money(letter)
        if notice.kind in (Kind.BOOKED, Kind.REQUESTED):
            return replace(letter, renter=await self.work.reviews.of_renter(booking.renter))
        if notice.kind is Kind.MESSAGE:
            message = await self.work.messages.get(MessageId(_named(notice, "message") or 0))
            photos = await self.work.photos.many([message.photo] if message.photo else [])
            return replace(letter, message=message, photo=photos[0] if photos else None)
        return letter

    async def _about_money(self, letter: Letter) -> Letter | None:
        """None for a warning where the lister has waived so much that nothing gets dearer."""
        bill = await LedgerService(self.work, self.now).bill(letter.booking)
        if letter.notice.kind is Kind.REFUND_DROPS:
            drop = drop_ahead(letter.booking, self.now)
            if drop is None or bill.without(drop.refund) == bill.without(drop.then):
                return None
        return replace(letter, bill=bill)

    async def _longer(self, booking: Booking) -> Sequence[Booking]:
        return await StayService(self.work, self.now).longer(booking, OFFERED)

    async def _bulletin(self, notice: Notice) -> Bulletin | None:
        person = await self.work.people.get(notice.person)
        if notice.kind is Kind.ALERT:
            return await self._alert(notice, person)
        if notice.kind is Kind.DIGEST:
            return await self._digest(notice, person)
        number = _named(notice, "report")
        report = await self.work.reports.get(ReportId(number)) if number else None
        space = _named(notice, "space") or (report and report.space)
        return Bulletin(
            notice, person, await self.work.spaces.ever(SpaceId(space)) if space else None, report
        )

    async def _alert(self, notice: Notice, person: Person) -> Bulletin | None:
        """If the space was taken meanwhile, the alert waits for the next one."""
        alerts = AlertService(self.work, self.now)
        alert = await alerts.get(person.id, AlertId(_named(notice, "alert") or 0))
        space = SpaceId(_named(notice, "space") or 0)
        if alert.over(self.now):
            return None
        if not await alerts.can_have(alert, space):
            await self.work.alerts.told(alert.id, None)
            return None
        return Bulletin(notice, person, await self.work.spaces.get(space), alert=alert)

    async def _digest(self, notice: Notice, person: Person) -> Bulletin | None:
        day = date.fromisoformat(str((notice.facts or {})["day"]))
        digest = await DigestService(self.work, self.now).of(person, day)
        return Bulletin(notice, person, digest=digest) if digest else None

    async def _reviewed(self, notice: Notice, booking: Booking) -> bool:
        written = await self.work.reviews.of_booking(booking.id)
        return any(review.author == notice.person for review in written)

    async def hold(self, notice: Notice, owner: str) -> bool:
        """Begin to send it with a fresh lease. False if another sender has taken over."""
        return await self.work.notices.hold(notice.key, owner, self.now + LEASE)

    async def finish(self, notice: Notice, owner: str) -> bool:
        """Sent, or no longer worth sending. False if another sender has taken over."""
        return await self.work.notices.finish(notice.key, owner, self.now)

    async def put_off(
        self, notice: Notice, owner: str, until: datetime, *, doubtful: bool = False
    ) -> bool:
        """``doubtful`` counts that it may have arrived."""
        return await self.work.notices.put_off(notice.key, owner, until, doubtful=doubtful)


_OF_MONEY = (Kind.CANCELLED, Kind.RELEASED, Kind.REFUND_DROPS)
_PROMPTS = (Kind.REVIEW_STAY, Kind.REVIEW_RENTER)


def _named(notice: Notice, what: str) -> int | None:
    number = (notice.facts or {}).get(what)
    return number if isinstance(number, int) else None
