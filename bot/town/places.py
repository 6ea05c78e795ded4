"""Kinds of parking spaces, as they look to who arrives."""

from random import Random

from bot.town import props
from bot.town.canvas import HEIGHT, Canvas
from bot.town.light import INDOORS, Colour, darker, lighter, mixed
from bot.town.props import ASPHALT, CARS, COBBLES, CONCRETE, FACADES, LAWN, WHITE, YELLOW
from bot.town.scene import Scene


def bay(scene: Scene, chance: Random, *, charging: bool = False) -> Canvas:
    """A marked bay on an open area, before a street."""
    canvas = Canvas(scene.light)
    canvas.sky()
    props.ground(canvas, chance, ASPHALT)
    props.street(canvas, chance, 21)
    canvas.floor((-40, 40), (11.4, 14), CONCRETE)
    for x in (-6.8, -1.2, 5.6):
        props.tree(canvas, chance, x + chance.uniform(-0.8, 0.8), 12.5, chance.uniform(4.4, 6))
    canvas.box((-20, 20), (0, 0.14), (11.2, 11.4), lighter(CONCRETE, 0.2))
    if charging:
        canvas.floor((-1.25, 1.25), (5.1, 10.2), (74, 142, 108))
    for left in (-6.75, -4.0, 1.25, 4.0):
        props.bay(canvas, (left, left + 2.75), (5, 10.4))
    taken = chance.sample((-5.4, -2.65, 2.65, 5.4), k=chance.choice((1, 2)))
    for x in sorted(taken, key=abs, reverse=True):
        props.car(canvas, x, 5.9, chance.choice(CARS))
    props.bay(canvas, (-1.25, 1.25), (5, 10.4), scene.number)
    if charging:
        props.charger(canvas, 1.6, 10.2)
    props.lamp_post(canvas, 3.6 if charging else -3.4, 10.9)
    return canvas


def charger(scene: Scene, chance: Random) -> Canvas:
    """The same with a charging point."""
    return bay(scene, chance, charging=True)


def driveway(scene: Scene, chance: Random) -> Canvas:
    """Before a house with a garage."""
    canvas = Canvas(scene.light, horizon=350)
    wall, wood = chance.choice(FACADES), chance.choice(((132, 92, 66), (86, 104, 116), WHITE))
    canvas.sky()
    for x in (-9, -5.5, 7.5, 10):
        props.tree(canvas, chance, x, 19, chance.uniform(7, 9))
    props.ground(canvas, chance, LAWN)
    _villa(canvas, chance, wall, wood, scene.number)
    canvas.floor((-1.5, 1.9), (1, 11), lighter(CONCRETE, 0.05))
    z = 1.5
    while z < 10.8:
        canvas.floor((-1.5, 1.9), (z, z + 0.035), darker(CONCRETE, 0.3), 90)
        z += 0.75
    props.hedge(canvas, (-3.6, -2.9), (4.2, 10.5), 0.95)
    for x, at in ((3.1, 9.8), (4.0, 8.4), (-5.0, 8.2)):
        props.bush(canvas, chance, x, at)
    canvas.front(5.2, (2.5, 2.58), (0, 1.05), (92, 74, 60))
    canvas.box((2.3, 2.78), (1.0, 1.3), (5.2, 5.6), (178, 58, 52))
    return canvas


