from __future__ import annotations

import json
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable, parse
from newsreader.text.clean import sanitize
from tests.examples import examples
from tests.formats.web.pages import TEXT, page

H1 = "<h1>Selmer ferry returns to service</h1>"


def read(markup: str) -> ParsedArticle:
    (article,) = parse(markup.encode(), ".html")
    return article


def ld(**fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **fields})}</script>'


def test_the_article_without_the_frame_around_it() -> None:
    article = read(page("<title>Selmer ferry returns to service - The Tarn Courier</title>", lead=H1))
    assert article.title == "Selmer ferry returns to service"
    assert article.paragraphs == TEXT


def test_headings_lists_tables_and_quotes_are_kept_in_order() -> None:
    body = (
        f"<p>{TEXT[0]}</p><h2>The costs</h2><p>{TEXT[1]}</p><ul><li>Shafts: 900,000</li>"
        "<li>Yard: <b>500,000</b></li></ul>"
        f"<blockquote><p>{TEXT[2]}</p></blockquote>"
        "<table><tr><th>Year</th><th>Trips</th></tr><tr><td>2020</td><td>612</td></tr></table>"
        f"<p>{TEXT[3]}<br>She left.</p>"
    )
    assert read(page(lead=H1, body=body)).paragraphs == (
        TEXT[0], "The costs", TEXT[1], "• Shafts: 900,000", "• Yard: 500,000", TEXT[2], "Year | Trips", "2020 | 612",
        f"{TEXT[3]} She left.",
    )  # fmt: skip


def division(texts: tuple[str, ...]) -> str:
    return "".join(f"<div class='css-x'><span>{text}</span></div>" for text in texts)


@pytest.mark.parametrize(
    "body",
    [
        division(TEXT * 2),
        "<br><br>".join(TEXT * 2),
        f"<table><tr><td><p>{'</p><p>'.join(TEXT * 2)}</p></td></tr></table>",
    ],
    ids=["divisions", "line breaks", "layout table"],
)
def test_paragraphs_are_kept_apart_however_the_page_sets_them(body: str) -> None:
    markup = f"<html><head><title>Ferry</title></head><body><div>{body}</div></body></html>"
    assert set(TEXT) <= set(read(markup).paragraphs)


def test_linked_data() -> None:
    article = read(
        page(
            ld(
                **{"@type": "NewsArticle"},
                headline="Selmer &amp; Tarn: ferry returns",
                datePublished="2021-03-26T09:14:00+01:00",
                dateModified="2021-03-27T09:14:00+01:00",
                author=[{"@type": "Person", "name": "Ida Brandt"}, {"name": "Anton Weil"}],
                publisher={"@type": "Organization", "name": "The Tarn Courier"},
                mainEntityOfPage={"@type": "WebPage", "@id": "https://courier.example/2021/ferry"},
                inLanguage="de-DE",
                keywords=["ferry", "Selmer"],
            ),
            attributes="",
        )
    )
    assert article.title == "Selmer & Tarn: ferry returns"
    assert article.published == datetime(2021, 3, 26, 9, 14, tzinfo=timezone(timedelta(hours=1)))
    assert (article.has_time, article.date_from) == (True, "meta")
    assert (article.author, article.source) == ("Ida Brandt, Anton Weil", "The Tarn Courier")
    assert (article.url, article.language) == ("https://courier.example/2021/ferry", "de")
    assert article.tags == ("ferry", "Selmer")
    assert dict(article.origins) == {
        "title": "JSON-LD headline", "date": "JSON-LD datePublished", "author": "JSON-LD author",
        "source": "JSON-LD publisher", "url": "JSON-LD url", "language": "JSON-LD inLanguage",
        "tags": "JSON-LD keywords",
    }  # fmt: skip


