"""Signing in and out, and proving addresses. Passwords are hashed outside every unit of work."""

from fastapi import APIRouter

from api.context import Backend, House, Unit
from api.models.accounts import (
    EmailToken,
    ForgottenPassword,
    LinkCode,
    Login,
    Me,
    NewPassword,
    Refresh,
    Registration,
    TelegramLogin,
    Tokens,
)
from api.problems import documented, for_users
from api.security import COUNTED, Current, Known
from market.domain.account import checked_password
from market.domain.errors import NotSignedIn
from market.services.accounts import SignedIn
from views.words import spoken

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post(
    "/register", dependencies=COUNTED, status_code=201, responses=documented(409, 422, 429)
)
async def register(wanted: Registration, backend: House) -> Tokens:
    """Make an account and sign in. A mail asks whether the address is yours."""
    checked_password(wanted.password, wanted.email)
    password = await backend.passwords.hashed(wanted.password)
    async with backend.begin() as services:
        signed_in = await services.accounts.register(
            wanted.email,
            password,
            name=wanted.name,
            user_type=wanted.user_type,
            language=wanted.language,
        )
    return _tokens(backend, signed_in)


@router.post("/login", dependencies=COUNTED, responses=documented(401, 422, 429))
async def login(wanted: Login, backend: House) -> Tokens:
    """Sign in with an address and its password."""
    await backend.doors.by_account("login", wanted.email)
    async with backend.glance() as services:
        account = await services.accounts.of_email(wanted.email)
    kept = account.password if account else None
    if not await backend.passwords.fits(wanted.password, kept) or not account or not kept:
        raise NotSignedIn
    fresh = None
    if backend.passwords.outdated(kept):
        fresh = await backend.passwords.hashed(wanted.password)
    async with backend.begin() as services:
        return _tokens(backend, await services.accounts.sign_in(account, fresh))


@router.post("/refresh", dependencies=COUNTED, responses=documented(401, 422, 429))
async def refresh(wanted: Refresh, backend: House) -> Tokens:
    """A new pair of tokens; the old refresh token is used up.

    Shown a second time, it ends the whole session: one of the two who showed it is a thief.
    """
    async with backend.begin() as services:
        renewed = await services.accounts.renew(wanted.refresh_token)
    if renewed is None:
        raise NotSignedIn
    return _tokens(backend, renewed)


@router.post("/logout", status_code=204, responses=documented(401))
async def logout(user: Known, services: Unit) -> None:
    """End this session: neither of its tokens is good for anything from now on."""
    await services.accounts.sign_out(user.session)


@router.get("/me", responses=documented(401))
async def get_me(user: Known, services: Unit) -> Me:
    return Me.of(user.person, await services.accounts.of(user.person))


@router.post("/telegram", dependencies=COUNTED, responses=documented(401, 422, 429))
async def sign_in_with_telegram(wanted: TelegramLogin, backend: House) -> Tokens:
    """Sign in from inside a Telegram Mini App, with what Telegram has signed for it."""
    user = backend.launches.user_of(wanted.init_data, backend.clock())
    async with backend.begin() as services:
        language = spoken(user.language_code)
        person = await services.people.meet(user.id, user.first_name, language)
        return _tokens(backend, await services.accounts.open_session(person.id))


@router.post("/link", status_code=201, responses=for_users(409))
async def begin_linking(user: Current, backend: House, services: Unit) -> LinkCode:
    """A code that joins this account with the Telegram person who shows it to the bot.

    Where mails are sent, the address has to be verified before.
    """
    code, until = await services.linking.begin(user.person)
    bot = backend.bot()
    url = f"https://t.me/{bot}?start=link_{code}" if bot else None
    return LinkCode(code=code, url=url, expires_at=until)


@router.post("/verify-email", dependencies=COUNTED, status_code=204, responses=documented(422, 429))
async def verify_email(wanted: EmailToken, backend: House, services: Unit) -> None:
    """The address is yours: the token was sent to it, and is good for a day."""
    await services.accounts.verify_email(wanted.token)


@router.post("/verify-email/send", dependencies=COUNTED, status_code=202, responses=for_users(429))
async def send_verification(user: Current, backend: House) -> None:
    """Send the mail once more; an earlier one's token is not good any more."""
    async with backend.glance() as services:
        account = await services.accounts.of(user.person)
    await backend.doors.by_account("verify", account.email or "")
    async with backend.begin() as services:
        await services.accounts.ask_to_verify(account)


@router.post(
    "/password/forgot", dependencies=COUNTED, status_code=202, responses=documented(422, 429)
)
async def forget_password(wanted: ForgottenPassword, backend: House) -> None:
    """Send a mail with a token for a new password, if the address is somebody's."""
    await backend.doors.by_account("forgot", wanted.email)
    async with backend.begin() as services:
        await services.accounts.forgot(wanted.email)


@router.post(
    "/password/reset", dependencies=COUNTED, status_code=204, responses=documented(422, 429)
)
async def reset_password(wanted: NewPassword, backend: House) -> None:
    """Choose a new password. Every session ends; the token was good once, for half an hour."""
    async with backend.glance() as services:
        account = await services.accounts.resetting(wanted.token)
    checked_password(wanted.password, account.email or "")
    password = await backend.passwords.hashed(wanted.password)
    async with backend.begin() as services:
        await services.accounts.reset(wanted.token, password)


def _tokens(backend: Backend, signed_in: SignedIn) -> Tokens:
    session = signed_in.session
    access = backend.access.issue(session.id, session.person, backend.clock())
    return Tokens(access_token=access, refresh_token=signed_in.refresh)
