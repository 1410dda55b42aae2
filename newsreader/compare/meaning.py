"""Pairs the sentences of two texts in different languages by what they mean.

Across languages sentences that say the same share figures and names at most, so nothing that counts words finds them.
A sentence encoder puts them near each other whatever language they are in; it is an extra, and given by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from newsreader.compare.foreign_figures import figures_differ
from newsreader.compare.matching import best_matching
from newsreader.compare.model import PairedKind
from newsreader.compare.time_budget import Clock
from newsreader.terms.arrays import Floats
from newsreader.text.clean import WORD, fold, words

SAME = 0.46
"""Cosine from which two sentences say the same, unless their figures tell otherwise …"""
RELATED = 0.38
"""… and from which they belong beside each other. Of 141 links between 15 articles of our own and articles on the same
events in other languages, 115 are found as saying the same; with names left in, "Varela became minister" would be as
near to "Varela's party expelled him"."""
FEWEST_WORDS = 2
"""Words of a sentence besides its names, without which the names count too."""
SPLIT = 0.1
"""What a neighbouring sentence has to add to the cosine of a row to be the rest of its statement: with .05 three of 119
links are wrong, with .1 none of 115."""
MANY = 1_000
"""Sentences of a side that are read: the encoder takes a second for them."""
_AT_ONCE = 32
"""Sentences encoded before the clock is looked at again."""
_LITTLE = 1e-6

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Makes sentences into vectors that are near each other for like meanings, in any language it knows."""

    def ready(self) -> None:
        """Have loaded what it takes, which may last a second."""

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Unit vectors (sentences, dimensions)."""


@dataclass(frozen=True, slots=True, order=True)
class MeaningPair:
    """Sentences of both sides that belong together: indices, ascending."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    similarity: float
    """Cosine of their vectors, `RELATED` to 1."""

    kind: PairedKind = "related"


@dataclass(frozen=True, slots=True)
class _Side:
    """The sentences of one text that look for a partner."""

    texts: Sequence[str]
    """All sentences of the text, without names."""
    numbers: Sequence[int]
    """Those that look for a partner, ascending."""
    vectors: Vectors
    """(numbers, dimensions)"""

    def said_by(self, numbers: Iterable[int]) -> str:
        return " ".join(self.texts[number] for number in numbers)


def paired_by_meaning(
    texts: tuple[Sequence[str], Sequence[str]],
    free: tuple[Sequence[int], Sequence[int]],
    encoder: Encoder,
    *,
    clock: Clock,
    titles: bool = False,
    names: Collection[str] | None = None,
    widen: bool = True,
) -> tuple[list[MeaningPair], bool]:
    """Pair the free sentences (left, right) of two texts; and whether all of them were looked at.

    Names that both texts have are left out, or else the `names` given: they say who, not what happened. The choice of
    pairs with the greatest sum of cosines above `RELATED`, one sentence with one; then, to `widen` them, a neighbour
    that is left over joins a pair whose sentence it completes (merged and split sentences). With `titles`, the first
    sentences are matched with each other only. Symmetric. Raises `Cancelled`.
    """
    names = shared_names(*texts) if names is None else names
    nameless = [[without_names(names, sentence) for sentence in text] for text in texts]
    sides = []
    for text, numbers in zip(nameless, free, strict=True):
        vectors = _encoded([text[number] for number in numbers[:MANY]], encoder, clock)
        if vectors is None:
            return [], False
        sides.append(_Side(text, numbers[:MANY], vectors))
    left, right = sides
    cosines = _rounded(left.vectors @ right.vectors.T)
    is_title = [np.array(side.numbers) == (0 if titles else -1) for side in sides]
    cosines[is_title[0][:, None] != is_title[1]] = 0.0
    near = {(left.numbers[i], right.numbers[j]): float(cosines[i, j]) for i, j in np.argwhere(cosines >= RELATED)}
    chosen = best_matching([(i, j, cosine - RELATED + _LITTLE) for (i, j), cosine in near.items()])
    pairs = [MeaningPair((i,), (j,), near[i, j]) for i, j, _ in chosen]
    complete = max(map(len, free)) <= MANY and not clock.expired()
    if complete and widen:
        alone = {0} if titles else set()
        left_over = (
            set(left.numbers) - {i for i, _, _ in chosen} - alone,
            set(right.numbers) - {j for _, j, _ in chosen} - alone,
        )
        body = [pair for pair in pairs if not (titles and pair.left == (0,))]
        wider = _completed(body, left, right, left_over, encoder)
        pairs = [wider.get(pair, pair) for pair in pairs]
    return [_judged(pair, left, right) for pair in pairs], complete


