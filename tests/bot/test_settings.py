import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load

ROOT = Path(__file__).parents[2]
TOKEN = "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"
NAMES = {
    "BOT_TOKEN",
    "BOT_API_URL",
    "DATABASE_URL",
    "DATA_DIR",
    "ADMINS",
    "OPERATOR_NAME",
    "OPERATOR_CONTACT",
    "PUBLIC_URL",
    "WEBHOOK_SECRET",
    "HTTP_HOST",
    "HTTP_PORT",
    "CORS_ORIGINS",
    "JWT_SECRET",
    "CURRENCY",
    "LANGUAGE",
    "MAX_AHEAD",
    "GEOCODER_URL",
    "TILES_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "SEND_PER_SECOND",
    "SEND_PER_CHAT",
    "SEND_PER_GROUP",
}


def settings(text: str) -> Settings:
    Path(".env").write_text(text)
    return load()


def problems(text: str) -> list[str]:
    with pytest.raises(BadSettings) as refused:
        settings(text)
    return refused.value.problems


def test_everything_has_a_default_but_the_token() -> None:
    assert load().bot_api_url == "https://api.telegram.org"
    with pytest.raises(BadSettings, match="PARK_BOT_TOKEN is not set"):
        _ = load().token


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("PARK_PUBLIC_URL=https://parking.example/town", "https://parking.example/town/map"),
        ("PARK_PUBLIC_URL=http://127.0.0.1:8000", ""),
        ("", ""),
    ],
    ids=["https", "http", "nowhere"],
)
def test_the_map_opens_inside_telegram_where_there_is_https(line: str, page: str) -> None:
    assert settings(line).map_page == page


def test_every_promised_name_is_known() -> None:
    assert {name.upper() for name in Settings.model_fields} == NAMES


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARK_HTTP_PORT", "9000")
    assert settings("PARK_HTTP_PORT=8000\nPARK_MAX_AHEAD=7").http_port == 9000
    assert load().max_ahead == 7


def test_names_of_others_in_the_file_are_none_of_our_business() -> None:
    assert settings("POSTGRES_PASSWORD=x\nPATH_TO=y").max_ahead == 5


def test_an_empty_value_is_as_good_as_none() -> None:
    assert settings("PARK_PUBLIC_URL=\nPARK_HTTP_PORT=").public_url is None


def test_lists_are_separated_by_commas() -> None:
    read = settings("PARK_ADMINS=1, 22\nPARK_CORS_ORIGINS=https://a.example,https://b.example")
    assert read.admins == (1, 22)
    assert read.cors_origins == ("https://a.example", "https://b.example")


def test_an_unknown_name_in_the_file_stops_the_start() -> None:
    assert problems("PARK_PRICE=1") == ["PARK_PRICE is not a setting of Park Place"]


def test_an_unknown_name_in_the_environment_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("park_tokn", "x")
    assert problems("") == ["park_tokn is not a setting of Park Place"]


def test_everything_wrong_is_told_at_once_in_one_line_each() -> None:
    told = problems("PARK_HTTP_PORT=x\nPARK_MAX_AHEAD=0\nPARK_SECRET=1")
    assert [re.match(r"PARK_\w+", line)[0] for line in told] == [
        "PARK_SECRET",
        "PARK_HTTP_PORT",
        "PARK_MAX_AHEAD",
    ]
    assert not any("\n" in line for line in told)


def test_a_line_that_says_nothing_is_named() -> None:
    assert problems("PARK_MAX_AHEAD=1\nthis is no setting") == [
        ".env, line 2: this is not NAME=value"
    ]


def test_a_file_that_is_no_text_is_named() -> None:
    Path(".env").write_bytes(b"PARK_MAX_AHEAD=\xff\xfe")
    with pytest.raises(BadSettings, match=r"\.env cannot be read"):
        load()


