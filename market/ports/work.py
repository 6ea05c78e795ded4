"""One unit of work: everything in it is saved together, or not at all."""

from typing import Protocol

from market.ports.accounts import Accounts, Codes, Sessions
from market.ports.bookings import Bookings
from market.ports.drafts import Drafts
from market.ports.notices import Notices
from market.ports.people import People
from market.ports.photos import Photos
from market.ports.quotes import Quotes
from market.ports.spaces import Spaces
from market.ports.vehicles import Vehicles


class Work(Protocol):
    """Opened and committed by an edge; services only join it."""

    @property
    def people(self) -> People: ...
    @property
    def vehicles(self) -> Vehicles: ...
    @property
    def spaces(self) -> Spaces: ...
    @property
    def photos(self) -> Photos: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def quotes(self) -> Quotes: ...
    @property
    def bookings(self) -> Bookings: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def codes(self) -> Codes: ...
