"""What the operator has set: the environment and ``.env``, read once, refused with clear words."""

import os
import re
from collections.abc import Iterable, Iterator
from email.headerregistry import AddressHeader, HeaderRegistry
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

from babel.numbers import is_currency
from dotenv.parser import parse_stream
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.trouble import BadInput
from views.words import LOCALES, spoken

PREFIX = "PARK_"
_HEADERS = HeaderRegistry()
_ADDRESS = re.compile(r"[!-?A-~]+@[A-Za-z0-9.-]+")
PUBLIC_BOT_API = "https://api.telegram.org"


class BadSettings(BadInput):
    """Every problem that was found, one line each; no value is repeated, it may be a secret."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _token(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]{10,}", secret.get_secret_value()):
        raise ValueError("is not a token as @BotFather gives it, like 123456:ABC-DEF...")
    return secret


def _secret(least: int) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        value = secret.get_secret_value()
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
            raise ValueError("may only have letters, digits, _ and -, at most 256 of them")
        if len(value) < least or len(set(value)) < 8:
            raise ValueError(f"is easy to guess; take at least {least} random characters")
        return secret

    return AfterValidator(check)


def _database(url: str) -> str:
    if not re.fullmatch(r"sqlite\+aiosqlite:///(?!:memory:)[^?]+", url):
        raise ValueError("must be sqlite+aiosqlite:///path/to/file.db")
    return url


def _url(url: str) -> str:
    """An address that is encrypted, or does not leave the operator's own machines."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address that begins with https://")
    if parts.query or parts.fragment:
        raise ValueError("must be an address without ? and #")
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise ValueError("must begin with https:// (http:// only for this machine or network)")
    return url.rstrip("/")


def _is_near(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))


def _origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    for origin in origins:
        if origin == "*":
            raise ValueError("must name each origin; * would let every page in")
        if origin != _url(origin) or urlsplit(origin).path:
            raise ValueError("must be origins like https://example.org, separated by commas")
    return origins


def _tiles(url: str) -> str:
    """An address with room for a tile's place; its host is always the same."""
    wrong = ValueError("must be like https://tiles.example.org/{z}/{x}/{y}.png")
    filled = url
    for place in ("{z}", "{x}", "{y}"):
        if url.count(place) != 1:
            raise wrong
        filled = filled.replace(place, "0")
    if "{" in urlsplit(url).netloc or re.search(r"[{}#]", filled):
        raise wrong
    _url(filled.partition("?")[0])
    return url


def _smtp(secret: SecretStr) -> SecretStr:
    try:
        parts = urlsplit(secret.get_secret_value())
        known = parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise ValueError("must be like smtps://user:password@mail.example.org, or smtp://...:587")
    return secret


def _currency(code: str) -> str:
    if not is_currency(code.upper()):
        raise ValueError("must be a currency code like EUR")
    return code.upper()


def _language(code: str) -> str:
    language = spoken(code)
    if not language:
        raise ValueError(f"must be one of {', '.join(LOCALES)}")
    return language


def _is_one_address(sender: str) -> bool:
    header = _HEADERS("from", sender)
    assert isinstance(header, AddressHeader)
    addresses = [it.addr_spec for it in header.addresses]
    # Few servers take any other letters in an address; in the name they may stand.
    return not header.defects and len(addresses) == 1 and bool(_ADDRESS.fullmatch(addresses[0]))


def _split(text: object) -> object:
    if isinstance(text, str):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


Url = Annotated[str, AfterValidator(_url)]
Rate = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Settings(BaseSettings):
    """Read once, in ``bot.__main__``; everything below gets plain values."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="ignore",  # foreign names in .env are others' business; ours are checked by load()
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_api_url: Url = PUBLIC_BOT_API
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///parkplace.db"
    data_dir: Path = Path("parkplace-data")
    admins: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_split)] = ()
    operator_name: str = Field("Park Place", max_length=100)
    operator_contact: str = Field("", max_length=200)
    public_url: Url | None = None
    webhook_secret: Annotated[SecretStr, _secret(16)] | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(8000, ge=0, le=65535)
    cors_origins: Annotated[
        tuple[str, ...], NoDecode, BeforeValidator(_split), AfterValidator(_origins)
    ] = ()
    jwt_secret: Annotated[SecretStr, _secret(32)] | None = None
    currency: Annotated[str, AfterValidator(_currency)] = "EUR"
    language: Annotated[str, AfterValidator(_language)] = "en"
    max_ahead: int = Field(5, ge=1, le=1000)
    geocoder_url: Url | None = None
    tiles_url: Annotated[str, AfterValidator(_tiles)] | None = None
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp)] | None = None
    mail_from: str | None = Field(None, validate_default=True)
    send_per_second: Rate = 30
    send_per_chat: Rate = 1
    send_per_group: Rate = 20

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, sender: str | None, info: ValidationInfo) -> str | None:
        if sender is None and info.data.get("smtp_url") is not None:
            raise ValueError("is needed with PARK_SMTP_URL, like Park Place <park@example.org>")
        if sender is not None and not _is_one_address(sender):
            raise ValueError("must be one address, like Park Place <park@example.org>")
        return sender

    @property
    def token(self) -> str:
        """The bot's token. Raises BadSettings without one."""
        if self.bot_token is None:
            raise BadSettings([f"{PREFIX}BOT_TOKEN is not set; @BotFather gives you one"])
        return self.bot_token.get_secret_value()

    @property
    def operator(self) -> str:
        """Who runs it, and how to reach them."""
        return ", ".join(filter(None, (self.operator_name, self.operator_contact)))

    @property
    def secrets(self) -> list[str]:
        """What must never stand in a log."""
        kept = (self.bot_token, self.webhook_secret, self.jwt_secret, self.smtp_url)
        said = [secret.get_secret_value() for secret in kept if secret is not None]
        # Libraries name a server's password apart from its address.
        password = urlsplit(self.smtp_url.get_secret_value()).password if self.smtp_url else None
        return said + [it for it in {password or "", unquote(password or "")} if it]

    @property
    def map_page(self) -> str:
        """Where the map opens inside Telegram, which takes nothing but https; else empty."""
        is_public = self.public_url is not None and self.public_url.startswith("https://")
        return f"{self.public_url}/map" if is_public else ""

    @property
    def photos_dir(self) -> Path:
        return self.data_dir / "photos"


def load(env_file: Path = Path(".env")) -> Settings:
    """The settings of this process. Raises BadSettings with everything that is wrong at once."""
    names, unreadable = _read(env_file)
    problems = [*unreadable, *_unknown([*os.environ, *names])]
    try:
        settings = Settings(_env_file=None if unreadable else env_file)
    except ValidationError as error:
        problems += _said(error)
    if problems:
        raise BadSettings(problems)
    return settings


def _unknown(names: Iterable[str]) -> Iterator[str]:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(set(names)):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            yield f"{name} is not a setting of Park Place"


def _read(env_file: Path) -> tuple[list[str], list[str]]:
    """The names that the file sets, and what keeps it from being read."""
    try:
        with env_file.open(encoding="utf-8") as stream:
            lines = list(parse_stream(stream))
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [f"{env_file} cannot be read: {error}"]
    broken = [line.original.line for line in lines if line.error]
    return (
        [line.key for line in lines if line.key],
        [f"{env_file}, line {number}: this is not NAME=value" for number in broken],
    )


def _said(error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        name = PREFIX + str(detail["loc"][0]).upper()
        reason = detail["msg"].removeprefix("Value error, ")
        yield f"{name} {reason}" if detail["type"] == "value_error" else f"{name}: {reason}"