def test_linked_data_as_a_graph_with_references() -> None:
    article = read(
        page(
            ld(
                **{
                    "@graph": [
                        {"@type": "WebSite", "@id": "#site", "name": "Courier Online"},
                        {"@type": "WebPage", "@id": "#page", "datePublished": "2021-03-26", "inLanguage": "en-GB"},
                        {"@type": ["Article", "NewsArticle"], "headline": "Ferry", "author": {"@id": "#ida"},
                         "publisher": {"@id": "#org"}, "keywords": "boats, islands"},
                        {"@type": "Person", "@id": "#ida", "name": "Ida Brandt"},
                        {"@type": "Organization", "@id": "#org", "name": "Tarn Media"},
                        {"@type": "NewsArticle", "headline": "A related one"},
                    ]
                }
            )
        )
    )  # fmt: skip
    assert (article.title, article.author, article.source) == ("Ferry", "Ida Brandt", "Tarn Media")
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert not article.has_time
    assert article.tags == ("boats", "islands")


@pytest.mark.parametrize("broken", ["{", "[" * 100_000, '{"@graph": 3}', "null", '{"@type": {"a": 1}}', '["x", [1]]'])
def test_broken_linked_data_are_passed_over(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>' + ld(
        **{"@type": "Article"}, headline="Ferry returns"
    )
    assert read(page(head)).title == "Ferry returns"


def test_linked_data_in_comment_marks_with_line_feeds_in_strings() -> None:
    block = '<!-- {"@type": "Article", "headline": "Ferry\nreturns"} -->'
    assert read(page(f'<script type="application/ld+json">{block}</script>')).title == "Ferry returns"


def test_open_graph() -> None:
    article = read(
        page(
            """<title>Ferry | Tarn Courier</title>
            <meta property="og:title" content="Selmer ferry returns - Tarn Courier">
            <meta property="og:site_name" content="Tarn Courier">
            <meta property="og:url" content="https://courier.example/a?id=1"><meta property="og:locale" content="sv_SE">
            <meta property="article:published_time" content="2021-03-26T09:14:00Z">
            <meta property="article:author" content="https://social.example/ida">
            <meta name="author" content="By Ida Brandt">
            <meta property="article:tag" content="ferry"><meta property="article:tag" content="Selmer">
            <meta name="keywords" content="a, b, c">""",
            attributes="",
        )
    )
    assert article.title == "Selmer ferry returns"
    assert article.published == datetime(2021, 3, 26, 9, 14, tzinfo=UTC)
    assert (article.author, article.source, article.url) == (
        "Ida Brandt",
        "Tarn Courier",
        "https://courier.example/a?id=1",
    )
    assert (article.language, article.tags) == ("sv", ("ferry", "Selmer"))
    assert ("title", "meta og:title") in article.origins


def test_dublin_core() -> None:
    article = read(
        page(
            """<meta name="DC.title" content="Selmer ferry returns"><meta name="DC.creator" content="Ida Brandt">
            <meta name="DC:creator" content="Anton Weil"><meta name="DC.publisher" content="Tarn Courier">
            <meta name="DCTERMS.issued" content="2021-03-26"><meta name="DC.language" content="en">
            <meta name="DC.subject" content="ferry; islands">""",
            attributes="",
        )
    )
    assert (article.title, article.author, article.source) == (
        "Selmer ferry returns",
        "Ida Brandt, Anton Weil",
        "Tarn Courier",
    )
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert (article.language, article.tags) == ("en", ("ferry", "islands"))


def test_names_of_scholarly_pages_and_publishers_systems() -> None:
    article = read(
        page(
            """<meta name="citation_title" content="Ferries of Selmer">
            <meta name="citation_author" content="Brandt, Ida">
            <meta name="citation_journal_title" content="Harbour Studies">
            <meta name="citation_publication_date" content="2021/03/26">
            <meta name="parsely-tags" content="ferry,islands">"""
        )
    )
    assert (article.title, article.author, article.source) == ("Ferries of Selmer", "Brandt, Ida", "Harbour Studies")
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert article.tags == ("ferry", "islands")


