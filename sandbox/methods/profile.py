"""Methods about the bot itself: who it is, what it offers."""

import re

from sandbox.errors import BadRequest
from sandbox.keyboards import check_web_app
from sandbox.methods.addressing import known_chat
from sandbox.methods.registry import Call, method
from sandbox.profile import DEFAULT_MENU, in_language, scope_key
from sandbox.wire import Json

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
COMMAND_DESCRIPTION = 256
NAME, DESCRIPTION, SHORT_DESCRIPTION = 64, 512, 120


@method
async def get_me(call: Call) -> Json:
    return call.world.profile.me()


@method
async def set_my_commands(call: Call) -> bool:
    commands = call.parameters.objects("commands")
    if len(commands) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(each) for each in commands]
    call.world.profile.commands[_shelf(call)] = kept
    call.world.show_profile()
    return True


@method
async def get_my_commands(call: Call) -> list[Json]:
    return call.world.profile.commands.get(_shelf(call), [])


@method
async def delete_my_commands(call: Call) -> bool:
    call.world.profile.commands.pop(_shelf(call), None)
    call.world.show_profile()
    return True


@method
async def set_my_name(call: Call) -> bool:
    return _set(call, call.world.profile.names, "name", NAME)


@method
async def get_my_name(call: Call) -> Json:
    profile = call.world.profile
    return {"name": in_language(profile.names, _language(call)) or profile.first_name}


@method
async def set_my_description(call: Call) -> bool:
    return _set(call, call.world.profile.descriptions, "description", DESCRIPTION)


@method
async def get_my_description(call: Call) -> Json:
    texts = call.world.profile.descriptions
    return {"description": in_language(texts, _language(call))}


@method
async def set_my_short_description(call: Call) -> bool:
    texts = call.world.profile.short_descriptions
    return _set(call, texts, "short_description", SHORT_DESCRIPTION)


@method
async def get_my_short_description(call: Call) -> Json:
    texts = call.world.profile.short_descriptions
    return {"short_description": in_language(texts, _language(call))}


@method
async def set_chat_menu_button(call: Call) -> bool:
    button = call.parameters.object("menu_button") or DEFAULT_MENU
    if button.get("type") not in ("commands", "web_app", "default"):
        raise BadRequest("unsupported menu button type specified")
    if button["type"] == "web_app":
        check_web_app(button.get("web_app"), "menu button Web App")
    chat_id = known_chat(call).id if call.parameters.has("chat_id") else 0
    call.world.profile.menu_buttons[chat_id] = button
    call.world.show_profile()
    return True


@method
async def get_chat_menu_button(call: Call) -> Json:
    chat_id = known_chat(call).id if call.parameters.has("chat_id") else 0
    return call.world.profile.menu_button(chat_id)


def _command(given: Json) -> Json:
    name = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not COMMAND.fullmatch(name):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= COMMAND_DESCRIPTION:
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _shelf(call: Call) -> tuple[str, str]:
    return scope_key(call.parameters.object("scope")), _language(call)


def _language(call: Call) -> str:
    language = call.parameters.text("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise BadRequest("invalid language code specified")
    return language


def _set(call: Call, texts: dict[str, str], name: str, longest: int) -> bool:
    text = call.parameters.text(name)
    if len(text) > longest:
        raise BadRequest(f"{name.replace('_', ' ')} is too long")
    texts[_language(call)] = text
    call.world.show_profile()
    return True
