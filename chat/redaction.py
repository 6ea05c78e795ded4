"""Keeps the bot's token out of the logs: requests are logged with their address, which holds it."""

import logging
from urllib.parse import quote

HIDDEN = "<token>"


class HideToken(logging.Filter):
    """For handlers, not loggers: a logger's filters do not see what its children say."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._tokens = {token, quote(token, safe="")}

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = self.hide(message)
        if hidden != message:
            record.msg, record.args = hidden, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        return True

    def hide(self, text: str) -> str:
        for token in self._tokens:
            text = text.replace(token, HIDDEN)
        return text


def hide_token(token: str) -> None:
    """In everything that the root logger's handlers write from now on."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(HideToken(token))
