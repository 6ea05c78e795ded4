from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from market.domain.booking import Booking, State
from market.domain.errors import BookingOver, Invalid, NotFound, NotYet
from market.domain.ids import BookingId, PersonId, PhotoId, SpaceId, VehicleId
from market.domain.money import Money
from market.domain.notice import Kind
from market.domain.place import Point, metres
from market.domain.report import Matter
from market.domain.search import Found, Nearby, Search
from market.domain.space import Approval, Rules, Space, Tag
from market.domain.tariff import Tariff
from market.domain.vehicle import Vehicle
from market.domain.window import Window
from market.ports.photos import StoredPhoto
from market.services.bookings import BookingService
from market.services.ledger import LedgerService
from market.services.quotes import QuoteService
from market.services.reports import ReportService
from market.services.rescues import RescueService, Way
from storage.database import Store
from storage.work import Work
from tests.examples import LISTER, NOON, RENTER, STRANGER, a_person, a_space, at, euros, window
from tests.market.services.test_bookings import owed

SPACE, GARAGE, YARD = SpaceId(7), SpaceId(8), SpaceId(9)
OTHER = PersonId(5)
MINUTE = timedelta(minutes=1)


@dataclass
class Index:
    """Knows where spaces are, and nothing of what is taken: that is for the store to say."""

    spaces: list[Space] = field(default_factory=list)
    asked: list[Search] = field(default_factory=list)

    def near(self, search: Search) -> Nearby:
        self.asked.append(search)
        found = sorted(
            (metres(search.point, space.public_point), space.id) for space in self.spaces
        )
        return Nearby(tuple(Found(id_, away, euros(1)) for away, id_ in found))


@pytest.fixture
async def index(town: Store) -> Index:
    """Besides the usual space a dear garage close by, and a cheap yard further off."""
    here = a_space().place
    garage = a_space(
        id=GARAGE, lister=OTHER, place=Point(here.lat + 0.001, here.lng), tariff=Tariff(euros(900))
    )
    yard = a_space(
        id=YARD, lister=OTHER, place=Point(here.lat + 0.01, here.lng), tariff=Tariff(euros(100))
    )
    async with town.begin() as work:
        await work.people.add(a_person(OTHER))
        await work.spaces.add(garage)
        await work.spaces.add(yard)
    return Index([a_space(), garage, yard])


def rescues(work: Work, index: Index, hours: float = 1) -> RescueService:
    reports = ReportService(work, at(hours), frozenset())
    return RescueService(work, at(hours), index, reports)


def photo(number: int = 1) -> StoredPhoto:
    return StoredPhoto(PhotoId(number), RENTER, NOON, file_id=f"photo-{number}")


async def booked(
    store: Store, stay: Window | None = None, plate: str | None = None, wanted=frozenset()
) -> Booking:
    async with store.begin() as work:
        _, quote = await QuoteService(work, NOON).open(RENTER, SPACE, stay or window(1, 3))
        return await BookingService(work, NOON, 5).book(RENTER, quote.id, plate, wanted=wanted)


async def reported(
    store: Store, index: Index, booking: Booking, hours: float = 1, number: int = 1
) -> Way:
    async with store.begin() as work:
        return await rescues(work, index, hours).report(RENTER, booking.id, photo(number), "bxy 99")


async def due(store: Store, booking: Booking) -> Money | None:
    async with store.begin() as work:
        return await LedgerService(work, NOON).owed(RENTER, booking.id)


async def test_the_nearest_space_is_held_at_the_lower_price_and_the_lister_told(
    town, index
) -> None:
    booking = await booked(town)
    way = await reported(town, index, booking)
    assert (way.held.space, way.held.state, way.held.total) == (GARAGE, State.HELD, euros(500))
    assert (way.held.window, way.held.expires_at) == (window(1, 3), at(1) + 5 * MINUTE)
    assert way.space.id == GARAGE
    assert await due(town, way.held) is None
    assert (Kind.CAR_REPORTED, LISTER) in await owed(town, at(1))
    async with town.begin() as work:
        assert await work.bookings.taken(GARAGE, window(1, 3)) == [window(1, 3)]
        (report,) = await work.reports.open(9)
    assert (report.matter, report.plate, report.space) == (Matter.PLATE, "BXY99", SPACE)


async def test_taking_it_books_the_one_and_calls_off_the_other(town, index) -> None:
    booking = await booked(town)
    way = await reported(town, index, booking)
    for _ in range(2):
        async with town.begin() as work:
            taken = await rescues(work, index).take(RENTER, booking.id, way.held.id)
        assert (taken.state, taken.id) == (State.BOOKED, way.held.id)
    assert await due(town, booking) == euros(0)
    assert await due(town, taken) == euros(500)
    async with town.begin() as work:
        first = await work.bookings.get(booking.id)
        assert (first.state, first.refunded) == (State.CANCELLED, euros(500))
    told = await owed(town, at(1))
    assert (Kind.OBSTRUCTED, LISTER) in told
    assert (Kind.BOOKED, OTHER) in told


async def test_what_was_paid_already_is_given_back(town, index) -> None:
    booking = await booked(town)
    async with town.begin() as work:
        await LedgerService(work, at(0.9)).paid(LISTER, booking.id)
    await reported(town, index, booking)
    async with town.begin() as work:
        await rescues(work, index).refund(RENTER, booking.id)
    assert await due(town, booking) == euros(-500)


