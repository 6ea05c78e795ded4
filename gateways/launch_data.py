"""What Telegram hands to an app opened inside it (initData), checked as Telegram prescribes."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from market.domain.errors import NotSignedIn
from market.ports.access import TelegramUser

OLDEST = timedelta(hours=1)
AHEAD = timedelta(minutes=1)
"""How far Telegram's clock may be before ours."""
FIELDS = 30
"""More than Telegram sends."""


@dataclass(frozen=True, slots=True)
class SignedLaunch:
    """Implements market.ports.access.LaunchData for one bot."""

    token: str

    def user_of(self, launch: str, now: datetime) -> TelegramUser:
        """Raises NotSignedIn unless Telegram signed it within the last hour."""
        facts = _facts(launch)
        self._check_signature(facts)
        _check_age(facts, now)
        return _user(facts)

    def _check_signature(self, facts: dict[str, str]) -> None:
        claimed = facts.get("hash", "")
        signed = "\n".join(f"{name}={facts[name]}" for name in sorted(facts) if name != "hash")
        key = hmac.digest(b"WebAppData", self.token.encode(), hashlib.sha256)
        right = hmac.new(key, signed.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), claimed.encode()):
            raise NotSignedIn


def _facts(launch: str) -> dict[str, str]:
    """Raises NotSignedIn for a name that comes twice: which of the two was signed?"""
    try:
        pairs = parse_qsl(
            launch,
            keep_blank_values=True,
            strict_parsing=True,
            max_num_fields=FIELDS,
            errors="strict",
        )
    except ValueError:
        raise NotSignedIn from None
    facts = dict(pairs)
    if len(facts) != len(pairs):
        raise NotSignedIn
    return facts


def _check_age(facts: dict[str, str], now: datetime) -> None:
    signed_at = facts.get("auth_date", "")
    if not (signed_at.isascii() and signed_at.isdigit() and len(signed_at) < 12):
        raise NotSignedIn
    age = now.timestamp() - int(signed_at)
    if not -AHEAD.total_seconds() <= age <= OLDEST.total_seconds():
        raise NotSignedIn


def _user(facts: dict[str, str]) -> TelegramUser:
    try:
        user: Any = json.loads(facts.get("user", "null"))
    except ValueError:
        raise NotSignedIn from None
    if not isinstance(user, dict) or not isinstance(user.get("id"), int):
        raise NotSignedIn
    return TelegramUser(
        user["id"], str(user.get("first_name", "")), str(user.get("language_code", ""))
    )
