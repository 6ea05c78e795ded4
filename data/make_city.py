"""Make the demo city's map out of an OpenStreetMap extract.

Usage: python data/make_city.py EXTRACT.osm.pbf data/helsinki.geojson.gz
The same extract always gives the same bytes.
"""

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import osmium

Point = tuple[float, float]
Line = list[Point]
Properties = dict[str, str]

DECIMALS = 5  # about a metre
TOLERANCE_METRES = 0.7
METRES_PER_DEGREE = 111_195

# What is drawn first comes first.
KINDS = (
    "land",
    "water",
    "green",
    "pier",
    "square",
    "parking",
    "building",
    "rail",
    "street",
    "address",
    "place",
)

STREET_CLASSES = {
    "primary": "primary",
    "primary_link": "primary",
    "secondary": "secondary",
    "tertiary": "tertiary",
    "tertiary_link": "tertiary",
    "unclassified": "minor",
    "residential": "minor",
    "living_street": "minor",
    "service": "service",
    "pedestrian": "pedestrian",
    "cycleway": "path",
    "path": "path",
    "steps": "path",
    "footway": "path",
}
GREEN = {
    "leisure": {"park", "garden", "pitch", "playground"},
    "landuse": {"grass"},
    "natural": {"scrub", "wood", "heath", "wetland"},
}
PLACES = {
    "railway": {"station"},
    "tourism": {"museum"},
    "amenity": {"theatre", "cinema", "library", "university", "townhall", "marketplace"},
    "place": {"square"},
}


def area_kind(tags: Mapping[str, str]) -> Properties | None:
    """Say what a closed outline shows on the map, if anything."""
    name = {"name": tags["name"]} if "name" in tags else {}
    if "building" in tags and tags["building"] not in {"roof", "underpass_entrance"}:
        return {"kind": "building", **name}
    if tags.get("amenity") == "parking":
        return {"kind": "parking", "class": tags.get("parking", "surface"), **name}
    if tags.get("natural") == "water" or tags.get("landuse") == "basin":
        return {"kind": "water", **name}
    for key, values in GREEN.items():
        if tags.get(key) in values:
            return {"kind": "green", "class": tags[key], **name}
    if tags.get("man_made") == "pier":
        return {"kind": "pier", **name}
    if tags.get("place") == "square" or tags.get("highway") == "pedestrian":
        return {"kind": "square", **name}
    return None


def line_kind(tags: Mapping[str, str]) -> Properties | None:
    """Say what a way shows on the map, if anything. What runs below the ground does not."""
    if tags.get("tunnel", "no") != "no" or tags.get("layer", "0").startswith("-"):
        return None
    if tags.get("railway") in {"rail", "tram"}:
        return {"kind": "rail", "class": tags["railway"]}
    if tags.get("footway") in {"sidewalk", "crossing"} or tags.get("area") == "yes":
        return None
    if grade := STREET_CLASSES.get(tags.get("highway", "")):
        name = {"name": tags["name"]} if "name" in tags else {}
        return {"kind": "street", "class": grade, **name}
    return None


def point_kinds(tags: Mapping[str, str]) -> Iterator[Properties]:
    """Yield what stands at one spot: an address, a landmark."""
    street, number = tags.get("addr:street"), tags.get("addr:housenumber")
    if street and number:
        yield {"kind": "address", "street": street, "number": number}
    for key, values in PLACES.items():
        if "name" in tags and tags.get(key) in values:
            yield {"kind": "place", "class": tags[key], "name": tags["name"]}
            return


