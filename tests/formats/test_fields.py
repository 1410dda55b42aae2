from __future__ import annotations

import pytest

from newsreader import formats
from newsreader.formats.fields import FIELDS, Record, with_names


@pytest.mark.parametrize("name", ["published_at", "publishedAt", "Published At", "PUBLISHED-AT", "published:at"])
def test_spelling_does_not_count(name: str) -> None:
    assert list(Record({name: 1}).found(FIELDS["date"])) == [(name, 1)]


def test_the_preferred_name_comes_first_and_what_is_null_is_absent() -> None:
    assert list(Record({"headline": "H", "TITLE": "T", "x": "X"}).found(("title", "headline"))) == [
        ("TITLE", "T"),
        ("headline", "H"),
    ]
    assert list(Record({"title": None}).found(("title",))) == []


def test_a_name_may_be_a_path() -> None:
    record = Record({"fields": {"Body": {"text": "T"}}, "fields.flat": "F"})
    assert list(record.found(("fields.body.text", "fields.flat", "fields.none", "x.y"))) == [
        ("fields.Body.text", "T"),
        ("fields.flat", "F"),
    ]


def test_names_of_the_user_come_first() -> None:
    names = with_names({"title": ["kop", "headline"]})
    assert names["title"][:3] == ("kop", "headline", "title")
    assert names["date"] == FIELDS["date"]
    (article,) = formats.parse(b"---\ntitle: no\nkop: yes\n---\n\nText.\n", ".md", names)
    assert article.title == "yes"
