from dataclasses import replace
from datetime import date

import pytest

from gateways.geography import OfflineGeography
from market.domain.booking import State
from market.domain.calendar import Mark
from market.domain.colister import COLISTERS, Right
from market.domain.edit import Edit
from market.domain.errors import BookingsAhead, Invalid, ListerOnly, NotFound
from market.domain.ids import BookingId, PhotoId, QuoteId, SpaceId, new_id
from market.domain.ledger import Reason
from market.domain.place import Point
from market.domain.schedule import ALWAYS, Dates
from market.domain.space import MAX_PHOTOS, SpaceState
from market.ports.photos import StoredPhoto
from market.services.ledger import LedgerService
from market.services.spaces import SpaceService
from tests.examples import (
    LISTER,
    NOON,
    RENTER,
    STRANGER,
    a_booking,
    a_space,
    add_charged,
    at,
    euros,
    window,
)

SPACE = SpaceId(7)


def photo(number: int) -> StoredPhoto:
    name = f"file {number}"
    return StoredPhoto(PhotoId(number), LISTER, NOON, file_id=name, file_unique_id=name)


def spaces(work, now=NOON) -> SpaceService:
    return SpaceService(work, now, OfflineGeography("EUR"))


async def test_a_lister_sees_their_own_spaces(town) -> None:
    async with town.begin() as work:
        assert await spaces(work).mine(LISTER) == [a_space()]
        assert await spaces(work).mine(STRANGER) == []


DATES = Dates(date(2030, 8, 1), date(2030, 8, 3))
ACTS = {
    Right.SEE: [lambda it, who: it.get(who, SPACE), lambda it, who: it.month(who, SPACE, [])],
    Right.BLOCK: [
        lambda it, who: it.block(who, SPACE, DATES),
        lambda it, who: it.unblock(who, SPACE, DATES),
    ],
    Right.PAUSE: [
        lambda it, who: it.pause(who, SPACE),
        lambda it, who: it.resume(who, SPACE, at(3)),
    ],
    Right.EDIT: [
        lambda it, who: it.own(who, SPACE),
        lambda it, who: it.edit(who, SPACE, Edit(title="Mine now")),
        lambda it, who: it.move(who, SPACE, Point(52.6, 13.5), ""),
        lambda it, who: it.add_photo(who, SPACE, photo(1)),
        lambda it, who: it.remove_photo(who, SPACE, PhotoId(1)),
        lambda it, who: it.order_photos(who, SPACE, []),
    ],
    Right.MONEY: [lambda it, who: it.earnings(who, SPACE)],
    Right.DELETE: [lambda it, who: it.delete(who, SPACE)],
}
"""What can be done with a space, by the right that it takes."""
EACH = [(right, act) for right, acts in ACTS.items() for act in acts]


@pytest.mark.parametrize(("right", "act"), EACH)
async def test_strangers_find_nothing_and_co_listers_may_do_what_is_theirs(
    town, right, act
) -> None:
    async with town.begin() as work:
        await work.colisters.add(SPACE, RENTER, NOON)
        with pytest.raises(NotFound):
            await act(spaces(work), STRANGER)
        if right in COLISTERS:
            await act(spaces(work), RENTER)
        else:
            with pytest.raises(ListerOnly):
                await act(spaces(work), RENTER)
        await work.colisters.remove(SPACE, RENTER)
        with pytest.raises(NotFound):
            await act(spaces(work), RENTER)


async def test_an_edit_is_kept_and_counted(town) -> None:
    async with town.begin() as work:
        edited = await spaces(work).edit(LISTER, SPACE, Edit(title=" New  title "))
        assert edited == a_space(title="New title", version=2)
        assert await work.spaces.get(SPACE) == edited


async def test_blocked_dates_come_and_go(town) -> None:
    async with town.begin() as work:
        blocked = await spaces(work).block(LISTER, SPACE, DATES)
        assert await work.spaces.get(SPACE) == blocked
        assert blocked.schedule.blocked == (DATES,)
        assert (await spaces(work).unblock(LISTER, SPACE, DATES)).schedule == ALWAYS


async def test_free_and_away_are_kept(town) -> None:
    async with town.begin() as work:
        for act in (spaces(work).pause, spaces(work).resume):
            space = await act(LISTER, SPACE, at(3))
            assert await work.spaces.get(SPACE) == space
            assert space.schedule != ALWAYS


async def test_pausing_twice_is_pausing_once(town) -> None:
    async with town.begin() as work:
        once = await spaces(work).pause(LISTER, SPACE)
        assert await spaces(work).pause(LISTER, SPACE) == once


