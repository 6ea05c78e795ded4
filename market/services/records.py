from dataclasses import dataclass, replace
from datetime import datetime

from market.domain.booking import Booking
from market.domain.ids import PersonId, ReportId, new_id
from market.domain.notice import Kind, bulletin
from market.domain.record import SPAN, Record
from market.domain.report import Matter, Report
from market.domain.space import Space, SpaceState
from market.ports.work import Work


@dataclass(frozen=True, slots=True)
class RecordService:
    """How reliable listers are."""

    work: Work
    now: datetime

    async def of(self, lister: PersonId) -> Record:
        return await self.work.records.of(lister, self.now - SPAN)

    async def strike(self, booking: Booking) -> None:
        """Its lister has cancelled on somebody; too often, and the space is hidden.

        Bookings ahead of a space hidden so stand: their renters have done nothing. The operator
        finds a case, and looks.
        """
        await self.work.records.strike(booking.lister, booking.id, self.now)
        record = await self.of(booking.lister)
        space = await self.work.spaces.ever(booking.space)
        if record.too_many_strikes and space.state in (SpaceState.LIVE, SpaceState.PAUSED):
            await self._hide(space)

    async def _hide(self, space: Space) -> None:
        await self.work.spaces.save(replace(space, state=SpaceState.HIDDEN))
        case = Report(
            ReportId(new_id()), Matter.STRIKES, self.now, about=space.lister, space=space.id
        )
        await self.work.reports.add(case)
        told = bulletin(Kind.SPACE_HIDDEN, space.lister, self.now, space=space.id)
        await self.work.notices.plan([told])
