from __future__ import annotations

from datetime import UTC, datetime

from newsreader.article import ParsedArticle
from newsreader.formats.provenance import MetaValue, provenance

DAY = datetime(2021, 3, 26, tzinfo=UTC)


def test_what_the_reader_tells_goes_before_what_can_be_concluded() -> None:
    parsed = ParsedArticle(
        "Title", (), source="Post", author="Jane", published=DAY, date_from="meta", tags=("a", "b"),
        origins=(("title", "meta og:title"), ("date", "meta article:published_time"), ("text", "article")),
    )  # fmt: skip
    found = {value.field: value for value in provenance(parsed, "Post")}
    assert found["title"] == MetaValue("title", "Title", "meta og:title")
    assert found["published"] == MetaValue("published", "2021-03-26T00:00:00+00:00", "meta article:published_time")
    assert (found["tags"].value, found["tags"].origin) == ("a, b", "metadata")
    assert found["url"] == MetaValue("url", None, None)
    assert found["text"] == MetaValue("text", None, "article")


def test_what_the_file_does_not_say() -> None:
    found = {v.field: v.origin for v in provenance(ParsedArticle("Title", (), published=DAY), "folder")}
    assert (found["title"], found["source"], found["published"]) == ("text", "name of the folder", "date of the file")
