"""Posting lists as flat arrays: built from streams of terms, and merged.

A field of `t` terms and `p` postings is: the terms (sorted bytes), `starts` (t+1 offsets into the postings), `docs`
(p document numbers, ascending within a term), `weights` (p frequencies) and, where phrases are looked for, `places`
(all positions, in the order of the postings, as many as the weights say).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from newsreader.terms.arrays import Array, Ints, ordered, ranges, run_lengths, run_starts


class TermList(Sequence[bytes]):
    """Sorted byte strings in one block: found by bisection, decoded only when asked for."""

    def __init__(self, block: Array, starts: Array) -> None:
        self.block, self.starts = block, starts
        self._bytes, self._starts = memoryview(block), memoryview(starts)  # type: ignore[arg-type]

    def __reduce__(self) -> tuple[type[TermList], tuple[Array, Array]]:
        return TermList, (self.block, self.starts)  # a view is not for other processes

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> TermList:
        starts = np.zeros(len(terms) + 1, np.int64)
        np.cumsum([len(term) for term in terms], dtype=np.int64, out=starts[1:])
        return cls(np.frombuffer(b"".join(terms), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return bytes(self._bytes[self._starts[index] : self._starts[index + 1]])

    def all(self) -> list[bytes]:
        """Every term."""
        block = self.block.tobytes()
        return [block[start:stop] for start, stop in pairwise(self.starts.tolist())]

    def decoded(self, places: Sequence[int]) -> list[str]:
        """The terms at some ascending places as text: one decoding for all where they are ASCII."""
        if not places:
            return []
        first, starts = int(self.starts[places[0]]), self.starts
        block = bytes(self._bytes[first : starts[places[-1] + 1]])
        ends = (starts[1:][places] - first).tolist()
        begins = (starts[:-1][places] - first).tolist()
        if block.isascii():
            text = block.decode("ascii")
            return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return [block[begin:end].decode("utf-8") for begin, end in zip(begins, ends, strict=True)]

    def find(self, term: bytes) -> int:
        """The place of a term; -1 when it is not there."""
        at = self._bisect(term)
        return at if at < len(self) and self[at] == term else -1

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """The places of all terms that begin with these bytes: half-open."""
        # 0xff occurs in no UTF-8 text, so nothing that begins with the prefix sorts behind this
        return self._bisect(prefix), self._bisect(prefix + b"\xff")

    def _bisect(self, term: bytes) -> int:
        """As `bisect.bisect_left` does, in a fifth of its time: it would ask this object for every term it looks at."""
        block, starts = self._bytes, self._starts
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(block[starts[middle] : starts[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low


@dataclass(slots=True)
class FieldPostings:
    """One field of one segment."""

    terms: TermList
    starts: Array
    docs: Array
    weights: Array
    places: Array | None = None
    place_starts: Array | None = None
    """Where each term's places begin: t+1 offsets."""

    def docs_of(self, term: int) -> Array:
        """The documents that have the term at this place of `terms`."""
        return self.docs[self.starts[term] : self.starts[term + 1]]

    def positions(self, term: int, chosen: Ints) -> tuple[Ints, Ints]:
        """The positions of a term in some of its postings (indices within the term): (owner, position), where owner
        counts the chosen postings."""
        assert self.places is not None
        assert self.place_starts is not None
        weights = self.weights[self.starts[term] : self.starts[term + 1]].astype(np.int64)
        ends = np.cumsum(weights)
        counts = weights[chosen]
        first = self.place_starts[term] + ends[chosen] - counts
        owner = np.repeat(np.arange(len(chosen)), counts)
        return owner, self.places[ranges(first, counts)].astype(np.int64)


