"""How alike sentences are, as numbers: weighted words, runs of words, numbers.

Words are compared by their first letters (truncation is as good a stemmer as any across languages: McNamee and
Mayfield 2004, "Character N-Gram Tokenization for European Language Text Retrieval") and weighted by their rarity.
Everything is symmetric in the two sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np

from newsreader.compare.credits import credits_among
from newsreader.terms.arrays import Flags, Floats, Ints, ranges
from newsreader.text.clean import WORD, fold, words

Weights = dict[str, float]

STEM = 5
"""Letters of a word that count."""
CANDIDATES = 12
"""Partners by shared words that a sentence is compared with closely: with `LEAST`, 90 % of the development links; the
rest share hardly a word."""
LEAST = 0.05
"""Cosine below which pairs are not looked at: the model gives them less than 1 %."""
CANDIDATE_LIMIT = 40_000
"""Pairs compared closely in all. Two 20,000-word collections of news have 14,000."""
WORK_LIMIT = 3_000_000
"""Words shared by pairs that are counted, rare words first. Two 20,000-word collections of news have 1.5 million;
beyond, the words are so common that they say nothing about a pair."""

COLUMNS = ("words", "runs", "numbers", "best", "second best", "size", "related")
"""What `Pairs.features` holds: cosine of the words; the weights of the word pairs and of the numbers that are shared,
as logarithms; the cosine against the best one of that sentence which has the better other partner, and of the other
one; logarithm of the number of sentences; mean of all sentences' best cosine.

Tried without gain: edit distances, runs of three words; by the probabilities of leave-one-pair-out models on 28
hand-aligned pairs, names, places in the texts, lengths, containment, quotations, figures that contradict, the words
around, rarities from a large news corpus, parts of compounds. Runs of three letters rank pairs better by .01 of average
precision, but find no more links; nor, on 10 pairs, does the cosine of all-MiniLM-L6-v2, a neural model of 90 MB. The
cosine of the two first sentences is worse than nothing: it pairs the leads of different stories."""

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts without blanks between words: their pairs of letters stand for words."""

POSSESSIVE = re.compile("['’]s$")
"""With it left on, "RIM's" has nothing in common with "RIM"."""
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z .,/'’-]{2,60}(?:,\s*[\w. ]{1,40}?)?\s*)?"
    r"\((?:Reuters|AP|AFP|dpa|UPI|CNN|CNNMoney|Xinhua|IANS|PTI|Bloomberg)\)\s*[-—–_]*\s*"
    r"|[A-Z][A-Z .,'’/-]{3,60}\s*[—–-]\s+"
)
"""Where it was written and by which agency: two stories of a day may share that and nothing else."""


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

    def only(self, keep: Flags) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.left[keep], self.right[keep], self.similarity[keep], self.features[keep], self.complete)


def stems(text: str) -> list[str]:
    """What is compared of a text's words, in order."""
    found: list[str] = []
    for word in WORD.findall(fold(text)):
        if UNSPACED.search(word):
            found.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            found.append(word if word[0].isdigit() else POSSESSIVE.sub("", word)[:STEM])
    return found


