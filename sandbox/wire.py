"""What travels between bot, server and page."""

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Clock = Callable[[], float]


def present(**fields: Any) -> Json:
    """An object without the fields that say nothing."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], False)}
