import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import structlog

from bot.logs import configure

TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _fail() -> None:
    raise RuntimeError(f"https://api.example/bot{TOKEN}/getMe")


def test_the_token_stands_in_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure([TOKEN])
    log = logging.getLogger("somebody")
    log.info("POST https://api.example/bot%s/getMe", TOKEN)
    structlog.get_logger("us").info("asked", url=f"/bot{TOKEN}/")
    log.info("asked %r", {"url": f"/bot{quote(TOKEN, safe='')}/"})
    try:
        _fail()
    except RuntimeError:
        log.exception("failed")
    lines = capsys.readouterr().err
    assert lines.count("<secret>") == 4
    assert TOKEN.partition(":")[2] not in lines


def test_every_event_is_one_line_of_json_where_nobody_watches(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure([])
    try:
        _fail()
    except RuntimeError:
        logging.getLogger("somebody").exception("failed")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith('{"')
    assert "RuntimeError" in line


def test_talkative_libraries_only_warn(capsys: pytest.CaptureFixture[str]) -> None:
    configure([])
    logging.getLogger("httpx").info("a request")
    logging.getLogger("uvicorn.access").info("another")
    logging.getLogger("httpx").warning("but this")
    assert capsys.readouterr().err.count("\n") == 1
