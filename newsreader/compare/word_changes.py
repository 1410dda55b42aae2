"""Which words of two sentences differ, as an editor would mark it.

A plain longest common subsequence leaves islands of equal small words in rewritten text; those are marked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from newsreader.compare.model import WordChange
from newsreader.text.clean import WORD, fold

_TOKEN = re.compile(rf"\d+(?:[.,]\d+)+|{WORD.pattern}|\.(?:\s?\.)+|-+|[^\w\s]|_", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»‹›‘’‚‛'`´″′", '"') | dict.fromkeys("–—―‒−", "-") | {"…": "..."},
)

ANOTHER = 1 / 3
"""Share of the longer side's letters in equal words below which all is marked, unless `KEPT` stand in a row: it was
written anew, and that both have a word here and there is chance."""


KEPT = 4
"""Words in a row that are the same and always shown so, however much differs around them."""


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    """Equal for tokens that differ in case, accents or typography only."""
    change: WordChange
    """Where it is."""

    @property
    def is_word(self) -> bool:
        return self.key[0].isalnum()


def plain(text: str) -> str:
    """What of a text counts: equal for texts that differ in case, typography and spacing only."""
    return " ".join(_key(text[start:stop]) for start, stop in _stretches(text))


def changes(
    left: Sequence[tuple[int, str]], right: Sequence[tuple[int, str]]
) -> tuple[tuple[WordChange, ...], tuple[WordChange, ...]]:
    """The changes between the sentences (number, text) of the two sides of a row, in order.

    A longest common subsequence of words; punctuation counts where it differs between the same words. Islands of
    equal words that are shorter than the changes on both sides of them become part of the change (semantic cleanup of
    Fraser's diff-match-patch), for a mark-up that jumps between single words can't be read. The sides swapped give
    the same changes.
    """
    a, b = _tokens(left), _tokens(right)
    if [token.key for token in a] > [token.key for token in b]:  # one of several equally long subsequences is taken
        second, first = _changes(right, b, left, a)
        return first, second
    return _changes(left, a, right, b)


def _changes(
    left: Sequence[tuple[int, str]], a: list[_Token], right: Sequence[tuple[int, str]], b: list[_Token]
) -> tuple[tuple[WordChange, ...], tuple[WordChange, ...]]:
    merged: list[list[int]] = []
    for block in _blocks(a, b):
        merged.append(block)
        while len(merged) > 1 and _is_island(a, b, merged[-2], merged[-1]):
            last = merged.pop()
            merged[-1][1], merged[-1][3] = last[1], last[3]
    if _is_another(a, b, merged):
        merged = [[0, len(a), 0, len(b)]]
    return (
        _joined(left, a, [(start, stop) for start, stop, _, _ in merged]),
        _joined(right, b, [(start, stop) for _, _, start, stop in merged]),
    )


def _blocks(a: list[_Token], b: list[_Token]) -> Iterator[list[int]]:
    """What differs between words that both have: [start, stop) in each."""
    words_a, words_b = ([i for i, token in enumerate(tokens) if token.is_word] for tokens in (a, b))
    edits = LCSseq.opcodes([a[i].key for i in words_a], [b[j].key for j in words_b])
    pairs = [
        (words_a[edit.src_start + k], words_b[edit.dest_start + k])
        for edit in edits
        if edit.tag == "equal"
        for k in range(edit.src_end - edit.src_start)
    ]
    for (i, j), (end_i, end_j) in pairwise([(-1, -1), *pairs, (len(a), len(b))]):
        start_i, start_j = i + 1, j + 1
        while start_i < end_i and start_j < end_j and a[start_i].key == b[start_j].key:
            start_i, start_j = start_i + 1, start_j + 1
        while start_i < end_i and start_j < end_j and a[end_i - 1].key == b[end_j - 1].key:
            end_i, end_j = end_i - 1, end_j - 1
        one, other = a[start_i:end_i], b[start_j:end_j]
        if len(one) != len(other) or sorted(t.key for t in one) != sorted(
            t.key for t in other
        ):  # .” and ”. are fashions
            yield [start_i, end_i, start_j, end_j]


def _key(token: str) -> str:
    if token[0].isalnum():
        return fold(token)
    if token.startswith("-"):
        return "-"
    return token.translate(_PLAIN).replace(" ", "")


def _tokens(sentences: Sequence[tuple[int, str]]) -> list[_Token]:
    return [
        _Token(_key(text[start:stop]), WordChange(number, start, stop))
        for number, text in sentences
        for start, stop in _stretches(text)
    ]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where the tokens are; the ’s of a possessive is one of its own, and counts as punctuation."""
    for match in _TOKEN.finditer(text):
        start, stop = match.span()
        if tail := _POSSESSIVE.search(match[0]):
            yield start, start + tail.start()
            start += tail.start()
        yield start, stop


def _letters(tokens: list[_Token], start: int, stop: int) -> int:
    """How much text the tokens are: punctuation weighs nothing."""
    return sum(len(token.key) for token in tokens[start:stop] if token.is_word)


def _is_island(a: list[_Token], b: list[_Token], before: list[int], after: list[int]) -> bool:
    """Whether the equal words between two changes are too few to be kept."""
    if sum(token.is_word for token in a[before[1] : after[0]]) >= KEPT:
        return False
    equal = _letters(a, before[1], after[0])
    return all(
        equal <= max(_letters(a, change[0], change[1]), _letters(b, change[2], change[3])) for change in (before, after)
    )


def _is_another(a: list[_Token], b: list[_Token], changed: list[list[int]]) -> bool:
    """Whether the sides have too little in common to show it word by word."""
    kept = [(before[1], after[0]) for before, after in pairwise([[0, 0, 0, 0], *changed, [len(a)] * 4])]
    if not changed or any(sum(token.is_word for token in a[start:stop]) >= KEPT for start, stop in kept):
        return False
    equal = sum(_letters(a, start, stop) for start, stop in kept)
    return equal < ANOTHER * max(_letters(a, 0, len(a)), _letters(b, 0, len(b)))


def _joined(
    sentences: Sequence[tuple[int, str]], tokens: list[_Token], runs: list[tuple[int, int]]
) -> tuple[WordChange, ...]:
    """Runs of tokens as changes: one for each sentence that a run touches."""
    found: list[WordChange] = []
    for start, stop in runs:
        for number, _ in sentences:
            inside = [token.change for token in tokens[start:stop] if token.change.sentence == number]
            if inside:
                found.append(WordChange(number, inside[0].start, inside[-1].stop))
    return tuple(found)