def test_microdata() -> None:
    lead = """<h1 itemprop="headline">Selmer ferry returns</h1>
    <span itemprop="author"><a itemprop="url" href="/ida"><span itemprop="name">Ida Brandt</span></a></span>
    <time itemprop="datePublished" datetime="2021-03-26T09:14+01:00">Friday</time>
    <div itemprop="publisher"><meta itemprop="name" content="Tarn Courier"></div>"""
    article = read(page(lead=lead))
    assert (article.title, article.author, article.source) == ("Selmer ferry returns", "Ida Brandt", "Tarn Courier")
    assert article.published is not None
    assert article.published.isoformat() == "2021-03-26T09:14:00+01:00"


def test_a_bare_page_has_heading_byline_time_and_host() -> None:
    lead = f'{H1}<p class="byline">By Ida Brandt</p><time datetime="2021-03-26">26 March</time>'
    article = read(page('<link rel="canonical" href="https://www.courier.example/ferry">', lead=lead))
    assert (article.title, article.author) == ("Selmer ferry returns to service", "Ida Brandt")
    assert (article.source, article.url) == ("courier.example", "https://www.courier.example/ferry")
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert dict(article.origins)["source"] == "host name"


def test_a_date_in_the_address_is_better_than_none() -> None:
    article = read(page('<link rel="canonical" href="https://courier.example/2021/03/26/ferry">', lead=H1))
    assert article.published == datetime(2021, 3, 26, tzinfo=UTC)
    assert dict(article.origins)["date"] == "address"


def test_times_of_other_articles_and_unreadable_ones_date_nothing() -> None:
    head = '<meta name="date" content="yesterday"><meta property="article:published_time" content="2021-02-30">'
    aside = '<aside class="related"><time datetime="2020-01-01">then</time></aside>'
    article = read(page(head, lead=H1 + aside))
    assert (article.published, article.date_from) == (None, "file")


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">Von Ida Brandt, <span class="date">26. März 2021</span></p>',
        '<div class="entry-date">Publié le 26 mars 2021</div>',
        "<time>26 mars 2021</time>",
        '<div class="post-meta">March 26, 2021 by Ida Brandt</div>',
    ],
)
def test_a_day_that_only_readers_are_shown(byline: str) -> None:
    others = '<aside class="related"><p class="date">2. Januar 2022</p></aside>'
    article = read(page(lead=H1 + others + byline))
    assert (article.published, article.has_time) == (datetime(2021, 3, 26, tzinfo=UTC), False)
    assert dict(article.origins)["date"] == "text of the page"


def test_the_day_of_the_last_change_is_better_than_none() -> None:
    changed = '<meta property="article:modified_time" content="2021-03-27">'
    assert read(page(changed, lead=H1)).published == datetime(2021, 3, 27, tzinfo=UTC)
    byline = '<p class="date">26. März 2021</p>'
    assert read(page(changed, lead=H1 + byline)).published == datetime(2021, 3, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("note", "address"),
    [
        ("<!-- saved from url=(0037)https://courier.example/2021/ferry -->", "https://courier.example/2021/ferry"),
        ("<!--\n Page saved with SingleFile \n url: https://courier.example/f \n saved date: Fri\n-->", "https://courier.example/f"),
    ],
)  # fmt: skip
def test_the_address_that_the_browser_noted(note: str, address: str) -> None:
    article = read(note + page(lead=H1))
    assert article.url == address
    assert ("url", "saved address") in article.origins
    assert article.source == "courier.example"


def test_an_outlets_name_without_its_motto_and_an_authors_without_their_page() -> None:
    head = '<meta property="og:site_name" content="Courier.example - All of Tarn"><meta name="author" content="'
    linked = ld(**{"@type": "NewsArticle"}, headline="Ferry", publisher={"name": "Courier.example"})
    linked = linked.replace("{", "<![CDATA[ {", 1).replace("}</script>", "} ]]></script>")
    article = read(page(head + 'Ida Brandt (https://ida.example/)">' + linked))
    assert (article.source, article.author) == ("Courier.example", "Ida Brandt")
    assert read(page(head + '@ida">')).source == "Courier.example - All of Tarn"


