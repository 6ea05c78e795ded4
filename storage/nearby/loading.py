"""Reads everything that the index must know, at a start."""

import pickle
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from subprocess import PIPE, Popen

import numpy as np

from storage.nearby.facts import Catalogue, Facts, Kind
from storage.nearby.globe import Ground
from storage.nearby.part import ALL, Part, middle, no_collector, read_part
from storage.nearby.taken import Claim, rows_of
from storage.nearby.tree import Numbers

PROGRAM = ("-I", "-m", "storage.nearby.part")
"""Reads half of many spaces; on its own path, wherever the bot was started."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All spaces by the numbers that the ground gives them, and what keeps them."""

    facts: Facts
    ground: Ground
    counts: Numbers
    """Of the settled bookings of each space."""
    spans: Numbers
    """Start and end of each settled booking, in order of its space's number and of its start."""
    claims: Sequence[tuple[int, Claim]]

    @classmethod
    def of(
        cls, ground: Ground, facts: Facts, settled: Numbers, claims: Sequence[tuple[int, Claim]]
    ) -> "Everything":
        """Of spaces in order of id; settled are space, start and end, in order of these."""
        places = np.searchsorted(facts["id"], settled[:, 0])
        ours = np.append(facts["id"], 0)[places] == settled[:, 0]
        counts = np.bincount(places[ours], minlength=len(facts))
        firsts = counts.cumsum() - counts
        # Each space's stay together, but the spaces are in another order.
        counts, firsts = counts[ground.order], firsts[ground.order]
        spans = settled[ours, 1:].take(rows_of(firsts, counts), axis=0)
        return cls(facts[ground.order], ground, counts, spans, claims)


def read_all(url: str, catalogue: Catalogue) -> tuple[Everything, int]:
    """And the number of a change that is in it, like all before; of later ones, some may be.

    Whoever follows the changes from there on reads those again.
    """
    with no_collector(), ThreadPoolExecutor(1) as beside:
        parts, keys = _parts(url, catalogue)
        lat, lng = (np.concatenate([part.facts[name] for part in parts]) for name in ("lat", "lng"))
        ground = beside.submit(Ground.of, lat, lng)
        for kind, of_kind in keys.items():
            numbers = np.array([catalogue.shared[kind][key] for key in of_kind], np.int32)
            parts[-1].facts[kind] = numbers[parts[-1].facts[kind]]
        facts = np.concatenate([part.facts for part in parts])
        settled = np.concatenate([part.settled for part in parts])
        claims = [claim for part in parts for claim in part.claims]
        newest = min(part.newest for part in parts)
        return Everything.of(ground.result(), facts, settled, claims), newest


def _parts(url: str, catalogue: Catalogue) -> tuple[Sequence[Part], Mapping[Kind, Sequence[str]]]:
    """All, in order of id; and by kind the keys of the last one's numbers, if it has its own.

    An interpreter reads on one core alone, so of many spaces another one reads half.
    """
    if (half := middle(url)) is None:
        return [read_part(url, ALL, catalogue.shared)], {}
    first, end = ALL
    # In a session of its own: a Ctrl-C is for the bot, which then ends this.
    child = Popen(  # noqa: S603 our own program, and numbers
        [sys.executable, *PROGRAM, url, str(half), str(end)], stdout=PIPE, start_new_session=True
    )
    with child:
        try:
            ours = read_part(url, (first, half), catalogue.shared)
            assert child.stdout is not None
            theirs, keys = pickle.load(child.stdout)  # noqa: S301 what our own program wrote
        except BaseException:  # whatever ends this, the child must not read on
            child.kill()
            raise
    return [ours, Part(*theirs)], keys
