"""Whom a call speaks to, and which message it means."""

from sandbox.errors import BadRequest, Forbidden
from sandbox.methods.registry import Call
from sandbox.people import Chat
from sandbox.wire import Json


def known_chat(call: Call, name: str = "chat_id") -> Chat:
    """The chat a parameter names, whether or not the bot may write there."""
    if not call.parameters.has(name):
        raise BadRequest(f"{name} is empty")
    chat = call.world.chats.get(call.parameters.integer(name) or 0)
    if chat is None or not chat.has_bot:
        raise BadRequest("chat not found")
    return chat


def recipient(call: Call, name: str = "chat_id") -> Chat:
    """The chat a message may be sent to; Forbidden where nobody wants it."""
    chat = known_chat(call, name)
    person = call.world.people.get(chat.id)
    if person and person.blocked:
        raise Forbidden("bot was blocked by the user")
    if person and not person.started:
        raise Forbidden("bot can't initiate conversation with a user")
    return chat


def message_in(call: Call, chat: Chat, purpose: str) -> Json:
    """The message a call means; the complaint says what was to be done with it."""
    message_id = call.parameters.integer("message_id")
    if not message_id:
        raise BadRequest("message identifier is not specified")
    message = call.world.find(chat.id, message_id)
    if message is None:
        raise BadRequest(f"message to {purpose} not found")
    return message


def message_to_edit(call: Call) -> Json:
    """The bot's own message, named by chat and id or as an inline message."""
    if call.parameters.has("inline_message_id"):
        place = call.world.inline_messages.get(call.parameters.text("inline_message_id"))
        message = call.world.find(*place) if place else None
        if message is None:
            raise BadRequest("MESSAGE_ID_INVALID")
        return message
    message = message_in(call, recipient(call), "edit")
    sender = message["from"]["id"] if "forward_origin" not in message else None
    if sender != call.world.profile.id:
        raise BadRequest("message can't be edited")
    return message
