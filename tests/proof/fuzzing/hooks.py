"""Loaded by Schemathesis: sends the ids of things that are there, and reads every reply.

What is there, and what this role must never read, comes in the file that FUZZING names.
"""

import json
import os
import re
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

import schemathesis

FACTS = json.loads(Path(os.environ["FUZZING"]).read_text())
KNOWN: dict[str, list[str]] = FACTS["known"]
PRIVATE: list[str] = FACTS["private"]
ID = re.compile("[0-9a-hjkmnp-tv-z]{10}")
_keys = count()


def _with_known(values: Any) -> Any:
    """Three of four ids are exchanged for one that exists, the same one for the same id.

    What is no id stays: it is sent to be refused.
    """
    if not isinstance(values, dict):
        return values
    for name in values.keys() & KNOWN.keys():
        number = crc32(repr(values[name]).encode())
        if number % 4 and ID.fullmatch(str(values[name])):
            values[name] = KNOWN[name][number // 4 % len(KNOWN[name])]
    return values


@schemathesis.hook
def map_path_parameters(ctx: Any, path_parameters: Any) -> Any:
    return _with_known(path_parameters)


@schemathesis.hook
def map_query(ctx: Any, query: Any) -> Any:
    return _with_known(query)


@schemathesis.hook
def map_body(ctx: Any, body: Any) -> Any:
    return _with_known(body)


@schemathesis.hook
def map_headers(ctx: Any, headers: Any) -> Any:
    # One key for two different requests is refused, however well shaped both are.
    if headers and "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = f"request-{next(_keys)}"
    return headers


@schemathesis.check
def nothing_of_others(ctx: Any, response: Any, case: Any) -> None:
    """No reply holds what is for somebody else's eyes."""
    for secret in PRIVATE:
        assert secret.encode() not in response.content, f"{secret} was told to a stranger"
