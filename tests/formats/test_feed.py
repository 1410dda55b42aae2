from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import formats
from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable
from newsreader.formats.feed import DEEPEST_ELEMENT, MOST_ATTRIBUTES, MOST_BROKEN_MARKS, MOST_ENTRIES
from newsreader.text.clean import sanitize

MOMENT = datetime(2021, 3, 26, 9, 14, tzinfo=UTC)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Tarn &amp; Lowland Post</title><link>https://tarn.example/</link><language>en-gb</language>
<item><title>Ferry &lt;i&gt;returns&lt;/i&gt;</title><link>/ferry?a=1&amp;b=2</link><guid isPermaLink="false">g-1</guid>
<dc:creator>Iris Holm</dc:creator><category>sea</category><category>ferry</category>
<pubDate>Fri, 26 Mar 2021 10:14:00 +0100</pubDate><description>It sails.</description>
<content:encoded><![CDATA[<p>It sails <b>again</b>.</p><script>x</script><p>Both engines.</p>]]></content:encoded>
</item><item><title>Pier closed</title><guid>https://tarn.example/pier</guid>
<description>No &lt;b&gt;ships&lt;/b&gt; &amp;amp; no
boats.</description></item>
</channel></rss>
"""
RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Tarn Post</title></channel>
<item><title>Ferry returns</title><link>https://tarn.example/ferry</link></item></rdf:RDF>"""
RSS_091 = """<rss version="0.91"><channel><title>Tarn Post</title><language>en</language>
<item><title>Ferry returns</title><link>https://tarn.example/ferry</link></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Tarn Post</title></channel>
<item rdf:about="https://tarn.example/ferry"><title>Ferry returns</title><link>https://tarn.example/ferry</link>
<dc:date>2021-03-26T09:14:00Z</dc:date></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Tarn Post</title>
<author><name>The desk</name></author>
<entry><id>urn:1</id><title type="html">Ferry &lt;i>returns&lt;/i></title><link href="https://tarn.example/ferry"/>
<published>2021-03-26T11:14:00+02:00</published><updated>2021-03-28T00:00:00Z</updated><summary>It sails.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It sails.</p><p>a &lt; b</p></div></content>
<source><title>Alder Review</title></source></entry>
<entry><id>urn:2</id><title>Tags like &lt;b&gt; are text</title><updated>2021-03-26T09:14:00Z</updated>
<author><name>Iris Holm</name></author><content>One &lt;p&gt; two.</content></entry></feed>"""


def read(feed: str | bytes) -> Sequence[ParsedArticle]:
    return formats.parse(feed.encode() if isinstance(feed, str) else feed, ".xml")


def test_rss_in_full() -> None:
    ferry, pier = read(RSS)
    assert ferry == ParsedArticle(
        "Ferry returns",
        ("It sails again.", "Both engines."),
        source="Tarn & Lowland Post",
        author="Iris Holm",
        url="https://tarn.example/ferry?a=1&b=2",
        language="en",
        published=MOMENT,
        has_time=True,
        date_from="meta",
        tags=("sea", "ferry"),
        part="g-1",
        origins=(
            ("text", "entry content"), ("title", "entry title"), ("url", "entry link"), ("source", "feed title"),
            ("author", "entry author"), ("language", "feed language"), ("date", "entry published"),
            ("tags", "entry categories"),
        ),
    )  # fmt: skip
    assert ferry.published is not None
    assert ferry.published.utcoffset() == timedelta(hours=1)
    assert (pier.title, pier.paragraphs, pier.url) == ("Pier closed", ("No ships & no boats.",), pier.part)
    assert (pier.published, pier.date_from) == (None, "file")


def test_atom_in_full() -> None:
    ferry, tags = read(ATOM)
    assert (ferry.title, ferry.paragraphs, ferry.part) == ("Ferry returns", ("It sails.", "a < b"), "urn:1")
    assert (ferry.source, ferry.author, ferry.language) == ("Alder Review", "The desk", "de")
    assert ferry.published == datetime(2021, 3, 26, 11, 14, tzinfo=timezone(timedelta(hours=2)))
    assert (tags.title, tags.paragraphs) == ("Tags like <b> are text", ("One <p> two.",))
    assert (tags.source, tags.author, dict(tags.origins)["date"]) == ("Tarn Post", "Iris Holm", "entry updated")