@pytest.mark.parametrize(
    "line",
    [
        "PARK_BOT_TOKEN=changeme",
        "PARK_BOT_API_URL=ftp://api.example",
        "PARK_BOT_API_URL=http://api.example",
        "PARK_PUBLIC_URL=http://parking.example",
        "PARK_PUBLIC_URL=https://parking.example/?a=b",
        "PARK_DATABASE_URL=sqlite:///parkplace.db",
        "PARK_DATABASE_URL=sqlite+aiosqlite:///:memory:",
        "PARK_DATABASE_URL=sqlite+aiosqlite://",
        "PARK_WEBHOOK_SECRET=secret",
        "PARK_WEBHOOK_SECRET=aaaaaaaaaaaaaaaaaaaaaaaa",
        "PARK_WEBHOOK_SECRET=with spaces and much more",
        "PARK_JWT_SECRET=0123456789abcdef",
        "PARK_CORS_ORIGINS=*",
        "PARK_CORS_ORIGINS=https://a.example/path",
        "PARK_CURRENCY=EURO",
        "PARK_LANGUAGE=xx-nowhere",
        "PARK_LANGUAGE=fi",
        "PARK_ADMINS=me",
        "PARK_TILES_URL=https://tiles.example/",
        "PARK_TILES_URL=https://tiles.example/{z}/{x}/{x}/{y}.png",
        "PARK_TILES_URL=https://{s}.tiles.example/{z}/{x}/{y}.png",
        "PARK_TILES_URL=https://{x}.tiles.example/{z}/{y}.png",
        "PARK_TILES_URL=http://tiles.example/{z}/{x}/{y}.png",
        "PARK_HTTP_PORT=70000",
        "PARK_SEND_PER_SECOND=0",
        "PARK_SEND_PER_CHAT=nan",
    ],
)
def test_a_value_that_cannot_be_or_is_unsafe_is_refused(line: str) -> None:
    (told,) = problems(line)
    assert told.startswith(line.partition("=")[0])


@pytest.mark.parametrize(
    "line",
    [
        f"PARK_BOT_TOKEN={TOKEN}",
        "PARK_BOT_API_URL=http://127.0.0.1:8081",
        "PARK_BOT_API_URL=http://telegram-bot-api:8081/",
        "PARK_PUBLIC_URL=https://parking.example/town",
        "PARK_DATABASE_URL=sqlite+aiosqlite:////var/lib/parkplace/town.db",
        "PARK_WEBHOOK_SECRET=q7Yx-2vLm_09KdPzRt",
        "PARK_CURRENCY=usd",
        "PARK_LANGUAGE=de-AT",
        "PARK_TILES_URL=https://tiles.example/{z}/{x}/{y}.png?key=k",
        "PARK_SMTP_URL=smtps://me:secret@mail.example\nPARK_MAIL_FROM=Park <park@example.org>",
        "PARK_SMTP_URL=smtp://127.0.0.1:2525\nPARK_MAIL_FROM=park@example.org",
        "PARK_MAIL_FROM=Pärk <park@example.org>",
    ],
)
def test_a_sensible_value_is_taken(line: str) -> None:
    settings(line)


@pytest.mark.parametrize("name", ["BOT_TOKEN", "WEBHOOK_SECRET", "JWT_SECRET"])
def test_a_refused_secret_is_not_repeated(name: str) -> None:
    assert "hunter2" not in problems(f"PARK_{name}=hunter2")[0]


def test_secrets_do_not_show_in_what_settings_look_like() -> None:
    assert TOKEN not in repr(settings(f"PARK_BOT_TOKEN={TOKEN}"))
    assert load().token == TOKEN
    assert load().secrets == [TOKEN]


def test_the_password_of_the_mail_server_is_a_secret_by_itself() -> None:
    given = settings("PARK_SMTP_URL=smtps://me:p%40ss@mail.example\nPARK_MAIL_FROM=a@b.example")
    assert {"p%40ss", "p@ss"} < set(given.secrets)


@pytest.mark.parametrize(
    "lines",
    [
        "PARK_SMTP_URL=smtps://mail.example",
        "PARK_SMTP_URL=mail.example\nPARK_MAIL_FROM=a@b.example",
        "PARK_SMTP_URL=https://mail.example\nPARK_MAIL_FROM=a@b.example",
        "PARK_SMTP_URL=smtp://mail.example:port\nPARK_MAIL_FROM=a@b.example",
        "PARK_MAIL_FROM=nobody",
        "PARK_MAIL_FROM=Park <park@example.org>, town@example.org",
        "PARK_MAIL_FROM=Park <pärk@example.org>",
        "PARK_MAIL_FROM=Park <park@exam ple.org>",
    ],
    ids=[
        *("no sender", "no scheme", "not mail", "no port"),
        *("no address", "two addresses", "no plain letters", "a blank"),
    ],
)
def test_mail_needs_a_server_and_a_sender(lines: str) -> None:
    assert len(problems(lines)) == 1


def test_the_example_file_is_accepted_as_it_is() -> None:
    example = (ROOT / ".env.example").read_text()
    shown = re.findall(r"^#? ?(PARK_\w+)=", example, re.MULTILINE)
    assert set(shown) <= {f"PARK_{name}" for name in NAMES}
    settings(example)


def test_the_example_file_works_with_every_line_switched_on() -> None:
    example = (ROOT / ".env.example").read_text()
    settings(re.sub(r"^#(PARK_)", r"\1", example, flags=re.MULTILINE))
