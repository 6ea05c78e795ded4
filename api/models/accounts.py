from typing import Annotated, Literal

from pydantic import Field

from api.models.common import Body, Id, Instant, Language, Reply
from market.domain.account import (
    ACCESS_LIFETIME,
    PASSWORD,
    Account,
    UserType,
    is_verified,
    wishes_mail,
)
from market.domain.person import NAME, Person

# The address syntax that browsers check in a form, with a dot in the domain.
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+$"

Email = Annotated[str, Field(pattern=_ADDRESS, max_length=254, examples=["ada@example.org"])]
Password = Annotated[
    str,
    Field(
        min_length=PASSWORD.start,
        max_length=PASSWORD.stop - 1,
        examples=["correct horse battery"],
    ),
]
Secret = Annotated[str, Field(min_length=1, max_length=256, examples=["u3Yh0v2Lq8mZ"])]


class Registration(Body):
    email: Email
    password: Password
    name: str = Field(min_length=1, max_length=NAME.stop - 1, examples=["Ada"])
    user_type: UserType = UserType.BOTH
    language: Language | None = Field(None, description="The marketplace's, if you do not say.")


class Login(Body):
    email: Email
    password: str = Field(
        min_length=1, max_length=PASSWORD.stop - 1, examples=["correct horse battery"]
    )


class Refresh(Body):
    refresh_token: Secret


class TelegramLogin(Body):
    init_data: str = Field(
        min_length=1,
        max_length=4096,
        description="`Telegram.WebApp.initData`, as it is.",
        examples=["auth_date=1906718400&user=%7B%22id%22%3A1%7D&hash=9c0f"],
    )


class EmailToken(Body):
    token: Secret


class ForgottenPassword(Body):
    email: Email


class NewPassword(Body):
    token: Secret
    password: Password


class Tokens(Reply):
    """Show ``access_token`` with every request; trade ``refresh_token`` in for the next pair."""

    access_token: str = Field(examples=["eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmVk"])
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_in: int = Field(default=int(ACCESS_LIFETIME.total_seconds()), description="Seconds.")
    refresh_token: str = Field(examples=["u3Yh0v2Lq8mZ"])


class Me(Reply):
    id: Id
    name: str = Field(examples=["Ada"])
    email: str | None
    email_verified: bool
    telegram_linked: bool
    verified: bool
    user_type: UserType
    mails: bool = Field(description="Notices come by mail, once the address is verified.")
    language: str = Field(examples=["en"])
    member_since: Instant

    @classmethod
    def of(cls, person: Person, account: Account) -> "Me":
        return cls(
            id=person.id,
            name=person.name,
            email=account.email,
            email_verified=account.email_verified,
            telegram_linked=person.telegram is not None,
            verified=is_verified(person, account),
            user_type=account.user_type,
            mails=wishes_mail(person, account),
            language=person.language,
            member_since=person.met_at,
        )


class LinkCode(Reply):
    """Open ``url`` on the device with Telegram, or send ``/start link_CODE`` to the bot."""

    code: str = Field(examples=["u3Yh0v2Lq8mZ"])
    url: str | None = Field(description="Null while the bot's name is not known.")
    expires_at: Instant
