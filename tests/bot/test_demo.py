"""The demo as a stranger starts it: a process of its own, and nothing left when it has ended."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

END = 5.0
"""Seconds that Ctrl-C may take."""
HERE = r"http://127\.0\.0\.1:\d+"
READY = re.compile(rf"Park Place is at ({HERE}), its API at {HERE}/docs \(Ctrl-C ends it\)\n")


@contextmanager
def demo(folder: Path, drawings: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running demo, with its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder), "PARK_DATA_DIR": str(drawings)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            line = process.stdout.readline()
            ready = READY.fullmatch(line)
            assert ready, line + process.stdout.read()
            yield process, ready[1]
        finally:
            process.kill()


def people(address: str) -> list[str]:
    with urlopen(f"{address}/page/people") as answer:
        return [person["first_name"] for person in json.load(answer)]


def is_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_the_demo_ends_soon_and_leaves_nothing(
    sent: signal.Signals, tmp_path: Path, drawings: Path
) -> None:
    with demo(tmp_path, drawings) as (process, address):
        assert people(address) == ["Riva", "Lasse"]
        began = time.monotonic()
        os.killpg(process.pid, sent)
        assert process.wait(timeout=END) == 0
        assert time.monotonic() - began < END
        assert process.stdout.read() == ""
    assert not is_left(process.pid)
    assert list(tmp_path.iterdir()) == []


def test_several_demos_at_once_do_not_disturb_each_other(tmp_path: Path, drawings: Path) -> None:
    with ExitStack() as stack:
        running = [stack.enter_context(demo(tmp_path, drawings)) for _ in range(2)]
        addresses = {address for _, address in running}
        assert len(addresses) == 2
        for address in addresses:
            assert people(address) == ["Riva", "Lasse"]
