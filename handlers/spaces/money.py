"""What a space earns, and the sticker that brings its guests."""

from collections.abc import Callable

from telegram import Update

from chat.context import END, Callback, End
from handlers.context import ParkContext
from handlers.spaces.draft import pressed_space
from views.spaces import earnings as view
from views.spaces.sticker import sticker


async def earnings(_: Update, context: ParkContext) -> End:
    space, months = await context.services.spaces.earnings(
        context.person.id, pressed_space(context)
    )
    context.show(*view.earnings(context.words, space, months, context.version))
    return END


def printing(bot: Callable[[], str]) -> Callback[ParkContext]:
    """``bot`` says the bot's user name, for the link."""

    async def show_sticker(_: Update, context: ParkContext) -> End:
        space = await context.services.spaces.own(context.person.id, pressed_space(context))
        context.show(*sticker(context.words, space, bot(), context.version))
        return END

    return show_sticker
