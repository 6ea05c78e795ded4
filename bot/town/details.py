"""What a second look at a space shows: its gate, its number, the view from above."""

from random import Random

from bot.town import props
from bot.town.canvas import HEIGHT, WIDTH, Canvas
from bot.town.light import Colour, darker, lighter, mixed
from bot.town.props import ASPHALT, CARS, COBBLES, CONCRETE, FACADES, LAWN, WHITE, YELLOW
from bot.town.scene import Scene


def gate(scene: Scene, chance: Random) -> Canvas:
    """The way in."""
    canvas = Canvas(scene.light, horizon=350)
    wall = chance.choice(FACADES)
    iron = chance.choice(((42, 48, 54), (46, 74, 66), (60, 52, 48)))
    canvas.sky()
    props.ground(canvas, chance, COBBLES)
    props.street(canvas, chance, 19)
    props.cobbles(canvas, 1.6, 18, COBBLES)
    props.tree(canvas, chance, chance.choice((-1.6, 1.7)), 13, 5)
    z = 6.4
    for walled in ((-9.0, -2.3), (2.3, 9.0)):
        canvas.front(z, walled, (0, 2.5), wall)
        canvas.front(z, walled, (0, 0.35), darker(wall, 0.25))
        canvas.front(z, walled, (2.4, 2.6), lighter(wall, 0.3))
    for x in (-2.3, 2.3):
        canvas.box((x - 0.36, x + 0.36), (0, 2.95), (z - 0.3, z + 0.3), lighter(wall, 0.16))
        canvas.front(z - 0.32, (x - 0.46, x + 0.46), (2.95, 3.12), darker(wall, 0.2))
        canvas.lamp(x, 3.3, z, 0.2)
    _bars(canvas, z, iron)
    props.sign(canvas, 3.25, 1.7, z, scene.number, 0.46)
    canvas.front(z - 0.35, (-2.42, -2.18), (1.1, 1.5), (58, 64, 70))
    canvas.front(z - 0.36, (-2.37, -2.23), (1.32, 1.45), (120, 226, 160))
    return canvas


def _bars(canvas: Canvas, z: float, iron: Colour) -> None:
    for y in (0.25, 1.35, 2.1):
        canvas.front(z, (-1.94, 1.94), (y, y + 0.07), iron)
    for number in range(-9, 10):
        x = number * 0.21
        canvas.front(z, (x - 0.025, x + 0.025), (0.12, 2.35 - abs(number) * 0.025), iron)
    canvas.front(z, (-0.03, 0.03), (0.1, 2.4), darker(iron, 0.3))


def sign(scene: Scene, chance: Random) -> Canvas:
    """The number on the wall."""
    canvas = Canvas(scene.light)
    brick = chance.choice(((166, 94, 74), (188, 150, 116), (128, 120, 116), (196, 176, 150)))
    canvas.gradient(0, HEIGHT, (canvas.light.on(lighter(brick, 0.06)), canvas.light.on(brick)))
    height, width = 44, 118
    for row in range(HEIGHT // height + 1):
        shift = width / 2 if row % 2 else 0
        for column in range(-1, WIDTH // width + 1):
            shade = mixed(
                brick, chance.choice(((255, 240, 220), (60, 40, 40))), chance.random() / 6
            )
            left, top = column * width + shift, row * height
            box = (left + 3, top + 3, left + width - 3, top + height - 3)
            canvas.rounded(box, 3, canvas.light.on(shade))
    blue, white = canvas.light.on((34, 86, 160)), canvas.light.on(WHITE)
    canvas.rounded((327, 117, 645, 625), 28, darker(canvas.light.on(brick), 0.5))
    canvas.rounded((315, 105, 633, 613), 28, white)
    canvas.rounded((327, 117, 621, 601), 20, blue)
    canvas.text("P", (474, 250), 170, white)
    canvas.rounded((352, 388, 596, 574), 14, white)
    canvas.text(scene.number, (474, 481), 112 if len(scene.number) < 4 else 84, blue)
    return canvas


def above(scene: Scene, chance: Random) -> Canvas:
    """From a window."""
    canvas = Canvas(scene.light)
    colour = chance.choice((ASPHALT, COBBLES, (124, 118, 114)))
    canvas.gradient(0, HEIGHT, (canvas.light.on(lighter(colour, 0.08)), canvas.light.on(colour)))
    canvas.polygon([(0, 0), (960, 0), (960, 120), (0, 120)], canvas.light.on(LAWN))
    canvas.polygon([(0, 120), (960, 120), (960, 134), (0, 134)], canvas.light.on(CONCRETE))
    white = canvas.light.on(WHITE)
    for x in (40, 260, 480, 700, 920):
        canvas.polygon([(x - 5, 134), (x + 5, 134), (x + 5, 560), (x - 5, 560)], white)
    ours = chance.choice((150, 370, 590, 810))
    for place, x in enumerate((150, 370, 590, 810)):
        if x == ours:
            canvas.text(scene.number, (x, 490), 74, canvas.light.on(YELLOW))
        elif chance.random() < 0.75:
            _roof(canvas, x, 350, CARS[(place + chance.randrange(7)) % len(CARS)])
    for x in range(60, 960, 190):
        _crown(canvas, chance, x + chance.randint(-40, 40), chance.randint(20, 80))
    return canvas


def _roof(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    light = canvas.light
    canvas.rounded((x - 68, y - 158, x + 84, y + 182), 40, darker(light.on(ASPHALT), 0.4))
    canvas.rounded((x - 76, y - 170, x + 76, y + 170), 40, light.on(colour))
    canvas.rounded((x - 60, y - 92, x + 60, y + 124), 26, light.on(props.GLASS))
    canvas.rounded((x - 52, y - 48, x + 52, y + 84), 18, light.on(lighter(colour, 0.12)))


def _crown(canvas: Canvas, chance: Random, x: float, y: float) -> None:
    colour, size = chance.choice(props.LEAVES), chance.randint(56, 86)
    canvas.ellipse((x - size + 14, y - size + 18, x + size + 14, y + size + 18), (20, 30, 24), 70)
    canvas.ellipse((x - size, y - size, x + size, y + size), canvas.light.on(colour))
    inner = size * 0.62
    box = (x - inner - 10, y - inner - 12, x + inner - 10, y + inner - 12)
    canvas.ellipse(box, canvas.light.on(lighter(colour, 0.12)))
