"""Methods about chats: who is there, pins, reactions, files."""

from sandbox.errors import BadRequest
from sandbox.files import DOWNLOAD_BYTES
from sandbox.methods.addressing import known_chat, message_in, recipient
from sandbox.methods.registry import Call, method
from sandbox.people import Chat
from sandbox.wire import Json, present
from sandbox.world import for_bot


@method
async def get_chat(call: Call) -> Json:
    chat = known_chat(call)
    pinned = call.world.find(chat.id, chat.pinned[-1]) if chat.pinned else None
    shown = present(pinned_message=pinned and for_bot(pinned))
    required = {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            [
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ],
            False,
        ),
    }
    return chat.as_json() | required | shown


@method
async def get_chat_member(call: Call) -> Json:
    chat = known_chat(call)
    return member(call, chat, call.parameters.integer("user_id") or 0)


@method
async def get_chat_member_count(call: Call) -> int:
    return len(known_chat(call).members) + 1


def member(call: Call, chat: Chat, user_id: int) -> Json:
    if user_id == call.world.profile.id:
        return {"status": "member", "user": call.world.profile.user()}
    person = call.world.people.get(user_id)
    if person is None:
        raise BadRequest("PARTICIPANT_ID_INVALID")
    status = "member" if user_id in chat.members else "left"
    return {"status": status, "user": person.user()}


@method
async def pin_chat_message(call: Call) -> bool:
    chat = recipient(call)
    message = message_in(call, chat, "pin")
    if message["message_id"] in chat.pinned:
        chat.pinned.remove(message["message_id"])
    chat.pinned.append(message["message_id"])
    silent = call.parameters.flag("disable_notification")
    call.world.post(chat, call.world.profile.user(), {"pinned_message": message}, silent=silent)
    return True


@method
async def unpin_chat_message(call: Call) -> bool:
    chat = recipient(call)
    if not chat.pinned:
        return True
    message_id = call.parameters.integer("message_id") or chat.pinned[-1]
    if message_id not in chat.pinned:
        raise BadRequest("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


@method
async def unpin_all_chat_messages(call: Call) -> bool:
    recipient(call).pinned.clear()
    return True


@method
async def set_message_reaction(call: Call) -> bool:
    chat = recipient(call)
    message = message_in(call, chat, "react")
    reaction = call.parameters.objects("reaction")
    if len(reaction) > 1:
        raise BadRequest("REACTIONS_TOO_MANY")
    frame = {"type": "reaction", "message_id": message["message_id"], "chat_id": chat.id}
    call.world.show_all(chat, frame | {"reaction": reaction})
    return True


@method
async def get_file(call: Call) -> Json:
    stored = call.world.files.get(call.parameters.text("file_id"))
    if stored is None:
        raise BadRequest("invalid file_id")
    if len(stored.data) > DOWNLOAD_BYTES:
        raise BadRequest("file is too big")
    return stored.as_file()