def _villa(canvas: Canvas, chance: Random, wall: Colour, wood: Colour, number: str) -> None:
    roof = chance.choice(((112, 70, 62), (74, 78, 86), (92, 98, 88)))
    z = 11.0
    canvas.front(z, (-7, 3.2), (0, 3.1), wall)
    canvas.front(z, (-7, 3.2), (0, 0.4), darker(wall, 0.25))
    gable = [canvas.seen(-7.5, 3.0, z), canvas.seen(-1.9, 6.0, z), canvas.seen(3.7, 3.0, z)]
    canvas.polygon(gable, canvas.light.on(roof))
    inner = [canvas.seen(-6.2, 3.1, z), canvas.seen(-1.9, 5.45, z), canvas.seen(2.4, 3.1, z)]
    canvas.polygon(inner, canvas.light.on(lighter(wall, 0.12)))
    props.window(canvas, z, -1.9, 3.45, lit=True)
    for x in (-5.6, -3.9):
        props.window(canvas, z, x, 1.1, lit=chance.random() < 0.7)
    canvas.front(z, (-1.35, 1.75), (0, 2.45), lighter(wall, 0.4))
    canvas.front(z, (-1.2, 1.6), (0, 2.3), wood)
    for y in (0.55, 1.1, 1.65, 2.2):
        canvas.front(z, (-1.2, 1.6), (y, y + 0.04), darker(wood, 0.22))
    props.sign(canvas, 2.45, 2.0, z, number)
    canvas.lamp(-1.75, 2.2, z, 0.13)


def garages(scene: Scene, chance: Random) -> Canvas:
    """A row of garages."""
    canvas = Canvas(scene.light, horizon=340)
    canvas.sky()
    props.ground(canvas, chance, CONCRETE)
    props.street(canvas, chance, 24)
    wall = chance.choice(FACADES)
    doors = chance.choice(((70, 104, 120), (150, 74, 62), (98, 122, 92), (206, 190, 158)))
    z, step = 8.2, 3.1
    canvas.front(z, (-9.6, 9.6), (0, 3.0), wall)
    canvas.front(z, (-9.8, 9.8), (2.85, 3.2), darker(wall, 0.35))
    first = int(scene.number) if scene.number.isdigit() else 4
    for place in range(-3, 4):
        _garage_door(canvas, z, place * step, doors, str(max(first + place, 1)), ours=not place)
    canvas.floor((-9.6, 9.6), (7.8, 8.2), darker(CONCRETE, 0.25), 120)
    canvas.lamp(step / 2, 2.62, z, 0.12)
    canvas.lamp(-step / 2, 2.62, z, 0.12)
    return canvas


def _garage_door(
    canvas: Canvas, z: float, x: float, colour: Colour, number: str, *, ours: bool
) -> None:
    shade = colour if ours else mixed(colour, (150, 150, 150), 0.35)
    canvas.front(z, (x - 1.3, x + 1.3), (0, 2.35), darker(shade, 0.35))
    canvas.front(z, (x - 1.2, x + 1.2), (0.04, 2.27), shade)
    for line in range(1, 6):
        canvas.front(z, (x - 1.2, x + 1.2), (line * 0.38, line * 0.38 + 0.03), darker(shade, 0.2))
    canvas.front(z, (x - 0.14, x + 0.14), (0.9, 0.98), (226, 226, 222))
    if ours:
        props.sign(canvas, x, 1.72, z, number, 0.4)
    else:
        canvas.written(number, x, 1.72, z, 0.3, lighter(shade, 0.55))


def courtyard(scene: Scene, chance: Random) -> Canvas:
    """The yard of a town house."""
    canvas = Canvas(scene.light, horizon=360)
    left, right, end = chance.sample(FACADES, 3)
    canvas.sky()
    props.ground(canvas, chance, COBBLES)
    props.cobbles(canvas, 1.6, 16, COBBLES)
    props.house(canvas, chance, 16, (-6.2, 6.2), 11.5, end)
    _archway(canvas, 16, end)
    for x, colour in ((-5.6, left), (5.6, right)):
        _wing(canvas, chance, x, colour)
    props.tree(canvas, chance, 3.0, 12.0, 5.4)
    canvas.floor((2.0, 4.0), (11.4, 12.6), LAWN, 190)
    if chance.random() < 0.7:
        props.car(canvas, -3.9, 9.2, chance.choice(CARS))
    props.bay(canvas, (-5.1, -2.6), (8.2, 13.4))
    props.bay(canvas, (-2.1, 0.5), (4.0, 9.0), scene.number, YELLOW)
    canvas.box((4.3, 5.3), (0, 1.15), (7.5, 8.6), (74, 92, 80))
    canvas.box((4.3, 5.3), (0, 1.15), (6.1, 7.2), (112, 88, 66))
    canvas.lamp(-5.3, 3.1, 8.0, 0.16)
    return canvas


