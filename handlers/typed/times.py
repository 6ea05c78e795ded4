"""Times as people type them: "tomorrow 9-17", "fri 18:00 3h", "9am-5pm", "18-2", "till 18"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.typed.chips import PARTS
from handlers.typed.grammar import Clock, Said, read
from market.domain.errors import Invalid
from market.domain.quote import START_GRACE
from market.domain.schedule import local_instant, local_window
from market.domain.window import Window, rounded_up

FARTHEST = timedelta(days=366)
LONGEST = 100
"""Characters; nobody needs more to say when."""

_SHORTEST = timedelta(minutes=15)
_WORTH_IT = timedelta(minutes=30)
_DAY = timedelta(days=1)


def read_window(
    text: str, now: datetime, zone: ZoneInfo, base: Window, language: str = "en"
) -> Window:
    """The window that a text asks for; what it leaves open is as in ``base``.

    Without a date the next such time is meant; what has begun is offered from now on. Raises
    Invalid("time", ...): "not understood" with the part that was not, "past", "too far", "too
    long", "half of the day" for a clock that may mean morning or afternoon, "clock or length" for
    an hour that may be either, "ends before it starts", and what ``local_window`` raises.
    """
    if len(text) > LONGEST:
        raise Invalid("time", "not understood", text[:40])
    said = read(text, now.astimezone(zone).date(), language)
    window = _Resolver(said, now, zone, base).window()
    if window.start > now + FARTHEST:
        raise Invalid("time", "too far", FARTHEST.days)
    if window.length > FARTHEST:
        raise Invalid("time", "too long", FARTHEST.days)
    return window


@dataclass(frozen=True, slots=True)
class _Resolver:
    """From what was said to a window, at one instant in one zone."""

    said: Said
    now: datetime
    zone: ZoneInfo
    base: Window

    @property
    def soonest(self) -> datetime:
        return rounded_up(self.now)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def window(self) -> Window:
        said = self.said
        if said.part and not said.start:
            return self._part()
        if said.start and said.end:
            return self._first_ahead(said.start, said.end)
        if said.start:
            return self._first_starting(said.start)
        return self._from_the_base()

    def _days(self) -> tuple[date, ...]:
        """The dates that may be meant, the likeliest first."""
        if self.said.days:
            return self.said.days
        shown = self.base.start.astimezone(self.zone).date()
        return (shown,) if shown > self.today else (self.today, self.today + _DAY)

    def _first_ahead(self, start: Clock, end: Clock) -> Window:
        """The first such span that has not ended, from now on if it has begun."""
        overnight = end.after_midnight <= start.after_midnight
        if overnight and not (start.sure or end.sure):
            raise Invalid("time", "half of the day", end.written)
        for day in self._days():
            last = day + _DAY if overnight else day
            window = local_window(start.on(day), end.on(last), self.zone)
            ahead = (
                Window(max(window.start, self.soonest), window.end)
                if (window.end > self.soonest)
                else None
            )
            if ahead is not None and ahead.length >= _SHORTEST:
                return ahead
            self._ask_if_later_today(start, day)
        raise Invalid("time", "past")

    def _first_starting(self, start: Clock) -> Window:
        """The first such start that lies ahead, or is only a few minutes old."""
        length = self.said.length or self.base.length
        for day in self._days():
            instant = local_instant(start.on(day), self.zone)
            if instant >= self.now - START_GRACE:
                return Window.lasting(max(instant, self.soonest), length)
            self._ask_if_later_today(start, day)
        raise Invalid("time", "past")

    def _ask_if_later_today(self, start: Clock, day: date) -> None:
        """ "2-4" at eleven is past as it stands, but probably means the afternoon."""
        if not start.sure and start.on(day) + timedelta(hours=12) > self._wall_now():
            raise Invalid("time", "half of the day", start.written)

    def _from_the_base(self) -> Window:
        """Another date, length or end for the stay that is shown."""
        shown = self.base.start.astimezone(self.zone).replace(tzinfo=None)
        if self.said.delay is not None:
            start = rounded_up(self.now + self.said.delay)
        elif self.said.days:
            return self._from_the_base_on(self.said.days, shown)
        else:
            start = max(self.base.start, self.soonest)
        if self.said.end:
            return self._until(start, self.said.end)
        return Window.lasting(start, self.said.length or self.base.length)

    def _from_the_base_on(self, days: tuple[date, ...], shown: datetime) -> Window:
        for day in days:
            start = local_instant(datetime.combine(day, shown.time()), self.zone)
            if start < self.now - START_GRACE:
                continue
            start = max(start, self.soonest)
            if self.said.end:
                wall = self.said.end.on(day)
                return local_window(
                    start.astimezone(self.zone).replace(tzinfo=None), wall, self.zone
                )
            return Window.lasting(start, self.said.length or self.base.length)
        raise Invalid("time", "past")

    def _until(self, start: datetime, end: Clock) -> Window:
        """From a start to the next such time: the same day, or the night after it."""
        day = start.astimezone(self.zone).date()
        for last in (day, day + _DAY):
            instant = local_instant(end.on(last), self.zone)
            if instant - start < _SHORTEST:
                self._ask_if_later_today(end, last)
            elif last == day or instant - start <= timedelta(hours=12):
                return Window(start, instant)
        raise Invalid("time", "past")

    def _part(self) -> Window:
        """The rest of a part of a day, while there is enough of it."""
        begins, ends = PARTS[self.said.part]
        for day in self._days():
            part = local_window(
                datetime.combine(day, begins), datetime.combine(day, ends), self.zone
            )
            if part.end - self.now > _WORTH_IT:
                start = max(part.start, self.soonest)
                end = start + self.said.length if self.said.length else part.end
                return Window(start, end)
        raise Invalid("time", "past")

    def _wall_now(self) -> datetime:
        return self.now.astimezone(self.zone).replace(tzinfo=None)
