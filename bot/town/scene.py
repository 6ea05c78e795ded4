"""What a drawing shows."""

from dataclasses import dataclass
from enum import StrEnum

from bot.town.light import Light


class Motif(StrEnum):
    BAY = "bay"
    CHARGER = "charger"
    DRIVEWAY = "driveway"
    GARAGES = "garages"
    COURTYARD = "courtyard"
    UNDERGROUND = "underground"
    GATE = "gate"
    SIGN = "sign"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a drawing depends on: the same scene is the same picture, byte for byte."""

    motif: Motif
    light: Light
    number: str
    seed: str
