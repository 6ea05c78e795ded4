"""The library's bot, with a door for calls whose answers nobody needs as objects."""

from typing import Any

import telegram
from telegram.request import BaseRequest

from chat.request import AiohttpRequest

PUBLIC_API = "https://api.telegram.org"


class Bot(telegram.Bot):
    """Sends over aiohttp, unless given another way; needs no answer from Telegram to be made."""

    def __init__(
        self, token: str, api_url: str = PUBLIC_API, request: BaseRequest | None = None
    ) -> None:
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=request or AiohttpRequest(),
            get_updates_request=request or AiohttpRequest(),
        )

    @property
    def number(self) -> int:
        """The bot's own id, which is the first part of its token."""
        return int(self.token.partition(":")[0])

    def handle(self) -> str:
        """The bot's user name; empty until ``get_me`` has told it."""
        return (self._bot_user.username or "") if self._bot_user else ""

    async def connect(self) -> None:
        """Open what requests need, without asking Telegram who we are."""
        for request in self._request:
            await request.initialize()

    async def disconnect(self) -> None:
        for request in self._request:
            await request.shutdown()

    async def call(self, method: str, read_timeout: float | None = None, **params: Any) -> Any:
        """The plain JSON of the answer. Raises what the library's own methods raise.

        Building a Message out of every answer would cost more than sending it.
        """
        timeout = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self._post(method, params, read_timeout=timeout)
