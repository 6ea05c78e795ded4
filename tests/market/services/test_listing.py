import random
from dataclasses import replace
from datetime import timedelta

import pytest

from market.domain.errors import Invalid, NotFound
from market.domain.ids import PhotoId, SpaceId
from market.domain.place import Offset, Point, metres
from market.domain.refund import Policy
from market.domain.schedule import Opening, Schedule
from market.domain.space import MAX_PHOTOS, Approval, Draft, Limits, Rules, Space, Tag
from market.domain.tariff import Tariff
from market.ports.photos import StoredPhoto
from market.services.listing import ListingService
from storage.work import Work
from tests.examples import LISTER, NOON, RENTER, a_space, euros

BERLIN, ZURICH = Point(52.52, 13.405), Point(47.3769, 8.5417)


class Atlas:
    """Knows two towns."""

    def zone_at(self, point: Point) -> str:
        return "Europe/Berlin" if point.lat > 50 else "Europe/Zurich"

    def country_of(self, zone: str) -> str:
        return {"Europe/Berlin": "DE", "Europe/Zurich": "CH"}[zone]

    def currency_of(self, country: str) -> str:
        return {"DE": "EUR", "CH": "CHF"}[country]


def listing(work: Work) -> ListingService:
    return ListingService(work, NOON, Atlas(), random.Random(1))


def photo(number: int) -> StoredPhoto:
    return StoredPhoto(
        PhotoId(number), RENTER, NOON, file_id=f"f{number}", file_unique_id=f"u{number}"
    )


async def half_made(service: ListingService) -> None:
    await service.begin(RENTER)
    await service.add_photo(RENTER, photo(1))
    await service.add_photo(RENTER, photo(2))
    await service.set_place(RENTER, BERLIN, "Bakery Street 4")
    await service.set_price(RENTER, 250)
    await service.set_title(RENTER, "  Courtyard ")


async def test_a_listing_goes_live_from_photos_place_price_and_title(town) -> None:
    async with town.begin() as work:
        service = listing(work)
        await half_made(service)
        space = await service.publish(RENTER)

    async with town.begin() as work:
        assert await work.spaces.get(space.id) == space
        assert await listing(work).draft(RENTER) is None
    assert space == Space(
        id=space.id,
        lister=RENTER,
        title="Courtyard",
        place=BERLIN,
        offset=space.offset,
        zone="Europe/Berlin",
        country="DE",
        tariff=Tariff(euros(250)),
        listed_at=NOON,
        photos=(PhotoId(1), PhotoId(2)),
        address="Bakery Street 4",
    )
    assert 30 <= metres(space.place, space.public_point) <= 80


async def test_a_half_made_listing_is_kept_until_it_is_thrown_away(town) -> None:
    async with town.begin() as work:
        await half_made(listing(work))
    async with town.begin() as work:
        draft = await listing(work).draft(RENTER)
        assert draft == Draft(
            photos=(PhotoId(1), PhotoId(2)),
            place=BERLIN,
            address="Bakery Street 4",
            zone="Europe/Berlin",
            country="DE",
            hour_price=250,
            currency="EUR",
            title="Courtyard",
        )
        await listing(work).discard(RENTER)
        assert await listing(work).draft(RENTER) is None
        assert await work.photos.many(draft.photos) == []


async def test_beginning_again_forgets_the_earlier_draft(town) -> None:
    async with town.begin() as work:
        await half_made(listing(work))
        assert await listing(work).begin(RENTER) == Draft()
        assert await listing(work).draft(RENTER) == Draft()
        assert await work.photos.many([PhotoId(1), PhotoId(2)]) == []


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"photos": ()}, "photos"),
        ({"place": None}, "place"),
        ({"hour_price": None}, "price"),
        ({"title": ""}, "title"),
    ],
    ids=["photos", "place", "price", "title"],
)
async def test_a_preview_names_what_is_missing(town, missing, field) -> None:
    async with town.begin() as work:
        service = listing(work)
        await half_made(service)
        draft = await service.draft(RENTER)
        await work.drafts.save(RENTER, replace(draft, **missing), NOON)
        with pytest.raises(Invalid) as refusal:
            await service.publish(RENTER)
        assert refusal.value == Invalid(field, "missing")
        assert await work.spaces.of_lister(RENTER) == []


async def test_the_same_picture_sent_again_stays_one(town) -> None:
    async with town.begin() as work:
        service = listing(work)
        await service.add_photo(RENTER, photo(1))
        again = replace(photo(1), id=PhotoId(9))
        draft = await service.add_photo(RENTER, again)
        assert draft.photos == (1,)
        assert await service.photos(draft) == [photo(1)]