def test_addresses_that_are_none_or_only_the_front_page() -> None:
    head = '<link rel="canonical" href="https://courier.example/"><meta property="og:url" content="https://courier.example/f">'
    assert read(page(head)).url == "https://courier.example/f"
    note = "<!-- saved from url=(0024)https://courier.example/f -->"
    assert read(note + page('<link rel="canonical" href="/ferry?id=2">')).url == "https://courier.example/ferry?id=2"
    for bad in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a b/c",
        "http://[",
        "-flag",
        "https://x\u202ey.example/a b",
    ):
        assert read(page(f'<link rel="canonical" href="{bad}">')).url is None


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Ferry returns | Courier", "Courier", "Ferry returns"),
        ("Ferry returns — THE COURIER", "The Courier", "Ferry returns"),
        ("Courier: Ferry returns", "Courier", "Ferry returns"),
        ("Ferry returns - News - Courier", "Courier", "Ferry returns - News"),
        ("Ferry returns - for good", "Courier", "Ferry returns - for good"),
        ("Courier", "Courier", "The ferry between Tarn and the island of Selmer sails again from Monday"),
    ],
)
def test_titles_lose_the_outlets_name(title: str, site: str, expected: str) -> None:
    markup = page(f'<title>{title}</title><meta property="og:site_name" content="{site}">')
    assert read(markup).title.startswith(expected)


def test_without_a_name_a_short_part_behind_a_bar_is_the_outlets() -> None:
    assert (
        read(page("<title>Selmer ferry returns to service | Tarn Courier</title>")).title
        == "Selmer ferry returns to service"
    )
    assert read(page("<title>Selmer ferry returns - again</title>")).title == "Selmer ferry returns - again"


def test_a_masthead_is_no_headline() -> None:
    head = "<title>Selmer ferry returns - The Tarn Courier</title>"
    assert read(page(head, lead='<h1 class="site-title">The Tarn Courier</h1>')).title == "Selmer ferry returns"


def test_a_headline_that_was_cut_is_found_whole() -> None:
    head = ld(**{"@type": "Article"}, headline="Selmer ferry returns to service after…")
    article = read(page(head, lead="<h1>Selmer ferry returns to service after nine weeks</h1>"))
    assert article.title == "Selmer ferry returns to service after nine weeks"


def test_keywords_for_search_engines_are_kept_within_reason() -> None:
    keywords = ", ".join(f"word{i}" for i in range(200))
    assert len(read(page(f'<meta name="keywords" content="{keywords}">')).tags) == 25
    assert read(page(f'<meta name="keywords" content="{"a sentence " * 20}">')).tags == ()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None), ("utf-8-sig", "koi8-r"), ("utf-16", "utf-8"), ("cp1252", "iso-8859-1"), ("cp1252", "nonsense"),
        ("utf-8", "iso-8859-1"), ("cp1252", "utf-7"), ("cp1252", "hex"),
    ],
)  # fmt: skip
def test_encodings(encoding: str, declared: str | None) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    markup = page(meta, lead="<h1>Café à Tarn</h1>").replace('<meta charset="utf-8">', "")
    (article,) = parse(markup.encode(encoding), ".html")
    assert article.title == "Café à Tarn"
    assert article.paragraphs == TEXT


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("shift_jis", "船は再び航行する"), ("koi8-r", "Паром вернулся"), ("iso-2022-jp", "船は再び航行する")],
)
def test_declared_encodings(encoding: str, text: str) -> None:
    markup = f'<html><head><meta charset="{encoding}"><title>{text}</title></head><p>{text * 20}</p></html>'
    (article,) = parse(markup.encode(encoding), ".htm")
    assert article.title == text


def test_xhtml_with_a_declaration() -> None:
    markup = '<?xml version="1.0" encoding="iso-8859-1"?>' + page(lead="<h1>Café</h1>", attributes='xml:lang="fr"')
    (article,) = parse(markup.replace('<meta charset="utf-8">', "").encode("cp1252"), ".xhtml")
    assert (article.title, article.language) == ("Café", "fr")


def test_embedded_files_are_dropped() -> None:
    image = f'<img src="data:image/png;base64,{"A" * 3_000_000}" alt="x">'
    assert read(page(lead=H1 + image)).paragraphs == TEXT


