"""Draws maps as a program of its own: an order in, a picture out, until the input ends.

Run by :mod:`gateways.map_pictures` with ``python -m``. Drawing takes a tenth of a second of
arithmetic that must not hold up answers, and what is decoded here came from other people's servers:
so it happens behind everything else, and where it can break nothing but this process.
"""

import json
import os
import resource
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from gateways.maps.city import City
from gateways.maps.picture import drawn
from gateways.maps.scene import Order
from gateways.maps.tiles import Tiles

MAX_MEMORY = 1024 * 1024 * 1024
BEHIND = 10
"""How much nicer than the bot this is."""
LENGTH = struct.Struct(">I")
ANSWER = struct.Struct(">?I")
"""Whether it was drawn; and how many bytes of picture, or of complaint, follow."""


def main(city: Path | None) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    os.nice(BEHIND)
    known = City.read(city) if city else None
    while head := sys.stdin.buffer.read(LENGTH.size):
        order = json.loads(sys.stdin.buffer.read(*LENGTH.unpack(head)))
        answer(sys.stdout.buffer, order, known)


def answer(out: BinaryIO, order: Mapping[str, Any], city: City | None) -> None:
    """Whatever goes wrong with one picture, the next one may do."""
    try:
        done, content = True, drawn(Order.of(order["facts"]), city, _tiles(order["tiles"]))
    except Exception as error:  # noqa: BLE001 - told to who asked, in words
        done, content = False, f"{type(error).__name__}: {error}".encode()
    out.write(ANSWER.pack(done, len(content)) + content)
    out.flush()


def _tiles(given: Mapping[str, Any] | None) -> Tiles | None:
    if given is None:
        return None
    paths = {(x, y): Path(path) for x, y, path in given["paths"]}
    return Tiles(given["zoom"], paths, given["credit"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
