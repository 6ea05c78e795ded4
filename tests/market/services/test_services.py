import random

from market.domain.place import Point
from market.domain.search import Nearby, Search
from market.ports.geocoder import NoPlaces
from market.services import Market, Services
from tests.examples import NOON, RENTER, window


class Nowhere:
    """A globe without spaces, where no question about places is asked."""

    def near(self, search: Search) -> Nearby:
        raise AssertionError(search)

    def zone_at(self, point: object) -> str:
        raise AssertionError(point)

    def country_of(self, zone: str) -> str:
        raise AssertionError(zone)

    def currency_of(self, country: str) -> str:
        raise AssertionError(country)


async def test_services_of_one_unit_see_one_another_and_the_operators_limits(town) -> None:
    chance = random.Random(1)
    market = Market(Nowhere(), Nowhere(), max_ahead=3, language="de", chance=chance)
    async with town.begin() as work:
        services = Services(work, NOON, market)
        space, quote = await services.quotes.open(
            RENTER, (await work.spaces.get(7)).id, window(1, 3)
        )
        booking = await services.bookings.book(RENTER, quote.id)

        assert services.bookings.max_ahead == 3
        assert services.listing.chance is chance
        assert services.finding.index is market.nearby
        assert (await services.people.meet(77, "Ada", "")).language == "de"
        assert await services.spaces.mine(space.lister) == [space]
        assert [notice.booking for notice in await services.notices.claim_due("me")] == [booking.id]
        assert {service.now for service in (services.quotes, services.notices)} == {NOON}


async def test_every_service_is_of_the_same_unit(town) -> None:
    async with town.begin() as work:
        services = Services(work, NOON, Market(Nowhere(), Nowhere()))
        names = [name for name, value in vars(Services).items() if isinstance(value, property)]
        assert len(names) > 20
        assert all(getattr(services, name).work is work for name in names)


async def test_where_nobody_can_be_asked_no_place_is_known() -> None:
    nobody = NoPlaces()
    assert await nobody.find("Bakery Street 4", "en") == []
    assert await nobody.address_at(Point(52.52, 13.405)) is None
