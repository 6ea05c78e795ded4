"""What the bot says of itself, per language and chat."""

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from sandbox import Driver, Person, Sandbox
from tests.sandbox.conftest import LASSE, RIVA


def offered(person: Driver) -> list[str]:
    """The commands a person's app shows."""
    return [each["command"] for each in person.hello()["bot"]["commands"]]


async def test_the_narrowest_commands_win(bot: Bot, riva: Driver, lasse: Driver) -> None:
    await bot.set_my_commands([BotCommand("all", "x")])
    assert offered(riva) == ["all"]

    await bot.set_my_commands([BotCommand("private", "x")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("admin", "x")], BotCommandScopeChat(LASSE))
    assert (offered(riva), offered(lasse)) == (["private"], ["admin"])
    assert [each.command for each in await bot.get_my_commands()] == ["all"]

    await bot.delete_my_commands(BotCommandScopeChat(LASSE))
    assert offered(lasse) == ["private"]


async def test_commands_speak_the_persons_language(sandbox: Sandbox, bot: Bot) -> None:
    anna = sandbox.add_person(Person(7, "Anna", language_code="de"))
    olha = sandbox.add_person(Person(8, "Olha", language_code="uk"))
    await bot.set_my_commands([BotCommand("find", "Find parking")])
    await bot.set_my_commands([BotCommand("suchen", "Parkplatz suchen")], language_code="de")
    assert (offered(anna), offered(olha)) == (["suchen"], ["find"])


async def test_texts_fall_back_to_everybodys_language(bot: Bot) -> None:
    await bot.set_my_name("Parken", language_code="de")
    await bot.set_my_description("Finds a space")
    await bot.set_my_short_description("Spaces")
    assert (await bot.get_my_name("de")).name == "Parken"
    assert (await bot.get_my_name()).name == "Park Place"
    assert (await bot.get_my_description("de")).description == "Finds a space"
    assert (await bot.get_my_short_description("fr")).short_description == "Spaces"


async def test_the_menu_button_is_everybodys_or_one_chats(bot: Bot, riva: Driver) -> None:
    map_page = MenuButtonWebApp("Map", WebAppInfo("https://example.org/map"))
    await bot.set_chat_menu_button(menu_button=map_page)
    assert riva.hello()["bot"]["menu_button"]["text"] == "Map"
    await bot.set_chat_menu_button(RIVA, MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(RIVA), MenuButtonCommands)
    assert isinstance(await bot.get_chat_menu_button(LASSE), MenuButtonWebApp)