def _archway(canvas: Canvas, z: float, wall: Colour) -> None:
    dark = mixed(wall, (30, 30, 38), 0.72)
    canvas.front(z, (-1.6, 1.6), (0, 2.6), dark)
    centre, edge = canvas.seen(0, 2.6, z), canvas.seen(1.6, 2.6, z)
    radius = edge[0] - centre[0]
    box = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
    canvas.ellipse(box, canvas.light.on(dark))
    canvas.front(z, (-0.75, 0.75), (0, 2.2), canvas.light.sky[1])


def _wing(canvas: Canvas, chance: Random, x: float, colour: Colour) -> None:
    """The long wall on one side of a yard, with windows in perspective."""
    near, far, inward = 1.2, 16.0, -0.01 if x > 0 else 0.01
    canvas.side(x, (0, 13), (near, far), darker(colour, 0.1 if x > 0 else 0.2))
    canvas.side(x + inward, (0, 0.8), (near, far), darker(colour, 0.36))
    for floor in range(3):
        for number in range(6):
            z, y = 2.6 + number * 2.3, 1.7 + floor * 3.3
            lit = chance.random() < (0.45 if canvas.light.lamps else 0.8)
            pane = canvas.light.window if lit else darker(canvas.light.window, 0.42)
            canvas.side(x + inward, (y - 0.1, y + 1.7), (z - 0.1, z + 1.2), (238, 236, 230))
            corners = [(y, z), (y, z + 1.1), (y + 1.6, z + 1.1), (y + 1.6, z)]
            points = [canvas.seen(x + inward * 2, at_y, at_z) for at_y, at_z in corners]
            canvas.polygon(points, pane)


def underground(scene: Scene, chance: Random) -> Canvas:
    """Below ground."""
    canvas = Canvas(INDOORS, horizon=330, eye=1.6, focus=700)
    accent = chance.choice(((72, 148, 120), (214, 122, 62), (74, 118, 176), (196, 84, 84)))
    canvas.gradient(0, HEIGHT, ((120, 122, 120), (150, 150, 146)))
    canvas.gradient(330, HEIGHT, ((122, 124, 124), (158, 158, 154)))
    canvas.front(22, (-16, 16), (0, 2.7), (186, 188, 184))
    canvas.front(22, (-16, 16), (0.9, 1.4), accent)
    for z in (19, 15, 11, 7.5, 4.6):
        for x in (-3.0, 3.0):
            y = 2.66
            strip = [(x - 0.12, z), (x + 0.12, z), (x + 0.12, z + 1.6), (x - 0.12, z + 1.6)]
            canvas.polygon([canvas.seen(px, y, pz) for px, pz in strip], (255, 250, 226))
    for left in (-6.9, -4.2, 1.5, 4.2):
        props.bay(canvas, (left, left + 2.7), (7, 12))
    for x in sorted(chance.sample((-5.5, -2.8, 2.8, 5.5), 2), key=abs, reverse=True):
        props.car(canvas, x, 7.4, chance.choice(CARS))
    for z in (13.0, 6.6):
        for x in (-4.35, 4.35):
            _column(canvas, x, z, accent, "AB"[x > 0] + str(int(z) % 9))
    props.bay(canvas, (-1.35, 1.35), (4.6, 11), scene.number, YELLOW)
    return canvas


def _column(canvas: Canvas, x: float, z: float, accent: Colour, text: str) -> None:
    canvas.box((x - 0.34, x + 0.34), (0, 2.7), (z, z + 0.7), (206, 206, 200))
    canvas.box((x - 0.345, x + 0.345), (0, 1.0), (z - 0.01, z + 0.7), accent)
    canvas.written(text, x, 1.6, z - 0.01, 0.34, darker(accent, 0.2))
