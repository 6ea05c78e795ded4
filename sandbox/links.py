"""Which addresses Telegram takes for links."""

import re

HOST = r"(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w-]+:\d+)"
WEB = re.compile(rf"(?P<scheme>https?://)?{HOST}(?:[/?#]\S*)?", re.IGNORECASE)
IN_APP = re.compile(r"(?:tg|ton)://\S+", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
LOOPBACK = r"(?:127\.0\.0\.1|localhost|\[::1\])"
SECURE = re.compile(rf"https://[^/\s]+\S*|http://{LOOPBACK}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def is_secure(address: str) -> bool:
    """Whether it is https; what is on this very machine may do without."""
    return bool(SECURE.fullmatch(address))


def link(address: str) -> str | None:
    """The address with a scheme, or None where it leads nowhere."""
    if IN_APP.fullmatch(address):
        return address
    web = WEB.fullmatch(address)
    if web is None:
        return None
    return address if web["scheme"] else f"http://{address}"


def has_foreign_scheme(address: str) -> bool:
    """Whether it is an address of a kind that no button may open."""
    scheme = SCHEME.match(address)
    return bool(scheme) and not re.match("(?:https?|tg|ton)://", address, re.IGNORECASE)
