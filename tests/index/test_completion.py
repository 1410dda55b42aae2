"""What could be typed next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index.completion import MOST, complete
from tests.examples import examples
from tests.index.test_query import TEXTS

VALUES: Mapping[str, Sequence[str]] = {
    "tag": ["later", "École", "to read", "elected"],
    "source": ["The Post", "Evening Post"],
    "lang": ["en", "de"],
    "@": ["money", "mine", "other"],
}


def offered(text: str) -> list[str]:
    """The query after each completion."""
    found = complete(text, len(text), VALUES)
    return [text[: completion.start] + completion.text for completion in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ti", ["title:"]),
        ("tax s", ["tax source:", "tax story:", "tax similar:"]),
        ("-ti", ["-title:"]),
        ("(ti", ["(title:"]),
        ("tag:la", ["tag:later"]),
        ("tag:ec", ["tag:École", "tag:elected"]),
        ("tag:READ", ['tag:"to read"']),
        ("source:post", ['source:"The Post"', 'source:"Evening Post"']),
        ('source:"the p', ['source:"The Post"']),
        ("lang:", ["lang:en", "lang:de"]),
        ("is:un", ["is:unread"]),
        ("is:read", ["is:read", "is:unread"]),
        ("date:la", ['date:"last week"', 'date:"last month"']),
        ("newer:2", ['newer:"2 weeks"']),
        ("@m", ["@money", "@mine"]),
        ("title:x", []),
        ("", []),
        ("tax ", []),
        ("zzz", []),
    ],
)
def test_completions(text: str, expected: list[str]) -> None:
    assert offered(text) == expected


def test_only_what_is_before_the_cursor_counts() -> None:
    (found,) = complete("ti budget", 2, VALUES)
    assert (found.start, found.text, found.label) == (0, "title:", "field")


def test_no_more_than_fit() -> None:
    assert len(complete("tag:", 4, {"tag": [f"tag{n}" for n in range(100)]})) == MOST


@examples(200)
@given(TEXTS, st.integers(0, 40))
def test_any_text_can_be_completed(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    for completion in complete(text, cursor, VALUES):
        assert 0 <= completion.start <= cursor
