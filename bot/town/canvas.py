"""Flat drawings seen through a small pinhole camera.

The world is in metres: x to the right, y up, z ahead. Things are drawn back to front, as a stage is
set.
"""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bot.town.light import Colour, Light, darker, mixed

WIDTH, HEIGHT = 960, 720
FINER = 2
"""Drawn this much larger, then reduced: smooth edges for little time."""
NEAR = 0.6
"""Metres ahead before which nothing can be seen."""

Pixel = tuple[float, float]


class Canvas:
    def __init__(
        self, light: Light, *, eye: float = 1.7, horizon: float = 330, focus: float = 760
    ) -> None:
        self.light = light
        self._eye, self._horizon, self._focus = eye, horizon, focus
        self._image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER))
        self._draw = ImageDraw.Draw(self._image)
        self._glaze = ImageDraw.Draw(self._image, "RGBA")
        """Blends what is translucent, which takes several times as long."""

    def jpeg(self) -> bytes:
        buffer = io.BytesIO()
        self._image.reduce(FINER).save(buffer, "JPEG", quality=88)
        return buffer.getvalue()

    def seen(self, x: float, y: float, z: float) -> Pixel:
        """Where a point of the world is on the picture."""
        scale = self._focus / max(z, NEAR)
        return WIDTH / 2 + x * scale, self._horizon + (self._eye - y) * scale

    # In the world.

    def floor(
        self, x: Sequence[float], z: Sequence[float], colour: Colour, alpha: int = 255
    ) -> None:
        """A rectangle on the ground; two values of x, two of z."""
        self._flat(
            [(x[0], 0, z[0]), (x[1], 0, z[0]), (x[1], 0, z[1]), (x[0], 0, z[1])], colour, alpha
        )

    def front(
        self, z: float, x: Sequence[float], y: Sequence[float], colour: Colour, alpha: int = 255
    ) -> None:
        """A rectangle that faces the camera."""
        self._flat(
            [(x[0], y[0], z), (x[1], y[0], z), (x[1], y[1], z), (x[0], y[1], z)], colour, alpha
        )

    def side(self, x: float, y: Sequence[float], z: Sequence[float], colour: Colour) -> None:
        """A rectangle along the line of sight, such as the wall of a passage."""
        self._flat(
            [(x, y[0], z[0]), (x, y[0], z[1]), (x, y[1], z[1]), (x, y[1], z[0])], colour, 255
        )

    def box(
        self, x: Sequence[float], y: Sequence[float], z: Sequence[float], colour: Colour
    ) -> None:
        """Its front, and what can be seen of its sides and top."""
        shade = darker(colour, 0.18)
        if x[0] > 0:
            self.side(x[0], y, z, shade)
        if x[1] < 0:
            self.side(x[1], y, z, shade)
        if y[1] < self._eye:
            top = [(x[0], y[1], z[0]), (x[1], y[1], z[0]), (x[1], y[1], z[1]), (x[0], y[1], z[1])]
            self._flat(top, mixed(colour, (255, 255, 255), 0.14), 255)
        self.front(z[0], x, y, colour)

    def ball(self, x: float, y: float, z: float, radius: float, colour: Colour) -> None:
        centre_x, centre_y = self.seen(x, y, z)
        size = radius * self._focus / z
        self.ellipse(
            (centre_x - size, centre_y - size, centre_x + size, centre_y + size),
            self.light.on(colour),
        )

    def painted(
        self, text: str, x: Sequence[float], z: Sequence[float], colour: Colour, alpha: int = 235
    ) -> None:
        """Text painted on the ground, to be read by who stands before it."""
        corners = [
            self.seen(x[0], 0, z[1]),
            self.seen(x[1], 0, z[1]),
            self.seen(x[1], 0, z[0]),
            self.seen(x[0], 0, z[0]),
        ]
        font = ImageFont.load_default(240)
        box = font.getbbox(text, stroke_width=7)
        plain = Image.new("L", (int(box[2] - box[0]), int(box[3] - box[1])))
        ImageDraw.Draw(plain).text((-box[0], -box[1]), text, fill=alpha, font=font, stroke_width=7)
        left, top = min(p[0] for p in corners), min(p[1] for p in corners)
        size = (
            int((max(p[0] for p in corners) - left) * FINER) or 1,
            int((max(p[1] for p in corners) - top) * FINER) or 1,
        )
        targets = [((px - left) * FINER, (py - top) * FINER) for px, py in corners]
        sources = [(0, 0), (plain.width, 0), (plain.width, plain.height), (0, plain.height)]
        mask = plain.transform(
            size,
            Image.Transform.PERSPECTIVE,
            _coefficients(targets, sources),
            Image.Resampling.BILINEAR,
        )
        self._image.paste(self.light.on(colour), (int(left * FINER), int(top * FINER)), mask)

    def written(self, text: str, x: float, y: float, z: float, size: float, colour: Colour) -> None:
        """Text on something that faces the camera, ``size`` metres high, centred."""
        centre = self.seen(x, y, z)
        self.text(text, centre, size * self._focus / z, self.light.on(colour))

    def lamp(self, x: float, y: float, z: float, radius: float = 0.12) -> None:
        """A lamp, with its glow when it is on."""
        if self.light.lamps:
            for step in range(8, 0, -1):
                self._glow(x, y, z, radius * (1 + step * 0.9), 14)
            self.ball_of_light(x, y, z, radius)
        else:
            self.ball(x, y, z, radius, (240, 240, 232))

    def ball_of_light(self, x: float, y: float, z: float, radius: float) -> None:
        self._glow(x, y, z, radius, 255)

    def _glow(self, x: float, y: float, z: float, radius: float, alpha: int) -> None:
        centre_x, centre_y = self.seen(x, y, z)
        size = radius * self._focus / z
        box = (centre_x - size, centre_y - size, centre_x + size, centre_y + size)
        self.ellipse(box, (255, 232, 176), alpha)

    def _flat(
        self, corners: Sequence[tuple[float, float, float]], colour: Colour, alpha: int
    ) -> None:
        self.polygon([self.seen(*corner) for corner in corners], self.light.on(colour), alpha)

    # On the picture, in its pixels and true colours.

    def polygon(self, points: Sequence[Pixel], colour: Colour, alpha: int = 255) -> None:
        pixels = [(x * FINER, y * FINER) for x, y in points]
        if alpha == 255:
            self._draw.polygon(pixels, colour)
        else:
            self._glaze.polygon(pixels, (*colour, alpha))

    def ellipse(
        self, box: tuple[float, float, float, float], colour: Colour, alpha: int = 255
    ) -> None:
        edges = [edge * FINER for edge in box]
        if alpha == 255:
            self._draw.ellipse(edges, colour)
        else:
            self._glaze.ellipse(edges, (*colour, alpha))

    def rounded(
        self, box: tuple[float, float, float, float], radius: float, colour: Colour
    ) -> None:
        self._draw.rounded_rectangle([edge * FINER for edge in box], radius * FINER, colour)

    def line(self, points: Sequence[Pixel], colour: Colour, width: float) -> None:
        self._draw.line([(x * FINER, y * FINER) for x, y in points], colour, int(width * FINER))

    def text(self, text: str, centre: Pixel, size: float, colour: Colour) -> None:
        font = ImageFont.load_default(size * 1.36 * FINER)
        place = (centre[0] * FINER, centre[1] * FINER)
        self._draw.text(place, text, colour, font, anchor="mm", stroke_width=size * FINER / 40)

    def gradient(self, top: float, bottom: float, colours: tuple[Colour, Colour]) -> None:
        """A band over the whole width that goes from one colour to another."""
        band = Image.new("RGB", (1, 64))
        band.putdata([mixed(*colours, step / 63) for step in range(64)])
        height = int((bottom - top) * FINER)
        column = band.resize((1, height), Image.Resampling.BILINEAR)
        wide = column.resize((WIDTH * FINER, height), Image.Resampling.NEAREST)
        self._image.paste(wide, (0, int(top * FINER)))

    def sky(self) -> None:
        self.gradient(0, self._horizon + 4, self.light.sky)


def _coefficients(targets: Sequence[Pixel], sources: Sequence[Pixel]) -> Sequence[float]:
    """The perspective map from points of the result to points of the original.

    Eight equations: https://en.wikipedia.org/wiki/Homography
    """
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(targets, sources, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solved = np.linalg.solve(np.array(rows), np.array(sources).reshape(8))
    return [float(value) for value in solved]
