"""Places as people send or type them."""

import re

from telegram import Message

from market.domain.place import Point

_DECIMAL = r"[-+−]?\d{1,3}(?:\.\d+)?"
_PLAIN = re.compile(
    rf"(?:geo:)?\s*(?P<lat>{_DECIMAL})\s*°?\s*(?P<ns>[NS])?\s*[,;\s]\s*"
    rf"(?P<lng>{_DECIMAL})\s*°?\s*(?P<ew>[EW])?",
    re.IGNORECASE,
)
_SEXAGESIMAL = re.compile(
    r"""(?P<lat>\d{1,2})\s*°\s*(?P<lat_min>\d{1,2}(?:\.\d+)?)\s*['′’]\s*
        (?:(?P<lat_sec>\d{1,2}(?:\.\d+)?)\s*(?:"|″|''))?\s*(?P<ns>[NS])\s*[,;]?\s*
        (?P<lng>\d{1,3})\s*°\s*(?P<lng_min>\d{1,2}(?:\.\d+)?)\s*['′’]\s*
        (?:(?P<lng_sec>\d{1,2}(?:\.\d+)?)\s*(?:"|″|''))?\s*(?P<ew>[EW])""",
    re.VERBOSE | re.IGNORECASE,
)
_IS_DEGREES = re.compile(r"[.°]|\d\s*[nsew]\b", re.IGNORECASE)


def place_of(message: Message | None) -> tuple[Point, str] | None:
    """Where a sent location or venue is, with the venue's address if it has one."""
    if message is not None and message.venue is not None:
        venue = message.venue
        return Point(venue.location.latitude, venue.location.longitude), venue.address
    if message is not None and message.location is not None:
        return Point(message.location.latitude, message.location.longitude), ""
    return None


def read_coordinates(text: str) -> Point | None:
    """Typed degrees: "60.17, 24.94", "60.17N 24.94E", "60°10'N 24°56'E"; None for anything else."""
    text = text.strip().replace("−", "-")
    if found := _PLAIN.fullmatch(text):
        lat = float(found["lat"]) * _sign(found["ns"])
        lng = float(found["lng"]) * _sign(found["ew"])
    elif found := _SEXAGESIMAL.fullmatch(text):
        lat = _degrees(found, "lat") * _sign(found["ns"])
        lng = _degrees(found, "lng") * _sign(found["ew"])
    else:
        return None
    return Point(lat, lng) if -90 <= lat <= 90 and -180 <= lng <= 180 else None


def read_coordinates_not_times(text: str) -> Point | None:
    """The same where times are typed as well: degrees need a point or a sign, "9 17" is none."""
    return read_coordinates(text) if _IS_DEGREES.search(text) else None


def _degrees(found: re.Match[str], axis: str) -> float:
    minutes, seconds = float(found[f"{axis}_min"]), float(found[f"{axis}_sec"] or 0)
    return int(found[axis]) + minutes / 60 + seconds / 3600


def _sign(hemisphere: str | None) -> int:
    return -1 if (hemisphere or "").upper() in ("S", "W") else 1
