"""Maps for the chat: how long the program beside the bot takes for one, and how large they get."""

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.outside import CITY
from gateways.map_pictures import MapPictures

PICTURES = 200
WARMING_UP = 20
"""Drawn first, for the program to start."""
PINS = 5
AROUND = (0.0012, 0.0025)
"""Degrees of latitude and longitude that the pins are spread over, as in a busy quarter."""
CENTRE = (60.1713, 24.9437)

Row = Mapping[str, object]


@dataclass(frozen=True)
class Drawn:
    seconds: Sequence[float]
    sizes: Sequence[int]


def measured(pictures: int = PICTURES) -> Iterator[Row]:
    drawn = asyncio.run(_drawn(pictures))
    milliseconds = [1000 * each for each in drawn.seconds]
    yield _row("time", "p50", "ms", np.percentile(milliseconds, 50))
    yield _row("time", "p99", "ms", np.percentile(milliseconds, 99))
    yield _row("size", "p50", "kB", np.percentile(drawn.sizes, 50) / 1024)
    yield _row("size", "largest", "kB", max(drawn.sizes) / 1024)


async def _drawn(pictures: int) -> Drawn:
    chance = random.Random(1)
    seconds, sizes = [], []
    async with MapPictures(CITY) as maps:
        for _ in range(WARMING_UP):
            await maps.draw(_facts(chance))
        for _ in range(pictures):
            facts = _facts(chance)
            began = time.perf_counter()
            content = await maps.draw(facts)
            seconds.append(time.perf_counter() - began)
            sizes.append(len(content))
    return Drawn(seconds, sizes)


def _facts(chance: random.Random) -> Mapping[str, Any]:
    """A search somewhere in the middle of the city, by day or by night."""
    lat, lng = (chance.uniform(at - by, at + by) for at, by in zip(CENTRE, AROUND, strict=True))
    pins = [
        (chance.gauss(lat, AROUND[0]), chance.gauss(lng, AROUND[1]), str(number + 1))
        for number in range(PINS)
    ]
    dark = chance.random() < 0.5
    return {"here": (lat, lng), "pins": pins, "around": 0, "dark": dark, "rings": []}


def _row(what: str, metric: str, unit: str, value: float) -> Row:
    return {
        "name": f"picture, {what}",
        "metric": metric,
        "unit": unit,
        "ours": round(float(value), 1),
        "peer": None,
        "peer_value": None,
        "ratio": None,
    }
