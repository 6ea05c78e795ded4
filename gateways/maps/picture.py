"""One map as a picture: the ground, what stands on it, and whom to thank for it."""

import io
from typing import Any

from PIL import Image, ImageDraw

from gateways.maps import pins
from gateways.maps.city import City
from gateways.maps.colours import DAY
from gateways.maps.grounds import of_city, of_rings, of_tiles, within
from gateways.maps.labels import font
from gateways.maps.projection import HEIGHT, WIDTH
from gateways.maps.scene import Order, Scene
from gateways.maps.tiles import Tiles

COLOURS = 64
LARGEST = 40 * 1024
"""Bytes of a picture."""
QUALITIES = (75, 60, 45, 30, 15, 5)
CREDIT = 18
"""Points of the line that thanks the makers of the map."""


def drawn(order: Order, city: City | None = None, tiles: Tiles | None = None) -> bytes:
    """Over the tiles, or else over the city if all of it lies there, or else over rings."""
    scene, credit = Scene(order, order.view), ""
    if tiles is not None:
        image, credit = of_tiles(scene, tiles), tiles.credit
    elif city is not None and all(map(city.holds, order.places)):
        scene, credit = Scene(order, within(order.view, city, order.places)), city.credit
        image = of_city(scene, city)
    else:
        image = of_rings(scene)
    _furnish(image, scene)
    if credit:
        _thank(image, credit, scene)
    return _saved(image)


def plain() -> bytes:
    """A picture of nothing, as large as all others."""
    return _saved(Image.new("RGB", (WIDTH, HEIGHT), DAY["land"]))


def _furnish(image: Image.Image, scene: Scene) -> None:
    order, colours = scene.order, scene.colours
    if order.around:
        for foot, (lat, _, _) in zip(scene.feet, order.pins, strict=True):
            radius = scene.view.pixels(order.around, lat)
            pins.encircle(image, foot, radius, colours["pin"])
    if scene.here:
        pins.stand(image, scene.here, colours["here"])
    # From the back to the front; of pins side by side the first one is on top.
    for number in sorted(range(len(order.pins)), key=lambda n: (scene.heads[n][1], -n)):
        foot, head, label = scene.feet[number], scene.heads[number], order.pins[number][2]
        pins.plant(image, foot, head, label, colours["pin"], colours["pin edge"])


def _thank(image: Image.Image, credit: str, scene: Scene) -> None:
    ImageDraw.Draw(image).text(
        (8, HEIGHT - 6),  # Telegram writes the time into the other corner
        credit,
        fill=scene.colours["ink"],
        font=font(CREDIT),
        anchor="ls",
        stroke_width=2,
        stroke_fill=scene.colours["halo"],
    )


def _saved(image: Image.Image) -> bytes:
    """A PNG, as sharp as drawn; of what has too much in it a JPEG, as good as fits."""
    few = image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    content = _written(few, "PNG", compress_level=6)
    for quality in QUALITIES:
        if len(content) <= LARGEST:
            break
        content = _written(image, "JPEG", quality=quality, optimize=True)
    return content


def _written(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()
