"""One unit of work: a store for each noun, all over the unit's one connection."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import AccountStore, CodeStore, SessionStore
from storage.alerts import AlertStore
from storage.bookings import BookingStore
from storage.cards import CardStore
from storage.changes import ChangeStore
from storage.colisters import ColisterStore
from storage.conversations import ConversationStore
from storage.digests import DigestStore
from storage.drafts import DraftStore
from storage.erasure import ErasureStore
from storage.exports import ExportStore
from storage.inbox import InboxStore
from storage.ledger import LedgerStore
from storage.messages import MessageStore
from storage.notices import NoticeStore
from storage.operators import AuditStore, BanStore, CountingStore
from storage.overstays import OverstayStore
from storage.people import PersonStore
from storage.photo_rows import PhotoRows
from storage.preferences import PreferenceStore
from storage.quotes import QuoteStore
from storage.records import RecordStore
from storage.replies import ReplyStore
from storage.reports import ReportStore
from storage.rescues import RescueStore
from storage.reviews import ReviewStore
from storage.saved import FavouriteStore, PlaceStore
from storage.spaces import SpaceStore
from storage.vehicles import VehicleStore


class Work:
    """What a service joins. Only who opened the unit commits it, by leaving its block."""

    def __init__(self, connection: AsyncConnection, touched: set[str]) -> None:
        self.connection = connection
        self._touched = touched

    def touch(self, topic: str) -> None:
        """Tell the topic's listeners in this process, once this unit is committed."""
        self._touched.add(topic)

    @cached_property
    def changes(self) -> ChangeStore:
        return ChangeStore(self)

    @cached_property
    def inbox(self) -> InboxStore:
        return InboxStore(self.connection)

    @cached_property
    def conversations(self) -> ConversationStore:
        return ConversationStore(self)

    @cached_property
    def cards(self) -> CardStore:
        return CardStore(self.connection)

    @cached_property
    def people(self) -> PersonStore:
        return PersonStore(self.connection, self.changes)

    @cached_property
    def vehicles(self) -> VehicleStore:
        return VehicleStore(self.connection)

    @cached_property
    def preferences(self) -> PreferenceStore:
        return PreferenceStore(self.connection)

    @cached_property
    def places(self) -> PlaceStore:
        return PlaceStore(self.connection)

    @cached_property
    def favourites(self) -> FavouriteStore:
        return FavouriteStore(self.connection)

    @cached_property
    def alerts(self) -> AlertStore:
        return AlertStore(self.connection)

    @cached_property
    def spaces(self) -> SpaceStore:
        return SpaceStore(self.connection, self.changes)

    @cached_property
    def colisters(self) -> ColisterStore:
        return ColisterStore(self.connection)

    @cached_property
    def photos(self) -> PhotoRows:
        return PhotoRows(self.connection, self.touch)

    @cached_property
    def drafts(self) -> DraftStore:
        return DraftStore(self.connection)

    @cached_property
    def quotes(self) -> QuoteStore:
        return QuoteStore(self.connection)

    @cached_property
    def bookings(self) -> BookingStore:
        return BookingStore(self.connection, self.changes)

    @cached_property
    def notices(self) -> NoticeStore:
        return NoticeStore(self.connection, self.touch)

    @cached_property
    def digests(self) -> DigestStore:
        return DigestStore(self.connection)

    @cached_property
    def ledger(self) -> LedgerStore:
        return LedgerStore(self.connection)

    @cached_property
    def overstays(self) -> OverstayStore:
        return OverstayStore(self.connection, self.photos)

    @cached_property
    def rescues(self) -> RescueStore:
        return RescueStore(self.connection)

    @cached_property
    def accounts(self) -> AccountStore:
        return AccountStore(self.connection)

    @cached_property
    def sessions(self) -> SessionStore:
        return SessionStore(self.connection)

    @cached_property
    def codes(self) -> CodeStore:
        return CodeStore(self.connection)

    @cached_property
    def replies(self) -> ReplyStore:
        return ReplyStore(self.connection)

    @cached_property
    def reviews(self) -> ReviewStore:
        return ReviewStore(self.connection)

    @cached_property
    def records(self) -> RecordStore:
        return RecordStore(self.connection)

    @cached_property
    def reports(self) -> ReportStore:
        return ReportStore(self.connection, self.photos)

    @cached_property
    def messages(self) -> MessageStore:
        return MessageStore(self.connection, self.photos)

    @cached_property
    def audit(self) -> AuditStore:
        return AuditStore(self.connection)

    @cached_property
    def bans(self) -> BanStore:
        return BanStore(self.connection)

    @cached_property
    def counting(self) -> CountingStore:
        return CountingStore(self.connection)

    @cached_property
    def exports(self) -> ExportStore:
        return ExportStore(self.connection, self.touch)

    @cached_property
    def erasure(self) -> ErasureStore:
        return ErasureStore(self)
