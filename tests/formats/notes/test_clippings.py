"""Markdown as note programs, clippers and site generators write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import formats
from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable
from newsreader.formats.fields import with_names
from newsreader.text.clean import sanitize

MOMENT = datetime(2021, 3, 26, 9, 14, tzinfo=UTC)


def read(text: str) -> ParsedArticle:
    (article,) = formats.parse(text.encode("utf-8", "surrogatepass"), ".md")
    return article


def body(text: str) -> tuple[str, ...]:
    return read(f"# Ferry returns\n\n{text}\n").paragraphs


OBSIDIAN = """\
---
title: "Ferry returns"
source: "https://tarn.example/ferry"
author:
  - "[[Iris Holm]]"
  - "[[Jo Berg]]"
published: 2021-03-26T09:14:00+01:00
created: 2021-04-01
description: "It sails."
tags:
  - "clippings"
---
> [!summary]- In short
> It sails [[Harbour|again]].

![[ferry.jpg]]
It sails from [[Tarn]] to [[Lowland#Pier]], %%ask Jo%% on ==Saturday==.[^1] ^quote

%%
A private note.

Still private.
%%

| Port | Time |
| ---- | ---- |
| [[Tarn]] | 9:00 |

[^1]: The ~~first~~ trip.
"""
MARKDOWNLOAD = """\
---
created: 2021-03-26T09:14:00 (UTC +01:00)
tags: []
source: https://tarn.example/ferry
author: Iris Holm
---

# Ferry returns

> ## Excerpt
> It sails.

---
It sails again.
"""
JOPLIN = """\
Ferry returns

It sails again.

note: this line is the writer's own

id: 0123456789abcdef0123456789abcdef
parent_id: fedcba9876543210fedcba9876543210
created_time: 2021-03-26T09:14:00.000Z
updated_time: 2021-04-01T08:00:00.000Z
is_conflict: 0
author: Iris Holm
source_url: https://tarn.example/ferry
is_todo: 0
source: joplin-desktop
user_created_time: 2021-03-26T09:14:00.000Z
markup_language: 1
title_diff:
type_: 1
"""


def test_obsidian_in_full() -> None:
    article = read(OBSIDIAN)
    assert (article.title, article.author, article.source) == ("Ferry returns", "Iris Holm, Jo Berg", None)
    assert (article.url, article.tags) == ("https://tarn.example/ferry", ("clippings",))
    assert article.published is not None
    assert article.published.utcoffset() == timedelta(hours=1)
    assert article.paragraphs == (
        "In short",
        "It sails again.",
        "It sails from Tarn to Lowland, on Saturday.",
        "Port | Time",
        "Tarn | 9:00",
        "The first trip.",
    )
    assert dict(article.origins)["url"] == "front matter source"


def test_markdownload_in_full() -> None:
    article = read(MARKDOWNLOAD)
    assert article.published == MOMENT - timedelta(hours=1)
    assert (article.title, article.author, article.url) == ("Ferry returns", "Iris Holm", "https://tarn.example/ferry")
    assert article.paragraphs == ("Excerpt", "It sails.", "It sails again.")
    assert article.origins[0] == ("title", "first heading")


def test_joplin_in_full() -> None:
    article = read(JOPLIN)
    assert article == ParsedArticle(
        "Ferry returns",
        ("It sails again.", "note: this line is the writer's own"),
        author="Iris Holm",
        url="https://tarn.example/ferry",
        published=MOMENT,
        has_time=True,
        date_from="meta",
        origins=(
            ("title", "first paragraph"), ("url", "Joplin's source_url"), ("author", "Joplin's author"),
            ("date", "Joplin's user_created_time"),
        ),
    )  # fmt: skip


def test_joplins_folders_are_no_articles() -> None:
    with pytest.raises(Unreadable, match="no note"):
        read(JOPLIN.replace("type_: 1", "type_: 2"))


@pytest.mark.parametrize(
    "block",
    [
        '+++\ntitle = "Ferry returns"\ndate = 2021-03-26T09:14:00Z\ntags = ["sea", "ferry"]\n[params]\nx = 1\n+++\n',
        '{\n  "title": "Ferry returns",\n  "date": "2021-03-26T09:14:00Z",\n  "tags": ["sea", "ferry"]\n}\n',
        "---\ntitle: Ferry returns\ndate: 2021-03-26T09:14:00Z\ntags: [sea, ferry]\n---\n",
    ],
    ids=["toml", "json", "yaml"],
)
def test_front_matter_in_three_languages(block: str) -> None:
    article = read(f"{block}\nIt sails {{{{< figure src='x.png' >}}}}again.\n")
    assert (article.title, article.published, article.tags) == ("Ferry returns", MOMENT, ("sea", "ferry"))
    assert article.paragraphs == ("It sails again.",)
    assert dict(article.origins)["date"] == "front matter date"


@pytest.mark.parametrize("date", ["2021-03-26", "2021-03-26T09:14:00", "2021-03-26 10:14:00+01:00", '"2021-03-26"'])
def test_dates_in_toml(date: str) -> None:
    published = read(f"+++\ntitle = 'A'\ndate = {date}\n+++\nText.\n").published
    assert published is not None
    assert published.date() == MOMENT.date()


@pytest.mark.parametrize(
    "trouble",
    ["a = [", "a = 1\na = 2", "a = 2021-13-45", "a = " + "[" * 5000, "x = '" + "y" * 70_000 + "'", "a = nan2"],
)
def test_broken_toml_keeps_the_article_and_its_simple_lines(trouble: str) -> None:
    article = read(f'+++\ntitle = "Stated"\ndate = 2021-03-26\n{trouble}\n+++\n\nIt sails.\n')
    assert (article.title, article.paragraphs) == ("Stated", ("It sails.",))
    assert article.warning is not None
    assert article.warning.startswith("front matter")


@pytest.mark.parametrize("text", ["{not json}\n\nIt sails.", '{"x": 1}\n\nIt sails.', "{" * 5000, "+++\nno end", "[1]"])
def test_braces_at_the_head_are_text(text: str) -> None:
    article = read(text)
    shown = " ".join((article.title, *article.paragraphs))
    assert text[1:3] in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[A page]]", ("A page",)), ("[[A#B]] [[#C]] [[A|b [c] d]]", ("A C [[A|b [c] d]]",)), ("[[A|b]]", ("b",)),
        ("![[A]]", ()), ("a[^note] b", ("a b",)), ("a == b == c", ("a == b == c",)), ("==a==", ("a",)),
        ("50%% of 100%%", ("50%% of 100%%",)), ("5%", ("5%",)),
        ("%% never ends\n\nseen", ("%% never ends", "seen")),
        ("end ^abc-1", ("end",)), ("2^10", ("2^10",)), ("`[[code]]`", ("code",)), ("~~gone~~", ("gone",)),
        ("> [!warning] Mind\n> the gap", ("Mind", "the gap")), ("> [!note]\n> text", ("text",)), ("> [!x]", ()),
        ("> plain\n> quote", ("plain quote",)), ("[!note] no quote", ("[!note] no quote",)),
        ("- [ ] to do\n- [x] done", ("• [ ] to do", "• [x] done")), ("a<br>b<br/>c", ("a b c",)),
        ("<div>\n<p>One</p><p>Two &amp; <b>three</b></p>\n</div>", ("One", "Two & three")),
        ("<script>alert(1)</script>", ()), ("<details>\n\nMore *text*.\n\n</details>", ("More text.",)),
        ("| a | b |\n| - | - |\n| c `x\\|y` | |", ("a | b", "c x|y")), ("{{% note %}}Text{{% /note %}}", ("Text",)),
    ],
)  # fmt: skip
def test_what_programs_add_to_markdown(text: str, shown: tuple[str, ...]) -> None:
    assert body(text) == shown


def test_the_users_names_hold_in_front_matter() -> None:
    (article,) = formats.parse(b"+++\nkop = 'Veerpont'\n+++\nHij vaart.\n", ".md", with_names({"title": ["kop"]}))
    assert article.title == "Veerpont"


pieces = st.sampled_from(
    [
        *("[[", "]]", "|", "%%", "%%\n", "![[", "#", "^a", "[^1]", "[^1]: ", "==", "`", "~~", "{{<", ">}}", "&#27;"),
        *("<div>", "</div>", "<br>", "<!--", "-->", "{", "}", "\ud800", "\n", "\n\n", "> [!a] ", "| a |\n", "| - |\n"),
        *("---\n", "+++\n", "a = 1\n", '"a": ', "- ", "word ", f"id: {'0' * 32}\n", "type_: 1\n"),
    ]
)


@given(st.lists(pieces, max_size=30))
def test_any_mixture_is_an_article_or_unreadable(some: list[str]) -> None:
    try:
        article = read("".join(some))
    except Unreadable:
        return
    assert article.title
    for text in (article.title, *article.paragraphs, *article.tags):
        assert text == sanitize(text)
        assert "\n" not in text


@pytest.mark.parametrize(
    "piece",
    ["[[", "%%a\n", "==a", "[[a|", "{{<", "![[", "> [!a] ", "[^", "%%", "^", "| ", "a: b\n", "+++\na\n", "---\na\n"],
)
def test_long_repetitions_take_no_long_time(piece: str) -> None:
    """The test's time limit is the measure."""
    try:
        read(piece * (50_000 // len(piece)))
    except Unreadable:
        return
