"""What programs export: each case is shaped like one's output, with our own words in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import formats
from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable
from newsreader.formats.fields import with_names
from newsreader.text.clean import one_line, sanitize
from newsreader.text.json_value import MOST_CONTAINERS

MOMENT = datetime(2021, 3, 26, 9, 14, tzinfo=UTC)


def read(value: Any, suffix: str = ".json") -> Sequence[ParsedArticle]:
    text = value if isinstance(value, str | bytes) else json.dumps(value)
    return formats.parse(text if isinstance(text, bytes) else text.encode(), suffix)


NEWSAPI = {
    "status": "ok",
    "totalResults": 1,
    "articles": [
        {
            "source": {"id": None, "name": "Tarn Post"}, "author": "Iris Holm", "title": "Ferry returns",
            "description": "It sails.", "url": "https://tarn.example/ferry", "publishedAt": "2021-03-26T09:14:00Z",
            "content": "It sails again. Both engines… [+1234 chars]",
        }
    ],
}  # fmt: skip
TRAFILATURA = {
    "title": "Ferry returns", "author": "Iris Holm", "hostname": "tarn.example", "date": "2021-03-26",
    "fingerprint": "0f", "id": None, "raw_text": "all", "text": f"It sails again.\n{'Both engines. ' * 10}",
    "language": "en", "source": "https://tarn.example/ferry", "source-hostname": "Tarn Post", "excerpt": "It",
    "categories": "News", "tags": "ferry;sea",
}  # fmt: skip
WALLABAG = [
    {
        "is_archived": 1, "is_starred": 0, "tags": ["ferry"], "title": "Ferry returns", "language": "en_GB",
        "url": "https://tarn.example/ferry", "content": "<p>It sails again.</p><p>Both engines.</p>",
        "created_at": "2021-04-01T08:00:00+0000", "published_at": "2021-03-26T11:14:00+0200",
        "published_by": ["Iris Holm", "B. Lund"], "domain_name": "www.tarn.example", "id": 7,
    }
]  # fmt: skip
POCKET = {
    "status": 1,
    "list": {
        "229279689": {
            "item_id": "229279689", "resolved_title": "Ferry returns", "resolved_url": "https://tarn.example/ferry",
            "excerpt": "It sails again.", "time_added": "1616750040", "tags": {"ferry": {"tag": "ferry"}},
            "authors": {"12": {"author_id": "12", "name": "Iris Holm"}}, "lang": "en",
        }
    },
}  # fmt: skip
OMNIVORE = [
    {
        "id": "0b66", "slug": "ferry-0b66", "title": "Ferry returns", "description": "It sails again.",
        "author": "Iris Holm", "url": "https://tarn.example/ferry", "state": "Archived", "labels": ["ferry"],
        "savedAt": "2021-04-01T08:00:00.000Z", "publishedAt": "2021-03-26T09:14:00.000Z",
    }
]  # fmt: skip
GUARDIAN = {
    "response": {
        "status": "ok",
        "results": [
            {
                "id": "uk/2021/mar/26/ferry", "webPublicationDate": "2021-03-26T09:14:00Z", "webTitle": "Ferry",
                "webUrl": "https://tarn.example/ferry",
                "fields": {"headline": "Ferry returns", "bodyText": "It sails again.", "byline": "Iris Holm"},
            }
        ],
    }
}  # fmt: skip
GOOGLE_READER = {
    "id": "feed/x",
    "title": "Starred",
    "items": [
        {
            "id": "tag:google.com,2005:reader/item/00", "title": "Ferry returns", "published": 1616750040,
            "canonical": [{"href": "https://tarn.example/ferry"}], "author": "Iris Holm",
            "summary": {"direction": "ltr", "content": "<p>It sails again.</p>"}, "origin": {"title": "Tarn Post"},
            "categories": ["user/-/state/com.google/read", "user/-/label/ferry"],
        }
    ],
}  # fmt: skip
WORDPRESS = [
    {
        "id": 1234567, "date_gmt": "2021-03-26T09:14:00", "link": "https://tarn.example/ferry",
        "title": {"rendered": "Ferry &#8211; <em>returns</em>"}, "content": {"rendered": "<p>It sails again.</p>"},
    }
]  # fmt: skip
GDELT = {
    "articles": [
        {
            "url": "https://tarn.example/ferry", "title": "Ferry returns", "seendate": "20210326T091400Z",
            "domain": "www.tarn.example", "language": "English", "sourcecountry": "Tarn",
        }
    ]
}  # fmt: skip
ELASTIC = {"hits": {"total": 1, "hits": [{"_id": "1", "_source": {"headline": "Ferry returns", "body": "It sails."}}]}}
SCHEMA_ORG = {
    "@type": "NewsArticle", "headline": "Ferry returns", "articleBody": "It sails again.", "inLanguage": "en-GB",
    "datePublished": "2021-03-26T09:14:00Z", "author": [{"@type": "Person", "name": "Iris Holm"}],
    "publisher": {"name": "Tarn Post"}, "mainEntityOfPage": {"@id": "https://tarn.example/ferry"},
    "keywords": "ferry, sea",
}  # fmt: skip


EXPORTS = {
    "newsapi": NEWSAPI, "trafilatura": TRAFILATURA, "wallabag": WALLABAG, "pocket": POCKET, "omnivore": OMNIVORE,
    "guardian": GUARDIAN, "google reader": GOOGLE_READER, "gdelt": GDELT, "elastic": ELASTIC, "schema": SCHEMA_ORG,
}  # fmt: skip


@pytest.mark.parametrize("value", EXPORTS.values(), ids=EXPORTS)
def test_what_programs_export(value: Any) -> None:
    (article,) = read(value)
    assert article.title == "Ferry returns"
    assert article.url in ("https://tarn.example/ferry", None)
    assert article.published in (MOMENT, MOMENT.replace(hour=0, minute=0), None)
    assert article.author in ("Iris Holm", "Iris Holm, B. Lund", None)
    assert article.source in ("Tarn Post", "tarn.example", None)
    assert article.language in ("en", None)
    assert article.tags in (("ferry",), ("ferry", "sea"), ("ferry", "sea", "News"), ())
    assert article.paragraphs[:1] in ((), ("It sails again.",), ("It sails.",), ("It sails again. Both engines…",))
    for field in ("title", "url", "author", "source", "language", "tags"):
        assert bool(getattr(article, field)) == (field in dict(article.origins))
    assert (article.published is not None) == ("date" in dict(article.origins))


def test_newsapi_in_full() -> None:
    (article,) = read(NEWSAPI)
    assert (article.source, article.published, article.has_time) == ("Tarn Post", MOMENT, True)
    assert article.paragraphs == ("It sails again. Both engines…",)
    assert article.part == "https://tarn.example/ferry"
    assert dict(article.origins)["date"] == "field publishedAt"


def test_trafilatura_in_full() -> None:
    (article,) = read(TRAFILATURA)
    assert (article.source, article.url) == ("Tarn Post", "https://tarn.example/ferry")
    assert article.tags == ("ferry", "sea", "News")
    assert article.paragraphs[0] == "It sails again."
    assert article.part == ""  # a file that holds one


def test_wallabag_in_full() -> None:
    (article,) = read(WALLABAG)
    assert (article.published, article.language, article.source) == (MOMENT, "en", "tarn.example")
    assert article.published is not None
    assert article.published.utcoffset() == timedelta(hours=2)
    assert article.paragraphs == ("It sails again.", "Both engines.")
    assert article.author == "Iris Holm, B. Lund"


def test_pocket_and_google_reader_in_full() -> None:
    (pocket,), (reader,) = read(POCKET), read(GOOGLE_READER)
    assert (pocket.part, pocket.tags, pocket.author, pocket.published) == (
        "229279689", ("ferry",), "Iris Holm", MOMENT
    )  # fmt: skip
    assert (reader.source, reader.tags, reader.published) == ("Tarn Post", ("ferry",), MOMENT)
    assert reader.paragraphs == ("It sails again.",)


def test_markup_in_titles_is_read() -> None:
    (article,) = read(WORDPRESS)
    assert (article.title, article.published) == ("Ferry – returns", MOMENT)


def test_numbers_in_the_place_of_names_are_nobody_s() -> None:
    (article,) = read([{**WORDPRESS[0], "author": 3, "tags": [7, 8], "categories": [2]}])
    assert (article.author, article.tags) == (None, ())


def test_values_come_before_what_they_are_called() -> None:
    """As in the New York Times' interface."""
    document = {
        "headline": {"main": "Ferry returns", "kicker": "Sea"}, "byline": {"original": "By Iris Holm"},
        "keywords": [{"name": "subject", "value": "Ferries"}], "lead_paragraph": "It sails again.",
    }  # fmt: skip
    (article,) = read({"response": {"docs": [document]}})
    assert (article.title, article.author, article.tags) == ("Ferry returns", "Iris Holm", ("Ferries",))


