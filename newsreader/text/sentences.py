"""Paragraphs cut into sentences, for comparisons.

The cutting is sentencex's (Wikimedia; abbreviations and terminators of some 250 languages). It keeps every quotation in
one piece, however long; a comparison wants its sentences one by one. So quotation marks are hidden from it and given
back afterwards, and the few cuts that news text shows to be wrong are undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from newsreader.text.spans import Span

LONGEST = 2_000
"""Code points of a sentence. Of 42,000 in Reuters articles 99.9 % have up to 460 and the two longer than this are
tables; text without full stops is cut here, so that whatever compares sentences stays linear in the text."""

_OPENING = frozenset("\"'“„‘‚«»‹›([{")
_MARKS = _OPENING | frozenset("”‟’‛)]}")
_WORD = re.compile(r"\w")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[A-Za-z])[.)]\s*")
_BEFORE_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gov|Gen|Sen|Rep|Reps|Sens|Lt|Col|Capt|Sgt|Rev|Messrs)\.\s*")
_CLOCK_TIME = re.compile(r"\d\s?[ap]\.m\.\s*\Z", re.IGNORECASE)
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:GMT|UTC|BST|CET|E[SD]?T|C[SD]T|P[SD]?T)|"
    r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s\d)(?![\w'’])(?!\s(?:is|was|will|saw)\b)"
)
"""What says of a clock time which day it is of, or where: "7 p.m. Saturday"."""
_WIDE_STOP = "。！？｡．"
_ATTRIBUTION = re.compile(
    r"[a-z]|(?:[A-Z][\w.’'-]{0,30}\s){1,3}(?:said|says|asked|added|told|wrote|tweeted|replied|continued|explained|concluded)\b"
)
"""Who spoke, right after a quotation that ends in a full stop: the tail of the quotation's sentence."""


def sentence_spans(paragraph: str, language: str | None = None) -> list[Span]:
    """Where the sentences of a paragraph are: in order, disjoint, without the blanks around them.

    Every non-blank code point lies in exactly one. `language` is ISO 639-1; None is taken as English.
    Linear time.
    """
    starts = [0, *_cuts(paragraph, language or "en"), len(paragraph)]
    spans: list[Span] = []
    for start, stop in pairwise(starts):
        spans.extend(_bounded(paragraph, start, stop))
    return spans


def sentences(paragraph: str, language: str | None = None) -> list[str]:
    """The sentences of a paragraph: the texts of `sentence_spans`."""
    return [paragraph[span.start : span.stop] for span in sentence_spans(paragraph, language)]


def _cuts(text: str, language: str) -> Iterator[int]:
    """Where a new sentence begins, but for the first."""
    kept = [at for at, character in enumerate(text) if character not in _MARKS]
    plain = "".join([text[at] for at in kept])
    previous = 0
    for boundary in sentencex.get_sentence_boundaries(language, plain):
        begin = boundary["start_index"]
        if not 0 < begin < len(kept):
            continue
        at = kept[begin]
        while at > previous and text[at - 1] in _OPENING:
            at -= 1
        if _is_cut(text, previous, at):
            yield at
            previous = at


def _is_cut(text: str, start: int, at: int) -> bool:
    """Whether the text from `start` to `at` may be a sentence of its own, and what follows begins one."""
    before = text[at - 1]
    if not before.isspace() and before not in _WIDE_STOP and before not in _MARKS:
        return False  # MGa.TO
    sentence = text[max(start, at - 40) : at]
    if at - start <= 8 and (_ENUMERATOR.fullmatch(sentence) or not _WORD.search(sentence)):
        return False
    if any(match.end() == len(sentence) for match in _BEFORE_NAME.finditer(sentence)):
        return False
    if _CLOCK_TIME.search(sentence) and _DAY.match(text, at):
        return False
    if not _WORD.search(text, at, at + 60):
        return False  # dots and dashes that are left over belong to what they follow
    return not (sentence.rstrip()[-1:] in _MARKS and _ATTRIBUTION.match(text, at))


def _bounded(text: str, start: int, stop: int) -> Iterator[Span]:
    """The span without the blanks at its ends, in pieces of at most `LONGEST`, cut at blanks where there are any."""
    while start < stop:
        end = stop
        if stop - start > LONGEST:
            end = start + LONGEST
            blank = text.rfind(" ", start + LONGEST // 2, end)
            end = blank if blank > 0 else end
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if left < len(piece):
            yield Span(start + left, start + len(piece.rstrip()))
        start = end