@pytest.mark.parametrize("feed", [RSS_090, RSS_091, RDF], ids=["0.90", "0.91", "1.0"])
def test_older_versions(feed: str) -> None:
    (article,) = read(feed)
    assert (article.title, article.source, article.url) == ("Ferry returns", "Tarn Post", "https://tarn.example/ferry")
    assert article.part == "https://tarn.example/ferry"
    assert article.published == (MOMENT if feed is RDF else None)


def test_an_entry_without_title_takes_it_from_the_text() -> None:
    (article,) = read(
        "<rss version='2.0'><channel><item><description>It sails. At last.</description></item></channel></rss>"
    )
    assert (article.title, article.paragraphs) == ("It sails.", ("It sails. At last.",))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("safe &lt;applet code='x'&gt;run&lt;/applet&gt; &lt;blink&gt;news&lt;/blink&gt;", "safe news"),
        ("a &amp;lt; b &amp;amp; c", "a < b & c"), ("a &lt; b", "a < b"),
        ("use &lt;b&gt; for bold", "use <b> for bold"),
        ("<![CDATA[<b>Ferry</b> &amp; pier]]>", "Ferry & pier"), ("AT&amp;T", "AT&T"),
    ],
)  # fmt: skip
def test_titles_in_rss(title: str, shown: str) -> None:
    (article,) = read(rss(f"<title>{title}</title>"))
    assert article.title == shown


def item(inner: str) -> str:
    return f"<item>{inner}</item>"


def rss(*inner: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title>{''.join(map(item, inner))}</channel></rss>"


def test_parts_stay_when_entries_come_go_and_change_places() -> None:
    one, two = "<title>A</title><guid>1</guid>", "<title>B</title><link>https://tarn.example/b</link>"
    three = "<title>C</title><description>c</description>"
    parts = {article.title: article.part for article in read(rss(one, two, three))}
    assert len(set(parts.values())) == 3
    for order in ((three, one), (two, three, one), (two,), ("<title>New</title><guid>n</guid>", one, two, three)):
        for article in read(rss(*order)):
            assert parts.get(article.title, "n") == article.part


def test_entries_of_one_guid_are_known_by_their_content_too() -> None:
    same = [f"<title>{name}</title><guid>https://tarn.example/</guid>" for name in "ABC"]
    parts = {article.title: article.part for article in read(rss(*same))}
    assert len(set(parts.values())) == 3
    later = read(rss("<title>D</title><guid>https://tarn.example/</guid>", *same[:2]))
    assert [article.part for article in later[1:]] == [parts["A"], parts["B"]]
    twins = [article.part for article in read(rss(same[0], same[0]))]
    assert len(set(twins)) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<?xml version='1.0'?><opml><body/></opml>", "XML, but no feed"), (b"<html><p>Sorry</p></html>", "no feed"),
        (b"<urlset><url><loc>x</loc></url></urlset>", "XML, but no feed"), (b"", "no XML"), (b"no feed", "no XML"),
        (b"<rss version='2.0'><channel><title>T</title></channel></rss>", "without entries"),
        (b"<rss version='2.0'><channel><item></item></channel></rss>", "neither title nor text"),
        (b"<rss>" + b"<item/>" * (MOST_ENTRIES + 1) + b"</rss>", "more than 50,000 entries"),
        (b"<rss>" + b"<a>" * (DEEPEST_ELEMENT + 1), "nested deeper"),
        (b"<rss " + b" ".join(b"a%d=''" % n for n in range(MOST_ATTRIBUTES + 1)) + b"/>", "attributes"),
        (b"<rss><item><title>" + b"&" * (MOST_BROKEN_MARKS + 1), "too large to be mended"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_a_file_is_never_taken_for_the_name_of_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(RSS)
    with pytest.raises(Unreadable):
        read(bytes(tmp_path / "a"))
    with pytest.raises(Unreadable):
        read(f"<rss/>{tmp_path}/a")


def test_entities_are_neither_fetched_nor_multiplied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    (tmp_path / "secret").write_text("SECRET")
    entities = [f'<!ENTITY e SYSTEM "file://{tmp_path}/secret">', '<!ENTITY e SYSTEM "http://tarn.example/x">']
    entities.append('<!ENTITY a0 "aaaaaaaaaa">')
    entities[-1] += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + '<!ENTITY e "&a11;">'
    for entity in entities:
        (article,) = read(f"<!DOCTYPE rss [{entity}]>{rss('<title>before &e; behind</title>')}")
        assert "SECRET" not in article.title
        assert len(article.title) < 100


def test_broken_xml_is_read_as_far_as_possible_and_said_to_be_broken() -> None:
    ferry, pier = read(RSS.replace("</channel>", "& <b>").replace("Pier closed", "Pier &nbsp; & more"))
    assert ferry.paragraphs == ("It sails again.", "Both engines.")
    assert pier.title.startswith("Pier")
    assert ferry.warning is not None
    assert ferry.warning.startswith("line 8: broken XML")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "koi8-r", "windows-1251", "gb18030"])
