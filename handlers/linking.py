"""``/start link_<code>``: an account that was made elsewhere and this chat become one person."""

from telegram import Update

from chat.conversation import Conversation
from chat.matchers import deep_link
from handlers.context import ParkContext
from views import linking as view
from views.linking import Act


async def offer(_: Update, context: ParkContext) -> None:
    await _offer(context, context.payload.partition("_")[2])


async def join(_: Update, context: ParkContext) -> None:
    await context.services.linking.join(_code(context), context.person)
    context.show(view.joined(context.words))


async def leave(_: Update, context: ParkContext) -> None:
    context.show(view.left(context.words))


async def redraw(_: Update, context: ParkContext) -> None:
    """A press that comes too late joins nothing; it is asked again while the code is good."""
    await _offer(context, _code(context))


async def _offer(context: ParkContext, code: str) -> None:
    account = await context.services.linking.offered(code, context.person)
    context.show(view.ask(context.words, account, code, context.version))


def _code(context: ParkContext) -> str:
    return context.press.id if context.press else ""


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="linking",
    entry_points=[deep_link("link", offer)],
    presses={Act.JOIN: join, Act.LEAVE: leave},
    redraw=redraw,
)
