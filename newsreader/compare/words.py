"""Which words of two sentences differ, as an editor would mark it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from newsreader.text import WORD, fold

_TOKEN = re.compile(rf"{WORD.pattern}|\.(?:\s?\.)+|-+|[^\w\s]|_", re.UNICODE)
_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»‹›‘’‚‛'`´″′", '"') | dict.fromkeys("–—―‒−", "-") | {"…": "..."},
)


@dataclass(frozen=True, slots=True)
class Change:
    """Code points of a sentence that its partner does not have, half-open."""

    sentence: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    """Equal for tokens that differ in case, accents or typography only."""
    change: Change
    """Where it is."""


def plain(text: str) -> str:
    """What of a text counts: equal for texts that differ in case, typography and spacing only."""
    return " ".join(_key(match[0]) for match in _TOKEN.finditer(text))


def changes(
    left: Sequence[tuple[int, str]], right: Sequence[tuple[int, str]]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The changes between the sentences (number, text) of the two sides of a row, in order.

    A longest common subsequence of words and punctuation. Islands of equal words that are shorter than the changes
    on both sides of them become part of the change (semantic cleanup of Fraser's diff-match-patch), for a mark-up
    that jumps between single words can't be read.
    """
    a, b = _tokens(left), _tokens(right)
    edits = LCSseq.opcodes([token.key for token in a], [token.key for token in b])
    blocks = [[e.src_start, e.src_end, e.dest_start, e.dest_end] for e in edits if e.tag != "equal"]
    merged: list[list[int]] = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and _is_island(a, b, merged[-2], merged[-1]):
            last = merged.pop()
            merged[-1][1], merged[-1][3] = last[1], last[3]
    return (
        _joined(left, a, [(start, stop) for start, stop, _, _ in merged]),
        _joined(right, b, [(start, stop) for _, _, start, stop in merged]),
    )


def _key(token: str) -> str:
    if token[0].isalnum():
        return fold(token)
    if token.startswith("-"):
        return "-"
    return token.translate(_PLAIN).replace(" ", "")


def _tokens(sentences: Sequence[tuple[int, str]]) -> list[_Token]:
    return [
        _Token(_key(match[0]), Change(number, match.start(), match.end()))
        for number, text in sentences
        for match in _TOKEN.finditer(text)
    ]


def _letters(tokens: list[_Token], start: int, stop: int) -> int:
    """How much text the tokens are: punctuation weighs nothing."""
    return sum(len(token.key) for token in tokens[start:stop] if token.key[0].isalnum())


def _is_island(a: list[_Token], b: list[_Token], before: list[int], after: list[int]) -> bool:
    """Whether the equal words between two changes are too few to be kept."""
    equal = _letters(a, before[1], after[0])
    return all(
        equal <= max(_letters(a, change[0], change[1]), _letters(b, change[2], change[3])) for change in (before, after)
    )


def _joined(
    sentences: Sequence[tuple[int, str]], tokens: list[_Token], runs: list[tuple[int, int]]
) -> tuple[Change, ...]:
    """Runs of tokens as changes: one for each sentence that a run touches."""
    found: list[Change] = []
    for start, stop in runs:
        for number, _ in sentences:
            inside = [token.change for token in tokens[start:stop] if token.change.sentence == number]
            if inside:
                found.append(Change(number, inside[0].start, inside[-1].stop))
    return tuple(found)
