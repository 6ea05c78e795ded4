from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from bot.town import fill

# How long an example takes says more about the machine than about us.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HERE = Path(__file__).parent
COVERING = tuple(HERE / folder for folder in ("api", "market"))
"""What between it runs every branch of the market. Tracing the others would show nothing new, and
would take as long again as they do."""


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if not any(item.path.is_relative_to(folder) for folder in COVERING):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def photos_drawn_once() -> Iterator[None]:
    """The invented town has the same photos every time; to draw them takes most of its time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fill, "drawn", cache(fill.drawn))
        yield
