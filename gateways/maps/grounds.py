"""What the pins stand on: streets, tiles, or rings of distance."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from gateways.maps.city import City, Window
from gateways.maps.labels import font, write_names
from gateways.maps.pins import Spot
from gateways.maps.projection import FOOT, HEIGHT, SIDES, TILE, TOP, WIDTH, Place, View
from gateways.maps.scene import Scene
from gateways.maps.tiles import LARGEST, Tiles

SHARPER = 2
"""How much larger a ground is drawn first, to have smooth edges."""
CANVAS = (WIDTH * SHARPER, HEIGHT * SHARPER)
DIMMED = 0.86
"""How far light tiles are turned into dark ones by night."""


def within(view: View, city: City, places: Sequence[Place]) -> View:
    """Moved so that it shows the city alone, as far as that is large enough.

    No pin leaves the picture for that: at the edge of the city some bare land is seen.
    """
    xs, ys = zip(*(view.pixel(*place) for place in places), strict=True)
    world = TILE * 2**view.zoom
    left, top, right, bottom = (side * world for side in city.corners)
    least, most = max(xs) - WIDTH + SIDES, min(xs) - SIDES
    highest, lowest = max(ys) - HEIGHT + FOOT, min(ys) - TOP
    return View(
        view.zoom,
        view.left + _between(_between(view.left, left, right - WIDTH) - view.left, least, most),
        view.top + _between(_between(view.top, top, bottom - HEIGHT) - view.top, highest, lowest),
    )


def of_city(scene: Scene, city: City) -> Image.Image:
    canvas = Image.new("RGB", CANVAS, scene.colours["land"])
    middle = (city.bounds[1] + city.bounds[3]) / 2
    window = Window(scene.view, CANVAS, SHARPER, scene.view.pixels(1, middle))
    city.paint(ImageDraw.Draw(canvas), window, scene.colours)
    image = canvas.reduce(SHARPER)
    write_names(image, city, window, scene.colours, scene.taken)
    return image


def of_tiles(scene: Scene, tiles: Tiles) -> Image.Image:
    """Raises what Pillow raises for what is no picture, and ValueError for one too large."""
    view = scene.view
    image = Image.new("RGB", (WIDTH, HEIGHT), scene.colours["land"])
    side = TILE * 2 ** (view.zoom - tiles.zoom)
    for (x, y), path in tiles.paths.items():
        left, top = round(x * side - view.left), round(y * side - view.top)
        right, bottom = round((x + 1) * side - view.left), round((y + 1) * side - view.top)
        size = (right - left, bottom - top)
        image.paste(_tile(path).resize(size, Image.Resampling.BILINEAR), (left, top))
    if not scene.order.dark:
        return image
    return image.point([round(255 - DIMMED * it) for it in range(256)] * 3)


def of_rings(scene: Scene) -> Image.Image:
    """Directions and distances alone, north being up."""
    colours, rings = scene.colours, _rings(scene)
    canvas = Image.new("RGB", CANVAS, colours["land"])
    draw = ImageDraw.Draw(canvas)
    for (x, y), radius, _ in rings:
        box = [SHARPER * it for it in (x - radius, y - radius, x + radius, y + radius)]
        draw.ellipse(box, outline=colours["ring"], width=3)
    image = canvas.reduce(SHARPER)
    draw = ImageDraw.Draw(image)
    for (x, y), radius, name in rings:
        at = next(filter(_visible, ((x, y + radius), (x + radius, y), (x - radius, y))), None)
        if at is not None:
            draw.text(
                at,
                name,
                fill=colours["ink"],
                font=font(20),
                anchor="mm",
                stroke_width=4,
                stroke_fill=colours["land"],
            )
    return image


def _rings(scene: Scene) -> list[tuple[Spot, float, str]]:
    """The middle, the radius in pixels and the name of each."""
    if scene.here is None or scene.order.here is None:
        return []
    lat = scene.order.here[0]
    return [
        (scene.here, scene.view.pixels(metres, lat), name) for metres, name in scene.order.rings
    ]


def _visible(at: Spot) -> bool:
    return 40 <= at[0] <= WIDTH - 40 and 16 <= at[1] <= HEIGHT - 16


def _between(wanted: float, least: float, most: float) -> float:
    return (least + most) / 2 if most < least else max(least, min(wanted, most))


def _tile(path: Path) -> Image.Image:
    with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as tile:
        if tile.width * tile.height > LARGEST:
            raise ValueError(f"a tile of {tile.width} x {tile.height} pixels")
        return tile.convert("RGB")
