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
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "userdata.sqlite")
    yield store
    store.close()


@pytest.fixture
def tags(store: Store) -> Tags:
    return Tags(store)


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


@pytest.mark.parametrize("odd", ["x" * (LONGEST_TAG + 100), "\x1b[31mred", " a  b ", "two\nlines"])
def test_whatever_the_user_data_hold_can_be_taken_away_given_back_and_renamed(store: Store, odd: str) -> None:
    """From an older program, an edited dump or another tool."""
    tags = Tags(store)
    tags.change([ONE, TWO], ["known"], [])
    store.write_many("INSERT INTO tags VALUES (?, ?, 1)", [(ONE.id, odd)])
    tags.change([ONE], [], [odd])
    assert tags.entries()[ONE.id][odd] is False
    tags.change([ONE, TWO], [odd], [])  # as undoing does
    assert tags.entries()[TWO.id] == {"known": True, odd: True}
    assert tags.rename(odd, "plain") == 2
    assert {tag for tag, there in tags.entries()[ONE.id].items() if there} == {"known", "plain"}
    assert tags.rename("plain", odd) == 2, "a name that is there already"


def test_a_tag_without_a_name_is_not_taken_away(tags: Tags) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        tags.change([ONE], [], [""])


def test_the_files_own_tags_with_what_the_user_did() -> None:
    assert effective_tags(("b", "A"), None) == ("A", "b")
    assert effective_tags(("b", "a"), {"a": False, "c": True, "d": False}) == ("b", "c")


def test_bytes_of_a_name_that_are_no_text(tags: Tags) -> None:
    tags.change([ONE], ["a\udcffb"], [])
    tags.change([ONE], [], ["\udcff"])
    assert tags.rename("a\udcffb", "c\udcff") in (0, 1)
