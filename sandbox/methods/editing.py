"""Methods that change or remove what was sent."""

from typing import Any

from sandbox.contents import (
    caption_content,
    is_media,
    media_content,
    text_content,
)
from sandbox.errors import BadRequest
from sandbox.keyboards import read_inline_markup
from sandbox.methods.addressing import known_chat, message_to_edit
from sandbox.methods.registry import Call, method
from sandbox.people import Chat
from sandbox.wire import Json, present
from sandbox.world import for_bot

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
DELETABLE_SECONDS = 48 * 3600
MOST_DELETED = 100
TEXT_FIELDS = {"text", "entities", "link_preview_options"}
CAPTION_FIELDS = {"caption", "caption_entities", "show_caption_above_media"}
MEDIA_FIELDS = {"photo", "document", "has_media_spoiler"}


@method
async def edit_message_text(call: Call) -> Json | bool:
    message = message_to_edit(call)
    content = text_content(call.parameters)
    if "text" not in message:
        raise BadRequest("there is no text in the message to edit")
    return finish(call, message, without(message, TEXT_FIELDS) | content)


@method
async def edit_message_caption(call: Call) -> Json | bool:
    message = message_to_edit(call)
    content = caption_content(call.parameters)
    if not is_media(message):
        raise BadRequest("there is no caption in the message to edit")
    return finish(call, message, without(message, CAPTION_FIELDS) | content)


@method
async def edit_message_media(call: Call) -> Json | bool:
    """Replaces media by media, or a text by media."""
    message = message_to_edit(call)
    if "text" not in message and not is_media(message):
        raise BadRequest("message can't be edited")
    media = call.parameters.object("media")
    if call.parameters.has("inline_message_id") and call.parameters.uploads:
        raise BadRequest("can't upload a file to edit an inline message")
    content = await media_content(call.parameters, media, call.world.files)
    kind = "photo" if "photo" in content else "document"
    if "media_group_id" in message and kind not in message:
        raise BadRequest("message can't be edited to the type of media in an album")
    rest = without(message, TEXT_FIELDS | CAPTION_FIELDS | MEDIA_FIELDS)
    return finish(call, message, rest | content)


@method
async def edit_message_reply_markup(call: Call) -> Json | bool:
    message = message_to_edit(call)
    return finish(call, message, message)


@method
async def delete_message(call: Call) -> bool:
    chat = known_chat(call)
    message_id = call.parameters.integer("message_id")
    if not message_id:
        raise BadRequest("message identifier is not specified")
    if call.world.find(chat.id, message_id) is None:
        raise BadRequest("message to delete not found")
    if not _deletable(call, chat, message_id):
        raise BadRequest("message can't be deleted for everyone")
    call.world.delete(chat, message_id)
    return True


@method
async def delete_messages(call: Call) -> bool:
    """Deletes what can be deleted; the rest is skipped in silence."""
    chat = known_chat(call)
    message_ids = call.parameters.array("message_ids")
    if not message_ids:
        raise BadRequest("message identifiers are not specified")
    if len(message_ids) > MOST_DELETED:
        raise BadRequest("too many message identifiers specified")
    for message_id in message_ids:
        if isinstance(message_id, int) and _deletable(call, chat, message_id):
            call.world.delete(chat, message_id)
    return True


def finish(call: Call, old: Json, new: Json) -> Json | bool:
    """Show the edited message under its new keyboard; refuse an edit that changes nothing."""
    chat = call.world.chats[old["chat"]["id"]]
    inline = call.parameters.has("inline_message_id")
    markup = read_inline_markup(call.parameters, None if inline else chat)
    if markup and "media_group_id" in old:
        raise BadRequest("message can't be edited")
    edited = without(new, {"reply_markup", "edit_date"}) | present(reply_markup=markup)
    if _shown(edited) == _shown(old):
        raise BadRequest(NOT_MODIFIED)
    edited["edit_date"] = call.world.now
    call.world.replace(edited)
    return True if inline else for_bot(edited)


def without(message: Json, fields: set[str]) -> Json:
    return {name: value for name, value in message.items() if name not in fields}


def _shown(message: Json) -> Json:
    """What a reader can tell apart: the same picture uploaded again is the same."""
    shown = without(message, {"edit_date"})
    shown["photo"] = [size["file_unique_id"] for size in message.get("photo", [])]
    document: Any = message.get("document", {})
    shown["document"] = document.get("file_unique_id"), document.get("file_name")
    return shown


def _deletable(call: Call, chat: Chat, message_id: int) -> bool:
    message = call.world.find(chat.id, message_id)
    if message is None:
        return False
    old = call.world.now - message["date"] > DELETABLE_SECONDS
    own = message["from"]["id"] == call.world.profile.id
    return not old and (own or chat.type == "private")
