"""The signature of an article: what story detection needs of its text, in at most 850 bytes.

    version u8 · terms n u8 · shingles m u8 · scale u8 · words u32 ·
    n term hashes u32 · n term weights u8 · m shingle hashes u32, ascending               (little-endian)

*Terms* are the stems that say most about the article. A weight joins how often and how early the stem occurs and
whether it is a name or a figure; how rare it is in the library is not in it, because that changes.

*Shingles* are a sample of the text's runs of five words that is the same for every text (FracMinHash, Irber et
al. 2022, after Broder 1997): of their 32-bit hashes, those below 2^(32 - scale), with the smallest scale that
leaves at most `SHINGLES`. The shares of common hashes estimate resemblance and containment, whatever the lengths.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from newsreader.common_stems import COMMON_STEMS, FUNCTION_WORDS
from newsreader.text import WORD, fold

VERSION = 1
TERMS = 64
"""Terms kept. On ECB+ and NeuS 32 lose .01 B³ F1; 96 and 128 gain nothing."""
SHINGLES = 128
"""Shingle hashes kept at most: a resemblance of .6 is told to ± .04, one of .8 to ± .035."""
SHINGLE_WORDS = 5

TITLE_COUNT = 2
"""An occurrence in the title counts as so many in the text."""
LEAD_BONUS, LEAD_HALF = 4.0, 30
"""News tell the event first: the nth different word of an article counts LEAD_BONUS / 2^(n / LEAD_HALF) more.
2 loses .003 B³ F1 (mean of ECB+ and NeuS, development halves), twice the half-life .006."""
SATURATION = 2.0
"""Counts saturate as in BM25, count / (count + SATURATION); 3 loses .003."""
NAME_FACTOR, FIGURE_FACTOR = 1.15, 1.6
"""Names and figures tell an event from its look-alikes: together + .002."""

UNKNOWN_STEM = 4.0
"""Articles in 1,000 that a stem outside the tables counts for, beside those the library has."""
FUNCTION_WORD = 350.0
RARITY_SCALE = 20_000.0
"""A stem in so many articles says nothing; one in n of them weighs log(RARITY_SCALE / n)."""

_HEADER = struct.Struct("<4BI")
_WEIGHT_UNIT = 255 / FIGURE_FACTOR
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Japanese and Chinese: scripts without blanks between words."""
_RUN = re.compile(r"\w+")
_SUFFIXES = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature's fields as arrays."""

    terms: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.uint8]
    """Of the terms, 1 to 255."""
    shingles: npt.NDArray[np.uint32]
    scale: int
    words: int


def signature(title: str, paragraphs: Sequence[str], language: str | None = None) -> bytes:
    """The signature of an article's sanitized text.

    English is stemmed, and what may be English (`language` None); stems of other languages are their folded words.
    """
    best = term_weights(title, paragraphs, language)
    terms = np.array([term_hash(stem) for stem in best], "<u4")
    weights = np.array([max(1, int(_WEIGHT_UNIT * weight)) for weight in best.values()], np.uint8)
    text = [crc32(word.encode()) for word in shingle_words(" ".join(paragraphs))]
    shingles, scale = _sample(_shingle_hashes(np.array(text, np.uint64)))
    header = _HEADER.pack(VERSION, len(terms), len(shingles), scale, len(text))
    return header + terms.tobytes() + weights.tobytes() + shingles.astype("<u4").tobytes()


def term_weights(title: str, paragraphs: Sequence[str], language: str | None = None) -> dict[str, float]:
    """The stems that say most about a text, at most TERMS, weightiest first, each with its weight in the text."""
    english = language in (None, "en")
    words = Counter(_tokens(title) * TITLE_COUNT + _tokens(" ".join(paragraphs)))
    analysed = [_analyse(word, english) for word in words]
    stems: dict[str, int] = {}
    slots = [stems.setdefault(stem, len(stems)) for stem, _ in analysed]
    times = np.fromiter(words.values(), np.float64, len(words))
    lead = LEAD_BONUS * 0.5 ** (np.arange(len(words)) / LEAD_HALF)
    counts = np.bincount(slots, times + lead, len(stems))
    capitals = np.bincount(slots, times * [capital for _, capital in analysed], len(stems))
    figures = np.fromiter((stem[0].isdigit() for stem in stems), np.bool_, len(stems))
    factor = np.where(figures, FIGURE_FACTOR, np.where(capitals > 0, NAME_FACTOR, 1.0))
    weights = factor * counts / (counts + SATURATION)
    rarity = np.fromiter(map(prior_rarity, stems), np.float64, len(stems))
    best = np.argsort(-weights * rarity, kind="stable")[:TERMS]
    names = list(stems)
    return {names[k]: float(weights[k]) for k in best.tolist()}


