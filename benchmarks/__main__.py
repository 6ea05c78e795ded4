"""``python -m benchmarks [NAME ...]``: speed, beside others, on this machine and in this run.

Prints a line for each figure and writes all of them to ``benchmarks/results.json``. A ratio above
1 says how many times better ours is, for times as for rates.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks import http, map_page, near, pictures, replies

RESULTS = Path(__file__).parent / "results.json"
BENCHES: Mapping[str, Callable[[], Iterable[Mapping[str, object]]]] = {
    "near": near.measured,
    "replies": replies.measured,
    "http": http.measured,
    "pictures": pictures.measured,
    "map": map_page.measured,
}


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in BENCHES]
    if unknown:
        print(f"benchmarks: {unknown[0]!r} is none of {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    rows = []
    begun = time.monotonic()
    for name in chosen or BENCHES:
        for row in BENCHES[name]():
            rows.append(row)
            print(_line(row), flush=True)
    RESULTS.write_text(json.dumps(rows, indent=2) + "\n")
    print(f"{len(rows)} figures in {time.monotonic() - begun:.0f} s, written to {RESULTS}")
    return 0


def _line(row: Mapping[str, object]) -> str:
    ours = f"{row['name']}: {row['metric']} {row['ours']} {row['unit']}"
    if row["peer"] is None:
        return ours
    return f"{ours}, {row['peer']} {row['peer_value']}, {row['ratio']} times better"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
