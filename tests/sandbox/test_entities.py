"""HTML to text and entities, as Telegram reads it."""

import contextlib
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import parse_html, read_text, units
from sandbox.errors import BadRequest
from sandbox.parameters import Parameters

SIMPLE = {
    "bold": ("<b>x</b>", "bold"),
    "strong": ("<strong>x</strong>", "bold"),
    "italic": ("<i>x</i>", "italic"),
    "em": ("<em>x</em>", "italic"),
    "underline": ("<u>x</u>", "underline"),
    "ins": ("<ins>x</ins>", "underline"),
    "strike": ("<s>x</s>", "strikethrough"),
    "del": ("<del>x</del>", "strikethrough"),
    "spoiler": ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
    "spoiler span": ('<span class="tg-spoiler">x</span>', "spoiler"),
    "code": ("<code>x</code>", "code"),
    "pre": ("<pre>x</pre>", "pre"),
    "quote": ("<blockquote>x</blockquote>", "blockquote"),
    "long quote": ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
    "capitals": ("<B>x</b>", "bold"),
    "spaces": ("<b  >x</b >", "bold"),
    "short end": ("<b>x</>", "bold"),
}


@pytest.mark.parametrize(("html", "kind"), SIMPLE.values(), ids=SIMPLE)
def test_a_tag_is_an_entity(html: str, kind: str) -> None:
    assert parse_html(html) == ("x", [{"type": kind, "offset": 0, "length": 1}])


def test_escapes_stand_for_one_character() -> None:
    text = "&lt;&gt;&amp;&quot;&#33;&#x1F697;&nbsp;&copy; & &#0;"
    assert parse_html(text) == ('<>&"!🚗&nbsp;&copy; & &#0;', [])


def test_offsets_count_utf_16_units() -> None:
    assert parse_html("🚗 <b>a🚗</b><i>b</i>") == (
        "🚗 a🚗b",
        [
            {"type": "bold", "offset": 3, "length": 3},
            {"type": "italic", "offset": 6, "length": 1},
        ],
    )


def test_tags_nest() -> None:
    assert parse_html("<b>a<i>b<u>c</u></i></b>")[1] == [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 1, "length": 2},
        {"type": "underline", "offset": 2, "length": 1},
    ]


def test_code_marks_up_nothing_inside() -> None:
    assert parse_html("<code>a<b>b</b></code>")[1] == [{"type": "code", "offset": 0, "length": 2}]


def test_a_block_of_code_knows_its_language() -> None:
    html = '<pre><code class="language-python">x = 1</code></pre>'
    assert parse_html(html)[1] == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', "https://example.org/?a=1&b=2"),
        ("<a href='example.org'>x</a>", "http://example.org"),
        ("<a>example.org</a>", "http://example.org"),
        ('<a href="nowhere">x</a>', None),
        ('<a href="javascript:alert(1)">x</a>', None),
    ],
    ids=["url", "no scheme", "text is the url", "nowhere", "script"],
)
def test_a_link_leads_somewhere_or_is_none(html: str, expected: str | None) -> None:
    assert [mark["url"] for mark in parse_html(html)[1]] == ([expected] if expected else [])


def test_a_link_to_a_person_mentions_them() -> None:
    [mark] = parse_html('<a href="tg://user?id=7">x</a>')[1]
    assert (mark["type"], mark["user"]["id"]) == ("text_mention", 7)


BROKEN = {
    "never closed": ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    "crossed": (
        "é<b><i>x</b></i>",
        'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"',
    ),
    "never opened": ("x</b>", "Unexpected end tag at byte offset 1"),
    "unknown": ("é <h1>x</h1>", 'Unsupported start tag "h1" at byte offset 3'),
    "a smaller sign": ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    "cut off": ("x <b", "Unclosed start tag at byte offset 2"),
    "cut off in the end": ("<b>x</b", "Unclosed end tag at byte offset 4"),
    "another span": (
        '<span class="big">x</span>',
        'Tag "span" must have class "tg-spoiler" at byte offset 0',
    ),
    "no equals": (
        "<a href>x</a>",
        'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
    ),
    "no name": ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    "open quote": ('<a href="x>x</a>', 'Unclosed start tag "a" at byte offset 0'),
}


@pytest.mark.parametrize(("html", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_html_is_refused_with_its_place(html: str, words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_html(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    assert parse_html(escape(text, quote=True).replace("&#x27;", "&#39;")) == (text, [])


pieces = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='a.b'>",
        "</a>",
        "<",
        ">",
        "&",
        "é",
        "🚗",
        " ",
        "'",
        "/",
    ]
)


@given(st.lists(pieces).map("".join))
def test_entities_never_reach_beyond_the_text(html: str) -> None:
    values = {"text": html, "parse_mode": "HTML"}
    with contextlib.suppress(BadRequest):
        text, marks = read_text(Parameters(values), "text", "entities")
        assert all(0 <= m["offset"] < m["offset"] + m["length"] <= units(text) for m in marks)


FOUND = {
    "command": ("/start abc", "bot_command", 0, 6),
    "command for one bot": ("/find@parkplace_bot", "bot_command", 0, 19),
    "link": ("🚗 https://example.org/a?b=1.", "url", 3, 25),
    "mention": ("ask @parkplace_bot", "mention", 4, 14),
    "tag": ("a #parking b", "hashtag", 2, 8),
    "mail": ("to riva@example.org", "email", 3, 16),
}


@pytest.mark.parametrize(("text", "kind", "offset", "length"), FOUND.values(), ids=FOUND)
def test_plain_text_is_marked_by_what_it_says(
    text: str, kind: str, offset: int, length: int
) -> None:
    _, marks = read_text(Parameters({"text": text}), "text", "entities")
    assert marks == [{"type": kind, "offset": offset, "length": length}]


def test_nothing_is_found_inside_code() -> None:
    values = {"text": "<code>/start</code>", "parse_mode": "HTML"}
    _, marks = read_text(Parameters(values), "text", "entities")
    assert [mark["type"] for mark in marks] == ["code"]


def test_white_space_around_a_text_is_cut_with_its_entities() -> None:
    values = {"text": "<b>  a </b>\n", "parse_mode": "HTML"}
    assert read_text(Parameters(values), "text", "entities") == (
        "a",
        [{"type": "bold", "offset": 0, "length": 1}],
    )