def test_encodings_as_declared(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{declared}'?>{rss('<title>Паром вернулся</title>')}"
    (article,) = read(text.encode(encoding))
    assert article.title == "Паром вернулся"


@pytest.mark.parametrize("encoding", ["punycode", "undefined", "zlib", "rot13", "no-such", "utf-16", ""])
def test_declared_encodings_that_are_none(encoding: str) -> None:
    try:
        (article,) = read(f"<?xml version='1.0' encoding='{encoding}'?>{rss('<title>Ferry</title>')}")
    except Unreadable:
        return
    assert article.title == "Ferry"


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("Fri, 26 Mar 2021 09:14:00 GMT", MOMENT), ("Fri, 26 Mar 2021 04:14:00 EST", MOMENT),
        ("Fri Mar 26 09:14:00 2021", MOMENT), ("26 Mar 2021 09:14 UT", MOMENT), ("2021-03", None), ("soon", None),
        ("금, 26 3월 2021 09:14", None),
    ],
)  # fmt: skip
def test_dates_in_feeds(stated: str, moment: datetime | None) -> None:
    (article,) = read(rss(f"<title>A</title><pubDate>{stated}</pubDate>"))
    assert article.published == moment
    assert (article.warning is None) == (moment is not None)


pieces = st.sampled_from(
    [*RSS.replace("><", ">\0<").split("\0"), *ATOM.replace("><", ">\0<").split("\0"), "<item>", "</item>", "&",
     "<![CDATA[", "]]>", "<!--", "<!DOCTYPE x [", "&#x110000;", "&#27;", "<entry>", "\x00",
     "\udc80", "<title>A</title>", "<a b='"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12), st.binary(max_size=4), st.integers(0, 2000))
def test_any_bytes_are_articles_or_unreadable(some: list[str], noise: bytes, cut: int) -> None:
    data = ("<rss>" + "".join(some)).encode("utf-8", "surrogatepass")
    for feed in (data, RSS.encode()[:cut] + noise + RSS.encode()[cut + len(noise) :]):
        try:
            articles = formats.parse(feed, ".rss")
        except Unreadable:
            continue
        assert articles
        assert len({article.part for article in articles}) == len(articles)
        for article in articles:
            for text in (article.title, *article.paragraphs, article.author or "", article.url or "", article.part):
                assert text == sanitize(text)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("iris@tarn.online (Iris Holm)", "Iris Holm"),
        ("Iris Holm &lt;iris@tarn.press&gt;", "Iris Holm"),
        ("Iris Holm (iris@tarn.com)", "Iris Holm"),
        ("iris@tarn.online", "iris@tarn.online"),
        ("iris@tarn.com", "iris@tarn.com"),
    ],
)
def test_an_author_with_an_address_of_any_length(stated: str, name: str) -> None:
    (article,) = read(rss(f"<title>Ferry</title><author>{stated}</author>"))
    assert article.author == name


@pytest.mark.parametrize("name", ["links", "authors", "tags", "content", "title_detail", "source"])
def test_elements_called_as_what_the_library_has_of_its_own(name: str) -> None:
    theirs = f"<{name}>a, b</{name}>"
    for feed in (
        rss(f"{theirs}<title>Ferry</title>"),
        rss("<title>Ferry</title>").replace("<item>", f"{theirs}<item>"),
    ):
        (article,) = read(feed)
        assert article.title == "Ferry"
