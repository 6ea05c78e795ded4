"""Small pieces that several cards are built of."""

from collections.abc import Sequence
from enum import StrEnum

from chat.buttons import Press
from chat.screen import Button

Rows = tuple[tuple[Button, ...], ...]


def press(label: str, act: StrEnum, id_: str = "", version: int = 0) -> Button:
    """A button of ours; of version 0 it never goes out of date."""
    return Button(label, Press(act, id_, version).pack())


def marked(label: str, *, present: bool) -> str:
    """With the mark of what is chosen."""
    return f"{label} ·" if present else label


def grid(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
