"""Posting arrays against the obvious dictionaries."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index.array_files import read_arrays, write_arrays
from newsreader.index.postings import (
    FieldPostings,
    TermList,
    field_arrays,
    field_from,
    from_stream,
    merge,
    narrow,
)
from tests.examples import examples

Placed: TypeAlias = dict[bytes, dict[int, list[int]]]
"""Term → document → positions."""

WORDS = st.sampled_from(["a", "b", "ab", "abc", "é", "中国", "z", "\U0001f600", "b\udc80"])
TEXTS = st.lists(st.lists(WORDS, max_size=8), max_size=6)


def placed(texts: list[list[str]]) -> Placed:
    found: Placed = {}
    for doc, text in enumerate(texts):
        for place, word in enumerate(text):
            found.setdefault(word.encode("utf-8", "replace"), {}).setdefault(doc, []).append(place)
    return found


def inverted(texts: list[list[str]]) -> FieldPostings:
    terms = list(dict.fromkeys(word for text in texts for word in text))
    stream = [(terms.index(word), doc, place) for doc, text in enumerate(texts) for place, word in enumerate(text)]
    term, doc, place = np.array(stream, np.int64).reshape(-1, 3).T
    return merge([(from_stream(terms, term, doc, place=place), np.arange(len(texts)))])


def listed(field: FieldPostings) -> Placed:
    """The postings, read back one by one; asserts their order."""
    terms = field.terms[:]
    assert terms == sorted(set(terms))
    found: Placed = {}
    for number, term in enumerate(terms):
        start, stop = int(field.starts[number]), int(field.starts[number + 1])
        docs = field.docs[start:stop].tolist()
        assert docs == sorted(set(docs))
        assert docs
        owner, position = field.positions(number, np.arange(stop - start))
        found[term] = {doc: position[owner == i].tolist() for i, doc in enumerate(docs)}
        assert [len(places) for places in found[term].values()] == field.weights[start:stop].tolist()
    return found


@examples(150)
@given(TEXTS)
def test_inverting_a_stream(texts: list[list[str]]) -> None:
    assert listed(inverted(texts)) == placed(texts)


@examples(100)
@given(st.lists(st.tuples(WORDS, st.integers(0, 4), st.integers(1, 300)), max_size=20))
def test_weights_of_a_stream_add_up(stream: list[tuple[str, int, int]]) -> None:
    expected: dict[tuple[bytes, int], int] = {}
    for word, doc, weight in stream:
        key = (word.encode("utf-8", "replace"), doc)
        expected[key] = expected.get(key, 0) + weight
    terms = list(dict.fromkeys(word for word, _, _ in stream))
    term, doc_numbers, weights = np.array([(terms.index(w), d, n) for w, d, n in stream], np.int64).reshape(-1, 3).T
    field = from_stream(terms, term, doc_numbers, weight=weights)
    owner = np.repeat(np.arange(len(field.terms)), np.diff(field.starts))
    found = {(field.terms[int(t)], int(d)): int(w) for t, d, w in zip(owner, field.docs, field.weights, strict=True)}
    assert found == expected


@examples(150)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_merging_drops_and_renumbers(segments: list[list[list[str]]], random: st.random_module) -> None:
    parts, kept = [], []
    for texts in segments:
        alive = [random.random() < 0.7 for _ in texts]  # type: ignore[attr-defined]
        numbers = np.where(alive, np.cumsum(alive) - 1 + len(kept), -1).astype(np.int64).reshape(len(texts))
        kept += [text for text, lives in zip(texts, alive, strict=True) if lives]
        parts.append((inverted(texts), numbers))
    assert listed(merge(parts)) == placed(kept)


def test_merging_what_is_all_gone() -> None:
    merged = merge([(inverted([["a", "b"], ["a"]]), np.array([-1, -1]))])
    assert len(merged.terms) == 0
    assert listed(merged) == {}
    assert merged.terms.find(b"a") == -1


def test_numbers_are_kept_small() -> None:
    assert [narrow(np.array(values)).dtype for values in ([], [255], [256], [65536])] == [
        np.uint8, np.uint8, np.uint16, np.uint32
    ]  # fmt: skip
    far = from_stream(["a"], np.array([0, 0]), np.array([0, 0]), place=np.array([1, 70_000]))
    assert listed(far) == {b"a": {0: [1, 70_000]}}


@examples(150)
@given(st.sets(st.text(max_size=4)), st.text(max_size=4))
def test_terms_are_found_by_themselves_and_by_their_beginnings(words: set[str], wanted: str) -> None:
    encoded = sorted(word.encode("utf-8", "surrogatepass") for word in words)
    terms, text = TermList.of(encoded), wanted.encode("utf-8", "surrogatepass")
    assert list(terms) == encoded
    assert terms.find(text) == (encoded.index(text) if text in encoded else -1)
    first, last = terms.prefix_range(text)
    assert terms[first:last] == [word for word in encoded if word.startswith(text)]


def test_a_field_comes_back(tmp_path: Path) -> None:
    field = inverted([["a", "b", "a"], ["中国"]])
    write_arrays(tmp_path / "x", field_arrays("words", field))
    back = field_from("words", read_arrays(tmp_path / "x"))
    assert back is not None
    assert listed(back) == listed(field)
    assert field_from("title", read_arrays(tmp_path / "x")) is None
