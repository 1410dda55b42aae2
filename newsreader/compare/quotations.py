"""What is quoted, and whether two quotations are the same words, one shortened, or quoted differently.

Outlets cut, join and clean up what somebody said: most of what looks like two versions of a quotation is one of them
trimmed, "F.B.I." for FBI, or a name in another transliteration.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from newsreader.compare.figures import SPELLED_NUMBERS
from newsreader.compare.value import MOST
from newsreader.text.clean import fold, words

QUOTED = 60
"""Likeness (0..100) from which two quotations are one, quoted in two ways."""
PART = 15
"""How much more alike a quotation must be to a part of the other one: short parts are alike by chance."""
SHORTEST = 3
"""Words from which quotation marks hold what somebody said, and not a term."""
COMMON = 0.6
"""Share of the shorter quotation's words that the other has, in order, if they are one quotation …"""
COMMON_WORDS = 4
"""… and how many: "very loud bang" and "a very loud whistle" are two."""
TRANSLITERATED = 70
"""Likeness (0..100) from which two capitalised words are one name: Gadhafi, Qaddafi."""
MISSPELT = 90
"""Likeness from which two other words are one, once misspelt."""

Wording = Literal["same", "shorter", "differently"]

_QUOTE = re.compile(r"""(?:(?<![\w.,!?;:)])["“„«])([^"“”„«»]{1,2000})(?:["”»]|$)|^([^"“”„«»]{1,2000})["”»](?!\w)""")
_ATTRIBUTION = re.compile(r"""["”»]\s[^"“”„«».!?]{2,100},\s["“„«]""")
"""Between the parts of one quotation: "We won," he said, "and we go on." """
_TOKEN = re.compile(
    r"\[[^\[\]]{0,200}\]|\([^()]{0,200}\)|\.\s?\.(?:\s?\.)+|…"  # what the outlet put in or left out
    r"|[^\W_]{1,3}[*\-–—_]{2,}[^\W_]{0,10}|[^\W_]+\*+[^\W_]*"  # censored
    r"|[^\W_]+(?:['’.&][^\W_]+)*|&"
)
_OPEN = "…"
"""Stands for any words."""
_PARTED = re.compile(r"\s?['’]\s?(?=(?:s|t|re|ve|ll|d|m)\b)")
"""Before the ending of a contraction, in texts that part the two."""
_SPELT = {"is": "iz", "ys": "yz", "re": "er", "our": "or", "ll": "l"}
_BRITISH = re.compile(r"(?<=\w{2})(?:[iy]s(?=e[drs]?$|ing$|ation)|re$|our|ll(?=ed$|ing$|er$))")
_NEGATIONS = frozenset(("not", "no", "never"))
_MASK = re.compile(r"[*\-–—_]+")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_WRITTEN = {
    "&": "and", "okay": "ok", "percent": "%", "gonna": "going to", "wanna": "want to", "gotta": "got to", "'em": "them",
    "can't": "can not", "cannot": "can not", "won't": "will not", "ain't": "is not", "mr": "mister", "let's": "let us",
    "alright": "all right", "yeah": "yes", "ya": "you", "cause": "because", "till": "until",
}  # fmt: skip
_ENDINGS = {"n't": " not", "'re": " are", "'ll": " will", "'ve": " have", "'m": " am", "'d": " would", "'s": " is"}
_NUMBERS = {word: str(number) for word, number in SPELLED_NUMBERS.items() if number <= 10}
"""One outlet has these in letters where another has figures."""


def quotations(text: str) -> list[str]:
    """What is quoted in a text, in order; a quotation that its attribution splits is one, with … in its place."""
    parts = [(match.start(), match.end(), match[1] or match[2]) for match in _QUOTE.finditer(text)]
    joined: list[list[str]] = []
    for number, (start, _, quote) in enumerate(parts):
        before = parts[number - 1] if number else None
        if before and before[2].rstrip().endswith(",") and _ATTRIBUTION.fullmatch(text, before[1] - 1, start + 1):
            joined[-1].append(quote)
        else:
            joined.append([quote])
    found = [" … ".join(part.strip(" ,.") for part in quote) for quote in joined]
    return [quote for quote in found if len(words(quote)) >= SHORTEST][:MOST]


def quote_likeness(one: str, other: str) -> float:
    """Above 0 for folded words that can be the same quotation, quoted in two ways or in part."""
    return max(fuzz.ratio(one, other), fuzz.partial_ratio(one, other) - PART) - QUOTED


def wording(one: str, other: str) -> Wording | None:
    """How two quotations stand to each other; None if they are two. Symmetric.

    `shorter`: words are left out at an end, or where the outlet says so; `differently`: within what both quote, words
    differ.
    """
    found = _compared(one, other)
    if found is None:
        return None
    return "differently" if found.changed else "shorter" if found.trimmed else "same"


