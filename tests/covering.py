"""Has the market's own tests traced, which run its every branch: ``pytest -p tests.covering``.

Each process writes down what it saw, for ``coverage combine``. Nothing else is traced: it slows a
test down by three quarters.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from coverage import Coverage

COVERING = Path(__file__).parent / "market"
TRACED = Coverage(data_suffix=True)

# What is run at import is run once, so nobody may have imported it before.
TRACED.start()
for _module in walk_packages(import_module("market").__path__, "market."):
    import_module(_module.name)
TRACED.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    if not item.path.is_relative_to(COVERING):
        return (yield)
    TRACED.start()
    try:
        return (yield)
    finally:
        TRACED.stop()


def pytest_sessionfinish() -> None:
    TRACED.save()
