"""Methods that put new messages into a chat."""

import secrets

from sandbox.contents import (
    contact_content,
    document_content,
    location_content,
    media_content,
    photo_content,
    text_content,
    venue_content,
)
from sandbox.errors import BadRequest
from sandbox.keyboards import read_markup
from sandbox.methods.addressing import recipient
from sandbox.methods.registry import Call, method
from sandbox.people import Chat
from sandbox.wire import Json, present
from sandbox.world import quoted

FEWEST_IN_ALBUM = 2
MOST_IN_ALBUM = 10
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method
async def send_message(call: Call) -> Json:
    return deliver(call, recipient(call), text_content(call.parameters))


@method
async def send_photo(call: Call) -> Json:
    chat = recipient(call)
    return deliver(call, chat, await photo_content(call.parameters, call.world.files))


@method
async def send_document(call: Call) -> Json:
    return deliver(call, recipient(call), document_content(call.parameters, call.world.files))


@method
async def send_location(call: Call) -> Json:
    return deliver(call, recipient(call), location_content(call.parameters))


@method
async def send_venue(call: Call) -> Json:
    return deliver(call, recipient(call), venue_content(call.parameters))


@method
async def send_contact(call: Call) -> Json:
    return deliver(call, recipient(call), contact_content(call.parameters))


@method
async def send_media_group(call: Call) -> list[Json]:
    chat = recipient(call)
    album = call.parameters.objects("media")
    if len(album) < FEWEST_IN_ALBUM:
        raise BadRequest("too few messages to send as an album")
    if len(album) > MOST_IN_ALBUM:
        raise BadRequest("too many messages to send as an album")
    if call.parameters.has("reply_markup"):
        raise BadRequest("an album can't have a reply markup")
    parts = [await media_content(call.parameters, each, call.world.files) for each in album]
    if len({"photo" in part for part in parts}) > 1:
        raise BadRequest("document can't be mixed with other media types")
    group = {"media_group_id": str(secrets.randbelow(2**53))}
    return [deliver(call, chat, part | group) for part in parts]


@method
async def send_chat_action(call: Call) -> bool:
    chat = recipient(call)
    action = call.parameters.text("action")
    if action not in ACTIONS:
        raise BadRequest("wrong parameter action in request")
    call.world.show_all(chat, {"type": "action", "action": action, "chat_id": chat.id})
    return True


def deliver(call: Call, chat: Chat, content: Json) -> Json:
    """Post the bot's message with whatever goes with any message: markup, reply, silence."""
    markup = read_markup(call.parameters, chat)
    inline = markup if markup and "inline_keyboard" in markup else None
    extras = present(
        reply_markup=inline,
        reply_to_message=_replied(call, chat),
        has_protected_content=call.parameters.flag("protect_content"),
    )
    silent = call.parameters.flag("disable_notification")
    message = call.world.post(chat, call.world.profile.user(), content | extras, silent=silent)
    if markup and "force_reply" in markup:
        hint = present(placeholder=markup.get("input_field_placeholder"))
        shown = {"type": "force_reply", "message_id": message["message_id"], "chat_id": chat.id}
        call.world.show_all(chat, shown | hint)
    elif markup and inline is None:
        keyboard = markup if "keyboard" in markup else None
        call.world.set_reply_keyboard(chat, keyboard)
    return message


def _replied(call: Call, chat: Chat) -> Json | None:
    """The message replied to, without what that one replied to itself."""
    reply = call.parameters.within(call.parameters.object("reply_parameters"))
    message_id = reply.integer("message_id") or call.parameters.integer("reply_to_message_id")
    if not message_id:
        return None
    message = call.world.find(reply.integer("chat_id") or chat.id, message_id)
    lenient = any(p.flag("allow_sending_without_reply") for p in (reply, call.parameters))
    if message is None and not lenient:
        raise BadRequest("message to be replied not found")
    return message and quoted(message)
