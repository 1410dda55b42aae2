from __future__ import annotations

import re
from collections.abc import Collection
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsreader.article import Article, FullArticle
from newsreader.compare.comparison import compare
from newsreader.compare.model import ComparedText
from newsreader.engine.results import Compared
from newsreader.export import comparison_html as diff_html
from newsreader.export import comparison_markdown as diff_markdown
from newsreader.text.clean import one_line
from tests.builders import Library

LEFT = """\
 date 2021-03-27 Harbour ferry returns to service

Fishermen had asked for a later departure. The ferry sails again on Saturday after repairs worth $40 million.

The café on the pier stays closed.

Captain Holm, who lives in Tarn, said that both engines were replaced and that the timetable of last summer holds again.
"""
RIGHT = """\
 date 2021-03-28 Ferry sails again

After repairs worth $46 million the ferry sails again on Saturday.

Captain Holm said that both engines were replaced, and that the timetable of last summer holds again.

Fishermen had asked for a later departure. Tickets cost more than before.
"""
HOSTILE = [
    "<script>alert(1)</script> </td></table></style><img src=x onerror=alert(1)> & &lt;b&gt; &#60;",
    "[a](javascript:alert(1)) ![b](http://e.com/c.png) [ref]: http://e.com [^1] [[wiki]]",
    "write to press@example.com or see https://example.com/a?b=c, www.example.com, example.org, ftp://e.com/",
    "# heading | cell | **bold** __bold__ ~~gone~~ `code` *a* _b_ $x$ ==mark== %%note%% :smile: ^up^ {.class}",
    "- item",
    "12. item",
    "+ item",
    "> quotation",
    "--- *** ___ === ``` ~~~",
    "\\ \\* \\[ \\<b>",
    "```",
    "||spoiler|| |---|",
    "zero\u200dwidth and private \ue000 and no-break\xa0blank",
]
VOID = {"meta", "br", "img", "link", "input", "hr"}
OUR_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "h1", "h2", "p",
    "time", "code", "table", "thead", "tbody", "tr", "th", "td", "span", "strong", "del", "ins", "a",
}  # fmt: skip
markdown = MarkdownIt("gfm-like")


