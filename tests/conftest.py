from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings

from bot.town import fill

# How long an example takes says more about the machine than about us.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def photos_drawn_once() -> Iterator[None]:
    """The invented town has the same photos every time; to draw them takes most of its time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fill, "drawn", cache(fill.drawn))
        yield
