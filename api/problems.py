"""Refusals as problem details (RFC 9457): one table of statuses over the one error tree."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match

from market.domain import errors as e
from market.domain.ids import written
from market.domain.window import Window

MEDIA_TYPE = "application/problem+json"
METHODS = ("DELETE", "GET", "POST", "PUT")
_SCHEMA = {"$ref": "#/components/schemas/Problem"}

_WAIT = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
_HEADERS = {401: {"WWW-Authenticate": {"schema": {"type": "string"}}}, 429: _WAIT, 503: _WAIT}

Responses = dict[int | str, dict[str, Any]]
"""What FastAPI takes as the description of a route's replies."""

STATUS: Mapping[type[Exception], int] = {
    e.NotFound: 404,
    e.NotSignedIn: 401,
    e.TooOften: 429,
    e.Outdated: 412,
    e.Banned: 403,
    e.Refused: 409,
    e.Busy: 503,
    e.ParkError: 400,
}
"""Looked up along an error's ancestors."""

TITLES: Mapping[type[Exception], str] = {
    e.NotFound: "There is nothing there, or it is not yours.",
    e.NotSignedIn: "Please sign in.",
    e.TooOften: "Too many tries. Please wait a little.",
    e.Outdated: "It has been changed since you read it.",
    e.OwnSpace: "This is your own space.",
    e.WindowTaken: "Somebody has this space at that time.",
    e.WindowPast: "That time has begun already.",
    e.OutsideHours: "The space is closed for some of that time.",
    e.DatesBlocked: "The space is not offered on that date.",
    e.StayTooShort: "Stays there must be longer.",
    e.StayTooLong: "Stays there must be shorter.",
    e.TooSoon: "It has to be booked further ahead.",
    e.TooFarAhead: "It cannot be booked that far ahead.",
    e.VehicleTooBig: "The vehicle does not fit.",
    e.SpaceClosed: "The space takes no bookings at present.",
    e.QuoteExpired: "The quote has expired. Please make a new one.",
    e.PlateNeeded: "A number plate is needed.",
    e.TooMany: "You have as many of these as you may.",
    e.TooManyAhead: "You have as many bookings ahead as you may.",
    e.TooManyRequests: "You have as many requests waiting as you may.",
    e.TooManyReports: "You have made as many reports today as you may.",
    e.BookingOver: "The booking is over, or was given up.",
    e.NotYet: "That can be done later.",
    e.StayRunning: "A stay is in progress and must end first.",
    e.ReviewGiven: "You have reviewed this stay already.",
    e.BookingsAhead: "Bookings are still ahead.",
    e.ListerOnly: "Only the lister of the space may do that.",
    e.EmailTaken: "There is an account with this address already.",
    e.CannotLink: "These accounts cannot be joined.",
    e.Banned: "The operator has shut you out.",
    e.Refused: "The rules say no.",
    e.GeocoderDown: "Places cannot be looked up at present.",
    e.Busy: "Too many at once. Please try again.",
    e.ParkError: "A value cannot be what it is.",
}

_IDS = frozenset({"space", "quote"})


class Problem(JSONResponse):
    media_type = MEDIA_TYPE


def _problem(request: Request, status: int, name: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "type": f"urn:problem-type:parkplace:{name}",
        "title": title,
        "status": status,
        "request_id": request.scope["request_id"],
        **more,
    }


def install(app: FastAPI) -> None:
    """Every refusal and every mistake of a client leaves as a problem."""
    app.add_exception_handler(e.ParkError, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _plain)


async def _refused(request: Request, error: Exception) -> Problem:
    status = looked_up(STATUS, error)
    body = _problem(request, status, _name_of(error), looked_up(TITLES, error), **_facts_of(error))
    return Problem(body, status, headers=_headers_of(error))


async def _misshapen(request: Request, error: Exception) -> Problem:
    assert isinstance(error, RequestValidationError)
    # Without what was sent: it may be a password.
    found = [
        {"where": _where(one["loc"]), "why": one["msg"]}
        for one in error.errors()
        if one["type"] != "none_required"  # nothing at all would do as well, but cannot be written
    ]
    title = "The request does not have the right shape."
    return Problem(_problem(request, 422, "misshapen", title, errors=found), 422)


async def _plain(request: Request, error: Exception) -> Problem:
    assert isinstance(error, HTTPException)
    name = f"http-{error.status_code}"
    body = _problem(request, error.status_code, name, str(error.detail))
    headers = {**(error.headers or {})}
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods_at(request))
    return Problem(body, error.status_code, headers=headers)


def _methods_at(request: Request) -> list[str]:
    """Of all routes of a path; by itself Starlette would name those of the first alone."""
    return [
        method
        for method in METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.routes
        )
    ]


def failed(request: Request) -> Problem:
    """For whatever nobody thought of."""
    title = "That did not work, and it is our fault."
    return Problem(_problem(request, 500, "failed", title), 500)


def looked_up(table: Mapping[type[Exception], Any], error: Exception) -> Any:
    """The entry of the error's own class, or of the nearest ancestor that has one."""
    return next(table[kind] for kind in type(error).__mro__ if kind in table)


def _name_of(error: Exception) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()


def _headers_of(error: Exception) -> dict[str, str]:
    match error:
        case e.NotSignedIn():
            return {"WWW-Authenticate": "Bearer"}
        case e.TooOften():
            return {"Retry-After": str(error.retry_after // timedelta(seconds=1))}
        case e.Busy():
            return {"Retry-After": "1"}
    return {}


def _facts_of(error: Exception) -> dict[str, Any]:
    """What an error carries, as its own members of the problem."""
    if not is_dataclass(error):
        return {}
    return {
        field.name: written(value) if field.name in _IDS else _plainly(value)
        for field in fields(error)
        if (value := getattr(error, field.name)) is not None
    }


def _plainly(value: Any) -> Any:
    match value:
        case Window():
            return {"start": _plainly(value.start), "end": _plainly(value.end)}
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case timedelta():
            return value // timedelta(seconds=1)
    return value


def _where(location: tuple[int | str, ...]) -> str:
    """Without the names of checks ("constrained-float"), which stand after what was checked."""
    checked, inside = location[:2], location[2:]
    named = (part for part in inside if isinstance(part, int) or part.isidentifier())
    return "/".join(map(str, (*checked, *named)))


def with_headers(status: int, **schemas: dict[str, Any]) -> Responses:
    """The description of a good reply's headers; underscores stand for hyphens."""
    headers = {name.replace("_", "-"): {"schema": schema} for name, schema in schemas.items()}
    return {status: {"headers": headers}}


def for_users(*statuses: int) -> Responses:
    """The refusals of a route for whoever is signed in."""
    return documented(401, 403, *statuses)


def documented(*statuses: int) -> Responses:
    """The description of refusals, for the ``responses`` of a route."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": _SCHEMA}},
            **({"headers": _HEADERS[status]} if status in _HEADERS else {}),
        }
        for status in statuses
    }


SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457). Some carry further members.",
    "type": "object",
    "required": ["type", "title", "status", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "request_id": {"type": "string"},
    },
    "example": {
        "type": "urn:problem-type:parkplace:window-taken",
        "title": "Somebody has this space at that time.",
        "status": 409,
        "request_id": "9f86d081884c7d65",
        "space": "7zq4m2x9ka",
        "window": {"start": "2030-06-03T12:00:00Z", "end": "2030-06-03T14:00:00Z"},
    },
}
