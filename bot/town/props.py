"""What stands in more than one drawing: houses, cars, trees, lamps, marked bays."""

from random import Random

from bot.town.canvas import Canvas
from bot.town.light import Colour, darker, lighter, mixed

ASPHALT, CONCRETE, COBBLES, LAWN = (104, 108, 114), (176, 174, 168), (150, 142, 132), (112, 152, 84)
WHITE, YELLOW, GLASS = (240, 240, 236), (236, 190, 72), (62, 74, 88)
FACADES: tuple[Colour, ...] = (
    (226, 196, 140),
    (214, 164, 132),
    (232, 220, 196),
    (172, 190, 176),
    (196, 204, 214),
    (206, 142, 116),
    (236, 212, 164),
    (184, 172, 190),
)
CARS: tuple[Colour, ...] = (
    (178, 58, 52),
    (46, 84, 132),
    (228, 228, 224),
    (72, 78, 84),
    (70, 116, 96),
    (206, 166, 74),
    (142, 154, 164),
)
LEAVES: tuple[Colour, ...] = ((92, 136, 72), (76, 120, 68), (124, 148, 64), (168, 142, 62))


def window(canvas: Canvas, z: float, x: float, y: float, lit: bool) -> None:
    pane = canvas.light.window if lit else darker(canvas.light.window, 0.42)
    canvas.front(z, (x - 0.52, x + 0.52), (y - 0.08, y + 1.58), (244, 242, 236))
    corners = canvas.seen(x - 0.42, y + 1.5, z), canvas.seen(x + 0.42, y, z)
    (left, top), (right, bottom) = corners
    canvas.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], pane)
    canvas.front(z, (x - 0.04, x + 0.04), (y, y + 1.5), (244, 242, 236))
    canvas.front(z, (x - 0.42, x + 0.42), (y + 0.92, y + 1.0), (244, 242, 236))


def house(
    canvas: Canvas, chance: Random, z: float, x: tuple[float, float], height: float, colour: Colour
) -> None:
    """A town house: plinth, cornice, rows of windows."""
    canvas.front(z, x, (0, height), colour)
    canvas.front(z, x, (0, 0.9), darker(colour, 0.24))
    canvas.front(z, x, (height - 0.35, height), lighter(colour, 0.3))
    canvas.front(z, (x[0], x[0] + 0.16), (0, height), darker(colour, 0.1))
    count = max(1, int((x[1] - x[0]) / 2.1))
    step = (x[1] - x[0]) / count
    floor_height = 3.3
    for floor in range(int((height - 1.2) / floor_height)):
        for number in range(count):
            lit = chance.random() < (0.5 if canvas.light.lamps else 0.8)
            window(canvas, z, x[0] + step * (number + 0.5), 1.5 + floor * floor_height, lit)


def street(canvas: Canvas, chance: Random, z: float) -> None:
    """A row of town houses across the whole picture."""
    x = -0.66 * z - chance.uniform(0, 6)
    colours = chance.sample(FACADES, len(FACADES))
    while x < 0.66 * z:
        width = chance.uniform(7, 13)
        house(canvas, chance, z, (x, x + width), chance.choice((8.2, 11.5, 14.8)), colours[0])
        colours = [*colours[1:], colours[0]]
        x += width


def tree(canvas: Canvas, chance: Random, x: float, z: float, height: float = 5) -> None:
    colour = chance.choice(LEAVES)
    shadow(canvas, x, z, height * 0.3)
    canvas.front(z, (x - 0.11, x + 0.11), (0, height * 0.6), (104, 80, 60))
    crown = height * 0.27
    for dx, dy, size in ((-0.6, 0.62, 0.9), (0.6, 0.64, 0.86), (0, 0.82, 1.05)):
        canvas.ball(x + dx * crown, height * dy, z, crown * size, colour)
    for dx, dy, size in ((-0.5, 0.68, 0.5), (0.25, 0.88, 0.6)):
        canvas.ball(x + dx * crown, height * dy, z, crown * size, lighter(colour, 0.13))


def bush(canvas: Canvas, chance: Random, x: float, z: float, size: float = 0.5) -> None:
    colour = chance.choice(LEAVES)
    for dx in (-0.8, 0.8, 0):
        canvas.ball(x + dx * size, size * (0.7 if dx else 0.95), z, size, colour)
    canvas.ball(x - 0.2 * size, size * 1.2, z, size * 0.5, lighter(colour, 0.13))


def hedge(canvas: Canvas, x: tuple[float, float], z: tuple[float, float], height: float) -> None:
    canvas.box(x, (0, height), z, (84, 124, 72))


def lamp_post(canvas: Canvas, x: float, z: float, height: float = 4.4) -> None:
    canvas.front(z, (x - 0.06, x + 0.06), (0, height), (70, 74, 80))
    canvas.front(z, (x - 0.02, x + 0.62), (height - 0.06, height), (70, 74, 80))
    canvas.lamp(x + 0.55, height - 0.16, z, 0.17)


