"""The tour in the README, as a stranger takes it."""

import subprocess
from pathlib import Path

import httpx
import pytest

from storage.migrate import upgrade
from tests.api.conftest import PASSWORD, PICTURE, StillClock
from tests.api.scenes import OFFER
from tests.api.served import served
from tests.needs import curl

TOUR = Path(__file__).parents[2] / "docs" / "tour.sh"


@pytest.fixture
def address(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'park.db'}"
    upgrade(url)
    with served(url, tmp_path / "photos", StillClock()) as address:
        with httpx.Client(base_url=f"{address}/api/v1/") as leo:
            body = {"email": "leo@example.org", "password": PASSWORD, "name": "Leo"}
            token = leo.post("auth/register", json=body).json()["access_token"]
            leo.headers["Authorization"] = f"Bearer {token}"
            space = leo.post("spaces", json=OFFER).json()["id"]
            photo = {"file": ("photo.jpg", PICTURE, "image/jpeg")}
            leo.post(f"spaces/{space}/upload-image", files=photo).raise_for_status()
        yield address


def test_the_tour_books_a_space(address: str) -> None:
    curl()
    tour = subprocess.run([TOUR, address], capture_output=True, text=True, check=False)

    assert tour.returncode == 0, tour.stdout + tour.stderr
    assert (
        "Courtyard behind the bakery, 2030-06-03T12:00:00Z to 2030-06-03T14:00:00Z" in tour.stdout
    )
    assert "is booked: Aleksanterinkatu 1" in tour.stdout
    assert tour.stdout.endswith("Courtyard behind the bakery\n")
