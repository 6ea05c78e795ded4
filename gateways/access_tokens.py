"""Access tokens: signed claims that any of our processes can check without asking the store."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import jwt

from market.domain.account import ACCESS_LIFETIME
from market.domain.errors import NotSignedIn
from market.domain.ids import PersonId, SessionId, read_id, written

ISSUER = "parkplace"
AUDIENCE = "parkplace-api"
ALGORITHM = "HS256"
REQUIRED = ("aud", "iss", "exp", "jti", "iat", "sub", "sid")


@dataclass(frozen=True, slots=True)
class Jwt:
    """Implements market.ports.access.AccessTokens."""

    secret: str

    def issue(self, session: SessionId, person: PersonId, now: datetime) -> str:
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": written(person),
            "sid": written(session),
            "jti": secrets.token_hex(16),
            "iat": int(now.timestamp()),
            "exp": int((now + ACCESS_LIFETIME).timestamp()),
        }
        return jwt.encode(claims, self.secret, ALGORITHM)

    def session_of(self, token: str, now: datetime) -> SessionId:
        """Raises NotSignedIn for anything but a token of ours that has not run out."""
        try:
            claims = jwt.decode(
                token,
                self.secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                # Times are compared below, with the clock that everything else goes by.
                options={"require": list(REQUIRED), "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            raise NotSignedIn from None
        session = read_id(str(claims["sid"]))
        if session is None or not isinstance(claims["exp"], int):
            raise NotSignedIn
        if claims["exp"] <= now.timestamp():
            raise NotSignedIn
        return SessionId(session)
