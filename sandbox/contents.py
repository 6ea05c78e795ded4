"""What a message is made of: text, captions, media, places."""

import math
from collections.abc import Mapping
from typing import Any

from sandbox.entities import read_text
from sandbox.errors import BadRequest
from sandbox.files import Files
from sandbox.parameters import Parameters
from sandbox.wire import Json, present

TEXT_CHARACTERS = 4096
CAPTION_CHARACTERS = 1024
MEDIA = ("photo", "document")
NOT_CONTENT = {
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_markup",
    "reply_to_message",
    "inline_message_id",
    "via_bot",
    "media_group_id",
    "has_protected_content",
}
FOREVER = 0x7FFFFFFF
LIVE_SECONDS = range(60, 86_401)


def text_content(parameters: Parameters, name: str = "text") -> Json:
    text, entities = read_text(parameters, name, "entities")
    if not text:
        raise BadRequest("message text is empty")
    if len(text) > TEXT_CHARACTERS:
        raise BadRequest("message is too long")
    preview = parameters.object("link_preview_options")
    return {"text": text} | present(entities=entities, link_preview_options=preview)


def caption_content(parameters: Parameters) -> Json:
    caption, entities = read_text(parameters, "caption", "caption_entities")
    if len(caption) > CAPTION_CHARACTERS:
        raise BadRequest("message caption is too long")
    return present(
        caption=caption,
        caption_entities=entities,
        show_caption_above_media=parameters.flag("show_caption_above_media"),
    )


async def photo_content(parameters: Parameters, files: Files, name: str = "photo") -> Json:
    caption = caption_content(parameters)
    photo = await files.photo(parameters, name)
    return {"photo": photo} | caption | present(has_media_spoiler=parameters.flag("has_spoiler"))


def document_content(parameters: Parameters, files: Files, name: str = "document") -> Json:
    caption = caption_content(parameters)
    return {"document": files.document(parameters, name)} | caption


async def media_content(parameters: Parameters, media: Json, files: Files) -> Json:
    """The content an InputMedia object describes."""
    inner = parameters.within(media)
    match media.get("type"):
        case "photo":
            return await photo_content(inner, files, "media")
        case "document":
            return document_content(inner, files, "media")
        case kind:
            raise BadRequest(f"the sandbox knows photos and documents, not media type {kind}")


def place(parameters: Parameters) -> Json:
    latitude, longitude = parameters.number("latitude"), parameters.number("longitude")
    for name, degrees, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if degrees is None:
            raise BadRequest(f"{name} is empty")
        if not math.isfinite(degrees) or abs(degrees) > most:
            raise BadRequest("wrong latitude or longitude specified")
    accuracy = parameters.number("horizontal_accuracy")
    return {"latitude": latitude, "longitude": longitude} | present(horizontal_accuracy=accuracy)


def location_content(parameters: Parameters) -> Json:
    location = place(parameters)
    period = parameters.integer("live_period")
    if period:
        check_live_period(period)
        location |= {"live_period": period} | heading(parameters)
    return {"location": location}


def check_live_period(period: int) -> None:
    if period != FOREVER and period not in LIVE_SECONDS:
        raise BadRequest("wrong live period specified")


def heading(parameters: Parameters) -> Json:
    return present(
        heading=parameters.integer("heading"),
        proximity_alert_radius=parameters.integer("proximity_alert_radius"),
    )


def venue_content(parameters: Parameters) -> Json:
    location = place(parameters)
    title, address = parameters.text("title"), parameters.text("address")
    if not title or not address:
        raise BadRequest("VENUE_TITLE_INVALID" if not title else "VENUE_ADDRESS_INVALID")
    foursquare = present(
        foursquare_id=parameters.text("foursquare_id"),
        google_place_id=parameters.text("google_place_id"),
    )
    venue = {"location": location, "title": title, "address": address} | foursquare
    return {"location": location, "venue": venue}


def contact_content(parameters: Parameters) -> Json:
    phone, name = parameters.text("phone_number"), parameters.text("first_name")
    if not phone or not name:
        raise BadRequest("PHONE_NUMBER_INVALID" if not phone else "first name is empty")
    last_name = present(last_name=parameters.text("last_name"))
    return {"contact": {"phone_number": phone, "first_name": name} | last_name}


def is_media(message: Mapping[str, Any]) -> bool:
    return any(kind in message for kind in MEDIA)


def carried(message: Json) -> Json:
    """What of a message goes along when it is copied."""
    return {name: value for name, value in message.items() if name not in NOT_CONTENT}


def forwarded(message: Json) -> Json:
    """The content of a forward: it tells who spoke first."""
    origin = {"type": "user", "date": message["date"], "sender_user": message["from"]}
    return {"forward_origin": origin} | carried(message)
