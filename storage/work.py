"""One unit of work: a store for each noun, all over the unit's one connection."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import AccountStore, CodeStore, SessionStore
from storage.bookings import BookingStore
from storage.cards import CardStore
from storage.changes import ChangeStore
from storage.conversations import ConversationStore
from storage.drafts import DraftStore
from storage.inbox import InboxStore
from storage.notices import NoticeStore
from storage.people import PersonStore
from storage.photo_rows import PhotoRows
from storage.quotes import QuoteStore
from storage.replies import ReplyStore
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
    def spaces(self) -> SpaceStore:
        return SpaceStore(self.connection, self.changes)

    @cached_property
    def photos(self) -> PhotoRows:
        return PhotoRows(self.connection)

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
