"""/admin, for operators alone: to everybody else it does not exist."""

from telegram import Update

from chat.conversation import Conversation
from chat.matchers import command
from handlers import start
from handlers.context import ParkContext
from handlers.pressed import pressed_id, pressed_rest
from market.domain.errors import NotFound
from market.domain.ids import PersonId, ReportId, SpaceId, read_id, written
from views import admin as view
from views import statistics as statistics_view
from views.admin import Act


async def begin(update: Update, context: ParkContext) -> None:
    """The menu; with the id of a space or a person, that one."""
    if not context.services.operators.is_operator(context.person):
        return await start.unmatched(update, context)
    if number := read_id(context.payload):
        return await _open(context, number)
    return await home(update, context)


async def home(_: Update, context: ParkContext) -> None:
    _reports, waiting = await context.services.operators.queue(context.person)
    context.show(view.home(context.words, waiting))


async def queue(_: Update, context: ParkContext) -> None:
    said = context.press.id if context.press else ""
    skip = int(said) if said.isdecimal() and len(said) < 6 else 0
    reports, waiting = await context.services.operators.queue(context.person, skip)
    context.show(view.queue(context.words, reports, waiting, skip, context.now))


async def case(_: Update, context: ParkContext) -> None:
    found = await context.services.operators.case(context.person, ReportId(pressed_id(context)))
    context.show(view.case(context.words, found, context.now))


async def settle(_: Update, context: ParkContext) -> None:
    report = ReportId(pressed_id(context))
    await context.services.operators.settle(context.person, report)
    context.show(view.settled(context.words, written(report)))


async def uphold(_: Update, context: ParkContext) -> None:
    await _judge(context, upheld=True)


async def waive(_: Update, context: ParkContext) -> None:
    await _judge(context, upheld=False)


async def open_space(_: Update, context: ParkContext) -> None:
    await _show_space(context, SpaceId(pressed_id(context)))


async def hide(_: Update, context: ParkContext) -> None:
    """For as many bookings as were shown; if that has changed, it is asked again."""
    operators, space_id = context.services.operators, SpaceId(pressed_id(context))
    _space, ahead = await operators.space(context.person, space_id)
    agreed = str(len(ahead)) == pressed_rest(context)
    if agreed:
        await operators.hide(context.person, space_id)
    await _show_space(context, space_id, changed=not agreed)


async def show(_: Update, context: ParkContext) -> None:
    space_id = SpaceId(pressed_id(context))
    await context.services.operators.show(context.person, space_id)
    await _show_space(context, space_id)


async def open_person(_: Update, context: ParkContext) -> None:
    await _show_person(context, PersonId(pressed_id(context)))


async def ban(_: Update, context: ParkContext) -> None:
    """For as many bookings as were shown; if that has changed, it is asked again."""
    operators, person_id = context.services.operators, PersonId(pressed_id(context))
    _person, ahead = await operators.person(context.person, person_id)
    agreed = str(len(ahead)) == pressed_rest(context)
    if agreed:
        await operators.ban(context.person, person_id)
    await _show_person(context, person_id, changed=not agreed)


async def unban(_: Update, context: ParkContext) -> None:
    person_id = PersonId(pressed_id(context))
    await context.services.operators.unban(context.person, person_id)
    await _show_person(context, person_id)


async def statistics(_: Update, context: ParkContext) -> None:
    numbers = await context.services.operators.statistics(context.person)
    context.show(statistics_view.screen(context.words, numbers, context.now))


async def log(_: Update, context: ParkContext) -> None:
    entries = await context.services.operators.log(context.person)
    context.show(view.log(context.words, entries, context.now))


async def _judge(context: ParkContext, *, upheld: bool) -> None:
    report = ReportId(pressed_id(context))
    await context.services.operators.judge(context.person, report, upheld=upheld)
    context.show(view.settled(context.words, written(report)))


async def _open(context: ParkContext, number: int) -> None:
    try:
        await _show_space(context, SpaceId(number))
    except NotFound:
        await _show_person(context, PersonId(number))


async def _show_space(context: ParkContext, space_id: SpaceId, *, changed: bool = False) -> None:
    space, ahead = await context.services.operators.space(context.person, space_id)
    context.show(view.space(context.words, space, ahead, changed=changed))


async def _show_person(context: ParkContext, person_id: PersonId, *, changed: bool = False) -> None:
    operators = context.services.operators
    person, ahead = await operators.person(context.person, person_id)
    spaces = await operators.spaces_of(context.person, person_id)
    context.show(view.person(context.words, person, ahead, spaces, changed=changed))


CONVERSATION: Conversation[ParkContext] = Conversation(
    name="admin",
    entry_points=[command("admin", begin)],
    presses={
        Act.HOME: home,
        Act.QUEUE: queue,
        Act.CASE: case,
        Act.SETTLE: settle,
        Act.UPHOLD: uphold,
        Act.WAIVE: waive,
        Act.SPACE: open_space,
        Act.HIDE: hide,
        Act.SHOW: show,
        Act.PERSON: open_person,
        Act.BAN: ban,
        Act.UNBAN: unban,
        Act.STATISTICS: statistics,
        Act.LOG: log,
    },
    redraw=home,
)
