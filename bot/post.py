"""The mail's part of the wiring."""

import logging
from collections.abc import Callable

from bot.secrets import kept_secret
from bot.settings import Settings
from chat.ports import utc_now
from gateways.mail import SmtpPost
from gateways.unsubscribing import SignedLinks
from jobs.mail import Mailing
from views.letter import Sender

log = logging.getLogger(__name__)


def unsubscribing(settings: Settings) -> SignedLinks:
    """Raises Trouble when no secret can be kept."""
    return SignedLinks(kept_secret(settings.data_dir / "letters.key"), settings.public_url)


def mailing(settings: Settings, links: SignedLinks, told: Callable[[str], None]) -> Mailing | None:
    """None where there is no mail server."""
    if settings.smtp_url is None or settings.mail_from is None:
        log.info("nobody gets mail, not even to prove an address: PARK_SMTP_URL is not set")
        return None
    post = SmtpPost(settings.smtp_url.get_secret_value(), settings.mail_from)
    home = settings.public_url and f"{settings.public_url}/map"
    operator = settings.operator if settings.operator_contact else ""
    return Mailing(post, links, utc_now, Sender(home, operator), told)
