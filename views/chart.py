"""Small drawn charts."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT, _MARGIN, _FOOT = 960, 480, 48, 56
_PAPER, _INK, _LINE, _BAR = "#ffffff", "#39424e", "#e3e7ec", "#2f80ed"
_TEXT = 20


def bars(values: Sequence[int], labels: Sequence[str]) -> bytes:
    """A bar for each value, as a PNG; of the labels as many are written as there is room for."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(_TEXT)
    top = max(*values, 1)
    floor, height = _HEIGHT - _FOOT, _HEIGHT - _FOOT - _MARGIN
    for value in {0, -(-top // 2), top}:
        level = floor - height * value / top
        draw.line((_MARGIN, level, _WIDTH - _MARGIN / 2, level), fill=_LINE, width=2)
        draw.text((_MARGIN - 10, level), str(value), fill=_INK, font=font, anchor="rm")
    step = (_WIDTH - 1.5 * _MARGIN) / len(values)
    shown = -(-len(labels) * 90 // (_WIDTH - _MARGIN)) or 1
    for number, (value, label) in enumerate(zip(values, labels, strict=True)):
        left = _MARGIN + number * step
        if value:
            box = (left + step * 0.15, floor - height * value / top, left + step * 0.85, floor)
            draw.rounded_rectangle(box, radius=min(4, step / 4), fill=_BAR)
        if number % shown == 0:
            at = (left + step / 2, floor + 14)
            draw.text(at, label, fill=_INK, font=font, anchor="mt")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
