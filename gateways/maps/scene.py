"""What is on a map, and where in the picture it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from gateways.maps import pins
from gateways.maps.colours import DAY, NIGHT
from gateways.maps.labels import Box
from gateways.maps.projection import Place, View, fitted

METRES_A_DEGREE = 111_195
"""Of latitude."""


@dataclass(frozen=True, slots=True)
class Order:
    """A map that is asked for. Places are latitude and longitude in degrees."""

    here: Place | None
    """The person, or the place that was searched for."""
    pins: Sequence[tuple[float, float, str]]
    """With what is written on their heads."""
    around: float
    """Metres around each pin in which the real place lies; 0 where the pin is exact."""
    dark: bool
    rings: Sequence[tuple[float, str]]
    """Radii in metres around ``here`` with their names, for where there is no map."""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        here = facts["here"]
        return cls(
            tuple(here) if here else None,
            [(lat, lng, str(label)) for lat, lng, label in facts["pins"]],
            facts["around"],
            facts["dark"],
            [(metres, str(name)) for metres, name in facts["rings"]],
        )

    @property
    def places(self) -> list[Place]:
        """Never none."""
        spots = [(lat, lng) for lat, lng, _ in self.pins]
        return [self.here, *spots] if self.here else spots

    @property
    def view(self) -> View:
        """As near as shows everything."""
        reach = self.around / METRES_A_DEGREE
        edges = [(lat + by, lng) for lat, lng, _ in self.pins for by in (-reach, reach)]
        return fitted([*self.places, *edges])


@dataclass(frozen=True)
class Scene:
    """An order seen in a view, which may be moved a little from the one that was asked for."""

    order: Order
    view: View

    @property
    def colours(self) -> Mapping[str, str]:
        return NIGHT if self.order.dark else DAY

    @cached_property
    def here(self) -> pins.Spot | None:
        return self.view.pixel(*self.order.here) if self.order.here else None

    @cached_property
    def feet(self) -> list[pins.Spot]:
        return [self.view.pixel(lat, lng) for lat, lng, _ in self.order.pins]

    @cached_property
    def heads(self) -> list[pins.Spot]:
        return pins.heads(self.feet)

    @property
    def taken(self) -> list[Box]:
        """What no name may be written over."""
        boxes = pins.boxes(self.feet, self.heads)
        if self.here:
            x, y = self.here
            boxes.append((x - 16, y - 16, x + 16, y + 16))
        return boxes
