"""Logging: one line an event, for people on a terminal and as JSON elsewhere; never the token."""

import logging
import sys
from collections.abc import Collection
from urllib.parse import quote

import structlog
from structlog.typing import Processor

LOUD = (
    "httpx",
    "httpcore",
    "aiohttp.access",
    "apscheduler",
    "telegram",
    "uvicorn",
    "alembic",
)
"""Libraries that tell every request, job or message at INFO."""


class Discreet(structlog.stdlib.ProcessorFormatter):
    """Blots secrets out of the finished line: out of messages, arguments and tracebacks alike."""

    def __init__(self, processors: list[Processor], secrets: Collection[str]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=_COMMON)
        # In an address a secret may stand quoted.
        self._secrets = {form for it in secrets for form in (it, quote(it, safe=""))}

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "<secret>")
        # Half a character, as a broken update may carry it, must not keep the line from anywhere.
        return line.encode(errors="backslashreplace").decode()


_COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(secrets: Collection[str], level: int = logging.INFO) -> None:
    """Send what structlog and every library log to standard error, without the secrets."""
    structlog.configure(
        processors=[*_COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(_rendering(colours=sys.stderr.isatty()), secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def _rendering(*, colours: bool) -> list[Processor]:
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if colours:
        return [remove, structlog.dev.ConsoleRenderer()]
    return [
        remove,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
