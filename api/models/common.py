"""How values look on the wire: ids in ten letters, times with their zone, money in minor units."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictFloat,
    StrictInt,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError
from starlette.convertors import Convertor, register_url_convertor

from market.domain import money, place
from market.domain.errors import Invalid
from market.domain.ids import read_id, written
from market.domain.window import Window
from views.words import LOCALES

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_SECONDS = slice(17, 19)
YEARS = range(1971, 2200)
"""Whose times can be moved a little without falling off the calendar."""


class Body(BaseModel):
    """What a client sends: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reply(BaseModel):
    model_config = ConfigDict(frozen=True)


def _number(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    number = read_id(text)
    if number is None or written(number) != text:
        # Nothing has this id, and 0 is nobody's: it will not be found.
        return 0 if _ID.fullmatch(text) else text
    return number


def _counted(number: Any) -> Any:
    if isinstance(number, bool | str):
        raise PydanticCustomError("whole", "must be a whole number")
    return number


WHOLE = BeforeValidator(_counted)
"""After the bounds of an int: in JSON 2 and 2.0 are the same number, and "2" and true are none."""

_TEN_LETTERS = "[0-9a-hjkmnp-tv-z]{10}"
_ID_PATTERN = f"^{_TEN_LETTERS}$"
_ID = re.compile(_TEN_LETTERS)
_ID_SCHEMA = {"type": "string", "pattern": _ID_PATTERN, "examples": ["7zq4m2x9ka"]}

Id: TypeAlias = Annotated[
    StrictInt,
    BeforeValidator(_number),
    PlainSerializer(written, str),
    WithJsonSchema(_ID_SCHEMA),
]
"""A number inside, ten letters outside."""


class _InPath(Convertor[str]):
    """``{space_id:id}``: a path with anything else in that place is another path."""

    regex = _TEN_LETTERS

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("id", _InPath())


def _read(text: Any) -> datetime:
    """RFC 3339 and nothing else that might be taken for a time."""
    if not isinstance(text, str) or not _RFC3339.fullmatch(text):
        raise PydanticCustomError("time", "must be a time with its zone, as RFC 3339 writes it")
    if text[_SECONDS] == "60":
        return _parsed(_with_seconds(text, "59")) + timedelta(seconds=1)
    return _parsed(text)


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise PydanticCustomError("time", "must be a time that a calendar has") from None


def _with_seconds(text: str, seconds: str) -> str:
    return text[: _SECONDS.start] + seconds + text[_SECONDS.stop :]


def _rfc3339(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


Instant: TypeAlias = Annotated[
    AwareDatetime,
    PlainSerializer(_rfc3339, str),
    Field(json_schema_extra={"examples": ["2030-06-03T12:00:00Z"]}),
]
"""Given out in UTC."""

GivenInstant: TypeAlias = Annotated[Instant, BeforeValidator(_read)]


def _read_date(text: Any) -> date:
    if isinstance(text, date):
        return text
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone
    except (TypeError, ValueError):
        raise PydanticCustomError("date", "must be a date like 2030-12-24") from None


GivenDate: TypeAlias = Annotated[date, BeforeValidator(_read_date)]


def window_of(start: datetime, end: datetime | None, default: timedelta = timedelta()) -> Window:
    """Without an end, of the default length.

    Raises Invalid where no time is left between the two, or far beyond today.
    """
    for instant in (start, end or start):
        if instant.year not in YEARS:
            raise Invalid("time", "too far")
    try:
        return Window(start, end or start + default)
    except ValueError:
        raise Invalid("time", "ends before it starts") from None


class Span(Reply):
    start: Instant
    end: Instant

    @classmethod
    def of(cls, window: Window) -> "Span":
        return cls(start=window.start, end=window.end)


class Money(Reply):
    """Whole minor units (cents, yen) of an ISO 4217 currency."""

    minor: int = Field(examples=[500])
    currency: str = Field(examples=["EUR"])

    @classmethod
    def of(cls, value: money.Money) -> "Money":
        return cls(minor=value.minor, currency=value.currency)


class Point(Reply):
    """Degrees of WGS 84."""

    lat: float = Field(examples=[60.1699])
    lng: float = Field(examples=[24.9384])

    @classmethod
    def of(cls, point: place.Point) -> "Point":
        return cls(lat=round(point.lat, 6), lng=round(point.lng, 6))


Title = Annotated[str, Field(examples=["Courtyard behind the bakery"])]
Zone = Annotated[str, Field(examples=["Europe/Helsinki"])]
Country = Annotated[str, Field(examples=["FI"])]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["EUR"])]
Latitude = Annotated[StrictFloat, Field(ge=-90, le=90, allow_inf_nan=False, examples=[60.1699])]
Longitude = Annotated[StrictFloat, Field(ge=-180, le=180, allow_inf_nan=False, examples=[24.9384])]


class GivenPoint(Body):
    """Degrees of WGS 84."""

    lat: Latitude
    lng: Longitude

    def to_domain(self) -> place.Point:
        return place.Point(self.lat, self.lng)


def _spoken(language: str) -> str:
    if language not in LOCALES:
        raise PydanticCustomError("language", "must be one that we speak")
    return language


Language = Annotated[
    str,
    AfterValidator(_spoken),
    WithJsonSchema({"type": "string", "enum": sorted(LOCALES)}),
]

# A query or a form has no null: what is not said is left out.
Left = SkipJsonSchema[None]
QueryLat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, examples=[60.1699])]
QueryLng = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, examples=[24.9384])]


class Page(Body):
    """Of a list, in its order."""

    limit: int = Field(20, ge=1, le=100, description="Items on a page.")
    cursor: str | Left = Field(
        None, max_length=200, description="Where the page before said to go on."
    )


class Interval(Body):
    start: GivenInstant | Left = None
    end: GivenInstant | Left = None


def photo_url(photo: int) -> str:
    return f"/api/v1/photos/{written(photo)}"
