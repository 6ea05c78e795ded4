"""The bytes of photos: clean copies, which never change under one id."""

import logging
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.responses import Response

from api.context import House, Unit
from api.models.common import Id, Left
from api.problems import Responses, for_users
from api.security import OPTIONAL, Visitor
from market.domain.errors import NotFound
from market.domain.ids import PhotoId, written

log = logging.getLogger(__name__)

FOREVER = "public, max-age=31536000, immutable"
ASKED_FIRST = "private, no-cache"
"""An entrance is shown as long as a stay stands: every time it is asked whether it still does."""
JPEG = "image/jpeg"
_PICTURE: Responses = {
    200: {"content": {JPEG: {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "You have it already."},
}

router = APIRouter(prefix="/photos", tags=["photos"])


@router.get(
    "/{photo_id:id}",
    openapi_extra=OPTIONAL,
    response_class=Response,
    responses=for_users(404, 422) | _PICTURE,
)
async def get_photo(
    photo_id: Id,
    visitor: Visitor,
    backend: House,
    services: Unit,
    if_none_match: Annotated[str | Left, Header(max_length=1000)] = None,
) -> Response:
    """A photo of a space; one of its entrance only for its lister and whoever is booked there."""
    placed = await services.photos.seen_by(visitor, PhotoId(photo_id))
    tag = f'"{written(photo_id)}"'
    headers = {"ETag": tag, "Cache-Control": FOREVER if placed.public else ASKED_FIRST}
    if if_none_match is not None and tag in if_none_match:
        return Response(status_code=304, headers=headers)
    if placed.photo.key is None:
        # It came through the chat a moment ago, and is on its way from Telegram.
        raise NotFound("photo")
    try:
        picture = await backend.photos.read(placed.photo.key)
    except FileNotFoundError:
        log.warning("photo %s is not on the disk", written(photo_id))
        raise NotFound("photo") from None
    return Response(picture, media_type=JPEG, headers=headers)