async def test_a_place_keeps_its_offset_and_gets_its_zone(town) -> None:
    async with town.begin() as work:
        moved = await spaces(work).move(LISTER, SPACE, Point(60.17, 24.94), "Bakery Street 4")
        assert moved == a_space(
            place=Point(60.17, 24.94),
            address="Bakery Street 4",
            zone="Europe/Helsinki",
            country="FI",
            version=2,
        )


async def test_a_place_stays_near_while_somebody_is_to_come(town) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        near, far = Point(52.52 + 49 / 111_195, 13.405), Point(52.52 + 51 / 111_195, 13.405)
        with pytest.raises(BookingsAhead):
            await spaces(work).move(LISTER, SPACE, far, "")
        assert (await spaces(work).move(LISTER, SPACE, near, "")).place == near


async def test_small_moves_do_not_add_up_while_somebody_is_to_come(town) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        there, farther = (Point(52.52 + metres / 111_195, 13.405) for metres in (40, 80))
        moved = await spaces(work).move(LISTER, SPACE, there, "")
        assert await work.spaces.get(SPACE) == moved
        with pytest.raises(BookingsAhead):
            await spaces(work).move(LISTER, SPACE, farther, "")
        assert (
            await spaces(work).move(LISTER, SPACE, a_space().place, "")
        ).place == a_space().place
        later = spaces(work, now=at(3))
        assert (await later.move(LISTER, SPACE, farther, "")).promised == ()


async def test_a_place_stays_where_its_money_is_used(town) -> None:
    async with town.begin() as work:
        with pytest.raises(Invalid) as refusal:
            await spaces(work).move(LISTER, SPACE, Point(35.68, 139.76), "")
        assert refusal.value == Invalid("place", "other currency", "EUR")


async def test_a_month_has_its_bookings_and_its_marks(town) -> None:
    booking = a_booking(window(24, 26))
    async with town.begin() as work:
        await work.bookings.add(booking)
        wanted = [date(2030, 6, day) for day in (3, 4, 5)]
        _, days = await spaces(work).month(LISTER, SPACE, wanted)
        assert [day.mark for day in days] == [Mark.FREE, Mark.BOOKED, Mark.FREE]
        assert [it.id for it in days[1].bookings] == [booking.id]


async def test_earnings_are_what_is_kept_of_what_is_over(town) -> None:
    async with town.begin() as work:
        for start, changes in (
            (-48, {"state": State.COMPLETED}),
            (-60, {"state": State.CANCELLED, "refunded": euros(200)}),
            (-66, {"state": State.CANCELLED, "refunded": euros(500)}),
            (-24 * 40, {"state": State.COMPLETED}),
            (-1, {"state": State.ARRIVED}),
            (24, {"state": State.BOOKED}),
        ):
            ids = {"id": BookingId(new_id()), "quote": QuoteId(new_id())}
            await add_charged(work, a_booking(window(start, start + 2), **ids, **changes))
        await work.bookings.add(a_booking(window(-72, -70), state=State.DECLINED))
        _, months = await spaces(work).earnings(LISTER, SPACE)
        assert len(months) == 12
        assert [(it.earned.minor, it.stays) for it in months[-3:]] == [
            (500, 1),
            (0, 0),
            (800, 2),
        ]


async def test_earnings_know_of_overstays_and_of_what_was_waived(town) -> None:
    booking = a_booking(window(-48, -46), state=State.COMPLETED)
    async with town.begin() as work:
        await add_charged(work, booking)
        ledger = LedgerService(work, at(-45))
        for act, earned in (
            (ledger.charge(booking, Reason.OVERSTAY, euros(250)), 750),
            (ledger.paid(LISTER, booking.id), 750),
            (ledger.charge(booking, Reason.OVERSTAY, euros(250)), 1000),
            (ledger.waive(LISTER, booking.id), 750),
        ):
            await act
            _, months = await spaces(work).earnings(LISTER, SPACE)
            assert (months[-1].earned, months[-1].stays) == (euros(earned), 1)


async def test_what_one_looks_after_comes_after_ones_own(town) -> None:
    async with town.begin() as work:
        await work.spaces.add(a_space(id=SpaceId(8), lister=STRANGER))
        await work.colisters.add(SPACE, STRANGER, NOON)
        assert [it.id for it in await spaces(work).mine(STRANGER)] == [8, SPACE]
        await work.spaces.save(a_space(state=SpaceState.DELETED))
        assert [it.id for it in await spaces(work).mine(STRANGER)] == [8]


async def test_entrance_photos_are_kept_apart(town) -> None:
    async with town.begin() as work:
        await spaces(work).add_photo(LISTER, SPACE, photo(1))
        space = await spaces(work).add_photo(LISTER, SPACE, photo(2), entrance=True)
        assert (space.photos, space.entrance) == ((1,), (2,))
        assert await work.spaces.get(SPACE) == space
        assert (await spaces(work).remove_photo(LISTER, SPACE, PhotoId(2))).entrance == ()
        assert await work.photos.many([PhotoId(1), PhotoId(2)]) == [photo(1)]


