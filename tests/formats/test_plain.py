from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable, parse
from newsreader.formats.base import LONGEST_TITLE, title_from, title_is_lede
from newsreader.text.clean import sanitize


def read(text: str) -> ParsedArticle:
    (article,) = parse(text.encode(), ".txt")
    return article


@pytest.mark.parametrize(
    "header",
    [
        " date 2021-03-26 ", "date 2021-03-26\n", "Date: 26 March 2021\n\n", "DATE\tMarch 26, 2021 ",
        "\n date 26.03.2021 ", " date Fri, 26 March 2021 ",
    ],
)  # fmt: skip
def test_a_header_line_dates_the_article(header: str) -> None:
    article = read(header + "Ferry returns\n\nIt sails again.")
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert (article.date_from, article.has_time) == ("header", False)
    assert (article.title, article.paragraphs) == ("Ferry returns", ("It sails again.",))


def test_it_is_told_where_title_and_date_were_found() -> None:
    assert read(" date 2021-03-26 Ferry returns\n\nText.").origins == (
        ("title", "text"),
        ("date", "header line"),
    )
    assert read("Ferry returns\n\nText.").origins == (("title", "text"),)


def test_a_header_may_state_the_time() -> None:
    article = read(" date 2021-03-26T09:14+08:00 Ferry returns\n\nText.")
    assert article.has_time
    assert article.published is not None
    assert article.published.isoformat() == "2021-03-26T09:14:00+08:00"


@pytest.mark.parametrize(
    "text",
    [
        "Ferry returns\n\nIt sails again.", "Date palms flower\n\nText.", "Date 2021-02-30 is none\n\nText.",
        "date yesterday Ferry\n\nText.", "Date: soon\n\nText.", "Updated\n date 2021-03-26 late\n\nText.",
    ],
)  # fmt: skip
def test_without_a_header_date_nothing_is_cut_off(text: str) -> None:
    article = read(text)
    assert (article.published, article.date_from) == (None, "file")
    assert article.title == " ".join(text.split("\n\n")[0].split())


def test_a_short_first_paragraph_without_full_stop_is_the_title_and_no_text() -> None:
    article = read("Ferry returns\nto service\n\nOne.\n\n\nTwo.\n")
    assert (article.title, article.paragraphs) == ("Ferry returns to service", ("One.", "Two."))


def test_a_closed_first_paragraph_gives_its_first_sentence_and_stays_text() -> None:
    article = read("The ferry sails. It took long.\n\nTwo.")
    assert article.title == "The ferry sails."
    assert article.paragraphs == ("The ferry sails. It took long.", "Two.")


def test_a_long_first_paragraph_is_cut_at_a_word() -> None:
    text = "word " * 100
    article = read(text)
    assert len(article.title) <= LONGEST_TITLE
    assert article.title.endswith("word…")
    assert article.paragraphs == (text.strip(),)


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        (
            "Mr. Smith met Dr. Jones in the U.S. on Friday. They spoke.",
            "Mr. Smith met Dr. Jones in the U.S. on Friday.",
        ),
        ("“We sail.” So said the captain today.", "“We sail.”"),
        ("Will it sail? It will.", "Will it sail?"),
        ("Shares rose 6.71 percent on Friday. More later.", "Shares rose 6.71 percent on Friday."),
        ("船は再び航行する。修理は終わった。", "船は再び航行する。"),
    ],
)
def test_the_first_sentence(paragraph: str, title: str) -> None:
    assert title_from([paragraph])[0] == title


@pytest.mark.parametrize(
    "headline", ["Ferry sails for Tarn Inc.", "A deal with the U.S.", "And then…", "And then...", "Sails!"]
)
def test_headlines_whose_last_mark_is_no_full_stop(headline: str) -> None:
    assert title_from([headline, "Text."]) == (headline, ("Text.",))


def test_a_title_that_only_starts_the_text_is_known_as_such() -> None:
    text = "word " * 100
    article = read(text)
    assert title_is_lede(article.title, article.paragraphs)
    assert not title_is_lede("Ferry", ("It sails.",))
    assert not title_is_lede("Ferry", ())


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\u200b\ufeff".encode(), b" date 2021-03-26 \n"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        parse(data, ".txt")


def test_files_without_suffix_are_plain_text() -> None:
    (article,) = parse(b"Ferry returns\n\nIt sails.", "")
    assert article.title == "Ferry returns"


def test_markup_and_escapes_are_only_text() -> None:
    article = read("Price [/] up [@click=app.quit]now[/]\n\n\x1b[2J\x1b]52;c;ZXZpbA==\x07# No heading **here**")
    assert article.title == "Price [/] up [@click=app.quit]now[/]"
    assert article.paragraphs == ("# No heading **here**",)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_clean_text_or_are_refused(data: bytes) -> None:
    try:
        (article,) = parse(data, ".txt")
    except Unreadable:
        return
    assert article.title
    assert "\n" not in article.title
    assert all(text and "\n" not in text for text in article.paragraphs)
    assert all(sanitize(text) == text for text in (article.title, *article.paragraphs))
