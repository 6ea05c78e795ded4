"""Answers to pressed buttons."""

import re

from sandbox.errors import BadRequest
from sandbox.methods.registry import Call, method
from sandbox.world import callback_answer

TOAST_CHARACTERS = 200
BOT_LINK = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/\w+\?.+|tg://.+")


@method
async def answer_callback_query(call: Call) -> bool:
    text, url = call.parameters.text("text"), call.parameters.text("url")
    if len(text) > TOAST_CHARACTERS:
        raise BadRequest("MESSAGE_TOO_LONG")
    if url and not BOT_LINK.fullmatch(url):
        raise BadRequest("URL_INVALID")
    query_id = call.parameters.text("callback_query_id")
    question = call.world.answered("callback_query", query_id)
    show_alert = call.parameters.flag("show_alert")
    answer = callback_answer(query_id, text, url, show_alert=show_alert) | question.facts
    call.world.show(question.person_id, answer)
    question.answered(answer)
    return True