def narrow(values: Array) -> Array:
    """Unsigned integers in the smallest type that holds them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(np.uint8 if top < 2**8 else np.uint16 if top < 2**16 else np.uint32)


def from_stream(
    terms: Sequence[str], term: Ints, doc: Ints, *, place: Ints | None = None, weight: Ints | None = None
) -> FieldPostings:
    """Invert a stream: the n-th entry says that `terms[term[n]]` stands in `doc[n]`, at `place[n]` or with
    `weight[n]`. Shapes (n,). Within a document, places ascend. The terms come in the order of their numbers, to be
    sorted by `merge`."""
    order = ordered(term, doc)
    term, doc = term[order], doc[order]
    heads = run_starts(term, doc)
    posting_term, docs = term[heads], doc[heads]
    runs = run_lengths(heads, len(term))
    weights = runs if weight is None or not len(term) else np.add.reduceat(weight[order], heads)
    firsts = run_starts(posting_term)
    return _assembled(
        [terms[number].encode("utf-8", "replace") for number in posting_term[firsts].tolist()],
        run_lengths(firsts, len(posting_term)),
        docs,
        weights,
        None if place is None else place[order],
    )


def _assembled(
    terms: Sequence[bytes], counts: Array, docs: Array, weights: Array, places: Array | None
) -> FieldPostings:
    starts = np.concatenate(([0], np.cumsum(counts)))
    field = FieldPostings(TermList.of(terms), starts, docs.astype(np.uint32), narrow(weights))
    if places is not None:
        field.places = narrow(places)
        field.place_starts = np.concatenate(([0], np.cumsum(weights, dtype=np.int64)))[starts]
    return field


def merge(parts: Sequence[tuple[FieldPostings, Ints]]) -> FieldPostings:
    """One field out of several, each with the new number of every document (-1: dropped); new numbers ascend from
    part to part. Nothing is sorted but the terms: every run has its place."""
    lists = [part.terms.all() for part, _ in parts]
    terms = sorted(set().union(*lists))
    place_of = {term: place for place, term in enumerate(terms)}
    pieces = [
        _piece(part, np.fromiter(map(place_of.__getitem__, own), np.int64, len(own)), renumber)
        for own, (part, renumber) in zip(lists, parts, strict=True)
    ]
    counts = _summed(len(terms), [(piece.terms, piece.counts) for piece in pieces])
    spans = _summed(len(terms), [(piece.terms, piece.spans) for piece in pieces])
    docs, weights = np.zeros(int(counts.sum()), np.uint32), np.zeros(int(counts.sum()), np.uint32)
    placed = parts[0][0].places is not None
    kind = np.result_type(*(piece.places.dtype for piece in pieces))
    places = np.zeros(int(spans.sum()) if placed else 0, kind)
    next_posting, next_place = np.cumsum(counts) - counts, np.cumsum(spans) - spans
    for piece in pieces:
        at = ranges(next_posting[piece.terms], piece.counts)
        docs[at], weights[at] = piece.docs, piece.weights
        next_posting[piece.terms] += piece.counts
        if placed:
            places[ranges(next_place[piece.terms], piece.spans)] = piece.places
            next_place[piece.terms] += piece.spans
    used = np.flatnonzero(counts)
    return _assembled([terms[i] for i in used.tolist()], counts[used], docs, weights, places if placed else None)


@dataclass(slots=True)
class _Piece:
    """A part of a merged field without the documents that are dropped."""

    terms: Ints
    """The places of its terms in the merged field."""
    counts: Ints
    """Postings of each term."""
    spans: Ints
    """Positions of each term, if there are any."""
    docs: Array
    weights: Array
    places: Array


def _piece(part: FieldPostings, terms: Ints, renumber: Ints) -> _Piece:
    docs, weights, counts = renumber[part.docs], part.weights, np.diff(part.starts)
    places = np.zeros(0, np.uint8) if part.places is None else part.places
    kept = docs >= 0
    if not kept.all():
        owner = np.repeat(np.arange(len(terms)), counts)
        if part.places is not None:
            places = places[np.repeat(kept, weights)]
        docs, weights = docs[kept], weights[kept]
        counts = np.bincount(owner[kept], minlength=len(terms))
    ends = np.cumsum(weights, dtype=np.int64)
    spans = np.diff(np.concatenate(([0], ends))[np.concatenate(([0], np.cumsum(counts)))])
    return _Piece(terms, counts, spans, docs, weights, places)


def _summed(size: int, columns: Sequence[tuple[Ints, Ints]]) -> Ints:
    total = np.zeros(size, np.int64)
    for places, counts in columns:
        total[places] += counts
    return total


# as named arrays, for a file


def field_arrays(name: str, field: FieldPostings) -> dict[str, Array]:
    """A field as named arrays for `array_files.write_arrays`."""
    arrays: dict[str, Array] = {
        "block": field.terms.block,
        "term_starts": field.terms.starts,
        "starts": field.starts,
        "docs": field.docs,
        "weights": field.weights,
    }
    if field.places is not None and field.place_starts is not None:
        arrays |= {"places": field.places, "place_starts": field.place_starts}
    return {f"{name}/{part}": array for part, array in arrays.items()}


def field_from(name: str, arrays: Mapping[str, Array]) -> FieldPostings | None:
    """The field of this name; None when there is none."""
    if f"{name}/docs" not in arrays:
        return None
    return FieldPostings(
        TermList(arrays[f"{name}/block"], arrays[f"{name}/term_starts"]),
        arrays[f"{name}/starts"],
        arrays[f"{name}/docs"],
        arrays[f"{name}/weights"],
        arrays.get(f"{name}/places"),
        arrays.get(f"{name}/place_starts"),
    )
