"""What all engines of the store speak, and so have in common: the statements once compiled."""

from typing import Any

from sqlalchemy import make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

COMPILED: LRUCache[Any, Any] = LRUCache(1000)
"""To compile a statement takes about a millisecond, many times as long as most of them run."""


class SharedDialect(SQLiteDialect_aiosqlite):
    """SQLAlchemy's, but each equals each, so that one engine finds what another has compiled."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.shared", __name__, SharedDialect.__name__)


def shared_engine(url: str, **options: Any) -> AsyncEngine:
    """SQLAlchemy's ``create_async_engine``, sharing compiled statements with its like."""
    return create_async_engine(
        make_url(url).set(drivername="sqlite+shared"),
        execution_options={"compiled_cache": COMPILED},
        **options,
    )
