"""The demo as a stranger starts it: a process of its own, and nothing left when it has ended."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

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


def test_demos_do_not_disturb_each_other_end_soon_and_leave_nothing(
    tmp_path: Path, drawings: Path
) -> None:
    with demo(tmp_path, drawings) as (first, one), demo(tmp_path, drawings) as (second, other):
        assert one != other
        assert people(one) == people(other) == ["Riva", "Lasse"]

        ends_soon(first, signal.SIGINT)  # Ctrl-C
        assert people(other) == ["Riva", "Lasse"]

        ends_soon(second, signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


def ends_soon(process: subprocess.Popen[str], sent: signal.Signals) -> None:
    began = time.monotonic()
    os.killpg(process.pid, sent)
    assert process.wait(timeout=END) == 0
    assert time.monotonic() - began < END
    assert process.stdout.read() == ""
    assert not is_left(process.pid)
