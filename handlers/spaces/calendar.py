"""The calendar of a space: months, days, and blocked dates."""

from datetime import date, datetime, timedelta

from telegram import Update

from chat.context import END, End
from handlers.context import ParkContext
from handlers.pressed import pressed_rest
from handlers.spaces.draft import Editing, Step, editing, pressed_space
from handlers.typed.schedules import read_dates
from market.domain.booking import Booking
from market.domain.calendar import Mark
from market.domain.errors import Invalid, NotFound
from market.domain.ids import SpaceId
from market.domain.schedule import Dates
from market.domain.space import Space
from views.spaces import calendar as view

AHEAD = timedelta(days=731)
"""So far the calendar turns."""
_INSTANT = timedelta(microseconds=1)


async def month(_: Update, context: ParkContext) -> End:
    """The month that a button names, or the present one."""
    named = pressed_rest(context)
    return await _show(context, pressed_space(context), _read(named, "%Y%m") if named else None)


async def day(_: Update, context: ParkContext) -> End:
    """A day with bookings is shown; any other is blocked, or given back, at once."""
    space_id, picked = pressed_space(context), _read(pressed_rest(context), "%Y%m%d")
    space, days = await context.services.spaces.month(context.person.id, space_id, [picked])
    if days[0].mark is Mark.BOOKED:
        context.show(
            view.day(
                context.words, space, days[0], _today(context, space), context.now, context.version
            )
        )
        return END
    spaces, dates = context.services.spaces, Dates(picked, picked)
    change = spaces.unblock if days[0].mark is Mark.BLOCKED else spaces.block
    await change(context.person.id, space_id, dates)
    return await _show(context, space_id, picked)


async def block(_: Update, context: ParkContext) -> End:
    """The day, or the span of days, on the button."""
    dates = _dates(context)
    space = await context.services.spaces.block(context.person.id, pressed_space(context), dates)
    return await _show(context, space.id, dates.first)


async def unblock(_: Update, context: ParkContext) -> End:
    dates = _dates(context)
    space = await context.services.spaces.unblock(context.person.id, pressed_space(context), dates)
    return await _show(context, space.id, dates.first)


async def ask_dates(_: Update, context: ParkContext) -> Step:
    space = await context.services.spaces.get(context.person.id, pressed_space(context))
    context.draft = Editing(space.id)
    context.show(view.ask_dates(context.words, space, _today(context, space), context.version))
    return Step.DATES


async def type_dates(_: Update, context: ParkContext) -> Step | End:
    """Blocks them; where bookings are ahead in them, those are shown first."""
    person, space_id = context.person.id, editing(context).space
    space = await context.services.spaces.get(person, space_id)
    today = _today(context, space)
    try:
        dates = read_dates(context.text, today, context.words.language)
    except Invalid as refusal:
        context.show(view.dates_refused(context.words, refusal))
        return Step.DATES
    if ahead := await _within(context, space, dates):
        context.show(
            view.before_blocking(
                context.words, space, dates, ahead, today, context.now, context.version
            )
        )
        return END
    await context.services.spaces.block(person, space_id, dates)
    return await _show(context, space_id, dates.first)


async def need_dates(_: Update, context: ParkContext) -> Step:
    space = await context.services.spaces.get(context.person.id, editing(context).space)
    context.show(view.ask_dates(context.words, space, _today(context, space), context.version))
    return Step.DATES


async def _within(context: ParkContext, space: Space, dates: Dates) -> list[Booking]:
    bookings, zone = context.services.bookings, space.zone_info
    ahead = await bookings.ahead_of_space(context.person.id, space.id)
    return [
        it
        for it in ahead
        if dates.touches(
            it.window.start.astimezone(zone).date(),
            (it.window.end - _INSTANT).astimezone(zone).date(),
        )
    ]


async def _show(context: ParkContext, space_id: SpaceId, picked: date | None) -> End:
    space = await context.services.spaces.get(context.person.id, space_id)
    today = _today(context, space)
    first = max(min(picked or today, today + AHEAD), today).replace(day=1)
    weeks = view.weeks(context.words, first)
    wanted = [it for week in weeks for it in week if week[-1] >= today]
    space, days = await context.services.spaces.month(context.person.id, space_id, wanted)
    context.show(view.month(context.words, space, days, first, today, context.version))
    return END


def _today(context: ParkContext, space: Space) -> date:
    return context.now.astimezone(space.zone_info).date()


def _dates(context: ParkContext) -> Dates:
    first, _, last = pressed_rest(context).partition("-")
    return Dates(_read(first, "%Y%m%d"), _read(last or first, "%Y%m%d"))


def _read(text: str, shape: str) -> date:
    try:
        return datetime.strptime(text, shape).date()  # noqa: DTZ007 (a date only)
    except ValueError:
        raise NotFound("button") from None