@pytest.mark.parametrize(
    ("state", "paused", "resumed"),
    [
        (SpaceState.LIVE, SpaceState.PAUSED, SpaceState.LIVE),
        (SpaceState.PAUSED, SpaceState.PAUSED, SpaceState.LIVE),
        (SpaceState.HIDDEN, SpaceState.HIDDEN, SpaceState.HIDDEN),
    ],
)
async def test_pausing_and_resuming_leave_alone_what_the_operator_hid(
    town, state, paused, resumed
) -> None:
    async with town.begin() as work:
        service = spaces(work)
        await work.spaces.save(a_space(state=state))
        assert (await service.pause(LISTER, SPACE)).state is paused
        await work.spaces.save(a_space(state=state))
        assert (await service.resume(LISTER, SPACE)).state is resumed


async def test_photos_are_added_at_the_end_and_taken_away(town) -> None:
    async with town.begin() as work:
        service = spaces(work)
        for number in (1, 2, 3):
            space = await service.add_photo(LISTER, SPACE, photo(number))
        assert space.photos == (1, 2, 3)
        assert await service.photos(space.photos) == [photo(1), photo(2), photo(3)]

        space = await service.remove_photo(LISTER, SPACE, PhotoId(2))
        assert space.photos == (1, 3)
        assert await work.spaces.get(SPACE) == space
        assert await work.photos.many([PhotoId(2)]) == []
        with pytest.raises(NotFound):
            await service.remove_photo(LISTER, SPACE, PhotoId(2))


async def test_photos_are_put_into_another_order_whole(town) -> None:
    async with town.begin() as work:
        service = spaces(work)
        for number in (1, 2):
            await service.add_photo(LISTER, SPACE, photo(number))

        turned = await service.order_photos(LISTER, SPACE, [PhotoId(2), PhotoId(1)])

        assert turned.photos == (2, 1)
        assert await work.spaces.get(SPACE) == turned
        for others in ([PhotoId(1)], [PhotoId(1), PhotoId(1)], [PhotoId(1), PhotoId(3)]):
            with pytest.raises(Invalid):
                await service.order_photos(LISTER, SPACE, others)


async def test_a_space_has_at_most_ten_photos_and_at_least_one(town) -> None:
    async with town.begin() as work:
        service = spaces(work)
        for number in range(1, MAX_PHOTOS + 1):
            await service.add_photo(LISTER, SPACE, photo(number))
        # The same picture once more is no eleventh.
        assert len((await service.add_photo(LISTER, SPACE, photo(3))).photos) == MAX_PHOTOS
        with pytest.raises(Invalid) as refusal:
            await service.add_photo(LISTER, SPACE, photo(11))
        assert refusal.value == Invalid("photos", "too many", 10)

        for number in range(2, MAX_PHOTOS + 1):
            await service.remove_photo(LISTER, SPACE, PhotoId(number))
        with pytest.raises(Invalid) as refusal:
            await service.remove_photo(LISTER, SPACE, PhotoId(1))
        assert refusal.value == Invalid("photos", "too few", 1)


async def test_a_space_is_deleted_unless_somebody_counts_on_it(town) -> None:
    async with town.begin() as work:
        await work.bookings.add(a_booking(window(1, 3)))
        await work.bookings.add(a_booking(window(5, 6)))
        with pytest.raises(BookingsAhead) as refusal:
            await spaces(work, at(2)).delete(LISTER, SPACE)
        assert refusal.value == BookingsAhead(2, at(6))
        with pytest.raises(NotFound):
            await spaces(work, at(6)).delete(STRANGER, SPACE)

        await spaces(work, at(6)).delete(LISTER, SPACE)
        with pytest.raises(NotFound):
            await spaces(work, at(6)).get(LISTER, SPACE)


async def test_a_deleted_space_leaves_no_pictures_and_no_way_in(town) -> None:
    async with town.begin() as work:
        await work.spaces.save(a_space(notes="Code 4711", description="Behind the bakery"))
        await spaces(work).add_photo(LISTER, SPACE, photo(1))
        await spaces(work).add_photo(LISTER, SPACE, replace(photo(2), key="k"), entrance=True)

        await spaces(work).delete(LISTER, SPACE)

        gone = await work.spaces.ever(SPACE)
        assert (gone.notes, gone.description, gone.photos, gone.entrance) == ("", "", (), ())
        assert await work.photos.discarded(10) == ["k"]