async def test_the_eleventh_photo_is_refused_and_all_can_be_left_out_again(town) -> None:
    async with town.begin() as work:
        service = listing(work)
        for number in range(1, MAX_PHOTOS + 1):
            await service.add_photo(RENTER, photo(number))
        with pytest.raises(Invalid) as refusal:
            await service.add_photo(RENTER, photo(11))
        assert refusal.value == Invalid("photos", "too many", 10)
        assert (await service.clear_photos(RENTER)).photos == ()
        assert await work.photos.many([PhotoId(1), PhotoId(10)]) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda service: service.set_price(RENTER, 0),
        lambda service: service.set_price(RENTER, 10**9),
        lambda service: service.set_title(RENTER, "ab"),
        lambda service: service.set_title(RENTER, "x" * 61),
    ],
    ids=["free of charge", "absurd", "short title", "long title"],
)
async def test_what_cannot_be_is_refused_and_the_draft_stays(town, act) -> None:
    async with town.begin() as work:
        service = listing(work)
        await half_made(service)
        before = await service.draft(RENTER)
        with pytest.raises(Invalid):
            await act(service)
        assert await service.draft(RENTER) == before


async def test_another_bay_is_one_of_ones_own_within_twenty_metres(town) -> None:
    async with town.begin() as work:
        service = listing(work)
        beside, further = Point(52.52017, 13.405), Point(52.52019, 13.405)
        assert await service.neighbours(LISTER, beside) == [a_space()]
        assert await service.neighbours(LISTER, further) == []
        assert await service.neighbours(RENTER, beside) == []


ORIGINAL = a_space(
    offset=Offset(200.0, 66.0),
    tariff=Tariff(euros(250), day=euros(900), month=euros(9_000)),
    schedule=Schedule((Opening(0, 0, 600),)),
    rules=Rules(buffer=timedelta(minutes=10)),
    approval=Approval.FIRST_FIVE,
    policy=Policy.STRICT,
    plate_needed=True,
    tags=frozenset({Tag.EV}),
    limits=Limits(190, 500),
    notes="Code 4711",
    address="Bakery Street 4",
    description="Behind the bakery",
    shows_place=False,
)


async def copied(work: Work, **changes: object) -> Space:
    """A copy of the original with photos and a title of its own, and what else is changed."""
    await work.spaces.save(ORIGINAL)
    service = listing(work)
    await service.begin(LISTER)
    await service.add_photo(LISTER, replace(photo(1), owner=LISTER))
    await service.copy(LISTER, ORIGINAL.id)
    await service.set_title(LISTER, "The bay beside")
    draft = await service.draft(LISTER)
    await work.drafts.save(LISTER, replace(draft, **changes), NOON)
    return await service.publish(LISTER)


async def test_a_copy_takes_over_everything_but_photos_and_title(town) -> None:
    async with town.begin() as work:
        copy = await copied(work)
        assert copy == replace(
            ORIGINAL, id=copy.id, title="The bay beside", photos=(PhotoId(1),), listed_at=NOON
        )
        assert copy.id != ORIGINAL.id


async def test_a_copy_keeps_the_offset_even_when_it_moves(town) -> None:
    async with town.begin() as work:
        copy = await copied(work, place=Point(52.5201, 13.4052))
        assert copy.offset == ORIGINAL.offset


async def test_a_copy_may_have_its_own_hour_price(town) -> None:
    async with town.begin() as work:
        copy = await copied(work, hour_price=300)
        assert copy.tariff == Tariff(euros(300), day=euros(900), month=euros(9_000))


async def test_a_copy_that_moves_abroad_leaves_its_caps_behind(town) -> None:
    async with town.begin() as work:
        service = listing(work)
        await work.spaces.save(ORIGINAL)
        await service.add_photo(LISTER, replace(photo(1), owner=LISTER))
        await service.copy(LISTER, ORIGINAL.id)
        await service.set_place(LISTER, ZURICH, "Bahnhofstrasse 1")
        await service.set_title(LISTER, "The bay abroad")
        tariff = (await service.publish(LISTER)).tariff
    assert (tariff.hour.currency, tariff.hour.minor) == ("CHF", 250)
    assert (tariff.day, tariff.week, tariff.month) == (None, None, None)


@pytest.mark.parametrize("original", [SpaceId(7), SpaceId(404)], ids=["another's", "nobody's"])
async def test_only_ones_own_space_can_be_copied(town, original) -> None:
    async with town.begin() as work:
        with pytest.raises(NotFound):
            await listing(work).copy(RENTER, original)
