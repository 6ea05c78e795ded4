"""The texts of the pages, out of the same catalogues as those of the chat."""

import hashlib
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Header, Path
from starlette.responses import Response

from api.models.common import Left
from api.models.words import PageWords
from api.problems import Responses, documented
from views.words import SOURCE, spoken

JSON = "application/json"
ASKED_FIRST = "public, no-cache"
"""Kept by whoever likes, and asked for again every time: an upgrade brings new words."""
_SAME: Responses = {304: {"description": "You have them already."}}

router = APIRouter(prefix="/words", tags=["words"])


# Not async: reading a catalogue the first time would keep everybody else waiting.
@router.get("/{language}", response_model=PageWords, responses=documented(422) | _SAME)
def get_words(
    language: Annotated[str, Path(max_length=35, examples=["de"])],
    if_none_match: Annotated[str | Left, Header(max_length=1000)] = None,
) -> Response:
    """The texts of the Mini App in a language, or in English where we do not speak it."""
    body, tag = _written(spoken(language) or SOURCE)
    headers = {"ETag": tag, "Cache-Control": ASKED_FIRST}
    if if_none_match is not None and tag in if_none_match:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=JSON, headers=headers)


@lru_cache(maxsize=16)
def _written(language: str) -> tuple[bytes, str]:
    """The reply and its tag."""
    body = PageWords.of(language).model_dump_json().encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
