"""Telegram's HTML is read as Telegram reads it, down to its complaints."""

from __future__ import annotations

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import read_text
from bot.sandbox.html import HtmlError, parse_html
from bot.sandbox.spans import Entity, utf16_length


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("Heat < Ran", 'Unsupported start tag "" at byte offset 5'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=a,b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_complains_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(HtmlError) as caught:
        parse_html(source)
    assert str(caught.value) == complaint


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>x</b>", "x", [Entity("bold", 0, 1)]),
        ("<B>x</>", "x", [Entity("bold", 0, 1)]),
        ("😀<i>é</i>", "😀é", [Entity("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [Entity("bold", 0, 2), Entity("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39; &nbsp;", 'a <b> & "c" \' &nbsp;', []),
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            "x",
            [Entity("text_link", 0, 1, url="https://example.org/?a=1&b=2")],
        ),
        ('<a href="nowhere">x</a>', "x", []),
        ('<pre><code class="language-python">x</code></pre>', "x", [Entity("pre", 0, 1, language="python")]),
        ('<code class="language-python">x</code>', "x", [Entity("code", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [Entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [Entity("blockquote", 0, 1)]),
    ],
)
def test_reads_tags_as_entities(source: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(source) == (text, entities)


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.text(alphabet='<>/ab ="&;#39\n😀', max_size=60))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except HtmlError:
        return
    assert all(0 <= one.offset < one.offset + one.length <= utf16_length(text) for one in entities)
    assert all(one.offset <= other.offset for one, other in pairwise(entities))


def test_trims_the_text_and_moves_its_entities() -> None:
    found = read_text(" \n <b> bold </b>\n", "HTML")
    assert (found.text, found.entities) == ("bold", (Entity("bold", 0, 4),))


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start m_603", [Entity("bot_command", 0, 6)]),
        ("😀 /rate@reelmate_bot", [Entity("bot_command", 3, 18)]),
        ("1/2 and a/b", []),
        ("see https://example.org/x.", [Entity("url", 4, 21)]),
        ("t.me/reelmate_bot?start=m_1", [Entity("url", 0, 27)]),
        ("@someone #film", [Entity("mention", 0, 8), Entity("hashtag", 9, 5)]),
    ],
)
def test_finds_commands_and_links_by_itself(text: str, entities: list[Entity]) -> None:
    assert list(read_text(text, "").entities) == entities
