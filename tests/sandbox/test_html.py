"""Telegram's HTML: what it makes of markup, and how it refuses it."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import formatted
from bot.sandbox.errors import ApiError
from bot.sandbox.html_parser import parse_html
from bot.sandbox.values import JsonObject, as_int, utf16_length

TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler"]


def spans(source: str) -> tuple[str, list[tuple[object, object, object]]]:
    """Return the plain text and (type, offset, length) of each entity."""
    text, entities = formatted(source, "HTML", None)
    return text, [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("plain", "plain", []),
        ("<b>bold</b> rest", "bold rest", [("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<ins>a</ins> <del>b</del>", "a b", [("underline", 0, 1), ("strikethrough", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("&lt;&gt;&amp;&quot;&#33;&#x41;", '<>&"!A', []),
        ("&apos;&nbsp;&", "&apos;&nbsp;&", []),
        ("&lt b", "< b", []),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<B >x</b >", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
        ("<b>a<code>c</code>d</b>", "acd", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("  <b> x </b>\n", "x", [("bold", 0, 1)]),
        ("<code>/start</code> /help", "/start /help", [("code", 0, 6), ("bot_command", 7, 5)]),
    ],
)
def test_markup_becomes_entities(
    source: str, text: str, expected: list[tuple[object, object, object]]
) -> None:
    assert spans(source) == (text, expected)


def only_entity(source: str) -> JsonObject:
    _, entities = formatted(source, "html", None)
    assert len(entities) == 1
    return entities[0]


def test_links_carry_their_address() -> None:
    link = only_entity('<a href="https://example.com/?a=1&amp;b=2">here</a>')
    assert link["type"] == "text_link"
    assert link["url"] == "https://example.com/?a=1&b=2"


def test_a_link_without_an_address_is_dropped() -> None:
    assert spans("<a>here</a>") == ("here", [])
    assert only_entity("<a>example.com</a>")["url"] == "http://example.com"


def test_a_link_to_a_person_is_a_mention() -> None:
    assert only_entity('<a href="tg://user?id=1001">Anna</a>')["type"] == "text_mention"


@pytest.mark.parametrize(
    "source",
    [
        '<pre><code class="language-python">x</code></pre>',
        '<code class="language-python"><pre>x</pre></code>',
    ],
)
def test_code_with_a_language_is_one_block(source: str) -> None:
    assert only_entity(source) == {"type": "pre", "offset": 0, "length": 1, "language": "python"}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("ё<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a<i>b", 'Can\'t find end tag corresponding to start tag "i"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x:y>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a "x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ApiError, match="unmatched surrogate"):
        parse_html("&#xD83D;")


@given(st.text())
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    plain, entities = parse_html(html.escape(text).replace("&#x27;", "'"))
    assert plain == text
    assert entities == []


MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(["<", ">", "&", "&lt;", "&#x1F600;", '<a href="', '">', "</", "😀", " "]),
        st.text(max_size=5),
    )
).map("".join)


@given(MARKUP)
def test_any_markup_is_parsed_or_refused_and_never_breaks(source: str) -> None:
    try:
        text, entities = formatted(source, "HTML", None)
    except ApiError:
        return
    for entity in entities:
        offset, length = as_int(entity["offset"]), as_int(entity["length"])
        assert length > 0
        assert 0 <= offset <= utf16_length(text) - length


NESTED = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_characters="<>&"), max_size=4),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "s"]), st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
)


@given(NESTED)
def test_well_nested_markup_is_always_accepted(source: str) -> None:
    text, entities = parse_html(source)
    assert "<" not in text
    assert len(entities) <= source.count("</")
