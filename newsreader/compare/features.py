"""How alike sentences are, as numbers: weighted words, runs of words, letters, numbers, places.

Words are compared by their first letters (truncation is as good a stemmer as any across languages: McNamee and
Mayfield 2004, "Character N-Gram Tokenization for European Language Text Retrieval") and weighted by their rarity.
Everything is symmetric in the two sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from newsreader.text import WORD, fold

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STEM = 5
"""Letters of a word that count."""
CANDIDATES = 12
"""Partners by shared words that a sentence is compared with closely: 97 % of the development links."""
CANDIDATE_LIMIT = 40_000
"""Pairs compared closely in all: 0.4 s. Two 20,000-word texts have 24,000."""
WORK_LIMIT = 3_000_000
"""Shared words of pairs that are counted, rare words first: 0.4 s. Two 20,000-word texts have 2.5 million; beyond,
words that are everywhere say nothing about a pair."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts without blanks between words: their pairs of letters stand for words."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of sentences that may belong together: parallel arrays, sorted by (left, right)."""

    left: Ints
    right: Ints
    similarity: Floats
    """Cosine of the weighted words, 0..1."""
    features: Floats
    """One row a pair, one column for each of `COLUMNS`."""
    complete: bool
    """False when limits left pairs out."""

    def only(self, keep: npt.NDArray[np.bool_]) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.left[keep], self.right[keep], self.similarity[keep], self.features[keep], self.complete)


COLUMNS = ("words", "contained", "mass", "runs", "run mass", "letters", "numbers", "best", "second best", "place", "names", "tri", "lead", "short", "size", "related", "ratio")


def stems(text: str) -> list[str]:
    """What is compared of a text's words, in order."""
    found: list[str] = []
    for word in WORD.findall(fold(text)):
        if _UNSPACED.search(word):
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            found.append(word if word[0].isdigit() else word[:STEM])
    return found


def _names(text: str) -> list[str]:
    return [stem for match in WORD.finditer(text) if match.start() > 1 and match[0][0].isupper() for stem in stems(match[0])]


class Profile:
    """The sentences of one text, ready to be compared."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.stems = [stems(text) for text in texts]
        self.folded = [" ".join(WORD.findall(fold(text))) for text in texts]
        self.runs = [[f"{a} {b}" for a, b in zip(s, s[1:], strict=False)] for s in self.stems]
        self.numbers = [[stem for stem in s if stem[0].isdigit()] for s in self.stems]
        self.names = [_names(text) for text in texts]
        self.tri = [[f"{a} {b} {c}" for a, b, c in zip(s, s[1:], s[2:], strict=False)] for s in self.stems]

    def __len__(self) -> int:
        return len(self.stems)


def compare_all(
    left: Profile,
    right: Profile,
    free: tuple[Sequence[int], Sequence[int]],
    rarity: Callable[[str], float] | None = None,
) -> Pairs:
    """Compare the free sentences of two texts, each with its most promising partners.

    `free` holds the sentences (left, right) that still look for a partner; the others count for the rarity of
    words only.
    """
    weight = _weights(left.stems + right.stems, rarity)
    words = _shared(left.stems, right.stems, free, weight)
    score = words.weight / np.sqrt(words.left_total * words.right_total)
    keep = _top(words.left, score) | _top(words.right, score)
    complete = words.complete
    if keep.sum() > CANDIDATE_LIMIT:
        keep &= score >= np.partition(score[keep], -CANDIDATE_LIMIT)[-CANDIDATE_LIMIT]
        complete = False
    i, j, score = words.left[keep], words.right[keep], score[keep]
    shared, smaller = words.weight[keep], np.minimum(words.left_total, words.right_total)[keep]
    runs = _shared(left.runs, right.runs, free, _weights(left.runs + right.runs, None)).at(i, j)
    numbers = _shared(left.numbers, right.numbers, free, weight).at(i, j)
    names = _shared(left.names, right.names, free, weight).at(i, j)
    tri = _shared(left.tri, right.tri, free, _weights(left.tri + right.tri, None)).at(i, j)
    best_left, best_right = np.zeros(len(left)), np.zeros(len(right))
    np.maximum.at(best_left, i, score)
    np.maximum.at(best_right, j, score)
    columns = [
        score,
        shared / smaller,
        np.log1p(shared),
        runs / smaller,
        np.log1p(runs),
        process.cpdist([left.folded[a] for a in i], [right.folded[b] for b in j], scorer=fuzz.token_sort_ratio) / 100,
        np.log1p(numbers),
        score / np.maximum(np.maximum(best_left[i], best_right[j]), 1e-9),
        score / np.maximum(np.minimum(best_left[i], best_right[j]), 1e-9),
        np.abs((i + 0.5) / max(1, len(left)) - (j + 0.5) / max(1, len(right))),
        np.log1p(names),
        np.log1p(tri),
        ((i <= 1) & (j <= 1) & (i == j)) * 1.0,
        np.log(smaller),
        np.full(len(i), np.log(len(left) + len(right))),
        np.full(len(i), (best_left.sum() + best_right.sum()) / (len(free[0]) + len(free[1]))),
        np.log(np.maximum(words.left_total, words.right_total)[keep] / smaller),
    ]
    return Pairs(i, j, score, np.column_stack(columns), complete)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What pairs of sentences share: parallel arrays, sorted by (left, right)."""

    left: Ints
    right: Ints
    weight: Floats
    left_total: Floats
    """Weight of all words of the left sentence."""
    right_total: Floats
    complete: bool

    def at(self, left: Ints, right: Ints) -> Floats:
        """The weight that these pairs share, 0 for those that share nothing."""
        if not len(self.left):
            return np.zeros(len(left))
        size = max(int(self.right.max()), int(right.max(initial=0))) + 1
        keys, wanted = self.left * size + self.right, left * size + right
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, self.weight[place], 0.0)


