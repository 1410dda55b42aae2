"""Which stories are new, and which grew."""

from __future__ import annotations

import pytest

from newsreader.stories.growth import grown_stories


@pytest.mark.parametrize(
    ("before", "after", "new", "grown"),
    [
        ({}, {"a": "s1", "b": "s1"}, ["s1"], []),
        ({"a": "s1", "b": "s1"}, {"a": "s1", "b": "s1"}, [], []),
        ({"a": "s1", "b": "s1"}, {"a": "s1", "b": "s1", "c": "s1"}, [], ["s1"]),
        ({"a": "s1", "b": "s1"}, {"a": "s0", "b": "s0", "c": "s0"}, [], ["s0"]),
        ({"a": "s1", "b": "s1"}, {"a": "s0", "b": "s0"}, [], []),
        ({"a": "s1", "b": "s1", "c": "s2", "d": "s2"}, dict.fromkeys("abcd", "s1"), [], ["s1"]),
        (dict.fromkeys("abcd", "s1"), {"a": "s1", "b": "s1", "c": "s2", "d": "s2"}, [], []),
        (dict.fromkeys("abc", "s1"), {"a": "s1", "b": "s1"}, [], []),
        ({"a": "s1", "b": "s1"}, {}, [], []),
    ],
    ids=["new", "as it was", "one more", "an earlier one", "another id", "joined", "split", "shrunk", "ended"],
)
def test_growth(before: dict[str, str], after: dict[str, str], new: list[str], grown: list[str]) -> None:
    assert grown_stories(before, after) == (new, grown)
