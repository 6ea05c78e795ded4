"""How large the proofs are: small for ``make check``, full for ``make prove``."""

import os
from typing import TypeVar

T = TypeVar("T")

PROOF = os.environ.get("PROOF") == "1"


def size(small: T, full: T) -> T:
    return full if PROOF else small


RACE_SECONDS = size(15, 30)
NEARBY_SPACES = size(20_000, 100_000)
NEARBY_QUERIES = size(500, 5_000)
NEARBY_CHANGES = size(300, 2_000)
SCHEMATHESIS_CASES = size(300, 5_000)
"""At least, by each kind of people."""
SCHEMATHESIS_EXAMPLES = size(5, 90)
"""At most, of each operation and phase."""
SCHEMATHESIS_PHASES = size("examples,fuzzing,stateful", "examples,coverage,fuzzing,stateful")
"""``coverage`` is every edge of every schema, some 3,000 cases."""
BACKUP_UNITS = size(500, 20_000)
LIVE_SOCKETS = size(200, 1_000)
TOWN_LIVES = size(8, 200)
"""Runs of the town's state machine, each of at most ``TOWN_STEPS`` steps."""
TOWN_STEPS = size(40, 60)
STRANGE_UPDATES = size(2_000, 20_000)
PICTURE_RACES = size(100, 5_000)
YEAR_BOOKINGS = size(3_000, 20_000)
DELIVERY_KILLS = size(20, 300)
