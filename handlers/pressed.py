"""What a button carries: an id, and perhaps something after a dot."""

from handlers.context import ParkContext
from market.domain.errors import NotFound
from market.domain.ids import read_id


def pressed_id(context: ParkContext) -> int:
    """Raises NotFound for what we never wrote."""
    number = read_id((context.press.id if context.press else "").partition(".")[0])
    if number is None:
        raise NotFound("button")
    return number


def pressed_rest(context: ParkContext) -> str:
    """What comes after the dot."""
    return (context.press.id if context.press else "").partition(".")[2]
