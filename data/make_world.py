"""Make the outlines of the world's countries out of Natural Earth's shapefile.

Usage: python data/make_world.py naturalearth_lowres.shp data/world.geojson.gz
The names are taken from the .dbf beside it. The same shapefile always gives the same bytes.
"""

import gzip
import json
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Ring = list[list[float]]

ENCODING = "latin-1"  # as the .cpg beside it says
DECIMALS = 2  # about a kilometre, as coarse as the outlines are
CREDIT = "Made with Natural Earth"


def main(shapes: Path, target: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"kind": "country", "name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        }
        for name, polygons in zip(names(shapes.with_suffix(".dbf")), countries(shapes), strict=True)
    ]
    world = {"type": "FeatureCollection", "attribution": CREDIT, "features": features}
    text = json.dumps(world, ensure_ascii=False, separators=(",", ":"))
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


def countries(path: Path) -> Iterator[list[list[Ring]]]:
    """The polygons of each record; the format is ESRI's white paper of July 1998."""
    content = path.read_bytes()
    at = 100
    while at < len(content):
        (words,) = struct.unpack_from(">i", content, at + 4)
        yield polygons(content[at + 8 : at + 8 + 2 * words])
        at += 8 + 2 * words


def polygons(record: bytes) -> list[list[Ring]]:
    """Outlines run clockwise; a ring that does not is a hole in the outline before it."""
    parts, points = struct.unpack_from("<2i", record, 36)
    firsts = [*struct.unpack_from(f"<{parts}i", record, 44), points]
    numbers = struct.unpack_from(f"<{2 * points}d", record, 44 + 4 * parts)
    corners = [
        [round(x, DECIMALS), round(y, DECIMALS)]
        for x, y in zip(numbers[::2], numbers[1::2], strict=True)
    ]
    found: list[list[Ring]] = []
    for first, end in pairwise(firsts):
        ring = corners[first:end]
        if runs_clockwise(ring) or not found:
            found.append([ring])
        else:
            found[-1].append(ring)
    return found


def runs_clockwise(ring: Ring) -> bool:
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) > 0


def names(path: Path) -> Iterator[str]:
    """The column "name" of a dBASE table."""
    content = path.read_bytes()
    rows, head, size = struct.unpack_from("<IHH", content, 4)
    start, width = column(content[32:head], b"name")
    for row in range(rows):
        at = head + row * size + start
        yield content[at : at + width].decode(ENCODING).strip()


def column(fields: bytes, wanted: bytes) -> tuple[int, int]:
    """Where it begins in a row, and how wide it is."""
    start = 1
    for at in range(0, len(fields) - 1, 32):
        width: Any = fields[at + 16]
        if fields[at : at + 11].rstrip(b"\0") == wanted:
            return start, width
        start += width
    raise KeyError(wanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
