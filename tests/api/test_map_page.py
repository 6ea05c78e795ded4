"""The map page: what it may load, who may show it, and how long browsers keep it."""

import gzip
import json
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.map_page import MapPage, assets
from market.domain.place import Point, metres
from storage.nearby.feed import NearbyFeed
from tests.api.conftest import Client, app_of
from tests.api.scenes import listed


@pytest.fixture
def shown() -> MapPage:
    return MapPage()


@pytest.fixture
def app(backend, shown: MapPage) -> FastAPI:
    return app_of(backend, shown=shown)


def policy_of(answer: httpx.Response) -> dict[str, list[str]]:
    rules = (rule.split() for rule in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in rules}


async def test_the_page_loads_from_its_own_host_alone(http: httpx.AsyncClient) -> None:
    answer = await http.get("/map")

    policy = policy_of(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["connect-src"] == policy["style-src"] == ["'self'"]
    assert policy["img-src"] == ["'self'", "data:", "blob:"]
    assert "//" not in re.sub(r"<script id=.*?</script>", "", answer.text)


async def test_telegram_may_show_the_page_in_a_frame_and_strangers_may_not(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.get("/map")

    framers = policy_of(answer)["frame-ancestors"]
    assert "https://web.telegram.org" in framers
    assert not {"*", "https:", "http:"} & set(framers)
    assert "x-frame-options" not in answer.headers


@pytest.mark.parametrize("shown", [MapPage("https://tiles.example.org/{z}/{x}/{y}.png")])
async def test_pictures_may_come_from_the_operators_tiles(
    http: httpx.AsyncClient, shown: MapPage
) -> None:
    answer = await http.get("/map")

    assert policy_of(answer)["img-src"][-1] == "https://tiles.example.org"
    assert settings_of(answer)["tiles"] == shown.tiles
    assert answer.headers["referrer-policy"] == "strict-origin"


async def test_the_map_begins_where_the_most_spaces_are(
    http: httpx.AsyncClient, lister: Client, feed: NearbyFeed
) -> None:
    assert settings_of(await http.get("/map"))["home"] == {"lat": 30.0, "lng": 10.0, "zoom": 3.0}
    for place in ({"lat": 60.17, "lng": 24.94}, {"lat": 60.171, "lng": 24.941}):
        await listed(lister, place=place)
    await listed(lister, place={"lat": 61.5, "lng": 23.76})
    await feed.caught_up()

    home = settings_of(await http.get("/map"))["home"]

    assert metres(Point(**home), Point(60.1705, 24.9405)) < 150


@pytest.mark.parametrize("shown", [MapPage(framed_by=("http://127.0.0.1:8080",))])
async def test_the_operators_own_pages_may_show_it_too(http: httpx.AsyncClient) -> None:
    assert "http://127.0.0.1:8080" in policy_of(await http.get("/map"))["frame-ancestors"]


def settings_of(answer: httpx.Response) -> dict[str, Any]:
    found = re.search(r'<script id="settings" type="application/json">(.*?)</script>', answer.text)
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.parametrize("shown", [MapPage("https://x.org/</script><script>/{z}/{x}/{y}")])
async def test_no_setting_ends_the_element_that_it_stands_in(http: httpx.AsyncClient) -> None:
    answer = await http.get("/map")

    assert settings_of(answer)["tiles"] == "https://x.org/</script><script>/{z}/{x}/{y}"


async def test_the_name_of_the_host_alone_leads_to_the_page(http: httpx.AsyncClient) -> None:
    answer = await http.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "map")


async def test_every_file_that_the_page_names_is_there_and_kept_for_good(
    http: httpx.AsyncClient,
) -> None:
    page = await http.get("/map")
    assert page.headers["cache-control"] == "no-cache"

    named = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert len(named) > 5
    for name in named:
        answer = await http.get(f"/{name}")
        assert answer.status_code == 200, name
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"


async def test_all_styles_come_in_one_file(http: httpx.AsyncClient) -> None:
    page = await http.get("/map")
    (name,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page.text)
    style = await http.get(f"/{name}")
    assert style.headers["content-type"].startswith("text/css")
    sheets = [it for it in assets().by_name if it.endswith(".css") and it not in name]
    assert len(sheets) > 10
    for sheet in sheets:
        assert assets().by_name[sheet].content.decode() in style.text, f"{sheet} is left out"


async def test_every_script_imports_scripts_that_are_there() -> None:
    known = assets().by_name
    for name, asset in known.items():
        if name.startswith("leaflet/") or not name.endswith(".js"):
            continue
        text = asset.content.decode()
        for target in re.findall(r'(?:from|import)\s*\(?"(\.[^"]+)"', text):
            path = httpx.URL(f"http://x/{name}").join(target).path.lstrip("/")
            assert path in set(known), f"{name} imports {target}"


async def test_another_version_is_not_mixed_with_this_one(http: httpx.AsyncClient) -> None:
    assert (await http.get("/map/0123456789ab/js/main.js")).status_code == 404
    assert (await http.get(f"/map/{assets().version}/../api/app.py")).status_code == 404
    assert (await http.get(f"/map/{assets().version}/js/none.js")).status_code == 404


async def test_what_is_sent_packed_and_plain_is_the_same() -> None:
    for asset in assets().by_name.values():
        assert gzip.decompress(asset.packed) == asset.content


async def test_whoever_cannot_unpack_gets_it_plain(http: httpx.AsyncClient) -> None:
    path = f"/map/{assets().version}/css/base.css"

    answer = await http.get(path, headers={"Accept-Encoding": "identity"})

    assert "content-encoding" not in answer.headers
    assert answer.content == assets().by_name["css/base.css"].content
