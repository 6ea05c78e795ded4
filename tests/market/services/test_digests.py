from dataclasses import replace
from datetime import date, timedelta

import pytest

from market.domain.booking import Side, State, moved
from market.domain.digest import Digest, digest_notice
from market.domain.ids import SpaceId
from market.domain.space import SpaceState
from market.services.digests import DigestService
from market.services.notices import Bulletin, NoticeService
from market.services.people import PeopleService
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_person,
    a_space,
    add_charged,
    at,
    euros,
    window,
)

DAY = date(2030, 6, 4)
MORNING = at(18)
"""Eight o'clock in Berlin, on the day after the town's noon."""
TODAY = window(20, 22)
BERLIN = a_space().zone_info
NOTICE = digest_notice(LISTER, DAY, BERLIN)


async def owed(work, now):
    return [(notice.person, notice.due_at) for notice in await DigestService(work, now).owed(9)]


async def test_listers_are_owed_a_digest_shortly_before_eight_and_once(town) -> None:
    async with town.begin() as work:
        assert await owed(work, MORNING - timedelta(minutes=16)) == []
        assert await owed(work, MORNING - timedelta(minutes=15)) == [(LISTER, MORNING)]
        await work.notices.plan(await DigestService(work, MORNING).owed(9))
        assert await owed(work, MORNING) == []
        assert await owed(work, MORNING + timedelta(days=1)) == [
            (LISTER, MORNING + timedelta(days=1))
        ]


async def test_a_morning_that_was_missed_is_made_up_for_until_noon(town) -> None:
    async with town.begin() as work:
        assert await owed(work, MORNING + timedelta(hours=3.9)) == [(LISTER, MORNING)]
        assert await owed(work, MORNING + timedelta(hours=4)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": SpaceState.PAUSED}, [LISTER]),
        ({"state": SpaceState.DELETED}, []),
        ({"listed_at": MORNING}, []),
    ],
    ids=["paused", "deleted", "listed since"],
)
async def test_who_has_no_space_by_eight_is_owed_nothing(town, change, expected) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(**change))
        if "listed_at" in change:
            await work.spaces.save(a_space(state=SpaceState.DELETED))
            await work.spaces.add(a_space(id=SpaceId(8), **change))
        assert [person for person, _ in await owed(work, MORNING + timedelta(hours=1))] == expected


async def test_who_looks_after_a_space_is_owed_one_and_who_cannot_be_reached_is_not(town) -> None:
    async with town.begin() as work:
        await work.colisters.add(SpaceId(7), STRANGER, NOON)
        await work.people.save(a_person(LISTER, reachable=False))
        assert [person for person, _ in await owed(work, MORNING)] == [STRANGER]


async def test_no_more_are_planned_than_asked_for(town) -> None:
    async with town.begin() as work:
        await work.colisters.add(SpaceId(7), STRANGER, NOON)
        await work.people.save(a_person(STRANGER, zone="Europe/Paris"))
        assert len(await DigestService(work, MORNING).owed(1)) == 1
        assert len(await DigestService(work, MORNING).owed(2)) == 2


async def test_a_digest_tells_of_today_yesterday_and_what_waits(town) -> None:
    stay, asked = a_booking(TODAY), a_booking(window(60, 62), state=State.REQUESTED)
    asked = replace(asked, expires_at=at(30))
    over = moved(a_booking(window(1, 3)), State.COMPLETED, Side.CLOCK, at(3.2))
    others = [
        a_booking(window(30, 31), state=State.CANCELLED),
        a_booking(window(9, 11)),
        a_booking(window(35, 37)),
        a_booking(window(50, 51), state=State.REQUESTED, expires_at=at(17)),
    ]
    async with town.begin() as work:
        await add_charged(work, over)
        for booking in (stay, asked, *others):
            await work.bookings.add(booking)
    async with town.begin() as work:
        digest = await DigestService(work, MORNING).of(a_person(LISTER), DAY)
    came = {booking.id for booking, _ in digest.coming}
    assert came == {stay.id}
    assert [space for _, space in digest.coming] == [a_space()]
    assert [request.id for request in digest.requests] == [asked.id]
    assert (digest.stays, digest.earned) == (1, [euros(500)])


async def test_who_looks_after_a_space_sees_its_stays_but_not_its_money(town) -> None:
    async with town.begin() as work:
        await work.colisters.add(SpaceId(7), STRANGER, NOON)
        await work.bookings.add(a_booking(TODAY))
        await add_charged(work, a_booking(window(1, 3), state=State.COMPLETED))
        digest = await DigestService(work, MORNING).of(a_person(STRANGER), DAY)
    assert len(digest.coming) == 1
    assert digest.stays == 0


@pytest.mark.parametrize(
    ("now", "zone", "sent"),
    [
        (MORNING, "Europe/Berlin", True),
        (MORNING + timedelta(hours=3.9), "Europe/Berlin", True),
        (MORNING + timedelta(hours=4), "Europe/Berlin", False),
        (MORNING, "America/New_York", False),
    ],
    ids=["in time", "late", "at noon", "still night where the lister is now"],
)
async def test_a_digest_is_read_in_the_morning_or_not_at_all(town, now, zone, sent) -> None:
    async with town.begin() as work:
        await work.people.save(a_person(LISTER, zone=zone))
        await work.bookings.add(a_booking(TODAY))
        letter = await NoticeService(work, now).letter(NOTICE)
    assert (letter is not None) is sent


async def test_nothing_is_said_when_there_is_nothing_to_say(town) -> None:
    async with town.begin() as work:
        assert await NoticeService(work, MORNING).letter(NOTICE) is None
        await work.bookings.add(a_booking(TODAY))
        letter = await NoticeService(work, MORNING).letter(NOTICE)
    assert isinstance(letter, Bulletin)
    assert isinstance(letter.digest, Digest)


async def test_who_travels_has_the_morning_of_where_they_are(town) -> None:
    """One a day: what was planned elsewhere is planned anew, what was sent is not."""
    before = MORNING - timedelta(minutes=10)
    async with town.begin() as work:
        await work.notices.plan(await DigestService(work, before).owed(9))
        await PeopleService(work, before, "en").seen_in(a_person(LISTER), "Europe/Helsinki")
        assert await owed(work, before) == [(LISTER, MORNING - timedelta(hours=1))]
        await work.notices.plan(await DigestService(work, before).owed(9))
        (told,) = await NoticeService(work, before).claim_due("me")
        await NoticeService(work, before).finish(told, "me")
        helsinki = a_person(LISTER, zone="Europe/Helsinki")
        await PeopleService(work, before, "en").seen_in(helsinki, "America/New_York")
        assert await owed(work, MORNING + timedelta(hours=6)) == []


async def test_nobody_is_owed_anything_for_renting(town) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(TODAY))
        assert RENTER not in [person for person, _ in await owed(work, MORNING)]
