import sqlite3
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import COMMANDS, load
from bot.settings import Settings
from bot.trouble import Trouble
from sandbox import Sandbox


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    """The exit code, and what was written to standard error."""
    try:
        code = main(argv)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    return code, capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_table_is_there_and_explains_itself(name: str, capsys) -> None:
    code, _ = said(capsys, name, "--help")
    assert code == 0
    assert load(name).__doc__


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("park",),
        ("run", "fast"),
        ("demo", "--port", "http"),
        ("seed", "--spaces", "-3"),
        ("seed", "--spaces", "many"),
        ("seed", "--bookings", "3"),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_clear_line(argv: tuple[str, ...], capsys) -> None:
    code, line = said(capsys, *argv)
    assert code == 2
    assert line.startswith("parkplace")
    assert line.count("\n") == 1


@pytest.mark.parametrize("name", ["run", "serve"])
def test_without_a_token_there_is_one_line_that_says_where_to_get_one(name: str, capsys) -> None:
    assert said(capsys, name) == (
        2,
        "parkplace: PARK_BOT_TOKEN is not set; @BotFather gives you one\n",
    )


def test_every_wrong_setting_is_a_line(capsys) -> None:
    Path(".env").write_text("PARK_HTTP_PORT=x\nPARK_WHAT=1\n")
    code, lines = said(capsys, "migrate")
    assert code == 2
    assert len(lines.splitlines()) == 2


def test_migrating_makes_the_database_and_may_be_repeated(capsys) -> None:
    assert said(capsys, "migrate") == (0, "")
    assert said(capsys, "migrate") == (0, "")
    assert Path("parkplace.db").exists()


def test_a_database_that_is_none_is_one_line(capsys) -> None:
    Path("parkplace.db").write_text("this is a letter to my aunt, and no database at all" * 20)
    code, line = said(capsys, "migrate")
    assert code == 1
    assert "cannot be opened" in line
    assert line.count("\n") == 1


def test_a_database_of_a_later_release_is_left_as_it_is(capsys) -> None:
    said(capsys, "migrate")
    connection = sqlite3.connect("parkplace.db")
    connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    connection.commit()
    connection.close()
    code, line = said(capsys, "migrate")
    assert code == 1
    assert "newer release" in line


def test_a_backup_is_made_and_put_back_only_when_that_is_said(capsys) -> None:
    said(capsys, "migrate")
    assert said(capsys, "backup", "copy") == (0, "")
    code, line = said(capsys, "backup", "copy")
    assert (code, "is there already" in line) == (1, True)
    code, line = said(capsys, "restore", "copy")
    assert (code, "--replace" in line) == (1, True)
    assert said(capsys, "restore", "copy", "--replace") == (0, "")
    assert said(capsys, "migrate") == (0, "")
    code, line = said(capsys, "restore", "elsewhere")
    assert (code, "is not a backup" in line) == (1, True)


def _settings(sandbox: Sandbox, token: str) -> Settings:
    return Settings(_env_file=None, bot_token=token, bot_api_url=sandbox.url)


@pytest.mark.parametrize("name", ["run", "serve"])
async def test_a_token_that_telegram_does_not_know_ends_the_start(name: str) -> None:
    async with Sandbox() as sandbox:
        settings = _settings(sandbox, "123456:not-the-right-token").model_copy(
            update={"http_port": 0}
        )
        with pytest.raises(Trouble, match="Telegram does not know this PARK_BOT_TOKEN"):
            await load(name).run(None, settings)


async def test_a_port_that_is_taken_is_one_line() -> None:
    async with Sandbox() as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        settings = _settings(sandbox, sandbox.token).model_copy(update={"http_port": port})
        with pytest.raises(Trouble, match=f"cannot listen on 127.0.0.1 port {port}"):
            await load("serve").run(None, settings)
