from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from market.domain.ids import PersonId, SessionId


class AccessTokens(Protocol):
    """What a client shows with every request. Nothing of it is kept."""

    def issue(self, session: SessionId, person: PersonId, now: datetime) -> str: ...

    def session_of(self, token: str, now: datetime) -> SessionId:
        """Raises NotSignedIn for anything but a token of ours that has not run out."""


@dataclass(frozen=True, slots=True)
class TelegramUser:
    """Who opened the app, as Telegram vouches for it."""

    id: int
    first_name: str
    language_code: str


class LaunchData(Protocol):
    """What Telegram hands to an app that is opened inside it."""

    def user_of(self, launch: str, now: datetime) -> TelegramUser:
        """Raises NotSignedIn unless Telegram signed it within the last hour."""
