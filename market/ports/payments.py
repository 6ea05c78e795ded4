"""How the money of bookings changes hands."""

from collections.abc import Sequence
from typing import Protocol

from market.domain.ledger import Entry
from market.ports.work import Work


class Payments(Protocol):
    @property
    def prepaid(self) -> bool:
        """Whether a stay is paid before it begins; then only its renter can give it back."""

    async def entered(self, work: Work, entries: Sequence[Entry]) -> None:
        """Told of every entry in the ledger, in the unit of work that made it.

        Nothing is sent from here: who moves money leaves a task in the unit, and acts on it later.
        """


class OnSite:
    """The renter pays the lister there; the marketplace moves no money."""

    prepaid = False

    async def entered(self, work: Work, entries: Sequence[Entry]) -> None:
        """The lister says when it was paid."""


ON_SITE = OnSite()
