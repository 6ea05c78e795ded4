"""How large the proofs are: small for ``make check``, full for ``make prove``."""

import os

PROOF = os.environ.get("PROOF") == "1"


def size(small: int, full: int) -> int:
    return full if PROOF else small


RACE_SECONDS = size(15, 30)