class Page(HTMLParser):
    """What a browser would see: balanced tags, attributes, the text of cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.text.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.text[tag][-1] += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


def page_of(text: str, also: Collection[str] = ()) -> Page:
    page = Page(text)
    assert {tag for tag, _ in page.seen} <= OUR_TAGS.union(also)
    for _, attributes in page.seen:
        assert not any(name.startswith("on") or name in ("src", "style", "srcdoc") for name in attributes)
    return page


def compared(left: list[str], right: list[str], **about: Any) -> Compared:
    """Two articles with these paragraphs, as the engine hands them over."""

    def full(name: str, paragraphs: list[str]) -> FullArticle:
        values = dict.fromkeys(Article.__dataclass_fields__) | {
            "id": name, "path": Path("/articles", name), "title": f"Title of {name}", "source": f"{name} post",
            "date_from": "header", "words": 1, "tags": (),
        }  # fmt: skip
        return FullArticle(Article(**values | about), tuple(paragraphs))

    one, other = full("left", left), full("right", right)
    return Compared(one, other, compare(ComparedText(None, one.paragraphs), ComparedText(None, other.paragraphs)))


def tokens_of(text: str) -> list[Any]:
    return [token for block in markdown.parse(text) for token in (block, *(block.children or ()))]


def test_a_moved_passage_stays_together_in_every_form(library: Library) -> None:
    block = "Rain fell on the northern hills all week.\n\nRivers rose by half a metre in two days."
    rest = "The market opened as usual.\n\nTraders sold apples, pears and cheese.\n\nSchools stayed open on Friday."
    left = str(library.write("post/one.txt", f" date 2021-03-27 One\n\n{block}\n\n{rest}\n"))
    right = str(library.write("post/two.txt", f" date 2021-03-27 One\n\n{rest}\n\n{block}\n"))
    library.index()
    rows = library.run("diff", left, right, "--format", "json").json["rows"]
    assert [row["block"] for row in rows] == [None, 1, 1, None, None, None]
    assert [row["block"] is not None for row in rows] == [row["moved"] for row in rows]
    text = library.run("diff", left, right, "--format", "text").text
    assert "↕ moved, ¶ 1 → ¶ 4, 2 sentences:\n ↕ Rain fell on the northern hills all week.\n ↕ Rivers rose" in text
    notes = library.run("diff", left, right, "--format", "markdown").text
    assert (
        "- ↕ Moved ¶ 1 → ¶ 4, 2 sentences\n\n  > Rain fell on the northern hills all week.\n\n  > Rivers rose" in notes
    )
    page = page_of(library.run("diff", left, right, "--format", "html").text)
    assert sum("↕ moved" in cell for cell in page.text["th"]) == 1
    assert page.text["td"].count("2 sentences of ¶ 4, shown beside ¶ 1") == 1
    assert "#row-2" in [link.get("href") for link in page.attributes("a")]


@pytest.fixture
def pair(library: Library) -> tuple[Library, str, str]:
    left, right = library.write("tarn-post/ferry.txt", LEFT), library.write("alder-review/sails.txt", RIGHT)
    library.index()
    return library, str(left), str(right)


def test_html_is_one_document_that_needs_nothing_else(pair: tuple[Library, str, str]) -> None:
    library, left, right = pair
    ran = library.run("diff", left, right, "--format", "html")
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.startswith("<!DOCTYPE html>")
    page = page_of(ran.text)
    assert not re.search(r"url\(|@import|https?:", ran.text)
    assert "default-src 'none'" in ran.text
    assert "prefers-color-scheme: dark" in ran.text
    assert "@media print" in ran.text
    assert page.text["title"] == ["Harbour ferry returns to service ⇄ Ferry sails again"]
    assert all(link["href"].startswith("#row-") for link in page.attributes("a") if link["href"])


def test_html_shows_articles_facts_and_rows(pair: tuple[Library, str, str]) -> None:
    library, left, right = pair
    page = page_of(library.run("diff", left, right, "--format", "html").text)
    head = page.text["header"][0]
    for expected in ("tarn-post", "alder-review", "27 Mar 2021", "28 Mar 2021", left, right):
        assert expected in head
    assert [t["datetime"] for t in page.attributes("time")] == ["2021-03-27", "2021-03-28"]
    differ = page.text["section"][2]
    assert differ.startswith("\nFacts that contradict each other")
    assert "$40 million≠$46 million" in differ
    kinds = [attributes["class"] for attributes in page.attributes("tr") if attributes.get("id")]
    assert len(kinds) == len(library.run("diff", left, right, "--format", "json").json["rows"])
    assert any("moved" in str(kind).split() for kind in kinds)
    assert any(re.search("↕ moved.*¶ 1 → ¶ 3", cell) for cell in page.text["th"])
    assert ", who lives in Tarn," in page.text["del"]
    assert "After repairs worth $46 million" in page.text["ins"]
    assert "café on the pier" in "".join(page.text["td"])


def test_markdown_shows_articles_facts_and_differences(pair: tuple[Library, str, str]) -> None:
    library, left, right = pair
    ran = library.run("diff", left, right, "--format", "markdown")
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.startswith("# Harbour ferry returns to service ⇄ Ferry sails again\n")
    assert f"tarn-post · 27 Mar 2021 · `{left}`" in ran.text
    assert "| money | \\$40 million | ≠ | \\$46 million |" in ran.text
    assert "  > Captain ~~Holm, who lives in Tarn,~~ said that both engines were replaced and" in ran.text
    assert "  > ~~The café on the pier stays closed.~~" in ran.text
    assert "  > **Tickets cost more than before.**" in ran.text
    assert "- The same, ↕ moved ¶ 1 → ¶ 3\n\n  > Fishermen had asked for a later departure.\n" in ran.text
    types = [token.type for token in tokens_of(ran.text)]
    assert types.count("heading_open") == 3
    assert types.count("table_open") == 1
    assert types.count("blockquote_open") == ran.text.count("  > ")
    assert types.count("s_open") * 2 == ran.text.count("~~")
    assert types.count("strong_open") * 2 == ran.text.count("**")


def test_text_says_what_contradicts_and_what_one_alone_has(library: Library) -> None:
    more = "Ilse Lund sold 640 boats. Two of the people left.\n\nHolm said “we could not leave them alone”."
    other = "Holm said “we could never leave them alone”."
    left = library.write("tarn-post/ferry.txt", f"{LEFT}\n{more}\n")
    right = library.write("alder-review/sails.txt", f"{RIGHT}\n{other}\n")
    ran = library.run("diff", str(left), str(right))
    assert ran.text.split("\n\n")[1:3] == [
        "Facts that contradict each other\n  money    $40 million  ≠  $46 million",
        "Other facts\n"
        "  quote    we could not leave them alone  quoted differently  we could never leave them alone\n"
        "  number   − 640 boats\n"
        "  name     − Ilse Lund\n"
        "  (1 minor fact left out)",
    ]


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_equal_articles_and_the_exit_code(pair: tuple[Library, str, str], form: str) -> None:
    library, left, right = pair
    assert library.run("diff", left, right, "--format", form, "--exit-code").code == 1
    ran = library.run("diff", left, left, "--format", form, "--exit-code")
    assert ran.code == 0
    assert "Facts that contradict" not in ran.text


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_hostile_files_stay_text(library: Library, form: str) -> None:
    name = 'a"><script>alert(1)<b>`_x_`.txt'
    path = library.write(f"<i>outlet</i>/{name.replace('/', '')}", " date 2021-03-27 <b>T</b> [x](y)\n\n" + HOSTILE[0])
    other = library.write(
        "other/b.md", "---\ntitle: <u>\nurl: javascript:alert(1)\nauthor: '*<b>*'\n---\n\ntext `<x>`\n"
    )
    text = library.run("diff", str(path), str(other), "--format", form).text
    if form == "html":
        page = page_of(text)
        assert HOSTILE[0].split()[0] in "".join(page.text["td"])
        assert all(str(a["href"]).startswith("#") for a in page.attributes("a"))
    else:
        types = {token.type for token in tokens_of(text)}
        assert not types & {"html_inline", "html_block", "link_open", "image", "em_open"}


@pytest.mark.parametrize(
    "url", ["https://example.com/a?b=1&c=2", "javascript:alert(1)", "//host", "https://[", "data:x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    page = page_of("\n".join(diff_html.lines(compared(["Text."], ["Text."], url=url))))
    assert [a["href"] for a in page.attributes("a")] == ([url, url] if url.startswith("https://e") else [])


TEXT = st.text(
    st.sampled_from("ab1é今 ,.;:!?-–—'\"“”()[]{}<>&*_~`#|\\$^=%@/+\ue000\u200d") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=40,
).map(one_line).filter(bool)  # fmt: skip


def shown(text: str) -> list[Any]:
    """A quotation as a reader of Markdown sees it: its inline tokens."""
    blocks = markdown.parse(f"- Label\n\n  > {text}\n")
    assert [b.type for b in blocks if b.nesting >= 0 and b.level >= 2][2:] == [
        "blockquote_open",
        "paragraph_open",
        "inline",
    ]
    return blocks[-5].children or []


def in_table(text: str) -> list[Any]:
    blocks = markdown.parse(f"| a | b |\n| - | - |\n| {text} | c |\n")
    cells = [block.children for block in blocks if block.type == "inline"]
    assert len(cells) == 4
    return cells[2] or []


@given(TEXT)
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
@example("mail a@b.co")
@example("1) one")
@example(HOSTILE[-1])
def test_escaped_markdown_is_read_as_the_text_it_was(text: str) -> None:
    for tokens in (shown(diff_markdown.escape(text)), in_table(diff_markdown.escape(text))):
        assert {token.type for token in tokens} <= {"text"}
        assert "".join(token.content for token in tokens).replace("\u2060", "").strip() == text.replace("\u2060", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_markdown(text: str) -> None:
    for tokens in (shown(diff_markdown.escape(text)), in_table(diff_markdown.escape(text))):
        assert {token.type for token in tokens} <= {"text"}
        assert "".join(token.content for token in tokens).replace("\u2060", "") == text


@given(TEXT, TEXT, TEXT)
@example("Strand", ", the fire commander,", "said")
@example("he said", '"', "yes")
def test_marks_in_markdown_are_always_read_as_marks(start: str, middle: str, end: str) -> None:
    same = "The ferry sails again on Saturday after repairs"
    found = compared([f"{same} {start}{end}."], [f"{same} {start}{middle}{end}."])
    text = "\n".join(diff_markdown.lines(found))
    types = [token.type for token in tokens_of(text)]
    assert not set(types) & {"html_inline", "html_block", "link_open", "image", "em_open"}
    marks = re.sub(r"\\.", "", text)
    assert types.count("s_open") * 2 == marks.count("~~")
    assert types.count("strong_open") * 2 == marks.count("**")


@given(st.lists(TEXT, max_size=3), st.lists(TEXT, max_size=3))
@example(HOSTILE, HOSTILE[::-1])
def test_html_holds_every_sentence_as_it_was(left: list[str], right: list[str]) -> None:
    found = compared(left, right)
    page = page_of("\n".join(diff_html.lines(found)))
    cells = " ".join(page.text.get("td", []))
    for sentence in (*found.comparison.left_sentences, *found.comparison.right_sentences):
        assert re.sub(r"\s+", " ", sentence.text) in re.sub(r"\s+", " ", cells)
