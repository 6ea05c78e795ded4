"""The five nearest over HTTP, for 200 clients in a closed loop against one process.

They keep the process busy without a rest, so that a request costs it the time between two answers.
What of that the search itself takes is told by its own metrics; ``ratio`` is at least 1 as long as
that is no more than a tenth.
"""

import asyncio
import json
import random
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import aiohttp

from benchmarks.replies import _parkplace, _settings

CLIENTS = 200
SECONDS = 10.0
WARM_UP = 2.0
CENTRE = (60.1713, 24.9437)
BOUND = 0.1
"""Of the time of a request, for the search."""


def measured() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        environment = _settings(Path(folder)) | {
            "PARK_HTTP_PORT": str(port),
            "PARK_BOT_API_URL": f"http://127.0.0.1:{_free_port()}",
        }
        _parkplace(["migrate"], environment)
        _parkplace(["seed"], environment)
        server = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return _rows(*asyncio.run(_load(f"http://127.0.0.1:{port}")))
        finally:
            server.terminate()
            server.wait(60)


def _rows(requests: float, search: float) -> list[dict[str, object]]:
    name, part = f"nearby search over HTTP, {CLIENTS} clients", search * requests
    rate = {"metric": "answers", "unit": "1/s", "ours": round(requests, 1)}
    share = {"metric": "the search's part of a request", "unit": "%", "ours": round(part * 100, 1)}
    return [
        {"name": name, **rate, "peer": None, "peer_value": None, "ratio": None},
        {
            "name": name,
            **share,
            "peer": "the bound",
            "peer_value": BOUND * 100,
            "ratio": round(BOUND / part, 2),
        },
    ]


async def _load(url: str) -> tuple[float, float]:
    """Requests a second, and the seconds of a search."""
    connector = aiohttp.TCPConnector(limit=CLIENTS)
    async with aiohttp.ClientSession(url, connector=connector) as http:
        await _awake(http)
        await _crowd(http, WARM_UP)
        before, began = await _spent(http), perf_counter()
        answered = await _crowd(http, SECONDS)
        wall = perf_counter() - began
        after = await _spent(http)
    searches = after["searches"] - before["searches"]
    return answered / wall, (after["searching"] - before["searching"]) / searches


async def _crowd(http: aiohttp.ClientSession, seconds: float) -> int:
    """How many answers all clients get, each asking anew as soon as it has one."""
    end = perf_counter() + seconds

    async def client(seed: int) -> int:
        chance, answers = random.Random(seed), 0
        while perf_counter() < end:
            where = {
                "lat": f"{CENTRE[0] + chance.uniform(-0.02, 0.02):.5f}",
                "lng": f"{CENTRE[1] + chance.uniform(-0.04, 0.04):.5f}",
                "limit": "5",
            }
            async with http.get("/api/v1/spaces", params=where) as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()
            answers += 1
        return answers

    return sum(await asyncio.gather(*map(client, range(CLIENTS))))


async def _awake(http: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with http.get("/healthz"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


async def _spent(http: aiohttp.ClientSession) -> Mapping[str, float]:
    """Seconds of searching, and how often, so far."""
    async with http.get("/metrics") as answer:
        text = await answer.text()

    def value(name: str) -> float:
        found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
        assert found is not None, name
        return float(found[1])

    return {
        "searching": value("parkplace_search_seconds_sum"),
        "searches": value("parkplace_search_seconds_count"),
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


if __name__ == "__main__":
    for row in measured():
        print(json.dumps(row))
