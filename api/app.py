"""The application: routers put together, and described."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from api import (
    auth,
    bookings,
    docs,
    geography,
    live,
    mail,
    map_page,
    map_spaces,
    messages,
    photos,
    problems,
    quotes,
    reports,
    reviews,
    rights,
    spaces,
    stays,
    users,
    words,
)
from api.context import Backend
from api.map_page import MapPage
from api.middleware import REQUEST_ID, Caught, Glimpsed, Guarded, Identified, Limited

PREFIX = "/api/v1"
VERSION = "1"
ROUTERS = (
    auth.router,
    spaces.router,
    map_spaces.router,
    photos.router,
    quotes.router,
    bookings.router,
    stays.router,
    messages.router,
    reviews.router,
    users.router,
    rights.router,
    reports.router,
    live.router,
    mail.router,
    words.router,
    geography.router,
)
ABOUT = """\
Park Place over HTTP, by the same rules as the chat: a space listed in one is bookable in the other.

Money is in whole minor units with its currency. Times are RFC 3339 with a zone. Lists go on with
`cursor`. A refusal is a problem document (RFC 9457); what is not yours is not found.
"""


def create_app(
    backend: Backend, cors_origins: Sequence[str] = (), shown: MapPage | None = None
) -> FastAPI:
    """Needs nothing to be started or stopped."""
    app = FastAPI(
        title="Park Place",
        version=VERSION,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        middleware=_middleware(cors_origins),
    )
    app.state.backend = backend
    app.state.origins = frozenset(cors_origins)
    app.state.map_page = shown or MapPage()
    problems.install(app)
    everywhere = problems.documented(400, 413, 503)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX, responses=everywhere)
    app.include_router(docs.router)
    app.include_router(map_page.router)
    app.mount(docs.ASSETS_PATH, docs.assets())
    _describe(app)
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's name, which does not change when a path does."""
    return route.name


def _middleware(cors_origins: Sequence[str]) -> list[Middleware]:
    return [
        Middleware(Identified),
        Middleware(Guarded),
        Middleware(
            CORSMiddleware,
            allow_origins=list(cors_origins),
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match"],
            expose_headers=["ETag", "Location", "Retry-After", REQUEST_ID],
            max_age=600,
        ),
        Middleware(Caught),
        Middleware(Glimpsed),
        Middleware(Limited),
    ]


def _describe(app: FastAPI) -> None:
    """Add to the description what no route says by itself."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                servers=[{"url": "/"}],
            )
            schema["components"]["schemas"]["Problem"] = problems.SCHEMA
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]
