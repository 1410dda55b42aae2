"""Strings by number: what a word means to some part of the program is worked out once, however often it is written.

A text is cut into tokens, and each token is looked up once. Everything else about it (terms, stems, hashes) is taken
from tables by its number, for hundreds of texts at a time: indexing word by word would be many times slower.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from newsreader.terms.arrays import Array, Ints, distinct, ranges

LARGEST = 2_000_000
"""Code points of tokens that a process keeps: 200 MB with what is worked out of them (30,000 articles have 3.7 million,
for which it was 380). Texts without blanks are all new tokens, and would fill the memory."""


class _Numbers(dict[str, int]):
    """Gives every new key the next number."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_in_order: list[str] = []
        self.size = 0

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self.keys_in_order)
        self.keys_in_order.append(key)
        self.size += len(key)
        return number


class Vocabulary:
    """Strings and their numbers, given in the order in which they are first met."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self.strings: Sequence[str] = self._numbers.keys_in_order
        """By number."""

    def __len__(self) -> int:
        return len(self.strings)

    @property
    def size(self) -> int:
        """Code points of all strings."""
        return self._numbers.size

    def number(self, string: str) -> int:
        return self._numbers[string]

    def numbers(self, strings: Sequence[str]) -> Ints:
        return np.fromiter(map(self._numbers.__getitem__, strings), np.int64, len(strings))


class Expansion:
    """What each string of a vocabulary stands for: a run of whole numbers, worked out when it is first needed."""

    def __init__(self, vocabulary: Vocabulary, analyse: Callable[[str], Iterable[int]]) -> None:
        self._vocabulary, self._analyse = vocabulary, analyse
        self._values, self._starts, self._counts = array("q", [0]), array("q", [-1]), array("q", [0])

    def apply(self, numbers: Ints) -> tuple[Ints, Ints]:
        """For strings by number: (index in `numbers` of each value, value), in their order."""
        if not len(numbers):
            return numbers, numbers
        self._learn(numbers)
        starts, counts = _view(self._starts, np.int64)[numbers], _view(self._counts, np.int64)[numbers]
        values = _view(self._values, np.int64)
        if (counts == 1).all():
            return np.arange(len(numbers)), values[starts]
        return np.repeat(np.arange(len(numbers)), counts), values[ranges(starts, counts)]

    def values(self, numbers: Ints) -> Ints:
        """The values of strings by number, one after the other."""
        return self.apply(numbers)[1]

    def _learn(self, numbers: Ints) -> None:
        missing = len(self._vocabulary) - len(self._starts)
        if missing > 0:
            self._starts.extend([-1] * missing)
            self._counts.extend([0] * missing)
        for number in distinct(numbers[_view(self._starts, np.int64)[numbers] < 0]).tolist():
            self._starts[number] = len(self._values)
            self._values.extend(self._analyse(self._vocabulary.strings[number]))
            self._counts[number] = len(self._values) - self._starts[number]


class ValueTable:
    """One number for every string of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, value: Callable[[str], float], kind: str = "d") -> None:
        self._vocabulary, self._value = vocabulary, value
        self._cells: array[Any] = array(kind)

    def __getitem__(self, numbers: Ints) -> Array:
        if (known := len(self._cells)) < len(self._vocabulary):
            self._cells.extend(map(self._value, self._vocabulary.strings[known:]))
        return _view(self._cells, np.dtype(self._cells.typecode))[numbers] if len(numbers) else np.zeros(0)


@dataclass(frozen=True, slots=True)
class Tokens:
    """An article's tokens by their numbers in a vocabulary."""

    vocabulary: Vocabulary
    title: Ints
    text: Ints


_NEVER_IN_WORDS = '"“”()[]{}<>;:!?…*/%$€£|—–'
"""Marks that end a word wherever they stand, the commonest only: with them in the tokens there would be half as many
more."""


def split(text: str) -> list[str]:
    """Runs without white space and without most of the marks that can't be in a word: a superset of a text's words,
    each whole, at a tenth of what a regular expression takes."""
    for mark in _NEVER_IN_WORDS:
        if mark in text:
            text = text.replace(mark, " ")
    return text.replace(", ", " ").replace(". ", " ").replace(".\n", " ").split()


def tokenize(title: str, paragraphs: Iterable[str], vocabulary: Vocabulary | None = None) -> Tokens:
    """The tokens of an article, in the vocabulary of this process if no other is given."""
    vocabulary = shared_vocabulary() if vocabulary is None else vocabulary
    return Tokens(vocabulary, vocabulary.numbers(split(title)), vocabulary.numbers(split("\n".join(paragraphs))))


_shared: list[Vocabulary] = []


def shared_vocabulary() -> Vocabulary:
    """The vocabulary of this process; a new one when it has become large."""
    if not _shared or _shared[0].size > LARGEST:
        _shared[:] = [Vocabulary()]
    return _shared[0]


def _view(cells: array[Any], kind: Any) -> Array:
    """The cells as they are now. Only for the moment: an array that is looked at can't grow."""
    return np.frombuffer(cells, kind)