@dataclass(frozen=True, slots=True)
class Box:
    """The edges of the extract. It was cut node by node, so outlines end at its edges."""

    west: float
    south: float
    east: float
    north: float

    def position(self, point: Point) -> float:
        """Where on the edge a point belongs: 0 to 4, clockwise from the south-west corner."""
        x = (point[0] - self.west) / (self.east - self.west)
        y = (point[1] - self.south) / (self.north - self.south)
        edges = {x: y, 1 - y: 1 + x, 1 - x: 3 - y, y: 4 - x}
        return edges[min(edges)] % 4

    def at(self, position: float) -> Point:
        side, along = divmod(position % 4, 1)
        wide, high = self.east - self.west, self.north - self.south
        return [
            (self.west, self.south + high * along),
            (self.west + wide * along, self.north),
            (self.east, self.north - high * along),
            (self.east - wide * along, self.south),
        ][int(side)]

    def edge(self, leave: float, enter: float) -> Line:
        """The way along the edge, clockwise, with the corners that lie on it."""
        span = (enter - leave) % 4
        corners = [c for c in range(int(leave) + 1, int(leave) + 6) if c - leave < span]
        return [self.at(leave), *(self.at(c) for c in corners), self.at(enter)]

    def shortest_edge(self, leave: float, enter: float) -> Line:
        if (enter - leave) % 4 <= 2:
            return self.edge(leave, enter)
        return self.edge(enter, leave)[::-1]

    def close(self, runs: Sequence[Line]) -> Line:
        """Close an outline whose pieces are known in order but not what joins them outside."""
        ring: Line = []
        for run, following in zip(runs, [*runs[1:], runs[0]], strict=True):
            ring += run
            ring += self.shortest_edge(self.position(run[-1]), self.position(following[0]))
        return [*ring, ring[0]]

    def seas(self, shores: Sequence[Line]) -> Iterator[Line]:
        """Close coastlines clockwise along the edge: the water is on their right."""
        left = list(shores)
        while left:
            ring = list(first := left.pop())
            while True:
                leave = self.position(ring[-1])
                follower = min([first, *left], key=lambda s: (self.position(s[0]) - leave) % 4)
                ring += self.edge(leave, self.position(follower[0]))
                if follower is first:
                    break
                left.remove(follower)
                ring += follower
            yield [*ring, ring[0]]


@dataclass(slots=True)
class City:
    """Collects features while the extract is read."""

    box: Box
    nodes: dict[int, Point] = field(default_factory=dict)
    features: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[tuple[tuple[str, str], ...], list[Line]] = field(default_factory=dict)
    shores: list[Line] = field(default_factory=list)

    def add(self, properties: Properties, shape: str, coordinates: object) -> None:
        geometry = {"type": shape, "coordinates": coordinates}
        self.features.append({"type": "Feature", "properties": properties, "geometry": geometry})

    def add_rings(self, properties: Properties, rings: Iterable[Line]) -> None:
        thin = [simplified(ring) for ring in rings]
        if len(thin[0]) >= 4:
            self.add(properties, "Polygon", [ring for ring in thin if len(ring) >= 4])

    def runs(self, way: osmium.osm.Way) -> list[Line]:
        """The parts of a way that lie inside the extract."""
        points = [self.nodes.get(node.ref) for node in way.nodes]
        if way.is_closed() and None in points:  # begin outside, so that no run is cut in two
            gap = points.index(None)
            points = points[gap:-1] + points[:gap]
        inside = [[p for p in run if p] for _, run in groupby(points, key=lambda p: p is None)]
        return [run for run in inside if len(run) >= 2]

    def read_node(self, node: osmium.osm.Node) -> None:
        here = self.nodes[node.id] = (node.lon, node.lat)
        for properties in point_kinds(tags_of(node)):
            self.add(properties, "Point", rounded(here))

    def read_way(self, way: osmium.osm.Way) -> None:
        tags, runs = tags_of(way), self.runs(way)
        if tags.get("natural") == "coastline":
            self.shores += runs
        elif properties := line_kind(tags):
            self.lines.setdefault(tuple(properties.items()), []).extend(runs)
        elif way.is_closed() and runs and len(runs[0]) < len(way.nodes):
            self.read_cut_outline(tags, runs)

    def read_cut_outline(self, tags: Properties, runs: Sequence[Line]) -> None:
        """Outlines that reach out of the extract are no areas to osmium."""
        if properties := area_kind(tags):
            self.add_rings(properties, [self.box.close(runs)])

    def read_area(self, area: osmium.osm.Area) -> None:
        tags = tags_of(area)
        for outer in area.outer_rings():
            shore = [(node.lon, node.lat) for node in outer]
            holes = [[(n.lon, n.lat) for n in inner] for inner in area.inner_rings(outer)]
            if properties := area_kind(tags):
                self.add_rings(properties, [shore, *holes])
            for properties in point_kinds(tags):
                self.add(properties, "Point", rounded(middle(shore)))

    def finish(self) -> dict[str, Any]:
        corners = [self.box.at(corner) for corner in (0, 1, 2, 3, 0)]
        self.add({"kind": "land"}, "Polygon", [[rounded(corner) for corner in corners]])
        for sea in self.box.seas(self.shores):
            self.add_rings({"kind": "water", "class": "sea"}, [sea])
        for properties, parts in self.lines.items():
            joined = [simplified(line) for line in chained(parts)]
            self.add(dict(properties), "MultiLineString", [x for x in joined if len(x) > 1])
        distinct = {
            json.dumps(f["properties"], sort_keys=True) + shape_key(f): f for f in self.features
        }
        ordered = sorted(distinct.items(), key=lambda item: (rank(item[1]), item[0]))
        box = [self.box.west, self.box.south, self.box.east, self.box.north]
        return {
            "type": "FeatureCollection",
            "attribution": "© OpenStreetMap contributors",
            "bbox": [round(edge, DECIMALS) for edge in box],
            "features": [feature for _, feature in ordered],
        }


