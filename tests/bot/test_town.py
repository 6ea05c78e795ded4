import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from bot.opening import nearby_index, opened_store
from bot.settings import Settings
from bot.town.drawing import drawn
from bot.town.light import DAY, DUSK
from bot.town.plan import CENTRE, EASY, Plan, planned
from bot.town.scene import Motif, Scene
from bot.wiring import town
from market.domain.ids import PersonId
from market.domain.place import metres
from market.domain.search import Search, default_window
from market.domain.space import TITLE, Approval, Rating, SpaceState
from market.domain.window import Window
from storage.photo_folder import PhotoFolder

pytestmark = pytest.mark.usefixtures("photos_drawn_once")
NOW = datetime(2030, 6, 3, 6, tzinfo=UTC)
"""A Monday morning."""


def settings_in(folder: Path, drawings: Path) -> Settings:
    return Settings(
        _env_file=None,
        database_url=f"sqlite+aiosqlite:///{folder / 'park.db'}",
        data_dir=drawings / "demo",
    )


@pytest.fixture(scope="module")
async def filled(tmp_path_factory: pytest.TempPathFactory, drawings: Path) -> Settings:
    """Of a town that has its people, spaces and bookings, to look at."""
    settings = settings_in(tmp_path_factory.mktemp("town"), drawings)
    async with opened_store(settings) as store:
        await town(store, settings, host=(1002, "Lasse")).fill(NOW)
    return settings


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> list[Plan]:
    ground = town(None, Settings(_env_file=None)).ground
    return planned(ground, [PersonId(number) for number in range(1, 17)], 1, NOW)


def test_there_are_about_sixty_spaces(plans: list[Plan]) -> None:
    assert 55 <= len(plans) <= 65
    assert len({plan.space.id for plan in plans}) == len(plans)
    assert len({plan.space.title for plan in plans}) == len(plans)


def test_every_space_could_have_been_listed_by_hand(plans: list[Plan]) -> None:
    for space in (plan.space for plan in plans):
        assert len(space.title) in TITLE
        assert "#" not in space.title
        assert "{" not in space.notes
        assert space.address.endswith(", Helsinki")
        assert (space.zone, space.country, space.tariff.hour.currency) == (
            "Europe/Helsinki",
            "FI",
            "EUR",
        )
        assert space.state is SpaceState.LIVE


def test_each_space_has_two_to_four_photos_of_its_own(plans: list[Plan]) -> None:
    assert {len(plan.scenes) for plan in plans} <= {2, 3, 4}
    seeds = [scene.seed for plan in plans for scene in plan.scenes]
    assert len(set(seeds)) == len(seeds)


def test_around_the_centre_anybody_can_book_at_once(plans: list[Plan]) -> None:
    near = sorted(plans, key=lambda plan: metres(CENTRE, plan.space.place))[:EASY]
    for space in (plan.space for plan in near):
        assert space.approval is Approval.INSTANT
        assert not space.plate_needed
        assert not space.schedule.openings
        assert len(space.title) <= 26


def test_further_out_there_is_some_of_everything(plans: list[Plan]) -> None:
    spaces = [plan.space for plan in plans]
    assert {space.approval for space in spaces} == set(Approval)
    assert any(space.plate_needed for space in spaces)
    assert any(space.schedule.openings for space in spaces)
    assert any(space.schedule.blocked for space in spaces)
    assert any(not space.rating.count for space in spaces)


def test_the_same_seed_plans_the_same_town_and_another_one_another() -> None:
    ground = town(None, Settings(_env_file=None)).ground
    listers = [PersonId(1)]
    first, again, other = (planned(ground, listers, seed, NOW) for seed in (1, 1, 2))
    assert first == again
    assert not {p.space.id for p in first} & {p.space.id for p in other}


@pytest.mark.parametrize("motif", Motif)
def test_a_drawing_is_a_picture_and_always_the_same_one(motif: Motif) -> None:
    scene = Scene(motif, DAY, "12", "seed")
    picture = drawn(scene)
    assert drawn(scene) == picture
    assert Image.open(io.BytesIO(picture)).size == (960, 720)
    assert len(picture) < 200_000


@pytest.mark.parametrize("motif", [motif for motif in Motif if motif is not Motif.UNDERGROUND])
def test_night_falls_outdoors(motif: Motif) -> None:
    def brightness(light) -> float:
        picture = Image.open(io.BytesIO(drawn(Scene(motif, light, "7", "x"))))
        return ImageStat.Stat(picture.convert("L")).mean[0]

    assert brightness(DUSK) < brightness(DAY) * 0.8


async def test_seeding_twice_adds_nothing_the_second_time(tmp_path: Path, drawings: Path) -> None:
    settings = settings_in(tmp_path, drawings)
    async with opened_store(settings) as store:
        spaces, bookings = await town(store, settings).fill(NOW)
        assert spaces >= 55
        assert bookings >= 10
        assert await town(store, settings).fill(NOW + timedelta(minutes=1)) == (0, 0)


async def test_whoever_stands_in_the_centre_finds_five_spaces_with_photos(
    filled: Settings,
) -> None:
    folder = PhotoFolder(filled.photos_dir)
    async with opened_store(filled) as store, nearby_index(filled, store) as index:
        found = index.near(Search(CENTRE, default_window(NOW), NOW)).found
        assert len(found) == 5
        assert found[-1].metres < 300
        async with store.read() as work:
            lasse = await work.people.of_telegram(1002)
            spaces = await work.spaces.many([each.space for each in found])
            assert lasse.id in {space.lister for space in spaces.values()}
            for space in spaces.values():
                photos = await work.photos.many(space.photos)
                assert len(photos) >= 2
                assert all(folder.has(photo.key) for photo in photos)


async def test_whoever_reads_the_reviews_finds_as_many_as_were_counted(
    filled: Settings, plans: list[Plan]
) -> None:
    async with opened_store(filled) as store, store.read() as work:
        spaces = await work.spaces.many([plan.space.id for plan in plans])
        for space in spaces.values():
            reviews = await work.reviews.of_space(space.id, limit=100)
            assert Rating(sum(it.stars for it in reviews), len(reviews)) == space.rating
            assert all(space.listed_at < it.at < NOW for it in reviews)


async def test_some_spaces_are_taken_during_the_day(filled: Settings, plans: list[Plan]) -> None:
    day = Window.lasting(NOW, timedelta(hours=14))
    async with opened_store(filled) as store, store.read() as work:
        taken = [await work.bookings.taken(plan.space.id, day) for plan in plans]
    assert 5 <= sum(map(bool, taken)) <= 40
    assert not any(taken[:EASY]), "the first thing a stranger sees can be booked"