async def test_only_the_refund_frees_what_was_held(town, index) -> None:
    booking = await booked(town)
    way = await reported(town, index, booking)
    async with town.begin() as work:
        ended = await rescues(work, index).refund(RENTER, booking.id)
        assert (ended.state, ended.refunded) == (State.CANCELLED, euros(500))
        assert (await work.bookings.get(way.held.id)).state is State.WITHDRAWN
        with pytest.raises(BookingOver):
            await rescues(work, index).refund(RENTER, booking.id)
        with pytest.raises(BookingOver):
            await rescues(work, index).take(RENTER, booking.id, way.held.id)


async def test_reporting_again_holds_nothing_more_until_it_has_run_out(town, index) -> None:
    booking = await booked(town)
    first = await reported(town, index, booking)
    assert (await reported(town, index, booking, number=2)).held == first.held
    async with town.begin() as work:
        assert (await rescues(work, index).again(RENTER, booking.id)).held == first.held
    late = 1 + 6 / 60
    with pytest.raises(BookingOver):
        async with town.begin() as work:
            await rescues(work, index, late).take(RENTER, booking.id, first.held.id)
    async with town.begin() as work:
        later = await rescues(work, index, late).again(RENTER, booking.id)
        assert (await work.bookings.get(first.held.id)).state is State.EXPIRED
        with pytest.raises(BookingOver):
            await rescues(work, index, late).take(RENTER, booking.id, first.held.id)
    assert (later.held.space, later.held.id != first.held.id) == (GARAGE, True)


async def test_what_cannot_be_had_after_all_is_passed_over(town, index) -> None:
    index.spaces.append(a_space(id=SpaceId(404), lister=OTHER))
    async with town.begin() as work:
        _, quote = await QuoteService(work, NOON).open(STRANGER, GARAGE, window(2, 4))
        await BookingService(work, NOON, 5).book(STRANGER, quote.id)
    way = await reported(town, index, await booked(town))
    assert (way.held.space, way.held.total) == (YARD, euros(200))


async def test_with_a_few_minutes_left_the_shortest_stay_is_held(town, index) -> None:
    way = await reported(town, index, await booked(town), hours=2.75)
    assert (way.held.window, way.held.total) == (window(2.75, 3.25), euros(450))


async def test_nothing_near_leaves_the_refund(town, index) -> None:
    index.spaces.clear()
    booking = await booked(town)
    way = await reported(town, index, booking)
    assert (way.held, way.space) == (None, None)
    async with town.begin() as work:
        with pytest.raises(BookingOver):
            await rescues(work, index).take(RENTER, booking.id, BookingId(1))
        assert (await rescues(work, index).refund(RENTER, booking.id)).refunded == euros(500)


async def test_what_was_not_found_can_be_waited_for(town, index) -> None:
    booking = await booked(town)
    await reported(town, index, booking)
    async with town.begin() as work:
        alert = await rescues(work, index).wish(RENTER, booking.id)
    assert (alert.person, alert.zone) == (RENTER, a_space().zone)
    assert (alert.point, alert.window) == (index.asked[-1].point, index.asked[-1].window)
    assert alert.filters == index.asked[-1].filters


async def test_equal_or_better_is_what_was_searched_for_and_fits_the_vehicle(town, index) -> None:
    async with town.begin() as work:
        await work.vehicles.add(Vehicle(VehicleId(1), RENTER, "HEL204", NOON, 190, 480))
    wanted = frozenset({Tag.EV})
    booking = await booked(town, window(1, 3), "HEL204", wanted)
    assert booking.wanted == wanted
    await reported(town, index, booking, hours=2)
    (search,) = index.asked
    assert (search.filters.tags, search.filters.instant_only) == (wanted, True)
    assert (search.filters.height, search.filters.length) == (190, 480)
    assert (search.window, search.reach, search.person) == (window(2, 3), 2000, RENTER)


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({"plate_needed": True}, YARD),
        ({"rules": Rules(min_stay=timedelta(hours=3))}, YARD),
        ({"approval": Approval.REQUEST}, YARD),
    ],
    ids=["asks for a plate", "only longer stays", "wants to be asked first"],
)
async def test_a_rescue_asks_for_nothing_more(town, index, changes, offered) -> None:
    async with town.begin() as work:
        garage = await work.spaces.get(GARAGE)
        await work.spaces.save(a_space(**{**_facts(garage), **changes}))
    assert (await reported(town, index, await booked(town))).held.space == offered


def _facts(space: Space) -> dict:
    return {"id": space.id, "lister": space.lister, "place": space.place, "tariff": space.tariff}


async def test_the_car_of_the_stay_before_is_charged_for_staying(town, index) -> None:
    async with town.begin() as work:
        _, quote = await QuoteService(work, NOON).open(STRANGER, SPACE, window(0.25, 0.75))
        before = await BookingService(work, NOON, 5).book(STRANGER, quote.id, "BXY99")
    await reported(town, index, await booked(town))
    async with town.begin() as work:
        found = await work.overstays.of(before.id)
        assert (found.reporter, found.charge) == (RENTER, euros(250))
    assert (Kind.OVERSTAYED, STRANGER) in await owed(town, at(1))


async def test_who_cannot_be_rescued(town, index) -> None:
    booking = await booked(town)
    for person, hours, refusal in (
        (STRANGER, 1, NotFound),
        (LISTER, 1, NotFound),
        (RENTER, 0.7, NotYet),
        (RENTER, 3, BookingOver),
    ):
        with pytest.raises(refusal):
            async with town.begin() as work:
                await rescues(work, index, hours).report(person, booking.id, photo(), "BXY99")
    with pytest.raises(Invalid):
        async with town.begin() as work:
            await rescues(work, index).report(RENTER, booking.id, photo(), "!")
    for act in ("again", "refund"):
        with pytest.raises(NotFound):
            async with town.begin() as work:
                await getattr(rescues(work, index), act)(RENTER, booking.id)