def test_zotero_s_table() -> None:
    (article,) = read(
        '"Key","Item Type","Author","Title","Publication Title","Abstract Note","Date"\n'
        '"AB12","newspaperArticle","Holm, Iris","Ferry returns","Tarn Post","It sails.","2021-03-26"',
        ".csv",
    )
    assert (article.source, article.author, article.paragraphs) == ("Tarn Post", "Holm, Iris", ("It sails.",))


def test_pocket_as_a_table() -> None:
    first, second = read(
        "title,url,time_added,tags,status\nFerry returns,https://tarn.example/ferry,1616750040,ferry|sea,unread\n"
        "https://tarn.example/x,https://tarn.example/x,1616750041,,archive\n",
        ".csv",
    )
    assert (first.title, first.paragraphs, first.tags, first.published) == (
        "Ferry returns", (), ("ferry", "sea"), MOMENT
    )  # fmt: skip
    assert second.title == second.url == second.part == "https://tarn.example/x"


def test_instapaper_as_a_table() -> None:
    first, second = read(
        "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://tarn.example/a,Ferry,,Unread,1616750040,[]\n"
        'https://tarn.example/b,Harbour,"The old pier",Sea,1616750040,"[""ferry""]"\n',
        ".csv",
    )
    assert (first.tags, first.published) == ((), MOMENT)
    assert (second.tags, second.paragraphs) == (("ferry", "Sea"), ("The old pier",))