def _weights(sentences: Sequence[Sequence[str]], rarity: Callable[[str], float] | None) -> dict[str, float]:
    """The weight of each word: its rarity among the sentences, less for short words, which are rarely content."""
    counts = Counter(word for sentence in sentences for word in set(sentence))
    return {word: log(1 + len(sentences) / count) for word, count in counts.items()}


def _shared(
    left: Sequence[Sequence[str]],
    right: Sequence[Sequence[str]],
    free: tuple[Sequence[int], Sequence[int]],
    weight: dict[str, float],
) -> _Shared:
    """What each pair of free sentences shares: one join of the two sides' (word, sentence) tables."""
    counts = [Counter(word for row in rows for word in set(side[row])) for side, rows in zip((left, right), free, strict=True)]
    cost = {word: count * counts[1][word] for word, count in counts[0].items() if word in counts[1]}
    ids: dict[str, int] = {}
    work = 0
    for word in sorted(cost, key=lambda word: (cost[word], word)):
        work += cost[word]
        if work > WORK_LIMIT:
            break
        ids[word] = len(ids)
    values = np.array([weight[word] for word in ids])
    left_rows, left_words = _table(left, free[0], ids)
    right_rows, right_words = _table(right, free[1], ids)
    per_word = np.bincount(right_words, minlength=len(ids))
    first = np.cumsum(per_word) - per_word
    repeats = per_word[left_words]
    entry = np.repeat(np.arange(len(left_rows)), repeats)
    offset = np.arange(len(entry)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    partner = right_rows[first[left_words[entry]] + offset]
    keys, place = np.unique(left_rows[entry] * len(right) + partner, return_inverse=True)
    i, j = keys // max(1, len(right)), keys % max(1, len(right))
    totals = [np.array([sum(weight[w] for w in sorted(set(s))) for s in side]) for side in (left, right)]
    return _Shared(
        i,
        j,
        np.bincount(place, weights=values[left_words[entry]], minlength=len(keys)),
        totals[0][i] if len(i) else np.zeros(0),
        totals[1][j] if len(j) else np.zeros(0),
        len(ids) == len(cost),
    )


def _table(sentences: Sequence[Sequence[str]], rows: Iterable[int], ids: dict[str, int]) -> tuple[Ints, Ints]:
    """(sentences, words): which sentence has which of the words, sorted by word."""
    entries = sorted((ids[word], row) for row in rows for word in set(sentences[row]) if word in ids)
    table = np.array(entries, dtype=np.int64).reshape(-1, 2)
    return table[:, 1], table[:, 0]


def _top(side: Ints, score: Floats) -> npt.NDArray[np.bool_]:
    """Which pairs are among the best of their sentence on one side."""
    order = np.lexsort((-score, side))
    rank = np.arange(len(side)) - np.searchsorted(side[order], side[order])
    keep = np.zeros(len(side), dtype=bool)
    keep[order[rank < CANDIDATES]] = True
    return keep