def without_dateline(text: str) -> str:
    """A sentence without the place and agency at its beginning."""
    found = _DATELINE.match(text)
    return text[found.end() :] if found else text


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The folded words that some texts write small: no names where they begin a sentence or are in a heading."""
    return frozenset(fold(word) for text in texts for word in words(text) if word[0].islower())


class Profile:
    """The sentences of one text, ready to be compared: what each holds, in order."""

    def __init__(
        self, texts: Sequence[str], *, small: frozenset[str] | None = None, credited: frozenset[int] | None = None
    ) -> None:
        """What is known of texts that are compared with many others: `small`, the `small_words` of all of them, and
        which sentences are `credits_among` them."""
        self.texts = texts
        self.small = small_words(texts) if small is None else small
        self.credits = credits_among(texts) if credited is None else credited
        self.happened: dict[int, list[str]] = {}
        """What sentences say happened, as far as it was asked for: by `small` alone, so for texts that share it."""
        self.words = [stems(without_dateline(text)) for text in texts]
        self.runs = [[f"{a} {b}" for a, b in pairwise(words)] for words in self.words]
        self.numbers = [[word for word in words if word[0].isdigit()] for words in self.words]
        self.distinct = [sorted(set(words)) for words in self.words]
        self.word_counts = Counter(word for words in self.distinct for word in words)
        """In how many sentences each word is; the same of runs."""
        self.run_counts = Counter(run for runs in self.runs for run in set(runs))

    def __len__(self) -> int:
        return len(self.words)


def compare_all(
    left: Profile,
    right: Profile,
    free: tuple[Sequence[int], Sequence[int]],
) -> Pairs:
    """Compare the free sentences of two texts, each with its most promising partners.

    `free` holds the sentences (left, right) that still look for a partner; the others count for the rarity of
    words only.
    """
    size = len(left) + len(right)
    weights = _weights(left.word_counts, right.word_counts, {*left.word_counts, *right.word_counts}, size)
    words = _shared(left.words, right.words, free, weights)
    totals = [np.array([sum(weights[word] for word in some) for some in side.distinct]) for side in (left, right)]
    cosine = np.round(words.weight / np.sqrt(totals[0][words.left] * totals[1][words.right]), 6)
    near = cosine >= LEAST
    i, j, cosine = words.left[near], words.right[near], cosine[near]
    keep = _top(i, cosine) | _top(j, cosine)
    complete = words.complete and int(keep.sum()) <= CANDIDATE_LIMIT
    if keep.sum() > CANDIDATE_LIMIT:
        keep &= cosine > np.partition(cosine[keep], -CANDIDATE_LIMIT)[-CANDIDATE_LIMIT]
    i, j, cosine = i[keep], j[keep], cosine[keep]

    in_both = left.run_counts.keys() & right.run_counts.keys()
    run_weights = _weights(left.run_counts, right.run_counts, in_both, size)
    runs = _shared(left.runs, right.runs, free, run_weights).at(i, j)
    numbers = _shared(left.numbers, right.numbers, free, weights).at(i, j)
    best_left, best_right = np.zeros(len(left)), np.zeros(len(right))
    np.maximum.at(best_left, i, cosine)
    np.maximum.at(best_right, j, cosine)
    related = (best_left.sum() + best_right.sum()) / max(1, len(free[0]) + len(free[1]))
    features = [
        cosine,
        np.log1p(runs),
        np.log1p(numbers),
        cosine / np.maximum(best_left[i], best_right[j]),
        cosine / np.minimum(best_left[i], best_right[j]),
        np.full(len(i), log(max(1, size))),
        np.full(len(i), related),
    ]
    return Pairs(i, j, cosine, np.column_stack(features), complete)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What pairs of sentences share: parallel arrays, sorted by (left, right)."""

    left: Ints
    right: Ints
    weight: Floats
    complete: bool

    def at(self, left: Ints, right: Ints) -> Floats:
        """The weight that these pairs share, 0 for those that share nothing."""
        if not len(self.left):
            return np.zeros(len(left))
        size = max(int(self.right.max()), int(right.max(initial=0))) + 1
        keys, wanted = self.left * size + self.right, left * size + right
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, self.weight[place], 0.0)


def _weights(left: Counter[str], right: Counter[str], words: Iterable[str], sentences: int) -> Weights:
    """The rarity of some words in two texts of so many sentences together."""
    return {word: log(1 + sentences / (left[word] + right[word])) for word in words}


def rarities(sentences: Sequence[Sequence[str]]) -> Weights:
    """The weight of each word: how rare it is among the sentences."""
    counts = Counter(word for sentence in sentences for word in set(sentence))
    return {word: log(1 + len(sentences) / count) for word, count in counts.items()}


def _shared(
    left: Sequence[Sequence[str]],
    right: Sequence[Sequence[str]],
    free: tuple[Sequence[int], Sequence[int]],
    weights: Weights,
) -> _Shared:
    """What each pair of free sentences shares: one join of the two sides' (word, sentence) tables."""
    counts_left = Counter(word for row in free[0] for word in set(left[row]))
    counts_right = Counter(word for row in free[1] for word in set(right[row]))
    cost = {word: count * counts_right[word] for word, count in counts_left.items() if word in counts_right}
    ids: dict[str, int] = {}
    work = 0
    for word in sorted(cost, key=lambda word: (cost[word], word)):
        work += cost[word]
        if work > WORK_LIMIT:
            break
        ids[word] = len(ids)
    left_rows, left_words = _table(left, free[0], ids)
    right_rows, right_words = _table(right, free[1], ids)
    per_word = np.bincount(right_words, minlength=len(ids))
    begin = np.cumsum(per_word) - per_word
    repeats = per_word[left_words]
    entry = np.repeat(np.arange(len(left_rows)), repeats)
    partner = right_rows[ranges(begin[left_words], repeats)]
    keys, inverse = np.unique(left_rows[entry] * len(right) + partner, return_inverse=True)
    values = np.array([weights[word] for word in ids])[left_words[entry]]
    weight = np.bincount(inverse, weights=values, minlength=len(keys)).astype(np.float64)
    return _Shared(keys // max(1, len(right)), keys % max(1, len(right)), weight, len(ids) == len(cost))


def _table(sentences: Sequence[Sequence[str]], rows: Iterable[int], ids: dict[str, int]) -> tuple[Ints, Ints]:
    """(sentences, words): which sentence has which of the words, sorted by word."""
    entries = sorted((ids[word], row) for row in rows for word in set(sentences[row]) if word in ids)
    table = np.array(entries, dtype=np.int64).reshape(-1, 2)
    return table[:, 1], table[:, 0]


def _top(side: Ints, score: Floats) -> Flags:
    """Which pairs are among the best of their sentence on one side; equal scores stay together."""
    order = np.lexsort((-score, side))
    begin = np.searchsorted(side[order], side[order])
    last = np.minimum(begin + CANDIDATES - 1, np.searchsorted(side[order], side[order], side="right") - 1)
    keep = np.zeros(len(side), dtype=bool)
    keep[order] = score[order] >= score[order][last]
    return keep
