"""A notice: a message that the marketplace owes someone, due at a time, sent once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from market.domain.alert import Alert
from market.domain.booking import Booking, Side, State
from market.domain.ids import BookingId, PersonId, ReportId, SpaceId, written
from market.domain.message import Message
from market.domain.refund import Drop, drops
from market.domain.stay import SILENCE

REMINDER_LEAD = timedelta(minutes=30)
END_LEAD = timedelta(minutes=15)
DROP_LEAD = timedelta(hours=1)
"""Before cancelling gives less back."""
REVIEW_DELAY = timedelta(minutes=10)
"""After the end of a stay, before one is asked how it was."""


class Kind(StrEnum):
    BOOKED = "booked"
    """To the lister: somebody booked."""
    CANCELLED = "cancelled"
    """To the other side of a cancellation."""
    REQUESTED = "requested"
    """To the lister: somebody asks for a booking. The next two are the answer."""
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"
    """To both sides of a request that nobody answered in time."""
    WITHDRAWN = "withdrawn"
    """To the lister: the renter does not ask any more."""
    ANSWERED = "answered"
    """To whoever else could have answered: somebody has."""
    CHANGED = "changed"
    """To the lister: ``what`` is "plate" or "end"."""
    ARRIVED = "arrived"
    LEFT_EARLY = "left_early"
    OBSTRUCTED = "obstructed"
    """To the lister: the booking is called off, since somebody else's car stood there."""
    RELEASED = "released"
    """To the renter: nobody came, so the lister has taken the space back."""
    REFUND_DROPS = "refund_drops"
    """To the renter, while cancelling still gives more back than it soon will."""
    STARTS_SOON = "starts_soon"
    """To the renter, before the start, as are the following ones at their time."""
    ASK_ARRIVAL = "ask_arrival"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    REVIEW_STAY = "review_stay"
    """To the renter, after the stay; the next one goes to the lister."""
    REVIEW_RENTER = "review_renter"
    MESSAGE = "message"
    """From the other side of a booking."""
    OVERSTAYED = "overstayed"
    """To the renter: the car was seen after the stay. The next one goes to whoever looks after the
    space, and has not seen it themselves."""
    OVERSTAY_SEEN = "overstay_seen"
    CALLED_OFF = "called_off"
    """To a side of a booking that the marketplace ended."""
    CAR_REPORTED = "car_reported"
    """To the lister of the space; this and the following are about no booking."""
    SPACE_HIDDEN = "space_hidden"
    SPACE_SHOWN = "space_shown"
    COLISTER_JOINED = "colister_joined"
    REPORT_OPENED = "report_opened"
    """To operators."""
    REPORT_SETTLED = "report_settled"
    BANNED = "banned"
    UNBANNED = "unbanned"
    DIGEST = "digest"
    """To listers, in the morning, of a ``day``."""
    ALERT = "alert"
    """A space that was waited for can be had."""
    CONFIRM_EMAIL = "confirm_email"
    """By mail alone, with a ``code`` among its facts; as is the next one."""
    RESET_PASSWORD = "reset_password"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Notice:
    """``key`` is unique: planning the same notice twice is planning it once."""

    key: str
    kind: Kind
    person: PersonId
    due_at: datetime
    booking: BookingId | None = None
    facts: Mapping[str, str | int] | None = None
    attempts: int = field(default=0, compare=False)
    """How often it was claimed for sending."""
    doubts: int = field(default=0, compare=False)
    """How often it was sent and nobody knows whether it arrived."""


OF_THE_STAY = (
    *(Kind.BOOKED, Kind.REQUESTED, Kind.APPROVED, Kind.CHANGED, Kind.ARRIVED),
    *(Kind.REFUND_DROPS, Kind.STARTS_SOON, Kind.ASK_ARRIVAL, Kind.ENDS_SOON, Kind.ENDED),
)
"""What is not worth saying any more once the stay is over or was given up."""
OF_THE_END = (Kind.ENDS_SOON, Kind.ENDED, Kind.REVIEW_STAY, Kind.REVIEW_RENTER)
"""What is due at another time when the end moves."""


def notices_of(booking: Booking, now: datetime) -> tuple[Notice, ...]:
    """What is owed because of a new booking or request."""
    if booking.state is State.REQUESTED:
        return (_notice(booking, Kind.REQUESTED, booking.lister, now),)
    return (_notice(booking, Kind.BOOKED, booking.lister, now), *stay_notices(booking, now))


def answer_notices(booking: Booking, now: datetime) -> tuple[Notice, ...]:
    """What is owed when a request ends in one way or the other."""
    match booking.state:
        case State.BOOKED:
            told = _notice(booking, Kind.APPROVED, booking.renter, now)
            return (told, *stay_notices(booking, now))
        case State.DECLINED:
            return (_notice(booking, Kind.DECLINED, booking.renter, now),)
        case State.WITHDRAWN:
            return (_notice(booking, Kind.WITHDRAWN, booking.lister, now),)
        case _:
            key = f"{Kind.EXPIRED}:{written(booking.id)}"
            return tuple(
                Notice(f"{key}:{side}", Kind.EXPIRED, person, now, booking.id)
                for side, person in ((Side.RENTER, booking.renter), (Side.LISTER, booking.lister))
            )


def answered_notice(booking: Booking, now: datetime) -> Notice:
    return _notice(booking, Kind.ANSWERED, booking.lister, now)