@pytest.mark.parametrize(
    "markup",
    ["", " \n", "<html></html>", "<html><head><title>Only a title</title></head><body></body></html>",
     "<script>var x = 1;</script>", "<nav><a href='/'>Home</a></nav>", "<!-- saved -->"],
)  # fmt: skip
def test_a_page_without_text(markup: str) -> None:
    with pytest.raises(Unreadable, match=r"no article text found|no markup"):
        read(markup)


def test_a_page_of_preformatted_text_is_read() -> None:
    article = read("<title>Minutes</title><pre>First item\nof two.\n\nSecond item.</pre>")
    assert (article.title, " ".join(article.paragraphs)) == ("Minutes", "First item of two. Second item.")


def test_a_teaser_page_has_the_text_from_its_linked_data() -> None:
    head = ld(**{"@type": "NewsArticle"}, headline="Ferry", articleBody="".join(f"<p>{text}</p>" for text in TEXT))
    assert read(page(head, body="<p>Subscribe to read on.</p>")).paragraphs == TEXT


def test_nesting_and_size_lose_no_text() -> None:
    deep = read(page(lead="<div>" * 100_000 + H1))
    assert (deep.title, deep.warning) == ("Selmer ferry returns to service", None)
    assert set(TEXT) <= set(deep.paragraphs)
    large = read(page(lead=H1, body="".join(f"<p>{text}</p>" for text in TEXT) * 20_000))
    assert large.warning is not None
    assert sum(text == TEXT[3] for text in large.paragraphs) == 20_000
    assert large.title == "Selmer ferry returns to service"


def test_what_entities_hide_is_sanitized() -> None:
    evil = "&#27;]0;owned&#7;&#27;[2J&#x9b;31m&#x202e;"
    head = f'<meta name="author" content="Ida{evil}"><meta property="og:site_name" content="Co{evil}urier">'
    article = read(page(head, lead=f"<h1>Ferry{evil} returns</h1>", body=f"<p>{evil}{TEXT[0]}</p><p>{TEXT[1]}</p>"))
    for text in (article.title, article.author, article.source, *article.paragraphs):
        assert text is not None
        assert text == sanitize(text)
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_no_entity_reads_a_file() -> None:
    doctype = '<!DOCTYPE html [<!ENTITY xxe SYSTEM "file:///etc/hostname"><!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    article = read(doctype + page(lead="<h1>Ferry &xxe; &b;</h1>"))
    assert article.title == "Ferry &xxe; &b;"


def test_a_short_article_is_not_run_together_with_its_headline() -> None:
    assert read(page(lead=H1, body=f"<p>{TEXT[0]}</p>")).paragraphs == (TEXT[0],)


@pytest.mark.parametrize(
    "tail",
    ["<script src='x.js'></script>", "<noscript><img src='x.gif'></noscript>\n", "<p>Late</p>", "</div></html>x"],
)
def test_what_follows_the_end_of_the_page_does_not_replace_it(tail: str) -> None:
    assert read(page(lead=H1) + tail).paragraphs[: len(TEXT)] == TEXT


@pytest.mark.parametrize("odd", ['<script="async">', "<a&b>", "<p {x='1'>", "<p \"'=>", "<p \x01b>", "<x'y z<>"])
def test_names_that_no_tree_takes(odd: str) -> None:
    assert read(page(lead=H1 + odd)).paragraphs[-len(TEXT) :] == TEXT


def test_a_lede_that_a_picture_drove_out_of_its_paragraph_is_read() -> None:
    picture = "<div class='photo'><img src='x.jpg'></div>"
    body = f"<p>{picture}{TEXT[0]}</p>" + "".join(f"<p>{text}</p>" for text in TEXT[1:])
    assert read(page(lead=H1, body=body)).paragraphs == TEXT


def test_a_standfirst_that_is_set_apart_is_read_once() -> None:
    first = "After nine weeks without a ferry, the islanders of Selmer get their ship back on Monday"
    head = f'<meta name="description" content="{first}"><meta property="og:description" content="{TEXT[0]}">'
    body = f"<header><h1>Ferry</h1><p>{first}</p></header>" + page(body="<!-- -->").partition("<main>")[0]
    whole = page(head).replace("<main>", f"{body}<main>")
    assert read(whole).paragraphs == (first, *TEXT)
    assert read(page(head, lead=H1)).paragraphs == TEXT  # stated, but nowhere to be seen


