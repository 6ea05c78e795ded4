"""Inline results: what a bot offers in any chat, and the messages that come of it."""

import secrets

from sandbox.contents import (
    contact_content,
    document_content,
    location_content,
    photo_content,
    text_content,
    venue_content,
)
from sandbox.errors import BadRequest
from sandbox.keyboards import read_inline_markup
from sandbox.parameters import Parameters
from sandbox.people import Chat, Person
from sandbox.wire import Json, present
from sandbox.world import World

MOST_RESULTS = 50
ID_BYTES = 64


async def check_results(parameters: Parameters, results: list[Json], world: World) -> list[Json]:
    """The results, each carrying as ``sends`` the message it would become."""
    if len(results) > MOST_RESULTS:
        raise BadRequest("RESULTS_TOO_MUCH")
    checked = [await _checked(parameters, result, world) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise BadRequest("RESULT_ID_DUPLICATE")
    return checked


def sent_content(result: Json) -> Json:
    content: Json = result["sends"]
    return content


def post_result(world: World, person: Person, chat: Chat, content: Json) -> Json:
    """Send a chosen result as the person's message via the bot."""
    inline_id = secrets.token_urlsafe(18)
    via = {"via_bot": world.profile.user(), "inline_message_id": inline_id}
    message = world.post(chat, person.user(), content | via)
    world.inline_messages[inline_id] = (chat.id, message["message_id"])
    world.hear(message)
    return message


async def _checked(parameters: Parameters, result: Json, world: World) -> Json:
    if not 1 <= len(str(result.get("id", "")).encode()) <= ID_BYTES:
        raise BadRequest("RESULT_ID_INVALID")
    inner = parameters.within(result)
    if inner.text("type") == "article" and not inner.text("title"):
        raise BadRequest("ARTICLE_TITLE_EMPTY")
    markup = read_inline_markup(inner, None)
    content = await _content(inner, world) | present(reply_markup=markup)
    return result | {"id": str(result["id"]), "sends": content}


async def _content(result: Parameters, world: World) -> Json:
    spoken = result.object("input_message_content")
    if spoken:
        return _spoken(result.within(spoken))
    match result.text("type"):
        case "photo":
            name = "photo_file_id" if result.has("photo_file_id") else "photo_url"
            return await photo_content(result, world.files, name)
        case "document":
            return document_content(result, world.files, "document_file_id")
        case "location":
            return location_content(result)
        case "venue":
            return venue_content(result)
        case "contact":
            return contact_content(result)
        case "article":
            raise BadRequest("can't parse inline query result: message content is not specified")
        case kind:
            raise BadRequest(f"unallowed inline query result type {kind}")


def _spoken(content: Parameters) -> Json:
    if content.has("message_text"):
        return text_content(content, "message_text")
    if content.has("address"):
        return venue_content(content)
    if content.has("phone_number"):
        return contact_content(content)
    if content.has("latitude"):
        return location_content(content)
    raise BadRequest("MESSAGE_EMPTY")
