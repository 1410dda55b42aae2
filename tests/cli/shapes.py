"""The JSON documents of the program's contract, as checks."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

Document = dict[str, Any]


def check_keys(value: Document, *keys: str) -> None:
    missing = set(keys) - value.keys()
    assert not missing, f"missing: {missing}"


def check_moment(value: str | None) -> None:
    assert value is None or datetime.fromisoformat(value).utcoffset() is not None


def check_article(value: Document) -> None:
    check_keys(
        value, "id", "path", "title", "source", "author", "url", "language", "published", "date_from", "words", "tags",
        "read", "story",
    )  # fmt: skip
    assert re.fullmatch("[0-9a-f]{16}", value["id"])
    assert value["path"].startswith("/")
    assert value["title"]
    assert value["date_from"] in ("header", "meta", "file")
    assert isinstance(value["words"], int)
    assert isinstance(value["read"], bool)
    assert value["tags"] == sorted(value["tags"], key=str.casefold)
    check_moment(value["published"])


def check_index(value: Document) -> None:
    assert value["schema"] == 1
    for key in ("added", "updated", "removed", "unchanged", "moved", "generation"):
        assert isinstance(value[key], int)
    assert isinstance(value["seconds"], float)
    for entry in (*value["failed"], *value["skipped"]):
        check_keys(entry, "path", "reason")


def check_search(value: Document) -> None:
    assert value["schema"] == 1
    check_keys(value, "query", "interpretation", "total", "hits", "suggestion")
    assert len(value["hits"]) <= value["total"]
    for hit in value["hits"]:
        check_article(hit)
        assert isinstance(hit["score"], float)
        text = hit["excerpt"]["text"]
        at = 0
        for start, stop in hit["excerpt"]["highlights"]:
            assert at <= start < stop <= len(text)
            at = stop


def check_show(value: Document) -> None:
    assert value["schema"] == 1
    check_article(value)
    assert all(isinstance(paragraph, str) and paragraph for paragraph in value["paragraphs"])


def check_stories(value: Document) -> None:
    assert value["schema"] == 1
    assert len(value["stories"]) <= value["total"]
    for story in value["stories"]:
        check_keys(story, "id", "title", "first", "last", "size", "sources", "articles")
        check_moment(story["first"])
        check_moment(story["last"])
        assert story["size"] == len(story["articles"])
        for article in story["articles"]:
            check_article(article)
            assert article["relation"] in ("first", "copy", "near-copy", "same-story")
            assert 0 <= article["similarity"] <= 1
            assert article["story"] == story["id"]


def check_diff(value: Document) -> None:
    assert value["schema"] == 1
    check_article(value["left"])
    check_article(value["right"])
    for side in ("left", "right"):
        sentences = value[f"{side}_sentences"]
        placed = sorted(index for row in value["rows"] for index in row[side])
        assert placed == list(range(len(sentences))), "every sentence is in exactly one row"
        for row in value["rows"]:
            for sentence, start, stop in row[f"{side}_changes"]:
                assert sentence in row[side]
                assert 0 <= start <= stop <= len(sentences[sentence]["text"])
    for row in value["rows"]:
        assert row["kind"] in ("same", "reworded", "related", "left-only", "right-only")
        assert 0 <= row["similarity"] <= 1
        assert isinstance(row["moved"], bool)
        assert bool(row["left"]) == (row["kind"] != "right-only")
        assert bool(row["right"]) == (row["kind"] != "left-only")
    for fact in value["facts"]:
        check_keys(fact, "left", "right", "row", "differs", "sure", "minor", "quoted")
        assert fact["differs"] or not (fact["sure"] or fact["minor"] or fact["quoted"])
        assert not (fact["sure"] and fact["quoted"])
        assert fact["kind"] in ("number", "money", "percent", "date", "name", "quote")
    check_keys(value["summary"], "same", "reworded", "related", "left_only", "right_only", "moved", "overlap")
    assert 0 <= value["summary"]["overlap"] <= 1
