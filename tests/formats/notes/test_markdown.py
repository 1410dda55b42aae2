from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable, parse
from newsreader.formats.notes.front_matter import LARGEST
from newsreader.text.clean import sanitize


def read(text: str) -> ParsedArticle:
    (article,) = parse(text.encode(), ".md")
    return article


def with_block(block: str, text: str = "# Ferry returns\n\nIt sails again.\n") -> ParsedArticle:
    return read(f"---\n{block}\n---\n{text}")


def test_front_matter_is_read_in_full() -> None:
    article = with_block(
        "title: Ferry returns\ndate: 2021-03-26 09:14\nsource: Tarn Post\nauthor: [Iris Holm, Jo Berg]\n"
        "url: https://tarn.example/ferry\ntags: [harbour, '#ferry']\nlanguage: en-GB",
        "It sails again.\n",
    )
    assert article == ParsedArticle(
        "Ferry returns",
        ("It sails again.",),
        source="Tarn Post",
        author="Iris Holm, Jo Berg",
        url="https://tarn.example/ferry",
        language="en",
        published=datetime(2021, 3, 26, 9, 14, tzinfo=UTC),
        has_time=True,
        date_from="meta",
        tags=("harbour", "ferry"),
        origins=tuple(
            (field, f"front matter {field}")
            for field in ("title", "url", "source", "author", "language", "date", "tags")
        ),
    )


@pytest.mark.parametrize("key", ["title", "headline", "Title", "HEADLINE"])
def test_keys_of_the_title(key: str) -> None:
    assert with_block(f"{key}: Stated title").title == "Stated title"


@pytest.mark.parametrize(
    "key", ["date", "published", "pubDate", "published_at", "publishedAt", "date_published", "created"]
)
def test_keys_of_the_date(key: str) -> None:
    assert with_block(f"{key}: 2021-03-26").published == datetime(2021, 3, 26, tzinfo=UTC)


@pytest.mark.parametrize("key", ["source", "outlet", "publisher", "publication", "site", "site_name", "sitename"])
def test_keys_of_the_source(key: str) -> None:
    assert with_block(f"{key}: Tarn Post").source == "Tarn Post"


@pytest.mark.parametrize("key", ["author", "authors", "byline", "by"])
def test_keys_of_the_author(key: str) -> None:
    assert with_block(f"{key}: Iris Holm").author == "Iris Holm"


@pytest.mark.parametrize("key", ["url", "link", "source_url", "canonical_url", "permalink"])
def test_keys_of_the_url(key: str) -> None:
    assert with_block(f"{key}: https://tarn.example/a").url == "https://tarn.example/a"


@pytest.mark.parametrize("value", ["[a b, c]", "a b, c", "\n  - a b\n  - c", "['#a b', c, c]"])
@pytest.mark.parametrize("key", ["tags", "keywords", "categories"])
def test_tags_in_many_forms(key: str, value: str) -> None:
    assert with_block(f"{key}: {value}").tags == ("a b", "c")


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        ("en", "en"),
        ("de-CH", "de"),
        ("PT_br", "pt"),
        ("Spanish", "es"),
        ("eng", "en"),
        ("Klingon", None),
        ("[fr]", "fr"),
        ("''", None),
    ],
)
def test_the_language_is_a_code_or_nothing(stated: str, language: str | None) -> None:
    assert with_block(f"lang: {stated}").language == language


def test_clippers_write_the_address_as_source() -> None:
    article = with_block('source: "https://tarn.example/ferry"\nauthor:\n  - "[[Iris Holm]]"\npublished: 2021-03-26')
    assert (article.source, article.url, article.author) == (None, "https://tarn.example/ferry", "Iris Holm")


def test_authors_may_be_mappings() -> None:
    assert with_block("author:\n  name: Iris Holm\n  mail: i@h.example").author == "Iris Holm"


@pytest.mark.parametrize(
    ("block", "title"),
    [("title: 2020-01-01", "2020-01-01"), ("title: no", "no"), ("title: 1984", "1984"), ("title: ~", "Ferry returns")],
)
def test_values_are_text_as_written(block: str, title: str) -> None:
    assert with_block(block).title == title


@pytest.mark.parametrize("date", ["soon", "2021-02-30", "99", "2021"])
def test_a_date_that_is_none_is_warned_of(date: str) -> None:
    article = with_block(f"date: {date}")
    assert (article.published, article.date_from) == (None, "file")
    assert article.warning is not None
    assert date in article.warning


