"""The bot's own live locations."""

from sandbox.contents import FOREVER, check_live_period, heading, place
from sandbox.errors import BadRequest
from sandbox.methods.addressing import message_to_edit
from sandbox.methods.editing import finish, without
from sandbox.methods.registry import Call, method
from sandbox.wire import Json


@method
async def edit_message_live_location(call: Call) -> Json | bool:
    message = _live_message(call)
    period = call.parameters.integer("live_period") or message["location"]["live_period"]
    check_live_period(period)
    location = place(call.parameters) | {"live_period": period} | heading(call.parameters)
    return finish(call, message, message | {"location": location})


@method
async def stop_message_live_location(call: Call) -> Json | bool:
    message = _live_message(call)
    ended = {"live_period", "heading", "proximity_alert_radius"}
    return finish(call, message, message | {"location": without(message["location"], ended)})


def _live_message(call: Call) -> Json:
    message = message_to_edit(call)
    if not is_live(message, call.world.now):
        raise BadRequest("message can't be edited")
    return message


def is_live(message: Json, now: int) -> bool:
    """Whether a message is a location that still moves."""
    period: int = message.get("location", {}).get("live_period", 0)
    return period == FOREVER or now - int(message["date"]) < period