def rank(feature: Mapping[str, Any]) -> int:
    return KINDS.index(feature["properties"]["kind"])


def shape_key(feature: Mapping[str, Any]) -> str:
    """Addresses are one however often they are mapped; everything else differs by place."""
    if feature["properties"]["kind"] in {"address", "place"}:
        return ""
    return json.dumps(feature["geometry"]["coordinates"])


def tags_of(thing: Any) -> dict[str, str]:
    return {tag.k: tag.v for tag in thing.tags}


def rounded(point: Point) -> Point:
    return (round(point[0], DECIMALS), round(point[1], DECIMALS))


def middle(ring: Line) -> Point:
    return (
        sum(lon for lon, _ in ring[1:]) / (len(ring) - 1),
        sum(lat for _, lat in ring[1:]) / (len(ring) - 1),
    )


def chained(parts: Iterable[Line]) -> list[Line]:
    """Join lines that meet end to end."""
    chains: list[Line] = []
    for part in parts:
        line = list(part)
        for other in [*chains]:
            if line[-1] == other[0]:
                chains.remove(other)
                line = line + other[1:]
            elif other[-1] == line[0]:
                chains.remove(other)
                line = other + line[1:]
        chains.append(line)
    return chains


def simplified(line: Line) -> Line:
    """Round, and drop points that lie within the tolerance of the line (Douglas-Peucker)."""
    if len(line) > 2 and line[0] == line[-1]:
        half = len(line) // 2
        return simplified(line[: half + 1])[:-1] + simplified(line[half:])
    if len(line) <= 2:
        return [key for key, _ in groupby(map(rounded, line))]
    far, index = max((distance(p, line[0], line[-1]), i) for i, p in enumerate(line[1:-1], 1))
    if far <= TOLERANCE_METRES:
        return simplified([line[0], line[-1]])
    return simplified(line[: index + 1])[:-1] + simplified(line[index:])


def distance(point: Point, start: Point, end: Point) -> float:
    """Metres from a point to a short line."""
    squeeze = cos(radians(point[1]))
    px, py = (point[0] - start[0]) * squeeze, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * squeeze, end[1] - start[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
    return hypot(px - along * dx, py - along * dy) * METRES_PER_DEGREE


def read(extract: Path) -> dict[str, Any]:
    with osmium.io.Reader(str(extract)) as reader:
        box = reader.header().box()
    city = City(Box(box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat))
    for thing in osmium.FileProcessor(str(extract)).with_locations().with_areas():
        match thing:
            case osmium.osm.Node():
                city.read_node(thing)
            case osmium.osm.Way():
                city.read_way(thing)
            case osmium.osm.Area():
                city.read_area(thing)
    return city.finish()


def main(extract: str, target: str) -> None:
    text = json.dumps(read(Path(extract)), ensure_ascii=False, separators=(",", ":"))
    # No time stamp in the header: the same map is the same bytes.
    Path(target).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
