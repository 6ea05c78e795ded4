"""Has the market's own tests traced, which run its every branch: ``pytest -p tests.covering``.

Only what is sure to run counts: neither what examples drawn at random may reach, nor what is not
run again because a test before had the answer remembered. Nothing else is traced: it slows a test
down by three quarters. Each process writes down what it saw, for ``coverage combine``.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from coverage import Coverage
from hypothesis import is_hypothesis_test

COVERING = Path(__file__).parent / "market"
TRACED = Coverage(data_suffix=True)

# What is run at import is run once, so nobody may have imported it before.
TRACED.start()
MODULES = [
    import_module(module.name)
    for module in walk_packages(import_module("market").__path__, "market.")
]
TRACED.stop()
REMEMBERED = [
    each for module in MODULES for each in vars(module).values() if hasattr(each, "cache_clear")
]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Function) -> Iterator[None]:
    if not item.path.is_relative_to(COVERING) or is_hypothesis_test(item.function):
        return (yield)
    for each in REMEMBERED:
        each.cache_clear()
    TRACED.start()
    try:
        return (yield)
    finally:
        TRACED.stop()


def pytest_sessionfinish() -> None:
    TRACED.save()
