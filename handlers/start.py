"""The menu, and the pages that only inform: /start, /help, /privacy, /terms, /cancel."""

from telegram import Update

from chat.conversation import Conversation
from chat.matchers import Handler, command
from handlers.context import ParkContext
from handlers.typed.courtesies import Courtesy, courtesy_in
from views import menu


def conversation(operator: str) -> Conversation[ParkContext]:
    """What is always there; ``operator`` says who runs the marketplace, and how to reach them."""

    async def privacy(_: Update, context: ParkContext) -> None:
        context.show(menu.privacy(context.words, operator))

    async def terms(_: Update, context: ParkContext) -> None:
        context.show(menu.terms(context.words, operator))

    return Conversation(
        name="start",
        entry_points=[
            command("start", start),
            command("help", help_page),
            command("privacy", privacy),
            command("terms", terms),
            command("cancel", cancel),
            Handler(courtesy_in, answer),
        ],
    )


async def start(_: Update, context: ParkContext) -> None:
    """Deep links that name something are taken by the conversation they name, before this."""
    context.leave()
    if context.payload in ("", "menu"):
        context.show(menu.welcome(context.words))
    else:
        context.show(menu.gone(context.words))


async def help_page(_: Update, context: ParkContext) -> None:
    context.show(menu.help_page(context.words))


async def answer(_: Update, context: ParkContext) -> None:
    """As people answer each other."""
    context.show(_ANSWERS[context.matched](context.words))


async def cancel(_: Update, context: ParkContext) -> None:
    context.show(menu.cancelled(context.words, context.leave()))


_ANSWERS = {
    Courtesy.HELLO: menu.welcome,
    Courtesy.HELP: menu.help_page,
    Courtesy.THANKS: menu.glad,
}


async def unmatched(update: Update, context: ParkContext) -> None:
    """Somebody said what nobody understood."""
    stale = update.callback_query is not None
    context.show(menu.stale(context.words) if stale else menu.unmatched(context.words))
