"""Forwarding and copying."""

from sandbox.contents import caption_content, carried, forwarded, is_media
from sandbox.errors import BadRequest
from sandbox.methods.addressing import known_chat, message_in, recipient
from sandbox.methods.editing import CAPTION_FIELDS, without
from sandbox.methods.registry import Call, method
from sandbox.methods.sending import deliver
from sandbox.wire import Json

SERVICE = {"pinned_message", "new_chat_members", "left_chat_member", "web_app_data"}


@method
async def forward_message(call: Call) -> Json:
    chat = recipient(call)
    source = _source(call, "forward")
    return deliver(call, chat, forwarded(source))


@method
async def copy_message(call: Call) -> Json:
    """Answers with the copy's id alone; a caption given replaces the old one."""
    chat = recipient(call)
    content = without(carried(_source(call, "copy")), {"forward_origin"})
    if is_media(content) and "caption" in call.parameters.values:
        content = without(content, CAPTION_FIELDS) | caption_content(call.parameters)
    return {"message_id": deliver(call, chat, content)["message_id"]}


def _source(call: Call, purpose: str) -> Json:
    message = message_in(call, known_chat(call, "from_chat_id"), purpose)
    if SERVICE & message.keys() or message.get("has_protected_content"):
        raise BadRequest(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message
