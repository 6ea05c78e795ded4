"""Answers to inline queries and web apps."""

import re

from sandbox.errors import BadRequest
from sandbox.inline import check_results, post_result, sent_content
from sandbox.keyboards import check_web_app
from sandbox.methods.registry import Call, method
from sandbox.wire import Json

OFFSET_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@method
async def answer_inline_query(call: Call) -> bool:
    results = await check_results(call.parameters, call.parameters.objects("results"), call.world)
    next_offset = call.parameters.text("next_offset")
    if len(next_offset.encode()) > OFFSET_BYTES:
        raise BadRequest("NEXT_OFFSET_INVALID")
    button = call.parameters.object("button")
    if button:
        _check_button(button)
    question = call.world.answered("inline_query", call.parameters.text("inline_query_id"))
    question.answered({"results": results, "next_offset": next_offset, "button": button or None})
    return True


@method
async def answer_web_app_query(call: Call) -> Json:
    result = call.parameters.object("result")
    [checked] = await check_results(call.parameters, [result], call.world)
    question = call.world.answered("web_app_query", call.parameters.text("web_app_query_id"))
    person = call.world.people[question.person_id]
    message = post_result(call.world, person, call.world.chats[person.id], sent_content(checked))
    return {"inline_message_id": message["inline_message_id"]}


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise BadRequest("can't parse inline query results button")
    if "web_app" in button:
        check_web_app(button["web_app"], "inline query results button Web App")
    elif not START_PARAMETER.fullmatch(str(button.get("start_parameter", ""))):
        raise BadRequest("START_PARAM_INVALID")