def surely_differ(one: str, other: str) -> bool:
    """Whether neither of two wordings of a quotation only leaves out words of the other, or what it leaves out is
    "not". Symmetric."""
    found = _compared(one, other)
    if found is None:
        return False
    lefts = [token.word for left, _ in found.changed for token in left]
    rights = [token.word for _, right in found.changed for token in right]
    return bool(lefts and rights) or not _NEGATIONS.isdisjoint((*lefts, *rights))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two wordings of one quotation."""

    trimmed: bool
    changed: list[tuple[list[_Token], list[_Token]]]
    """Within what both quote: words of the one that stand where the other has others, or none."""


def _compared(one: str, other: str) -> _Compared | None:
    """None if they are two quotations."""
    a, b = sorted((_tokens(one), _tokens(other)), key=lambda tokens: (len(tokens), tokens))
    if _run_together(a) == _run_together(b):  # nonevent, non-event; an attribution between the parts
        return _Compared(False, [])
    start, stop = _nearest_part(a, b)
    gaps, common = _gaps(a, b[start:stop])
    least = min(sum(token.word != _OPEN for token in side) for side in (a, b))
    if common < COMMON * least or common < min(COMMON_WORDS, least):
        return None
    trimmed = stop - start < len(b)
    changed = []
    for number, (left, right) in enumerate(gaps):
        if not left and not right:
            continue
        at_end = number in (0, len(gaps) - 1)
        if _is_left_open(left, right) or (at_end and not (left and right)):
            trimmed = True
        elif not _are_one(left, right):
            changed.append((left, right))
    return _Compared(trimmed, changed)


def spoken(text: str) -> list[str]:
    """The words of a text as they are heard: contractions, abbreviations and signs written out."""
    return [token.word for token in _tokens(text)]


@dataclass(frozen=True, slots=True, order=True)
class _Token:
    word: str
    """Folded; `_OPEN` for what stands for any words."""
    capital: bool


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(_PARTED.sub("'", text)):
        if match[0][0] in "[(.…":
            found.append(_Token(_OPEN, False))
            continue
        word = fold(match[0])
        if "." in word and _ABBREVIATION.fullmatch(word):
            word = word.replace(".", "")
        if "'" in word and word not in _WRITTEN:
            ending = next((ending for ending in _ENDINGS if word.endswith(ending)), "")
            word = word.removesuffix(ending) + _ENDINGS.get(ending, "")
        word = _WRITTEN.get(word, word)
        found += [_Token(_NUMBERS.get(part, part), match[0][0].isupper()) for part in word.split()]
    return found


def _run_together(tokens: Sequence[_Token]) -> str:
    return "".join(token.word for token in tokens if token.word != _OPEN)


def _nearest_part(a: Sequence[_Token], b: Sequence[_Token]) -> tuple[int, int]:
    """The part of the longer quotation that is most like the shorter one."""
    if _OPEN in (token.word for token in a):
        return 0, len(b)
    letter = {word: chr(number) for number, word in enumerate({token.word: None for token in (*a, *b)}, 1)}
    found = fuzz.partial_ratio_alignment(*("".join(letter[token.word] for token in side) for side in (a, b)))
    return (found.dest_start, found.dest_end) if found is not None else (0, len(b))


def _gaps(a: Sequence[_Token], b: Sequence[_Token]) -> tuple[list[tuple[list[_Token], list[_Token]]], int]:
    """What of both stands before, between and after the words that they have in common; and how many those are."""
    gaps: list[tuple[list[_Token], list[_Token]]] = [([], [])]
    common = 0
    for step in LCSseq.opcodes([token.word for token in a], [token.word for token in b]):
        if step.tag == "equal":
            common += step.src_end - step.src_start
            gaps.append(([], []))
        else:
            gaps[-1][0].extend(a[step.src_start : step.src_end])
            gaps[-1][1].extend(b[step.dest_start : step.dest_end])
    return gaps, common


def _is_left_open(left: Sequence[_Token], right: Sequence[_Token]) -> bool:
    return any(token.word == _OPEN for token in (*left, *right))


def _are_one(left: Sequence[_Token], right: Sequence[_Token]) -> bool:
    """Whether different words are the same ones: censored, misspelt, in one word or two, or in the spelling of another
    country."""
    if _run_together(left) == _run_together(right):
        return True
    return len(left) == len(right) and all(
        _american(a.word) == _american(b.word)
        or _is_censored(a.word, b.word)
        or _is_censored(b.word, a.word)
        or fuzz.ratio(a.word, b.word) >= (TRANSLITERATED if a.capital and b.capital else MISSPELT)
        for a, b in zip(left, right, strict=True)
    )


def _american(word: str) -> str:
    return _BRITISH.sub(lambda match: _SPELT[match[0]], word)


def _is_censored(word: str, full: str) -> bool:
    mask = _MASK.search(word)
    return mask is not None and full.startswith(word[: mask.start()]) and full.endswith(word[mask.end() :])
