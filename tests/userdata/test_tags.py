from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ArticleId
from newsreader.errors import UsageError
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.tags import LONGEST_TAG, Tags, effective_tags, valid_tag

ONE = Subject(ArticleId("1" * 16), b"/news/a.txt", "", "1" * 32)
TWO = Subject(ArticleId("2" * 16), b"/news/b.txt", "", "2" * 32)


@pytest.fixture
def tags(tmp_path: Path) -> Iterator[Tags]:
    store = Store.open(tmp_path / "userdata.sqlite")
    yield Tags(store)
    store.close()


@pytest.mark.parametrize(
    "name", ["ev", "two words", 'with "quotes"', "it's", "👩‍🚀", "+plus", "-minus", "a,b", "%20", "日本"]
)
def test_names_may_be_almost_anything(name: str) -> None:
    assert valid_tag(name) == name


@pytest.mark.parametrize(
    ("name", "stored"), [("  a \n b ", "a b"), ("\x1b[31mred", "red"), ("a\u202eb", "ab"), ("e\u0301", "é")]
)
def test_names_are_made_safe(name: str, stored: str) -> None:
    assert valid_tag(name) == stored


@pytest.mark.parametrize("name", ["", "  ", "\x1b[31m", "\u200b", "x" * (LONGEST_TAG + 1)])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(UsageError):
        valid_tag(name)


@given(st.text(max_size=30))
def test_a_valid_name_stays_as_it_is(name: str) -> None:
    try:
        stored = valid_tag(name)
    except UsageError:
        return
    assert valid_tag(stored) == stored
    assert "\n" not in stored


def test_added_and_taken_away(tags: Tags) -> None:
    tags.change([ONE, TWO], ["a", "b"], [])
    tags.change([ONE], ["c"], ["a"])
    assert tags.entries() == {ONE.id: {"a": False, "b": True, "c": True}, TWO.id: {"a": True, "b": True}}


def test_a_bad_name_changes_nothing(tags: Tags) -> None:
    with pytest.raises(UsageError):
        tags.change([ONE], ["good", ""], [])
    assert tags.entries() == {}


def test_renaming_merges(tags: Tags) -> None:
    tags.change([ONE, TWO], ["old"], [])
    tags.change([TWO], ["new"], [])
    assert tags.rename("old", "new") == 2
    assert tags.entries() == {ONE.id: {"old": False, "new": True}, TWO.id: {"old": False, "new": True}}
    assert tags.rename("new", "new") == 0


def test_the_files_own_tags_with_what_the_user_did() -> None:
    assert effective_tags(("b", "A"), None) == ("A", "b")
    assert effective_tags(("b", "a"), {"a": False, "c": True, "d": False}) == ("b", "c")