def test_readwise_as_a_table() -> None:
    (article,) = read(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\r\n"
        "Ferry returns,https://tarn.example/a,01gx,\"['ferry', 'sea']\",2021-03-26 09:14:00+00:00,0.5,archive,True\r\n",
        ".csv",
    )
    assert (article.tags, article.published, article.part) == (("ferry", "sea"), MOMENT, "01gx")


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Tarn Post", "language": "en-GB",
        "authors": [{"name": "The desk"}],
        "items": [
            {"id": "1", "url": "https://tarn.example/1", "content_html": "<p>Ferry</p><p>It sails.</p>"},
            {"id": "2", "title": "Pier", "content_text": "It stands.", "authors": [{"name": "Iris Holm"}],
             "date_published": "2021-03-26T04:14:00-05:00", "tags": ["sea"]},
        ],
    }  # fmt: skip
    first, second = read(feed)
    assert (first.title, first.paragraphs, first.part) == ("Ferry", ("It sails.",), "1")
    assert (first.source, first.author, first.language) == ("Tarn Post", "The desk", "en")
    assert dict(first.origins)["source"] == "the feed"
    assert (second.author, second.published, second.tags) == ("Iris Holm", MOMENT, ("sea",))
    with pytest.raises(Unreadable, match="without entries"):
        read({**feed, "items": []})
    unversioned = read({**feed, "version": "1.1", "feed_url": "https://tarn.example/feed.json"})
    assert unversioned == (first, second)


def test_the_user_says_what_fields_are_called() -> None:
    names = with_names({"title": ["kop"], "text": ["inhoud.tekst"]})
    (article,) = formats.parse(b'[{"kop": "Veerpont", "inhoud": {"tekst": "Hij vaart."}}]', ".json", names)
    assert (article.title, article.paragraphs) == ("Veerpont", ("Hij vaart.",))
    assert dict(article.origins)["text"] == "field inhoud.tekst"
    with pytest.raises(Unreadable, match="no articles"):
        read([{"kop": "Veerpont"}])


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".json"])
def test_a_bad_line_costs_itself_only(suffix: str) -> None:
    articles = read('{"title": "One"}\n{"title": \n\n{"title": "Two"}\n{"x": 1}\n[1]', suffix)
    assert [article.title for article in articles] == ["One", "Two"]
    warning = articles[0].warning
    assert warning is not None
    for word in ("line 2: not JSON", "column 10", "line 5: neither", "line 6: neither"):
        assert word in warning