def stay_notices(booking: Booking, now: datetime) -> tuple[Notice, ...]:
    """What accompanies a stay, but for what it is too late for already.

    Of a stay that has become longer only what is new has a new key.
    """
    window, renter = booking.window, booking.renter
    planned = [_notice(booking, Kind.STARTS_SOON, renter, window.start - REMINDER_LEAD)]
    if window.start + SILENCE < window.end:
        planned.append(_notice(booking, Kind.ASK_ARRIVAL, renter, window.start + SILENCE))
    planned += map(partial(_drop_notice, booking), _drops(booking))
    return (*(notice for notice in planned if notice.due_at > now), *end_notices(booking, now))


def end_notices(booking: Booking, now: datetime) -> tuple[Notice, ...]:
    """What is due around the end as it is now."""
    end = booking.window.end
    planned = (
        _notice(booking, Kind.ENDS_SOON, booking.renter, end - END_LEAD, mark=end),
        _notice(booking, Kind.ENDED, booking.renter, end, mark=end),
    )
    prompts = review_prompts(booking)
    return (*(notice for notice in planned if notice.due_at > now), *prompts)


def change_notice(booking: Booking, what: str, now: datetime) -> Notice:
    """The same can change again: the moment tells the changes apart, to the microsecond."""
    key = f"{Kind.CHANGED}:{written(booking.id)}:{what}:{now.timestamp():.6f}"
    return Notice(key, Kind.CHANGED, booking.lister, now, booking.id, {"what": what})


def arrival_notice(booking: Booking, now: datetime) -> Notice:
    return _notice(booking, Kind.ARRIVED, booking.lister, now)


def leaving_notice(booking: Booking, now: datetime) -> Notice:
    return _notice(booking, Kind.LEFT_EARLY, booking.lister, now)


def release_notice(booking: Booking, now: datetime) -> Notice:
    return _notice(booking, Kind.RELEASED, booking.renter, now)


def obstruction_notice(booking: Booking, now: datetime) -> Notice:
    return _notice(booking, Kind.OBSTRUCTED, booking.lister, now)


def cancellation_notice(booking: Booking, by: Side, now: datetime) -> Notice:
    """What is owed to the side that did not cancel."""
    other = booking.lister if by is Side.RENTER else booking.renter
    return _notice(booking, Kind.CANCELLED, other, now)


def review_prompts(booking: Booking) -> tuple[Notice, Notice]:
    """To both sides, once the stay is over. Due again when its end moves."""
    due = booking.window.end + REVIEW_DELAY
    return (
        _notice(booking, Kind.REVIEW_STAY, booking.renter, due),
        _notice(booking, Kind.REVIEW_RENTER, booking.lister, due),
    )


def called_off_notice(booking: Booking, told: PersonId, now: datetime) -> Notice:
    return _notice(booking, Kind.CALLED_OFF, told, now)


def message_notice(message: Message, to: PersonId) -> Notice:
    """What it says stays in one place: the notice names it."""
    key = f"{Kind.MESSAGE}:{written(message.id)}"
    facts = {"message": message.id}
    return Notice(key, Kind.MESSAGE, to, message.at, message.booking, facts)


def overstay_notice(
    booking: Booking, sighting: int, by: timedelta, now: datetime, kind: Kind = Kind.OVERSTAYED
) -> Notice:
    """``sighting`` is any id that tells one time the car was seen from the others."""
    facts = {"minutes": by // timedelta(minutes=1)}
    to = booking.renter if kind is Kind.OVERSTAYED else booking.lister
    return Notice(f"{kind}:{written(sighting)}", kind, to, now, booking.id, facts)


def bulletin(
    kind: Kind,
    to: PersonId,
    now: datetime,
    *,
    space: SpaceId | None = None,
    report: ReportId | None = None,
) -> Notice:
    """A notice about no booking, perhaps about a space or a report."""
    about = {"space": space, "report": report}
    facts = {name: number for name, number in about.items() if number is not None}
    named = next(iter(facts.values()), to)
    # The same can happen to somebody again: the moment tells the times apart.
    key = f"{kind}:{written(named)}:{written(to)}:{int(now.timestamp())}"
    return Notice(key, kind, to, now, facts=facts)


def alert_notice(alert: Alert, space: SpaceId, now: datetime) -> Notice:
    """Of a space that can be had; should it be gone by then, the alert may be due again later."""
    key = f"{Kind.ALERT}:{written(alert.id)}:{int(now.timestamp())}"
    return Notice(key, Kind.ALERT, alert.person, now, facts={"alert": alert.id, "space": space})


def drop_ahead(booking: Booking, now: datetime) -> Drop | None:
    """How cancelling gets dearer within the hour, if it does."""
    ahead = next((drop for drop in _drops(booking) if now <= drop.after), None)
    return ahead if ahead is not None and ahead.after - DROP_LEAD <= now else None


def _drops(booking: Booking) -> tuple[Drop, ...]:
    return drops(booking.refund_steps())


def _drop_notice(booking: Booking, drop: Drop) -> Notice:
    due = drop.after - DROP_LEAD
    return _notice(booking, Kind.REFUND_DROPS, booking.renter, due, mark=drop.after)


def _notice(
    booking: Booking, kind: Kind, person: PersonId, due: datetime, mark: datetime | None = None
) -> Notice:
    """``mark`` tells notices of one kind apart that a booking may have again."""
    key = f"{kind}:{written(booking.id)}"
    if mark is not None:
        key = f"{key}:{int(mark.timestamp())}"
    return Notice(key, kind, person, due, booking.id)
