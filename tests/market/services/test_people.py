from datetime import timedelta

import pytest

from market.domain.booking import State
from market.domain.errors import Invalid, NotFound
from market.domain.ids import PersonId, SpaceId
from market.domain.preferences import Size
from market.domain.space import SpaceState
from market.services.people import PeopleService
from tests.examples import LISTER, NOON, RENTER, a_booking, a_person, a_space, at, window


def people(work, now=NOON) -> PeopleService:
    return PeopleService(work, now, "en")


@pytest.mark.parametrize(
    ("name", "language", "kept"),
    [
        ("Ada", "de", ("Ada", "de")),
        ("  Ada \n L ", "", ("Ada L", "en")),
        ("", "xx-odd-code", ("", "xx-odd-code")),
        ("x" * 64, "en", ("x" * 40, "en")),
    ],
    ids=["usual", "no language", "no name, odd language", "long name"],
)
async def test_a_stranger_is_met_once(town, name, language, kept) -> None:
    async with town.begin() as work:
        met = await people(work).meet(77, name, language)
        assert (met.name, met.language) == kept
        assert (met.telegram, met.zone, met.met_at, met.reachable) == (77, "UTC", NOON, True)

    async with town.begin() as work:
        assert await people(work, at(9)).meet(77, "Another", "fr") == met


async def test_who_had_left_is_back_with_their_first_word(town) -> None:
    async with town.begin() as work:
        await people(work).unreachable(RENTER)
        assert await work.people.get(RENTER) == a_person(RENTER, reachable=False)
        back = await people(work).meet(1000 + RENTER, "Changed", "de")
        assert back == a_person(RENTER) == await work.people.get(RENTER)


async def test_while_a_lister_is_out_of_reach_their_spaces_are_out_of_sight(town) -> None:
    asked = a_booking(window(24, 26), state=State.REQUESTED, expires_at=at(20))
    async with town.begin() as work:
        await work.spaces.add(a_space(id=SpaceId(8), state=SpaceState.PAUSED))
        await work.bookings.add(asked)
        await people(work).unreachable(LISTER)
        assert await states(work) == {7: SpaceState.SILENT, 8: SpaceState.PAUSED}
        assert (await work.bookings.get(asked.id)).state is State.EXPIRED

        await people(work).meet(1000 + LISTER, "", "")
        assert await states(work) == {7: SpaceState.LIVE, 8: SpaceState.PAUSED}


async def test_what_the_operator_hid_stays_hidden_when_its_lister_is_back(town) -> None:
    async with town.begin() as work:
        await people(work).unreachable(LISTER)
        await work.spaces.save(a_space(state=SpaceState.HIDDEN))
        await people(work).meet(1000 + LISTER, "", "")
        assert await states(work) == {7: SpaceState.HIDDEN}


async def states(work) -> dict[int, SpaceState]:
    return {space.id: space.state for space in await work.spaces.of_lister(LISTER)}


async def test_people_choose_their_name_language_and_zone(town) -> None:
    async with town.begin() as work:
        service = people(work)
        person = await service.rename(a_person(RENTER), "  Grace  ")
        person = await service.speak(person, "uk")
        person = await service.seen_in(person, "Asia/Kathmandu")
        assert person == a_person(RENTER, name="Grace", language="uk", zone="Asia/Kathmandu")
        assert await work.people.get(RENTER) == person
        assert await service.seen_in(person, "Asia/Kathmandu") == person


async def test_a_name_must_be_one(town) -> None:
    async with town.begin() as work:
        with pytest.raises(Invalid):
            await people(work).rename(a_person(RENTER), " ")


async def test_vehicles_are_added_once_and_removed_by_their_owner(town) -> None:
    async with town.begin() as work:
        await people(work).add_vehicle(RENTER, "hel-204")
        await people(work, at(1)).add_vehicle(RENTER, "BXY 99")
        await people(work, at(2)).add_vehicle(RENTER, "HEL 204")
        first, second = await people(work).vehicles(RENTER)
        assert (first.plate, first.used_at) == ("HEL204", NOON + timedelta(hours=2))
        assert second.plate == "BXY99"

        with pytest.raises(NotFound):
            await people(work).remove_vehicle(LISTER, first.id)
        await people(work).remove_vehicle(RENTER, first.id)
        assert await people(work).vehicles(RENTER) == [second]


async def test_what_is_no_plate_is_no_vehicle(town) -> None:
    async with town.begin() as work:
        with pytest.raises(Invalid):
            await people(work).add_vehicle(RENTER, "?")
        assert await people(work).vehicles(RENTER) == []


async def test_a_vehicle_is_measured(town) -> None:
    async with town.begin() as work:
        car = await people(work).add_vehicle(RENTER, "hel-204")
        await people(work).measure_vehicle(RENTER, car.id, Size(190, 460))
        measured = await people(work).vehicle(RENTER, car.id)
        assert (measured.height, measured.length) == (190, 460)
        with pytest.raises(NotFound):
            await people(work).measure_vehicle(LISTER, car.id, Size())


async def test_somebody_is_found_by_their_id(town) -> None:
    async with town.begin() as work:
        assert await people(work).get(RENTER) == a_person(RENTER)
        with pytest.raises(NotFound):
            await people(work).get(PersonId(99))