@pytest.mark.parametrize(
    "around",
    [
        '<div id="sf_comment_list"><h2>Comments</h2>{}</div>',
        '<section class="comentarios">{}</section>',
        '<div role="dialog">{}</div>',
        '<div style="color: red; display: none">{}</div>',
        "<form action='/subscribe'>{}</form>",
    ],
)
def test_comments_dialogs_and_what_is_hidden_are_no_article(around: str) -> None:
    other = (
        "<p>Nobody asked me, but I have been saying for years that a bridge would be cheaper. What do you think?</p>"
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    assert read(page(lead=H1, body=text + around.format(other * 2))).paragraphs == TEXT


@pytest.mark.parametrize(
    "around",
    [
        '<div style="display:none">{}</div>',
        "<form id='aspnetForm'>{}</form>",
        '<div class="post comments-open">{}</div>',
    ],
)
def test_an_article_behind_a_veil_is_read(around: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    assert read(page(lead=H1, body=around.format(text))).paragraphs == TEXT


def test_rather_the_whole_page_than_no_article() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    article = read(page("<title>Selmer ferry returns</title>", body=f'<div class="comments-open">{text}</div>'))
    assert set(TEXT) <= set(article.paragraphs)


def test_headline_date_and_byline_above_the_text_are_none_of_it() -> None:
    head = ld(**{"@type": "Article"}, headline="Selmer ferry returns", author={"@type": "Person", "name": "Ida Brandt"})
    above = "<p>Islands</p><p><b>Selmer ferry returns</b></p><p>26 March 2021</p><p>By Ida Brandt</p>"
    body = above + "".join(f"<p>{text}</p>" for text in TEXT)
    assert read(page(head, body=body)).paragraphs == TEXT


def test_a_page_of_bare_text_is_read_with_a_warning() -> None:
    article = read(" ".join(TEXT))
    assert article.paragraphs == (" ".join(TEXT),)
    assert article.warning is not None


def test_the_headline_below_a_sections_heading() -> None:
    head = "<title>Selmer ferry returns to service</title>"
    assert read(page(head, lead="<h1>Traffic and Transport</h1><h2>Selmer ferry returns to service</h2>")).title == (
        "Selmer ferry returns to service"
    )


def test_outlets_behind_a_hyphen_without_blanks() -> None:
    markup = page('<title>渡轮恢复通航-群岛网</title><meta property="og:site_name" content="群岛网">')
    assert read(markup).title == "渡轮恢复通航"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for something")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    lead = f'{H1}<img src="https://a.example/x.png"><iframe src="https://a.example/"></iframe>'
    head = '<link rel="stylesheet" href="https://a.example/x.css"><script src="https://a.example/x.js"></script>'
    assert read(page(head, lead=lead)).paragraphs == TEXT


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "text ", TEXT[0], "<h1>", "</h1>",
    "<article>", "<time datetime='2021-03-26'>", '<meta property="og:title" content="', '">', "&#27;", "&#xFFFE;",
    "<!--",
    "<script type='application/ld+json'>", '{"@type":"Article","headline":"x","author":[[]]}', "</script>", "<title>",
    "</title>", "<template>", "<svg>", "<pre>", "\x00", "<a href='x'>", "<blockquote>", "<br>",
]  # fmt: skip


@examples(60)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_markup_gives_a_clean_article_or_is_refused(markup: str) -> None:
    try:
        article = read(markup)
    except Unreadable:
        return
    assert article.title
    assert article.paragraphs
    for text in (article.title, *article.paragraphs):
        assert text
        assert "\n" not in text
        assert text == sanitize(text)


def test_searching_loads_no_reader_of_pages() -> None:
    program = "import sys, newsreader.cli, newsreader.engine, newsreader.formats; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"trafilatura", "lxml", "pypdf"} & {name.split(".")[0] for name in loaded}
