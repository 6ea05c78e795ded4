"""What a lister changes of a space. Bookings ahead keep what they were promised."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta

from market.domain.errors import Invalid
from market.domain.refund import Policy
from market.domain.schedule import Opening
from market.domain.space import Approval, Limits, Rules, Space, Tag, checked_text
from market.domain.tariff import Tariff

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
BOUNDS = {
    "min_stay": (15 * _MINUTE, 30 * _DAY),
    "max_stay": (15 * _MINUTE, 365 * _DAY),
    "notice": (timedelta(), 30 * _DAY),
    "horizon": (_DAY, 365 * _DAY),
    "buffer": (timedelta(), _DAY),
}
"""The least and the most that each length of the rules can be."""
SIZES = {"height": range(100, 1001), "length": range(200, 3001)}
"""Centimetres that a limit for vehicles can be."""


@dataclass(frozen=True, slots=True)
class Edit:
    """None leaves a thing as it is."""

    title: str | None = None
    description: str | None = None
    notes: str | None = None
    tariff: Tariff | None = None
    openings: tuple[Opening, ...] | None = None
    rules: Rules | None = None
    approval: Approval | None = None
    policy: Policy | None = None
    plate_needed: bool | None = None
    tags: frozenset[Tag] | None = None
    limits: Limits | None = None
    shows_place: bool | None = None

    @property
    def promises(self) -> bool:
        """Whether bookings ahead were made on what this changes, and keep it as it was."""
        return any(getattr(self, name) is not None for name in _PROMISED)

    def of(self, space: Space) -> Space:
        """The space as it is afterwards. Raises Invalid."""
        changes = {
            field.name: value
            for field in fields(self)
            if (value := getattr(self, field.name)) is not None
        }
        for name in changes.keys() & {"title", "description", "notes"}:
            changes[name] = checked_text(name, changes[name])
        if self.rules is not None:
            _check_rules(self.rules)
        if self.limits is not None:
            _check_limits(self.limits)
        if self.tariff is not None and self.tariff.hour.currency != space.tariff.hour.currency:
            raise Invalid("price", "other currency", space.tariff.hour.currency)
        if "openings" in changes:
            changes["schedule"] = replace(space.schedule, openings=changes.pop("openings"))
        return replace(space, **changes)


_PROMISED = ("tariff", "openings", "rules", "approval", "policy", "limits", "plate_needed")


def _check_rules(rules: Rules) -> None:
    for name, (least, most) in BOUNDS.items():
        length = getattr(rules, name)
        if length < least:
            raise Invalid(name, "too short", least // _MINUTE)
        if length > most:
            raise Invalid(name, "too long", most // _MINUTE)
    if rules.min_stay > rules.max_stay:
        raise Invalid("max_stay", "shorter than the shortest", rules.min_stay // _MINUTE)


def _check_limits(limits: Limits) -> None:
    for name, sizes in SIZES.items():
        size = getattr(limits, name)
        if size is not None and size not in sizes:
            raise Invalid(name, "no such size", sizes.stop - 1)
