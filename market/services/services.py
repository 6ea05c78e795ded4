"""All services of one unit of work, built together."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from market.ports.geography import Geography
from market.ports.nearby import NearbyIndex
from market.ports.payments import ON_SITE, Payments
from market.ports.work import Work
from market.services.accounts import AccountService
from market.services.alerts import AlertService
from market.services.bookings import BookingService
from market.services.colisters import ColisterService
from market.services.finding import FindingService
from market.services.ledger import LedgerService
from market.services.linking import LinkingService
from market.services.listing import ListingService
from market.services.live import LiveService
from market.services.mail import MailService
from market.services.messages import MessageService
from market.services.notices import NoticeService
from market.services.offers import OfferService
from market.services.operators import OperatorService
from market.services.overstays import OverstayService
from market.services.people import PeopleService
from market.services.photos import PhotoService
from market.services.preferences import PreferenceService
from market.services.quotes import QuoteService
from market.services.records import RecordService
from market.services.reports import ReportService
from market.services.rescues import RescueService
from market.services.reviews import ReviewService
from market.services.rights import RightsService
from market.services.saved import SavedService
from market.services.shelf import Shelf
from market.services.spaces import SpaceService
from market.services.stays import StayService
from market.services.surveys import SurveyService


@dataclass(frozen=True, slots=True)
class Market:
    """What outlives every unit: the index in memory, facts of the globe, the operator's limits."""

    nearby: NearbyIndex
    geography: Geography
    max_ahead: int = 5
    language: str = "en"
    operators: frozenset[int] = frozenset()
    """Telegram ids."""
    ban_key: bytes = b""
    """Makes what is kept of an erased person who is banned unreadable."""
    payments: Payments = ON_SITE
    mails: bool = False
    """Whether mail leaves from here."""
    shelf: Shelf = field(default_factory=Shelf)
    chance: random.Random = field(default_factory=random.SystemRandom)


@dataclass(frozen=True, slots=True)
class Services:
    """One unit's view of the market, at one instant."""

    work: Work
    now: datetime
    market: Market

    @property
    def people(self) -> PeopleService:
        return PeopleService(self.work, self.now, self.market.language, self.market.ban_key)

    @property
    def finding(self) -> FindingService:
        return FindingService(self.work, self.now, self.market.nearby, self.market.shelf)

    @property
    def surveys(self) -> SurveyService:
        return SurveyService(self.work, self.market.nearby)

    @property
    def live(self) -> LiveService:
        return LiveService(self.work, self.now, self.finding)

    @property
    def quotes(self) -> QuoteService:
        return QuoteService(self.work, self.now)

    @property
    def bookings(self) -> BookingService:
        return BookingService(self.work, self.now, self.market.max_ahead, self.market.payments)

    @property
    def stays(self) -> StayService:
        return StayService(self.work, self.now, self.market.payments)

    @property
    def overstays(self) -> OverstayService:
        return OverstayService(self.work, self.now, self.market.payments)

    @property
    def rescues(self) -> RescueService:
        market = self.market
        return RescueService(self.work, self.now, market.nearby, self.reports, market.payments)

    @property
    def ledger(self) -> LedgerService:
        return LedgerService(self.work, self.now, self.market.payments)

    @property
    def listing(self) -> ListingService:
        return ListingService(self.work, self.now, self.market.geography, self.market.chance)

    @property
    def photos(self) -> PhotoService:
        return PhotoService(self.work, self.now, self.bookings)

    @property
    def offers(self) -> OfferService:
        return OfferService(self.work, self.now, self.market.geography, self.market.chance)

    @property
    def spaces(self) -> SpaceService:
        return SpaceService(self.work, self.now, self.market.geography)

    @property
    def colisters(self) -> ColisterService:
        return ColisterService(self.work, self.now)

    @property
    def preferences(self) -> PreferenceService:
        return PreferenceService(self.work)

    @property
    def saved(self) -> SavedService:
        return SavedService(self.work, self.now)

    @property
    def alerts(self) -> AlertService:
        return AlertService(self.work, self.now)

    @property
    def notices(self) -> NoticeService:
        return NoticeService(self.work, self.now)

    @property
    def accounts(self) -> AccountService:
        return AccountService(self.work, self.now, self.market.language)

    @property
    def mail(self) -> MailService:
        return MailService(self.work, self.now)

    @property
    def linking(self) -> LinkingService:
        return LinkingService(self.work, self.now, self.market.mails)

    @property
    def reviews(self) -> ReviewService:
        return ReviewService(self.work, self.now)

    @property
    def records(self) -> RecordService:
        return RecordService(self.work, self.now)

    @property
    def reports(self) -> ReportService:
        return ReportService(self.work, self.now, self.market.operators, self.market.payments)

    @property
    def messages(self) -> MessageService:
        return MessageService(self.work, self.now)

    @property
    def operators(self) -> OperatorService:
        market = self.market
        return OperatorService(self.work, self.now, market.operators, market.ban_key, self.bookings)

    @property
    def rights(self) -> RightsService:
        return RightsService(self.work, self.now, self.market.ban_key, self.bookings)