def test_many_bad_lines_are_counted() -> None:
    (article,) = read('{"title": "One"}\n' + "oh\n" * 1000, ".jsonl")
    assert article.warning is not None
    assert article.warning.endswith("and 995 more")
    with pytest.raises(Unreadable, match="line 1: not JSON"):
        read("oh\nno\n", ".jsonl")


def test_line_separators_within_texts_part_no_lines() -> None:
    (article,) = read('{"title": "One\u2028two", "text": "a\u2029b\x85c"}', ".jsonl")
    assert article.title == "One two"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"), (" \n", "empty"), ("null", "no articles"), ("[]", "no articles"), ("3", "no articles"),
        ('"a"', "no articles"), ('{"name": "x", "description": "y"}', "no articles"), ("[1, 2", "line|column"),
        ("[" * 100_000, "nested"), ('{"a":' * 50_000, "nested"), ("[]," * MOST_CONTAINERS + "[]]", "more than"),
        ("\ufeff{", "not JSON"), ('{"title": "a"', "not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_export_says_why(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(text)


def test_odd_json_is_read() -> None:
    (article,) = read('[{"title": "A", "title": "B \\ud800 \\u001b[31m", "date": NaN, "n": 1' + "0" * 9999 + "}]")
    assert article.title == "B \ufffd "[:3]
    assert article.published is None


def test_a_date_that_is_none_is_warned_of() -> None:
    (article,) = read([{"title": "A", "date": "soon"}])
    assert article.warning == "no date can be read from 'soon'"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_in_any_dialect(encoding: str, delimiter: str) -> None:
    rows = [["title", "text", "date"], ["Fähre", f'"It{delimiter} ""sails"".\n\nAgain."', "2021-03-26"], ["B", "", ""]]
    for end in ("\n", "\r\n"):
        text = end.join(delimiter.join(row) for row in rows)
        first, second = read(text.encode(encoding), ".csv")
        assert (first.title, first.published) == ("Fähre", MOMENT.replace(hour=0, minute=0))
        assert first.paragraphs == (
            f'It{one_line(delimiter)}{" " if delimiter != chr(9) else ""}"sails".',
            "Again.",
        ) or (delimiter == "\t" and first.paragraphs == ('It "sails".', "Again."))
        assert (second.title, second.warning) == ("B", None)


def test_huge_cells_ragged_rows_and_excels_line() -> None:
    first, second, third = read(
        f"sep=;\ntitle;text\nA;{'word ' * 200_000}\nB;one; two; three\nC\n\n;\n", ".csv"
    )  # the module's own limit is 131,072
    assert len(first.paragraphs[0]) > 900_000
    assert second.paragraphs == ("one; two; three",)
    assert third.title == "C"
    assert first.warning == "line 3: 4 cells in 2 columns; line 4: 1 of 2 cells"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no column"),
        ("a,b\n1,2\n", "no column .*: a,b 1,2"),
        ("title,text\n", "without rows"),
        (",\n,\n", "no column"),
    ],
)
def test_what_is_no_table_of_articles_says_why(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(text, ".csv")


def test_a_quote_that_never_ends_loses_no_text() -> None:
    articles = read('title,text\nA,"It sails\nB,Again\n', ".csv")
    assert "Again" in " ".join(" ".join((a.title, *a.paragraphs)) for a in articles)


json_like = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "text", "url", "id", "date", "tags", "author", "source", "name", "items", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(json_like)
def test_any_json_is_articles_or_unreadable(value: Any) -> None:
    for suffix in (".json", ".jsonl"):
        try:
            articles = formats.parse(json.dumps(value).encode(), suffix)
        except Unreadable:
            continue
        check(articles)


@given(st.text(st.sampled_from("title,x;\"'\n\r\tabc|"), max_size=80))
def test_any_table_is_articles_or_unreadable(text: str) -> None:
    try:
        articles = formats.parse(b"title,text,id\n" + text.encode(), ".csv")
    except Unreadable:
        return
    check(articles)


def check(articles: Sequence[ParsedArticle]) -> None:
    """What holds for whatever is read."""
    assert articles
    assert len({article.part for article in articles}) == len(articles)
    for article in articles:
        assert article.title
        for text in (article.title, *article.paragraphs, article.author or "", article.source or "", article.part):
            assert text == sanitize(text)
            assert "\n" not in text
        assert article.published is None or article.published.astimezone(UTC)
