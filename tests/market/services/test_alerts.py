from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.alert import MOST_ALERTS, Alert
from market.domain.errors import NotFound, TooMany
from market.domain.ids import AlertId, SpaceId
from market.domain.notice import Kind, alert_notice
from market.domain.place import Offset, Point
from market.domain.search import Filters
from market.domain.space import SpaceState
from market.services.alerts import AlertService
from market.services.notices import Bulletin, NoticeService
from tests.examples import NOON, RENTER, STRANGER, a_booking, a_person, a_space, at, window

SPACE = SpaceId(7)
ASKED = Alert(
    AlertId(0), RENTER, Point(52.52, 13.405), "Europe/Berlin", window(1, 3), Filters(), NOON
)


async def test_asking_twice_is_asking_once(town) -> None:
    async with town.begin() as work:
        alerts = AlertService(work, NOON)
        alert = await alerts.ask(ASKED)
        assert await alerts.ask(ASKED) == alert
        assert await alerts.of(RENTER) == [alert]
        assert await alerts.get(RENTER, alert.id) == alert
        with pytest.raises(NotFound):
            await alerts.get(STRANGER, alert.id)


async def test_so_many_are_the_most(town) -> None:
    async with town.begin() as work:
        alerts = AlertService(work, NOON)
        for n in range(MOST_ALERTS):
            await alerts.ask(replace(ASKED, window=window(1, 2 + n)))
        with pytest.raises(TooMany):
            await alerts.ask(replace(ASKED, window=window(1, 20)))


async def test_who_waits_may_stop_waiting(town) -> None:
    async with town.begin() as work:
        alerts = AlertService(work, NOON)
        alert = await alerts.ask(ASKED)
        with pytest.raises(NotFound):
            await alerts.withdraw(STRANGER, alert.id)
        await alerts.withdraw(RENTER, alert.id)
        assert await alerts.of(RENTER) == []


async def test_a_change_touches_who_waits_around_it_and_nobody_else(town) -> None:
    far = a_space(id=SpaceId(8), place=Point(48.1, 11.6), offset=Offset(0, 0))
    async with town.begin() as work:
        other = a_space(id=SpaceId(9), place=Point(0, 0))
        for space in (far, other):
            await work.spaces.add(space)
        alerts = AlertService(work, NOON)
        around = await alerts.ask(ASKED)
        one = await alerts.ask(replace(ASKED, space=SPACE))
        await alerts.ask(replace(ASKED, space=other.id))
        touched = {alert.id for alert, _ in await alerts.touched_by([SPACE])}
        assert touched == {around.id, one.id}
        assert await alerts.touched_by([far.id, SpaceId(1)]) == []
        assert await AlertService(work, at(2)).touched_by([SPACE]) == []
        assert len(await alerts.waiting(AlertId(0))) == 3


async def test_it_is_told_once_and_only_of_what_can_be_had(town) -> None:
    async with town.begin() as work:
        alerts = AlertService(work, NOON)
        alert = await alerts.ask(ASKED)
        assert not await alerts.tell(alert, SpaceId(1))
        booking = a_booking(window(1, 2))
        await work.bookings.add(booking)
        assert not await alerts.tell(alert, SPACE)
    async with town.begin() as work:
        alerts = AlertService(work, NOON)
        late = await alerts.ask(replace(ASKED, window=window(4, 5)))
        assert await alerts.tell(late, SPACE)
        assert not await alerts.tell(late, SPACE)
        assert await alerts.of(RENTER) == [alert]
        (notice,) = await NoticeService(work, NOON).claim_due("me")
    assert (notice.kind, notice.person) == (Kind.ALERT, RENTER)
    assert notice.facts == {"alert": late.id, "space": SPACE}


async def test_the_message_says_what_is_true_when_it_leaves(town) -> None:
    async with town.begin() as work:
        alerts = AlertService(work, NOON)
        alert = await alerts.ask(ASKED)
        await alerts.tell(alert, SPACE)
        notice = alert_notice(alert, SPACE, NOON)
        letter = await NoticeService(work, NOON).letter(notice)
        told = replace(alert, told_at=NOON)
        assert letter == Bulletin(notice, a_person(RENTER), a_space(), alert=told)
        assert await NoticeService(work, at(2)).letter(notice) is None
        await work.spaces.save(a_space(state=SpaceState.PAUSED))
        assert await NoticeService(work, NOON).letter(notice) is None
        assert await alerts.of(RENTER) == [alert]
        nothing = replace(notice, facts={})
        assert await NoticeService(work, NOON).letter(nothing) is None


async def test_what_has_passed_is_forgotten(town) -> None:
    async with town.begin() as work:
        alert = await AlertService(work, NOON).ask(ASKED)
        await AlertService(work, at(1.25)).forget()
        assert await work.alerts.of(RENTER) == [alert]
        await AlertService(work, at(1.25) + timedelta(seconds=1)).forget()
        assert await work.alerts.of(RENTER) == []
