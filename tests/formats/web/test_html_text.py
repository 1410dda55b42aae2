from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.formats.web.html_text import html_paragraphs
from newsreader.text.clean import sanitize


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("Plain <i>text</i> &amp; more", ("Plain text & more",)),
        ("<p>One\n  line.<p>Two.</p>3<div>4<div>5</div>6</div>", ("One line.", "Two.", "3", "4", "5", "6")),
        ("One<br>line<br><br>Two<br/>\n&nbsp;<br>Three", ("One line", "Two", "Three")),
        ("fer<b>ry</b> <i> sails </i><span>\n</span>on", ("ferry sails on",)),
        ("<h1>Head</h1><blockquote>He said <q>go</q>.</blockquote>", ("Head", "He said “go”.")),
        ("<ul><li>a<li><p>b</p><ol start=3><li>x<li>y</ol><li>c</ul>", ("• a", "• b", "3. x", "4. y", "• c")),
        ("<li>alone<ol start='x'><li>one</ol>", ("• alone", "1. one")),
        ("<table><tr><th>A<th>B<tr><td>1<td> <td>2<td></table>", ("A | B", "1 | 2")),
        ("<table><tr><td><p>left</p><td><p>right</p></table>", ("left", "right")),
        ("<pre>a\n  b\n\nc</pre>d\n\ne", ("a b", "c", "d e")),
        ("<!--[if mso]>no<![endif]--><![if !mso]>yes<![endif]>", ("yes",)),
        ("<?xml version='1.0' encoding='latin-1'?><p>é</p><meta charset=koi8-r><p>ж</p>", ("é", "ж")),
        ("漢<ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>", ("漢字",)),
    ],
)  # fmt: skip
def test_paragraphs_in_reading_order(markup: str, paragraphs: tuple[str, ...]) -> None:
    assert html_paragraphs(markup) == paragraphs


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>if (a<b) '</p>'</script>", "<style>p{}</style>", "<img src=x alt=no>", "<p hidden>no</p>",
        "<div style='DISPLAY : none !important'>no<div>no</div><br></div>", "<svg><text>no</text></svg>",
        "<div style='max-height:0px; overflow: hidden'>no</div>", "<!-- no -->", "<template><p>no</p></template>",
        "<noscript>no</noscript>", "<iframe>no</iframe>", "<form><select><option>no</select></form>",
        "<p>&zwnj;&nbsp;&#847; &zwnj;</p>", "<textarea>no</textarea>", "<object><p>no</object>",
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_left_out(unseen: str) -> None:
    assert html_paragraphs(f"<p>One.</p>{unseen}<p>Two.</p>") == ("One.", "Two.")


def test_spacing_styles_of_mail_templates_hide_nothing() -> None:
    assert html_paragraphs("<td style='font-size:0px'><div style='font-size:13px'>News</div></td>") == ("News",)


def test_what_entities_and_tags_hide_is_sanitized() -> None:
    markup = "<p>a&#27;[31mb&#27;]0;title&#7;c &#x202e;d\x00e &#27;<b>[2J</b>f \ud800g \ud83d\ude00</p>"
    assert html_paragraphs(markup) == ("abc de f \ufffdg 😀",)


@pytest.mark.parametrize("markup", ["", " \n", "\x00", "<", "<!-- ", "<p>", "<br><br>", "</div></p>"])
def test_nothing_to_see(markup: str) -> None:
    assert html_paragraphs(markup) in ((), ("<",))


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul><li", "form", "span style='color:red'", "blockquote"])
def test_deep_nesting_loses_no_text(tag: str) -> None:
    assert "end" in html_paragraphs(f"<{tag}>" * 100_000 + "end")[-1]


def test_large_texts_are_read_whole() -> None:
    assert sum(map(len, html_paragraphs("<p>" + "word " * 2_400_000 + "<p>end"))) == 12_000_002
    assert len(html_paragraphs("<br><br>x" * 300_000)) == 300_000


PIECES = [
    "<p>", "<b>", "</b>", "<li>", "<ol>", "</ol>", "<td>", "<br>", "<pre>", "</pre>", "text", "&#27;", "&#10;", "<q>",
    "</div>", "<!--", "-->", "\x1b[", " ", "\u0301", "<p hidden>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_markup_gives_clean_paragraphs(markup: str) -> None:
    for paragraph in html_paragraphs(markup):
        assert paragraph == sanitize(paragraph).strip()
        assert paragraph
        assert "\n" not in paragraph