def said_by_meaning(
    earlier: Sequence[str], own: Sequence[str], encoder: Encoder, *, clock: Clock
) -> tuple[dict[int, str], bool]:
    """Which of a text's own sentences an earlier text in another language says, by their indices, and how it says them;
    and whether all of them were looked at. Raises `Cancelled`."""
    pairs, complete = paired_by_meaning((earlier, own), (range(len(earlier)), range(len(own))), encoder, clock=clock)
    said = [pair for pair in pairs if pair.kind == "reworded"]
    return {j: " ".join(earlier[i] for i in pair.left) for pair in said for j in pair.right}, complete


def shared_names(left: Sequence[str], right: Sequence[str]) -> set[str]:
    """Folded words that both texts write with a capital, and neither without."""
    large: list[set[str]] = []
    small: set[str] = set()
    for text in (left, right):
        found = [word for sentence in text for word in words(sentence)]
        large.append({fold(word) for word in found if word[0].isupper()})
        small |= {fold(word) for word in found if not word[0].isupper()}
    return (large[0] & large[1]) - small


def without_names(names: Collection[str], sentence: str) -> str:
    """A sentence without words, if enough others are left."""
    rest = WORD.sub(lambda match: "" if fold(match[0]) in names else match[0], sentence)
    return " ".join(rest.split()) if len(words(rest)) >= FEWEST_WORDS else sentence


def _judged(pair: MeaningPair, left: _Side, right: _Side) -> MeaningPair:
    """With its kind: sentences that give different figures of one kind say different things."""
    same = pair.similarity >= SAME and not figures_differ(left.said_by(pair.left), right.said_by(pair.right))
    return replace(pair, kind="reworded" if same else "related")


def _encoded(sentences: Sequence[str], encoder: Encoder, clock: Clock) -> Vectors | None:
    """(sentences, dimensions); None when the time ran out."""
    parts = []
    for start in range(0, len(sentences), _AT_ONCE):
        if clock.expired():
            return None
        parts.append(encoder.encode(sentences[start : start + _AT_ONCE]))
    return np.concatenate(parts)


def _completed(
    pairs: Sequence[MeaningPair], left: _Side, right: _Side, left_over: tuple[set[int], set[int]], encoder: Encoder
) -> dict[MeaningPair, MeaningPair]:
    """The pairs that mean more nearly the same with one of the sentences left over, which are used up, and with it."""
    wider = [(pair, i, j) for pair in pairs for i, j in _wider(pair, left_over)]
    if not wider:
        return {}
    one, other = [left.said_by(i) for _, i, _ in wider], [right.said_by(j) for _, _, j in wider]
    cosines = _rounded(np.einsum("ij,ij->i", encoder.encode(one), encoder.encode(other))).tolist()
    better = sorted(
        (round(pair.similarity - cosine, 3), sorted((a, b)), pair, MeaningPair(i, j, cosine))
        for (pair, i, j), cosine, a, b in zip(wider, cosines, one, other, strict=True)
        if cosine >= pair.similarity + SPLIT
    )
    found: dict[MeaningPair, MeaningPair] = {}
    for *_, pair, wide in better:
        added = set(wide.left) - set(pair.left), set(wide.right) - set(pair.right)
        if pair not in found and added[0] <= left_over[0] and added[1] <= left_over[1]:
            found[pair] = wide
            left_over[0].difference_update(added[0])
            left_over[1].difference_update(added[1])
    return found


def _wider(
    pair: MeaningPair, left_over: tuple[set[int], set[int]]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Both sides of a pair of two sentences with one more, the next or the one before of either text."""
    (i,), (j,) = pair.left, pair.right
    for step in (-1, 1):
        if i + step in left_over[0]:
            yield tuple(sorted((i, i + step))), pair.right
        if j + step in left_over[1]:
            yield pair.left, tuple(sorted((j, j + step)))


def _rounded(cosines: Vectors) -> Floats:
    """So that neither the order of adding shows nor which side is called left."""
    return np.asarray(np.round(cosines.astype(np.float64), 3), np.float64)
