"""A person's rights to their data, which a ban does not take: to have it, and to have it gone."""

import json
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.context import Unit
from api.models.rights import LeavingReply
from api.problems import Responses, documented
from api.security import Known
from market.domain.errors import Invalid

JSON = "application/json"
_DATA: Responses = {200: {"content": {JSON: {"schema": {"type": "object"}}}}}

router = APIRouter(prefix="/users/me", tags=["users"])


@router.get("/data", response_class=Response, responses=documented(401) | _DATA)
async def get_my_data(user: Known, services: Unit) -> Response:
    """Everything that is kept of you, as a file; photos are named by their ids."""
    everything = await services.rights.everything(user.id)
    file = json.dumps(everything.tables, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="parkplace.json"'}
    return Response(file, media_type=JSON, headers=headers)


@router.get("/leaving", responses=documented(401, 409))
async def get_leaving(user: Known, services: Unit) -> LeavingReply:
    """What erasing you would end, and what you would still owe; refused during a stay."""
    return LeavingReply.of(await services.rights.leaving(user.id))


@router.delete("", status_code=204, responses=documented(401, 409, 422))
async def erase_me(
    user: Known,
    services: Unit,
    agreed: Annotated[str, Query(max_length=60, description="From what leaving means.")],
) -> None:
    """Erase you: bookings ahead are cancelled under the usual rules, and nothing comes back."""
    changed = await services.rights.erase(user.person, agreed)
    if changed is not None:
        raise Invalid("agreed", "changed", changed.agreed)
