"""Messages between the two sides of a booking, for whoever has no chat to answer in."""

from fastapi import APIRouter

from api.context import Unit
from api.models.common import Id
from api.models.messages import Blocking, MessageReply, Messages, NewMessage
from api.problems import documented, for_users
from api.security import Current, Known
from market.domain.ids import BookingId

router = APIRouter(prefix="/bookings/{booking_id:id}/messages", tags=["bookings"])


@router.get("", responses=documented(401, 404, 422))
async def list_messages(booking_id: Id, user: Known, services: Unit) -> Messages:
    """What you and the other side of a booking have written to each other."""
    found = await services.messages.latest(user.id, BookingId(booking_id))
    return Messages(items=[MessageReply.of(message, user.id) for message in found])


@router.post("", status_code=201, responses=for_users(404, 409, 422))
async def send_message(
    booking_id: Id, wanted: NewMessage, user: Current, services: Unit
) -> MessageReply:
    """Passed on word for word, so without numbers, handles or links; until a week after the stay.

    It arrives in the other side's chat, or by mail.
    """
    message = await services.messages.send(user.id, BookingId(booking_id), wanted.text)
    return MessageReply.of(message, user.id)


@router.put("/block", status_code=204, responses=for_users(404, 422))
async def block_messages(booking_id: Id, wanted: Blocking, user: Current, services: Unit) -> None:
    """Take no more messages of the other side, about any booking; or take them again."""
    messages = services.messages
    change = messages.block if wanted.blocked else messages.unblock
    await change(user.id, BookingId(booking_id))
