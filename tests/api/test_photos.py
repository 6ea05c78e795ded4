"""Photos over HTTP: cleaned, cached, and shown to whom they are for."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from gateways.darkroom import clean
from tests.api.conftest import PICTURE, Client
from tests.api.scenes import OFFER, booked, listed, with_photo


def url_of(photo: dict[str, str]) -> str:
    return photo["url"].removeprefix("/api/v1/")


async def upload(client: Client, space: str, content: bytes, **form: str):
    return await client.call(
        "POST",
        f"spaces/{space}/upload-image",
        files={"file": ("photo.jpg", content, "image/jpeg")},
        data=form,
    )


async def test_a_photo_of_a_space_is_for_everybody_and_for_ever(
    lister: Client, anybody: Client
) -> None:
    space = await listed(lister)
    path = url_of(space["photos"][0])

    answer = await anybody.get(path)

    assert (answer.status_code, answer.content) == (200, PICTURE)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    known = {"If-None-Match": answer.headers["etag"]}
    again = await anybody.call("GET", path, headers=known)
    assert (again.status_code, again.content) == (304, b"")


async def test_a_photo_whose_file_is_gone_is_not_found(
    lister: Client, anybody: Client, tmp_path: Path
) -> None:
    """As after a restored backup that says so."""
    space = await listed(lister)
    for file in (tmp_path / "photos").rglob("*.jpg"):
        file.unlink()

    assert (await anybody.get(url_of(space["photos"][0]))).status_code == 404


async def test_an_entrance_is_for_its_lister_and_whoever_is_booked(
    lister: Client, renter: Client, stranger: Client, anybody: Client
) -> None:
    space = await listed(lister)
    entrance = (await with_photo(lister, space["id"], "entrance"))["exact"]["photos"][0]
    path = url_of(entrance)

    async def statuses() -> list[int]:
        clients = (lister, renter, stranger, anybody)
        return [(await client.get(path)).status_code for client in clients]

    assert await statuses() == [200, 404, 404, 404]
    booking = await booked(renter, space["id"])
    assert await statuses() == [200, 200, 404, 404]
    assert (await renter.get(path)).headers["cache-control"] == "private, no-cache"
    await renter.put(f"bookings/{booking['id']}/cancel")
    assert await statuses() == [200, 404, 404, 404]


async def test_the_eleventh_photo_is_refused_and_not_kept(lister: Client, tmp_path: Path) -> None:
    space = await listed(lister)
    for _ in range(9):
        await with_photo(lister, space["id"])

    answer = await upload(lister, space["id"], PICTURE)

    assert (answer.status_code, answer.json()["limit"]) == (400, 10)
    assert len(list((tmp_path / "photos").rglob("*.jpg"))) == 10


async def test_the_first_photo_is_the_one_that_its_lister_puts_there(lister: Client) -> None:
    space = await with_photo(lister, (await listed(lister))["id"])
    first, second = (photo["id"] for photo in space["photos"])
    path = f"spaces/{space['id']}/photos"

    turned = await lister.put(path, {"photos": [second, first]})
    fewer = await lister.put(path, {"photos": [second]})
    kept = await lister.delete(f"{path}/{first}")

    assert [photo["id"] for photo in turned.json()["photos"]] == [second, first]
    assert (fewer.status_code, fewer.json()["reason"]) == (400, "others")
    assert [photo["id"] for photo in kept.json()["photos"]] == [second]
    assert (await lister.delete(f"{path}/{first}")).status_code == 404
    assert (await lister.delete(f"{path}/{second}")).json()["reason"] == "too few"


async def test_what_is_no_picture_is_refused(lister: Client) -> None:
    space = await listed(lister)

    answer = await upload(lister, space["id"], b"GIF89a and so on")

    assert (answer.status_code, answer.json()["field"]) == (400, "photo")


async def test_a_photo_for_somebody_elses_space_is_not_even_looked_at(
    lister: Client, stranger: Client
) -> None:
    space = await listed(lister)

    assert (await upload(stranger, space["id"], b"no picture")).status_code == 404


async def test_a_photo_of_twenty_megabytes_is_taken_and_a_larger_one_is_not(
    lister: Client,
) -> None:
    space = await listed(lister)
    large = PICTURE.ljust(20 * 1024 * 1024, b"\0")

    assert (await upload(lister, space["id"], large)).status_code == 201
    assert (await upload(lister, space["id"], large + b"\0" * 100_000)).status_code == 413


class TestCleaning:
    @pytest.fixture
    def backend(self, backend):
        return replace(backend, clean=clean)

    async def test_nothing_but_the_picture_is_given_out(
        self, lister: Client, anybody: Client
    ) -> None:
        exif = Image.Exif()
        exif[0x010E] = "at my front door"
        content = io.BytesIO()
        Image.new("RGB", (32, 24), "green").save(content, "JPEG", exif=exif)
        made = (await lister.post("spaces", **OFFER)).json()

        shown = await upload(lister, made["id"], content.getvalue() + b"glued on")

        picture = (await anybody.get(url_of(shown.json()["photos"][0]))).content
        assert b"front door" not in picture
        assert b"glued on" not in picture
        assert Image.open(io.BytesIO(picture)).size == (32, 24)
