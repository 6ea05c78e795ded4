import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.opening import migrated, opened_store
from bot.settings import Settings
from tests.examples import a_space, settle

HERE = ("52.52", "13.405")


@pytest.fixture
async def town(elsewhere: Path) -> None:
    """One space, 50 m from here, for 2.50 an hour."""
    settings = Settings(_env_file=None)
    migrated(settings)
    async with opened_store(settings) as store, store.begin() as work:
        await settle(work, a_space())


def near(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    try:
        code = main(["near", *argv])
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    return code, *capsys.readouterr()


def test_the_nearest_spaces_come_with_distance_and_price(town, capsys) -> None:
    assert near(capsys, *HERE) == (0, "0000000007       50 m  €5.00\n", "")


def test_programs_get_json(town, capsys) -> None:
    code, told, _ = near(capsys, *HERE, "--json")
    assert code == 0
    (space,) = json.loads(told)["spaces"]
    assert space["id"] == "0000000007"
    assert space["metres"] == pytest.approx(50, abs=0.1)
    assert space["price"] == {"minor": 500, "currency": "EUR"}


def test_a_window_may_be_named(town, capsys) -> None:
    far = json.loads(near(capsys, *HERE, "--from", "2099-06-03T09:00", "--json")[1])
    assert far["spaces"] == []
    assert far["obstacles"] == {"too far ahead": 1}
    assert far["nearest_metres"] == pytest.approx(50, abs=0.1)


def test_with_nothing_that_fits_the_reasons_are_named(town, capsys) -> None:
    assert near(capsys, *HERE, "--tag", "ev")[1] == "Nothing fits: 1 filtered.\n"
    assert near(capsys, *HERE, "--max-price", "4.99")[1] == "Nothing fits: 1 filtered.\n"
    assert "km away" in near(capsys, "-33.9", "18.4")[1]


def test_an_empty_town_says_so(capsys) -> None:
    assert near(capsys, *HERE)[1] == "Nothing fits: there is no space at all.\n"


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (("91", "0"), "from -90 to 90"),
        (("nan", "0"), "from -90 to 90"),
        (("0", "180.1"), "from -180 to 180"),
        (("0",), "required: lng"),
        ((*HERE, "--from", "soon"), "not a time"),
        ((*HERE, "--to", "2030-06-03T09:00"), "--to goes with --from"),
        ((*HERE, "--from", "2026-03-29T02:30"), "02:30 does not exist"),
        ((*HERE, "--from", "2026-10-25T02:30"), "02:30 happens twice"),
        ((*HERE, "--from", "2030-06-03T09:00", "--to", "2030-06-03T08:00"), "ends before"),
        ((*HERE, "--from", "2030-06-03T09:00Z", "--to", "2030-06-03T10:00"), "both with an offset"),
        ((*HERE, "-k", "0"), "from 1 to"),
        ((*HERE, "--max-price", "nan"), "not an amount"),
        ((*HERE, "--tag", "blue"), "invalid choice"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input_is_one_clear_line(argv: tuple[str, ...], part: str, capsys) -> None:
    code, _, line = near(capsys, *argv)
    assert code == 2
    assert part in line
    assert line.count("\n") == 1
