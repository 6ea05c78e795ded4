"""The parameters of a call, and the files uploaded with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Never

from sandbox.errors import BadRequest
from sandbox.wire import Json

INTEGERS = range(-(2**63), 2**63)


def decoded(text: str) -> Any:
    """JSON without what only Python takes for it; ValueError for half characters too."""
    value = json.loads(text, parse_constant=_no_number)
    if "\\ud" in text.lower():
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is no JSON")


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values as they came (JSON values, or the strings of a form), read as what they mean."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def within(self, values: Json) -> "Parameters":
        """An object inside this call, such as one part of an album."""
        return Parameters(values, self.uploads)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1", "yes")

    def integer(self, name: str) -> int | None:
        """None also where the text is no number: Telegram reads it as absent."""
        try:
            number = int(self.text(name))
        except ValueError:
            return None
        return number if number in INTEGERS else None

    def number(self, name: str) -> float | None:
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def structure(self, name: str, what: str = "") -> Any:
        """An array or object, sent as itself or as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return decoded(value) if value else None
        except ValueError:
            raise BadRequest(f"can't parse {what or name} JSON object") from None

    def array(self, name: str) -> list[Any]:
        """An array; a missing one is empty."""
        value = self.structure(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadRequest(f"expected an Array of {name}")
        return value

    def objects(self, name: str) -> list[Json]:
        """An array of objects."""
        objects = self.array(name)
        if not all(isinstance(each, dict) for each in objects):
            raise BadRequest(f"can't parse {name}: expected an Array of Objects")
        return objects

    def object(self, name: str, what: str = "") -> Json:
        """An object; a missing one is empty."""
        value = self.structure(name, what)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadRequest(f"can't parse {what or name}: expected an Object")
        return value
