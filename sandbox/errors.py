"""Every answer of ``ok: false``, as types.

ApiError
├── BadRequest        400
├── Unauthorized      401  the token is not this bot's
├── Forbidden         403  the person does not want to hear from the bot
├── NotFound          404  no such method or file
├── Conflict          409  two receivers of updates
├── TooManyRequests   429  carries ``retry_after``
└── ServerError       500

Refused is what a person's own app says no to; it never reaches the bot.
"""

from typing import ClassVar

from sandbox.wire import Json


class ApiError(Exception):
    """Base of what the bot is told instead of a result; the text is Telegram's own."""

    code: ClassVar[int]
    title: ClassVar[str]

    def __init__(self, reason: str = "") -> None:
        self.description = f"{self.title}: {reason}" if reason else self.title
        super().__init__(self.description)

    def answer(self) -> Json:
        return {"ok": False, "error_code": self.code, "description": self.description}


class BadRequest(ApiError):
    code = 400
    title = "Bad Request"


class Unauthorized(ApiError):
    code = 401
    title = "Unauthorized"


class Forbidden(ApiError):
    code = 403
    title = "Forbidden"


class NotFound(ApiError):
    code = 404
    title = "Not Found"


class Conflict(ApiError):
    code = 409
    title = "Conflict"


class TooManyRequests(ApiError):
    code = 429
    title = "Too Many Requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after}")
        self.retry_after = retry_after

    def answer(self) -> Json:
        return super().answer() | {"parameters": {"retry_after": self.retry_after}}


class ServerError(ApiError):
    code = 500
    title = "Internal Server Error"


class Refused(Exception):
    """What a person tried is impossible in their app; the text is for them."""
