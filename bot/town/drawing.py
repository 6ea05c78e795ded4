"""Draws a scene."""

from collections.abc import Callable, Mapping
from random import Random

from bot.town import details, places
from bot.town.canvas import Canvas
from bot.town.scene import Motif, Scene

_MOTIFS: Mapping[Motif, Callable[[Scene, Random], Canvas]] = {
    Motif.BAY: places.bay,
    Motif.CHARGER: places.charger,
    Motif.DRIVEWAY: places.driveway,
    Motif.GARAGES: places.garages,
    Motif.COURTYARD: places.courtyard,
    Motif.UNDERGROUND: places.underground,
    Motif.GATE: details.gate,
    Motif.SIGN: details.sign,
    Motif.ABOVE: details.above,
}


def drawn(scene: Scene) -> bytes:
    """The picture as JPEG."""
    return _MOTIFS[scene.motif](scene, Random(scene.seed)).jpeg()  # noqa: S311 - no secret
