from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ArticleId
from newsreader.errors import StorageError
from newsreader.userdata.store import Store
from newsreader.userdata.versions import FormerText, Usage, Versions, pack, unpack
from tests.examples import examples

ONE, TWO, THREE = (ArticleId(digit * 16) for digit in "123")
ENOUGH = 10**9


def text(words: str, fingerprint: str = "f") -> FormerText:
    return FormerText(fingerprint, "Title", (words,), written=1_000, until=2_000)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "data" / "userdata.sqlite")


def test_texts_are_numbered_from_one_and_come_back_oldest_first(store: Store) -> None:
    versions = Versions(store)
    versions.keep([(ONE, text("first")), (TWO, text("other")), (ONE, text("second"))], ENOUGH)
    versions.keep([(ONE, text("third"))], ENOUGH)
    assert [(t.number, t.paragraphs) for t in versions.of(ONE)] == [(1, ("first",)), (2, ("second",)), (3, ("third",))]
    assert versions.latest([ONE, TWO, THREE]) == {ONE: text("third"), TWO: text("other")}
    assert versions.counts() == {ONE: 3, TWO: 1}
    assert versions.last_edits() == {ONE: 2_000, TWO: 2_000}
    assert versions.of(THREE) == []


def test_the_latest_can_be_taken_back(store: Store) -> None:
    versions = Versions(store)
    versions.keep([(ONE, text("first")), (ONE, text("second")), (TWO, text("other"))], ENOUGH)
    versions.drop_latest([ONE, THREE])
    assert versions.counts() == {ONE: 1, TWO: 1}
    assert [t.paragraphs for t in versions.of(ONE)] == [("first",)]


def test_a_number_that_is_taken_stays_what_it_is(store: Store) -> None:
    versions = Versions(store)
    versions.keep([(ONE, text("first"))], ENOUGH)
    versions.add([(ONE, FormerText("x", "Title", ("else",), number=1)), (ONE, FormerText("y", "T", (), number=4))])
    assert [(t.number, t.fingerprint) for t in versions.of(ONE)] == [(1, "f"), (4, "y")]


def test_beyond_the_limit_the_oldest_of_those_that_take_most_room_go(store: Store) -> None:
    versions = Versions(store)
    size = len(pack(text("some words, 1")))
    versions.keep([(ONE, text("some words, 1")), (TWO, text("some words, 2"))], ENOUGH)
    versions.keep([(TWO, text("some words, 3")), (TWO, text("some words, 4"))], 3 * size)
    assert [t.paragraphs for t in versions.of(ONE)] == [("some words, 1",)]
    assert [(t.number, t.paragraphs) for t in versions.of(TWO)] == [(2, ("some words, 3",)), (3, ("some words, 4",))]
    assert versions.usage() == Usage(2, 3, 3 * size)
    versions.keep([(TWO, text("some words, 5"))], 2 * size)
    assert {article: [t.number for t in versions.of(article)] for article in (ONE, TWO)} == {ONE: [1], TWO: [4]}
    versions.keep([], 0)
    assert versions.usage() == Usage(0, 0, 0)


@given(
    st.lists(st.tuples(st.sampled_from([ONE, TWO, THREE]), st.text(max_size=60)), max_size=12),
    st.integers(0, 600),
)
@examples(50)
def test_the_limit_holds_and_what_is_kept_is_each_articles_newest(
    kept: list[tuple[ArticleId, str]], limit: int
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        store = Store.open(Path(directory) / "userdata.sqlite")
        versions = Versions(store)
        versions.keep([(article, text(words)) for article, words in kept], limit)
        usage = versions.usage()
        assert usage.size <= limit
        left = {article: [t.paragraphs[0] for t in versions.of(article)] for article in (ONE, TWO, THREE)}
        for article, texts in left.items():
            given_texts = [words for a, words in kept if a == article]
            assert texts == given_texts[len(given_texts) - len(texts) :]
        if sum(len(pack(text(words))) for _, words in kept) <= limit:
            assert sum(map(len, left.values())) == len(kept)
        store.close()


former_texts = st.builds(
    FormerText,
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.text(max_size=20),
    st.lists(st.text(max_size=40), max_size=3).map(tuple),
    st.none() | st.text(max_size=10),
    st.none() | st.datetimes().map(lambda d: d.isoformat()),
    st.booleans(),
    st.sampled_from(["file", "header", "meta"]),
    st.integers(0, 10**6),
    st.integers(-(2**40), 2**40),
    st.integers(0, 2**40),
    st.integers(1, 10**6),
)


@given(former_texts)
def test_unpacking_is_the_inverse_of_packing(value: FormerText) -> None:
    again = unpack(pack(value), value.fingerprint, value.written, value.until, value.number)
    assert (again, again.number) == (value, value.number)


@pytest.mark.parametrize("packed", [b"", b"no zlib", pack(text("words"))[:-3], b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_damage_is_noticed(packed: bytes) -> None:
    with pytest.raises(StorageError, match="damaged"):
        unpack(packed, "f", 0, 0, 1)
