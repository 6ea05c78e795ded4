"""/export and /delete: a person's data, theirs to take and to have erased."""

from telegram import Update

from chat.conversation import Conversation
from chat.matchers import command
from handlers.context import ParkContext
from views import rights as view
from views.rights import Act


async def export(_: Update, context: ParkContext) -> None:
    """Put together outside of this; the file follows as soon as it is ready."""
    asked = await context.services.rights.ask_export(context.person.id)
    context.show(view.exporting(context.words, already=not asked))


async def ask(_: Update, context: ParkContext) -> None:
    leaving = await context.services.rights.leaving(context.person.id)
    context.show(view.ask(context.words, leaving, context.now))


async def erase(_: Update, context: ParkContext) -> None:
    """Only what was shown; if it has changed since, it is asked again."""
    agreed = context.press.id if context.press else ""
    changed = await context.services.rights.erase(context.person, agreed)
    if changed is not None:
        context.show(view.ask(context.words, changed, context.now, changed=True))
    else:
        context.show(view.goodbye(context.words))


async def keep(_: Update, context: ParkContext) -> None:
    context.show(view.kept(context.words))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="rights",
    entry_points=[command("export", export), command("delete", ask)],
    presses={Act.EXPORT: export, Act.ERASE: erase, Act.KEEP: keep},
    redraw=ask,
)
