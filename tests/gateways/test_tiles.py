"""Tiles: asked of one host, politely, and kept."""

import io
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image

from gateways.map_pictures import MapPictures, NotDrawn
from gateways.maps.projection import View, fitted
from gateways.maps.tiles import places, zoom_of
from gateways.tiles import CREDIT, FRESH, KeptTiles

AGENT = "parkplace/1 (park@example.org)"
LONDON = (51.501, -0.121)
FACTS = {"here": LONDON, "pins": [[51.503, -0.118, "1"]], "around": 0, "dark": False, "rings": []}


def tile(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(out, "PNG")
    return out.getvalue()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@dataclass
class Server:
    url: str = ""
    content: bytes = field(default_factory=tile)
    status: int = 200
    asked: list[web.Request] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        headers = {"Location": "http://127.0.0.1:1/"} if self.status == 302 else {}
        return web.Response(body=self.content, status=self.status, headers=headers)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_get("/{z}/{x}/{y}.png", server.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}/{{z}}/{{x}}/{{y}}.png?key=k"
    yield server
    await runner.cleanup()


@pytest.fixture
async def tiles(server: Server, tmp_path: Path) -> AsyncIterator[KeptTiles]:
    async with KeptTiles(server.url, tmp_path, AGENT) as tiles:
        yield tiles


@pytest.fixture
def view() -> View:
    return fitted([LONDON, (51.503, -0.118)])


async def test_every_tile_in_view_is_asked_for_once_and_kept(
    server: Server, tiles: KeptTiles, view: View
) -> None:
    first = await tiles.of(view)
    assert first == await tiles.of(view)
    zoom = zoom_of(view)
    wanted = {(str(zoom), str(x), str(y)) for x, y in places(view, zoom)}
    asked = [tuple(request.match_info[name] for name in "zxy") for request in server.asked]
    assert sorted(asked) == sorted(wanted)
    assert {request.headers["User-Agent"] for request in server.asked} == {AGENT}
    assert {request.query_string for request in server.asked} == {"key=k"}
    assert first["credit"] == CREDIT


async def test_an_old_tile_is_fetched_again_and_kept_while_that_fails(
    server: Server, tiles: KeptTiles, view: View
) -> None:
    paths = [Path(path) for _, _, path in (await tiles.of(view))["paths"]]
    long_ago = time.time() - FRESH - 1
    for path in paths:
        os.utime(path, (long_ago, long_ago))
    server.content = tile("red")
    server.status = 503
    await tiles.of(view)
    assert paths[0].read_bytes() == tile()
    server.status = 200
    await tiles.of(view)
    assert paths[0].read_bytes() == tile("red")


@pytest.mark.parametrize(
    ("status", "content"),
    [(302, tile()), (404, tile()), (500, tile()), (200, b"x" * 600_000)],
    ids=["a redirect", "no such tile", "a broken server", "far too large"],
)
async def test_what_is_no_tile_leaves_the_words_alone(
    server: Server, tiles: KeptTiles, view: View, status: int, content: bytes
) -> None:
    server.status, server.content = status, content
    with pytest.raises(NotDrawn, match="no tiles"):
        await tiles.of(view)


async def test_a_server_that_is_away_leaves_the_words_alone(tmp_path: Path, view: View) -> None:
    async with KeptTiles("http://127.0.0.1:1/{z}/{x}/{y}", tmp_path, AGENT) as tiles:
        with pytest.raises(NotDrawn, match="no tiles"):
            await tiles.of(view)


async def test_no_more_are_kept_than_there_is_room_for(
    server: Server, tmp_path: Path, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateways.tiles.SWEPT", 1)
    async with KeptTiles(server.url, tmp_path, AGENT, kept=3) as tiles:
        await tiles.of(view)
    assert len(files(tmp_path)) == 3


async def test_a_map_is_drawn_over_tiles(tiles: KeptTiles) -> None:
    async with MapPictures(None, tiles) as maps:
        content = await maps.draw(FACTS)
    assert len(content) <= 40 * 1024
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.getpixel((5, 5)) == Image.new("RGB", (1, 1), "teal").getpixel((0, 0))


async def test_a_map_full_of_detail_is_no_larger(server: Server, tiles: KeptTiles) -> None:
    out = io.BytesIO()
    Image.effect_noise((256, 256), 90).convert("RGB").save(out, "PNG")
    server.content = out.getvalue()
    async with MapPictures(None, tiles) as maps:
        content = await maps.draw(FACTS)
    assert len(content) <= 40 * 1024
    assert content.startswith(b"\xff\xd8"), "a JPEG"


async def test_what_pretends_to_be_a_tile_spoils_nothing(server: Server, tiles: KeptTiles) -> None:
    server.content = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    async with MapPictures(None, tiles) as maps:
        with pytest.raises(NotDrawn, match="UnidentifiedImageError"):
            await maps.draw(FACTS)


def test_tiles_go_on_beyond_the_antimeridian() -> None:
    view = fitted([(0.0, 179.99), (0.0, -179.99)])
    zoom = zoom_of(view)
    columns = {x for x, _ in places(view, zoom)}
    assert max(columns) >= 2**zoom > min(columns)
