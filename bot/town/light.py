"""Times of day, as what they do to colours."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Light:
    """A sky from its top to the horizon, and a tint over everything below it."""

    sky: tuple[Colour, Colour]
    tint: tuple[float, float, float]
    window: Colour
    """What window panes show: the sky by day, lamps at dusk."""
    lamps: bool = False

    def on(self, colour: Colour) -> Colour:
        red, green, blue = (
            min(255, int(part * tint)) for part, tint in zip(colour, self.tint, strict=True)
        )
        return red, green, blue


DAY = Light(((112, 176, 226), (214, 234, 244)), (1.0, 1.0, 1.0), (150, 186, 206))
MORNING = Light(((142, 182, 214), (250, 226, 196)), (1.04, 0.97, 0.88), (206, 204, 190))
OVERCAST = Light(((176, 188, 198), (222, 226, 228)), (0.92, 0.95, 0.97), (168, 180, 188))
EVENING = Light(((86, 98, 152), (246, 170, 120)), (0.92, 0.76, 0.72), (255, 214, 140), lamps=True)
DUSK = Light(((26, 34, 76), (112, 104, 156)), (0.52, 0.54, 0.74), (255, 208, 124), lamps=True)

OUTDOORS = (DAY, DAY, MORNING, OVERCAST, EVENING, DUSK)
INDOORS = Light(((0, 0, 0), (0, 0, 0)), (0.96, 0.96, 0.94), (0, 0, 0))


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """Between two colours: ``a`` at 0, ``b`` at 1."""
    red, green, blue = (int(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float) -> Colour:
    return mixed(colour, (0, 0, 0), share)


def lighter(colour: Colour, share: float) -> Colour:
    return mixed(colour, (255, 255, 255), share)
