from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from market.domain.booking import Booking
from market.domain.errors import NotFound
from market.domain.ids import BookingId, PersonId, PhotoId, new_id
from market.domain.ledger import Reason
from market.domain.money import Money
from market.domain.notice import Kind, overstay_notice
from market.domain.stay import Overstay, contest, overstay
from market.ports.payments import ON_SITE, Payments
from market.ports.photos import StoredPhoto
from market.ports.work import Work
from market.services.colisters import told_to_all
from market.services.ledger import LedgerService
from market.services.sides import known, looked_after, rented

KEPT_PHOTOS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OverstayService:
    """Cars that are still there when their time is over. There is none without a photo."""

    work: Work
    now: datetime
    payments: Payments = ON_SITE

    async def of(self, person: PersonId, booking_id: BookingId) -> Overstay | None:
        """What was seen after a stay of one's own, from either side. Raises NotFound."""
        await known(self.work, person, booking_id)
        return await self.work.overstays.of(booking_id)

    async def report(self, lister: PersonId, booking_id: BookingId, photo: StoredPhoto) -> Overstay:
        """Whoever looks after the space shows that the car is still there.

        The renter is told, and whoever else looks after it. Raises NotFound, NotYet within the
        grace, and BookingOver.
        """
        booking = await looked_after(self.work, lister, booking_id)
        overstay(booking, lister, photo.id, self.now)
        await self.work.photos.add(photo)
        found = await self.seen(booking, lister, photo.id)
        by, sighting = self.now - booking.window.end, new_id()
        await self.work.notices.plan([overstay_notice(booking, sighting, by, self.now)])
        told = overstay_notice(booking, sighting, by, self.now, Kind.OVERSTAY_SEEN)
        others = await told_to_all(self.work, booking, [told])
        await self.work.notices.plan([notice for notice in others if notice.person != lister])
        return found

    async def seen(self, booking: Booking, reporter: PersonId, photo: PhotoId) -> Overstay:
        """Charge what a sighting costs beyond an earlier one; nobody is told of it here.

        What an operator has judged is not charged again. Raises NotYet and BookingOver.
        """
        found = overstay(booking, reporter, photo, self.now)
        earlier = await self.work.overstays.of(booking.id)
        if earlier is None:
            await self._charge(booking, found.charge)
        elif earlier.settled_at is not None:
            return earlier
        else:
            await self._charge(booking, found.charge - earlier.charge)
            found = replace(found, contested_at=earlier.contested_at)
        await self.work.overstays.save(booking.id, found)
        return found

    async def contest(self, renter: PersonId, booking_id: BookingId) -> tuple[Booking, Overstay]:
        """The renter says it was not so. Raises NotFound, BookingOver when it was said already."""
        booking = await rented(self.work, renter, booking_id)
        contested = contest(await self._found(booking_id), self.now)
        await self.work.overstays.save(booking_id, contested)
        return booking, contested

    async def judge(self, booking_id: BookingId, *, upheld: bool) -> Overstay:
        """An operator's word: the charge stands, or nothing is owed for it. The first one counts.

        Raises NotFound.
        """
        booking = await self.work.bookings.get(booking_id)
        found = await self._found(booking_id)
        if found.settled_at is not None:
            return found
        judged = replace(found, settled_at=self.now)
        await self.work.overstays.save(booking_id, judged)
        if not upheld:
            await self._ledger.give_back(booking, Reason.WAIVED, found.charge)
        return judged

    async def photos(self, found: Overstay) -> Sequence[StoredPhoto]:
        return await self.work.photos.many([found.photo] if found.photo else [])

    async def forget_photos(self, limit: int) -> int:
        """Delete the photos that have been kept long enough; how many."""
        return await self.work.overstays.forget_photos(self.now - KEPT_PHOTOS, limit)

    @property
    def _ledger(self) -> LedgerService:
        return LedgerService(self.work, self.now, self.payments)

    async def _charge(self, booking: Booking, amount: Money) -> None:
        await self._ledger.charge(booking, Reason.OVERSTAY, amount)

    async def _found(self, booking_id: BookingId) -> Overstay:
        found = await self.work.overstays.of(booking_id)
        if found is None:
            raise NotFound("overstay")
        return found