@pytest.mark.parametrize(
    "trouble",
    [
        "a: [unclosed", "a: b: c", "\tx: y", "a: !!python/object/apply:os.system ['true']", "? [a]\n: b", "a: &x 1",
        "a: &x [1]\nb: *x", "base: &b {x: 1}\n<<: *b", "a: !!timestamp soon", "a: !!int ''", "a: !!float ''",
        "a: !!bool maybe", "a: " + "[" * 3000, "a: !!int " + "9" * 5000, "x: " + "y" * LARGEST, "a: 'unclosed",
    ],
)  # fmt: skip
def test_a_broken_block_keeps_the_article_and_its_simple_lines(trouble: str) -> None:
    article = with_block(f"title: Stated title\ndate: 2021-03-26\n{trouble}")
    assert article.title == "Stated title"
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert "It sails again." in article.paragraphs
    assert article.warning is not None
    assert article.warning.startswith("front matter")


def test_the_warning_names_the_line() -> None:
    warning = with_block("title: fine\nsource: also fine\nauthor: [oh").warning
    assert warning is not None
    assert "line 4" in warning or "line 5" in warning


def test_alias_bombs_are_refused_unexpanded() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40)) + "tags: *a39"
    article = with_block(bomb)
    assert article.tags == ("*a39",)  # as the line says
    assert article.warning is not None
    assert "anchors" in article.warning


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nAn opening rule: nothing else\nand more.\n\n---\n\nThe rest of it.\n",
        "---\nFirst words without any key\n---\n\nThe rest of it.\n",
        "---\n\nNote: this is prose.\n\n---\n\nThe rest of it.\n",
        "---\n---\n\nNote: this is prose.\n\n---\n\nThe rest of it.\n",
        "---\n- a list\n- b: c\n---\n\nThe rest of it.\n",
        "---\n\nNo end: at all.\n\nThe rest of it.\n",
    ],
)
def test_a_rule_at_the_head_is_no_front_matter(text: str) -> None:
    article = read(text)
    shown = " ".join((article.title, *article.paragraphs))
    for word in ("rule", "First", "prose", "list", "No end", "rest"):
        assert (word in shown) == (word in text)


@pytest.mark.parametrize("head", ["\ufeff---\n", "\n---\n", "--- \r\n"])
def test_front_matter_behind_marks_and_blank_lines(head: str) -> None:
    assert read(f"{head}title: Stated\n---\nText.\n").title == "Stated"
    assert read(f"{head}title: Stated\n...\nText.\n").paragraphs == ("Text.",)


def test_the_first_heading_is_the_title() -> None:
    article = read(
        "# Ferry *returns*\n\nIt sails\nagain.\n\n## Repairs\n\n- one\n- two\n\n1. first\n\n> quoted\n\n    code\n"
    )
    assert article.title == "Ferry returns"
    assert article.paragraphs == ("It sails again.", "Repairs", "• one", "• two", "1. first", "quoted", "code")


def test_a_heading_that_differs_from_the_stated_title_stays() -> None:
    article = with_block("title: Stated title")
    assert (article.title, article.paragraphs) == ("Stated title", ("Ferry returns", "It sails again."))


def test_without_heading_the_rules_of_plain_text_hold() -> None:
    assert read("Ferry returns\n\nIt sails.").paragraphs == ("It sails.",)
    assert read("The ferry sails. It took long.").title == "The ferry sails."


def test_markup_becomes_what_a_reader_sees() -> None:
    article = read(
        "# T\n\nA [link](https://a.example 'x'), `code`, **bold**, ![a photo](p.png) and<br>"
        "a break\\\nhere &amp; there.\n"
    )
    assert article.paragraphs == ("A link, code, bold, a photo and a break here & there.",)


def test_escapes_written_as_entities_are_removed() -> None:
    article = read("# T\n\nred &#27;[31m &#x9b;2J &#x202e;end\n")
    assert all(sanitize(text) == text for text in article.paragraphs)


def test_plain_dates_are_no_header_in_markdown() -> None:
    assert read(" date 2021-03-26 Ferry returns\n\nText.").published is None


@pytest.mark.parametrize("text", ["", "\n\n", "---\nsource: Tarn\n---\n", "<!-- only a comment -->\n"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(Unreadable, match="empty"):
        read(text)


yaml_like = st.text(st.sampled_from("ab:-[]{}&*!|>?'\"#%@, \n\tdate1"), max_size=60)


@given(yaml_like)
def test_any_block_keeps_the_article(block: str) -> None:
    assert "It sails again." in with_block(block).paragraphs
