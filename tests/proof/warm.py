"""Imported once by the parent of the racing processes: what it has done once, they need not.

A process that is killed within a second should have spent it on booking.
"""

import tempfile
import time
from pathlib import Path

from tests.proof.racing import race, settled

with tempfile.TemporaryDirectory() as _folder:
    _url, (_renter, *_) = settled(Path(_folder) / "park.db", renters=1)
    race(_url, Path(_folder) / "log", [_renter], time.time() + 0.3)
