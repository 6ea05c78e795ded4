from dataclasses import replace

import pytest

from market.domain.colister import INVITATION_LASTS, Right
from market.domain.errors import ListerOnly, NotFound, OwnInvitation
from market.domain.ids import InvitationId, SpaceId
from market.domain.notice import Kind, Notice
from market.services.colisters import ColisterService, entitled, told_to_all
from market.services.notices import NoticeService
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_booking, a_space, window

SPACE = SpaceId(7)


async def test_an_invitation_is_good_once_and_the_lister_hears_of_it(town) -> None:
    async with town.begin() as work:
        service = ColisterService(work, NOON)
        invitation = await service.invite(LISTER, SPACE)
        assert (await service.join(RENTER, invitation.id)).id == SPACE
        with pytest.raises(NotFound):
            await service.join(STRANGER, invitation.id)
        assert [person.id for person in await service.of(LISTER, SPACE)] == [RENTER]
        assert await entitled(work, RENTER, SPACE, Right.ANSWER) == a_space()
    async with town.begin() as work:
        due = await work.notices.claim_due(NOON, "me", limit=9, lease=INVITATION_LASTS)
        assert [(it.kind, it.person) for it in due] == [(Kind.COLISTER_JOINED, LISTER)]


async def test_an_invitation_runs_out_and_is_replaced_by_the_next(town) -> None:
    async with town.begin() as work:
        service = ColisterService(work, NOON)
        older = await service.invite(LISTER, SPACE)
        newer = await service.invite(LISTER, SPACE)
        for now, code in ((NOON, older.id), (newer.expires_at, newer.id), (NOON, InvitationId(9))):
            with pytest.raises(NotFound):
                await ColisterService(work, now).join(RENTER, code)


async def test_joining_twice_is_joining_once(town) -> None:
    async with town.begin() as work:
        service = ColisterService(work, NOON)
        for _ in range(2):
            await service.join(RENTER, (await service.invite(LISTER, SPACE)).id)
        assert len(await service.of(LISTER, SPACE)) == 1


async def test_listers_need_no_invitation(town) -> None:
    async with town.begin() as work:
        service = ColisterService(work, NOON)
        invitation = await service.invite(LISTER, SPACE)
    with pytest.raises(OwnInvitation):
        async with town.begin() as work:
            await ColisterService(work, NOON).join(LISTER, invitation.id)
    async with town.begin() as work:
        assert await ColisterService(work, NOON).join(RENTER, invitation.id)


@pytest.mark.parametrize(
    "act",
    [
        lambda it, who: it.of(who, SPACE),
        lambda it, who: it.invite(who, SPACE),
        lambda it, who: it.remove(who, SPACE, RENTER),
    ],
    ids=["see who", "invite", "remove"],
)
async def test_only_the_lister_decides_who_helps(town, act) -> None:
    async with town.begin() as work:
        await work.colisters.add(SPACE, RENTER, NOON)
        with pytest.raises(ListerOnly):
            await act(ColisterService(work, NOON), RENTER)
        with pytest.raises(NotFound):
            await act(ColisterService(work, NOON), STRANGER)


@pytest.mark.parametrize(
    "end",
    [lambda it: it.remove(LISTER, SPACE, RENTER), lambda it: it.leave(RENTER, SPACE)],
    ids=["removed", "left"],
)
async def test_all_rights_end_at_once(town, end) -> None:
    async with town.begin() as work:
        await work.colisters.add(SPACE, RENTER, NOON)
        await end(ColisterService(work, NOON))
        with pytest.raises(NotFound):
            await entitled(work, RENTER, SPACE, Right.SEE)
        assert await work.colisters.spaces_of(RENTER) == []


async def test_what_the_lister_is_told_everybody_is_told_who_looks_after_the_space(town) -> None:
    to_lister = Notice("a", Kind.BOOKED, LISTER, NOON)
    to_renter = Notice("b", Kind.CANCELLED, STRANGER, NOON)
    booking = replace(a_booking(window(1, 3)), renter=STRANGER)
    async with town.begin() as work:
        await work.colisters.add(SPACE, RENTER, NOON)
        told = await told_to_all(work, booking, [to_lister, to_renter])
        assert [it.person for it in told] == [LISTER, STRANGER, RENTER]
        assert len({it.key for it in told}) == 3
        assert await told_to_all(work, booking, [to_renter]) == [to_renter]


@pytest.mark.parametrize(
    ("kind", "renter"),
    [
        pytest.param(Kind.BOOKED, RENTER, id="of a booking of their own"),
        pytest.param(Kind.REVIEW_RENTER, STRANGER, id="to review, which only the lister can"),
    ],
)
async def test_whoever_looks_after_a_space_is_not_told(town, kind, renter) -> None:
    booking = replace(a_booking(window(1, 3)), renter=renter)
    to_lister = Notice("a", kind, LISTER, NOON)
    async with town.begin() as work:
        await work.colisters.add(SPACE, RENTER, NOON)
        assert await told_to_all(work, booking, [to_lister]) == [to_lister]


async def test_who_looks_after_a_space_no_more_hears_no_more_of_it(town) -> None:
    booking = a_booking(window(1, 3))
    notice = Notice("a", Kind.BOOKED, RENTER, NOON, booking.id)
    async with town.begin() as work:
        await work.bookings.add(replace(booking, renter=STRANGER))
        await work.colisters.add(SPACE, RENTER, NOON)
        assert await NoticeService(work, NOON).letter(notice)
        await work.colisters.remove(SPACE, RENTER)
        assert await NoticeService(work, NOON).letter(notice) is None