def spellings(title: str, paragraphs: Sequence[str], language: str | None = None) -> dict[str, str]:
    """Every stem of a text: how the text first writes it."""
    english = language in (None, "en")
    found: dict[str, str] = {}
    for word in _tokens(f"{title}\n{' '.join(paragraphs)}"):
        found.setdefault(_analyse(word, english)[0], word)
    return found


def shingle_words(text: str) -> list[str]:
    """The words that shingles are made of: runs of letters and digits, folded."""
    return _RUN.findall(fold(text))


def word_runs(words: Sequence[str]) -> list[int]:
    """A hash (this process's own) of every run of SHINGLE_WORDS words, in order; of all the words if they are fewer."""
    runs = max(1, len(words) - SHINGLE_WORDS + 1)
    return [hash(tuple(words[k : k + SHINGLE_WORDS])) for k in range(runs)]


def read_signature(blob: bytes) -> Signature:
    """The fields of a signature; ValueError for one that is damaged or of another version."""
    if len(blob) < _HEADER.size or blob[0] != VERSION:
        raise ValueError("no signature of this version")
    _, n, m, scale, words = _HEADER.unpack_from(blob)
    if len(blob) != _HEADER.size + 5 * n + 4 * m:
        raise ValueError("a damaged signature")
    at = _HEADER.size
    return Signature(
        np.frombuffer(blob, "<u4", n, at),
        np.frombuffer(blob, np.uint8, n, at + 4 * n),
        np.frombuffer(blob, "<u4", m, at + 5 * n),
        scale,
        words,
    )


def stem(word: str) -> str:
    """A folded English word without its commonest endings: crude, but the same for every article."""
    word = word.removesuffix("'s")
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            return word[: len(word) - len(suffix)] + instead
    return word


def term_hash(stem: str) -> int:
    """The 32-bit hash that stands for a stem in `Signature.terms`."""
    return crc32(stem.encode())


@cache
def prior_counts() -> dict[str, float]:
    """Stem: in how many of 1,000 articles it is, for the stems that are common in any news."""
    table = dict.fromkeys(FUNCTION_WORDS.split(), FUNCTION_WORD)
    table.update((word, float(count)) for count, words in COMMON_STEMS.items() for word in words.split())
    return table


def prior_rarity(stem: str) -> float:
    """The weight of a stem's rarity in an empty library."""
    return _RARITY.get(stem, _UNKNOWN_RARITY)


def hash_rarity(term: int) -> float:
    """`prior_rarity` of a term known by its hash."""
    return _RARITY_BY_HASH.get(term, _UNKNOWN_RARITY)


def _tokens(text: str) -> list[str]:
    """The words of a text; pairs of letters where the script does not part words."""
    words: list[str] = WORD.findall(text)
    if not _UNSPACED.search(text):
        return words
    return [
        token
        for word in words
        for token in ([word[i : i + 2] for i in range(len(word) - 1)] if _UNSPACED.search(word) else []) or [word]
    ]


@lru_cache(maxsize=100_000)
def _analyse(word: str, english: bool) -> tuple[str, int]:
    """Stem, and 1 or -1 for a word with or without a capital."""
    folded = fold(word)
    return stem(folded) if english else folded, 1 if word[0].isupper() else -1


def _shingle_hashes(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """The sorted distinct 32-bit hashes of the runs of words, from the words' hashes."""
    runs = min(len(words), max(1, len(words) - SHINGLE_WORDS + 1))
    mixed = np.zeros(runs, np.uint64)
    for k in range(min(SHINGLE_WORDS, len(words))):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[k : k + runs]
    mixed ^= mixed >> np.uint64(31)  # the finish of SplitMix64 (Steele et al. 2014)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def _sample(hashes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint32], int]:
    """At most SHINGLES of the hashes, and the scale that left them."""
    scale = 0
    while np.searchsorted(hashes, np.uint64(1) << np.uint64(32 - scale)) > SHINGLES:
        scale += 1
    return hashes[: int(np.searchsorted(hashes, np.uint64(1) << np.uint64(32 - scale)))], scale


_LEAD = [LEAD_BONUS * 0.5 ** (place / LEAD_HALF) for place in range(8 * LEAD_HALF)]
_UNKNOWN_RARITY = float(np.log(RARITY_SCALE / UNKNOWN_STEM))
_RARITY = {word: float(np.log(RARITY_SCALE / (UNKNOWN_STEM + count))) for word, count in prior_counts().items()}
_RARITY_BY_HASH = {term_hash(word): rarity for word, rarity in _RARITY.items()}