def shadow(canvas: Canvas, x: float, z: float, radius: float) -> None:
    left, top = canvas.seen(x - radius, 0, z + radius * 0.6)
    right, bottom = canvas.seen(x + radius, 0, z - radius * 0.6)
    canvas.ellipse((left, top, right, bottom), (20, 24, 34), 56)


def car(canvas: Canvas, x: float, z: float, colour: Colour) -> None:
    """From behind, its back at ``z``."""
    canvas.floor((x - 0.95, x + 0.95), (z - 0.15, z + 4.1), (20, 24, 34), 70)
    canvas.box((x - 0.78, x + 0.78), (0.1, 0.5), (z, z + 3.9), (36, 38, 42))
    for wheel in (-0.66, 0.66):
        canvas.front(z, (x + wheel - 0.13, x + wheel + 0.13), (0, 0.5), (28, 30, 32))
    canvas.box((x - 0.88, x + 0.88), (0.28, 0.92), (z, z + 4), colour)
    _cabin(canvas, x, z, colour)
    canvas.front(z, (x - 0.88, x + 0.88), (0.28, 0.46), darker(colour, 0.3))
    for side in (-0.74, 0.74):
        canvas.front(z, (x + side - 0.13, x + side + 0.13), (0.62, 0.8), (202, 52, 44))
    canvas.front(z, (x - 0.26, x + 0.26), (0.5, 0.62), WHITE)


def _cabin(canvas: Canvas, x: float, z: float, colour: Colour) -> None:
    low, high = (0.86, 0.92, z + 0.25), (0.66, 1.46, z + 0.9)
    for share, shade in ((1.0, colour), (0.86, GLASS)):
        corners = [
            canvas.seen(x + side * width * share, y + drop, at)
            for (width, y, at), side, drop in (
                (low, -1, (1 - share) * 0.4),
                (low, 1, (1 - share) * 0.4),
                (high, 1, (share - 1) * 0.55),
                (high, -1, (share - 1) * 0.55),
            )
        ]
        canvas.polygon(corners, canvas.light.on(shade))


def bay(
    canvas: Canvas,
    x: tuple[float, float],
    z: tuple[float, float],
    text: str = "",
    colour: Colour = WHITE,
) -> None:
    """A marked bay, open towards the camera, with its number on the ground."""
    for edge in x:
        canvas.floor((edge - 0.06, edge + 0.06), z, colour)
    canvas.floor(x, (z[1] - 0.1, z[1]), colour)
    if text:
        middle = (x[0] + x[1]) / 2
        width = min(0.62 * len(text), (x[1] - x[0]) * 0.7)
        start = z[0] + 0.5
        canvas.painted(text, (middle - width / 2, middle + width / 2), (start, start + 1.7), colour)


def ground(canvas: Canvas, chance: Random, colour: Colour) -> None:
    """Ground up to the horizon, a little lighter in the distance, with patches of use."""
    top = canvas.seen(0, 0, 300)[1]
    near = canvas.light.on(darker(colour, 0.08))
    canvas.gradient(top - 6, 720, (canvas.light.on(lighter(colour, 0.16)), near))
    for _ in range(5):
        x, z = chance.uniform(-6, 6), chance.uniform(3, 14)
        width, length = chance.uniform(0.5, 2.5), chance.uniform(0.3, 1.2)
        canvas.floor((x, x + width), (z, z + length), darker(colour, 0.3), 22)


def sign(canvas: Canvas, x: float, y: float, z: float, text: str, size: float = 0.34) -> None:
    """An enamel plate, white on blue."""
    width = size * (0.5 + 0.52 * len(text))
    left, top = canvas.seen(x - width / 2, y + size * 0.75, z)
    right, bottom = canvas.seen(x + width / 2, y - size * 0.75, z)
    radius = (right - left) * 0.1
    canvas.rounded((left, top, right, bottom), radius, canvas.light.on(WHITE))
    rim = (bottom - top) * 0.07
    inner = (left + rim, top + rim, right - rim, bottom - rim)
    canvas.rounded(inner, radius, canvas.light.on((38, 84, 150)))
    canvas.written(text, x, y, z, size * 0.72, WHITE)


def charger(canvas: Canvas, x: float, z: float) -> None:
    canvas.box((x - 0.2, x + 0.2), (0, 1.35), (z, z + 0.25), (232, 236, 236))
    canvas.front(z, (x - 0.14, x + 0.14), (0.9, 1.22), (40, 48, 56))
    canvas.front(z, (x - 0.2, x + 0.2), (0.62, 0.7), (72, 176, 120))
    canvas.written("EV", x, 1.06, z, 0.15, (120, 226, 160))


def cobbles(canvas: Canvas, near: float, far: float, colour: Colour) -> None:
    """Joints of paving, across and along."""
    joint = mixed(colour, (60, 56, 52), 0.5)
    z = near
    while z < far:
        canvas.floor((-9, 9), (z, z + 0.03), joint, 70)
        z += 0.5 + z * 0.03
    for x in range(-9, 10):
        canvas.floor((x - 0.015, x + 0.015), (near, far), joint, 60)
