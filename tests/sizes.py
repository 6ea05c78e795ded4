"""How large the proofs are: small for ``make check``, full for ``make prove``."""

import os

PROOF = os.environ.get("PROOF") == "1"


def size(small: int, full: int) -> int:
    return full if PROOF else small


RACE_SECONDS = size(15, 30)
NEARBY_SPACES = size(20_000, 100_000)
NEARBY_QUERIES = size(500, 5_000)
NEARBY_CHANGES = size(300, 2_000)
SCHEMATHESIS_CASES = size(300, 5_000)
"""At least, by each kind of people."""
SCHEMATHESIS_EXAMPLES = size(2, 60)
"""At most, of each operation and phase; the description's own edge cases come on top."""
BACKUP_UNITS = size(500, 20_000)
LIVE_SOCKETS = size(200, 1_000)
