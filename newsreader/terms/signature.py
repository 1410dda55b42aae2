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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from newsreader.terms.arrays import Floats, Ints, distinct, ordered, run_lengths, run_starts, within
from newsreader.terms.batches import batched
from newsreader.terms.common_stems import COMMON_STEMS, FUNCTION_WORDS
from newsreader.terms.vocabulary import Expansion, Tokens, ValueTable, Vocabulary, tokenize
from newsreader.text.clean import WORD, fold, is_plain

VERSION = 1
TERMS = 64
"""Terms kept. On ECB+ and NeuS 32 lose .01 B³ F1; 96 and 128 gain nothing."""
SHINGLES = 128
"""Shingle hashes kept at most: a resemblance of .6 is told to ± .04, one of .8 to ± .035."""
SHINGLES_ABRIDGED = 32
"""Shingle hashes by which an edit can still be told from another article: a resemblance of a third to ± .08."""
SHINGLE_WORDS = 5
SHINGLES_COMPARED = 1 << 14
"""Shingles of a text, at most, by which it is compared in full: all of an article of 16,000 words, of longer ones a
sample that tells a resemblance to ± .004. Two texts of 5 MB have a million each."""

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

AT_ONCE = 256
"""Texts whose signatures are made at a time: their arrays stay in the processor's cache."""

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
    (found,) = signatures([(tokenize(title, paragraphs), language)])
    return found


def signatures(texts: Sequence[tuple[Tokens, str | None]]) -> list[bytes]:
    """As `signature`, for many texts (cut into tokens, with their languages): a tenth of the work for each."""
    found: list[bytes] = [b""] * len(texts)
    alike: dict[tuple[int, bool], list[int]] = {}
    for at, (tokens, language) in enumerate(texts):
        alike.setdefault((id(tokens.vocabulary), _is_english(language)), []).append(at)
    pieces = [(english, some) for (_, english), places in alike.items() for some in batched(places, AT_ONCE)]
    for english, places in pieces:
        chosen = [texts[at][0] for at in places]
        lexicon = _lexicon(chosen[0].vocabulary)
        words = lexicon.words[english]
        terms, shingles = _best_terms(chosen, words), _shingles(chosen, lexicon)
        for at, (stems, weights), (hashes, scale, length) in zip(places, terms, shingles, strict=True):
            levels = np.maximum(1, _WEIGHT_UNIT * weights).astype(np.uint8)
            header = _HEADER.pack(VERSION, len(stems), len(hashes), scale, length)
            found[at] = b"".join(
                (header, words.hash[stems].astype("<u4").tobytes(), levels.tobytes(), hashes.astype("<u4").tobytes())
            )
    return found


def term_weights(title: str, paragraphs: Sequence[str], language: str | None = None) -> dict[str, float]:
    """The stems that say most about a text, at most TERMS, weightiest first, each with its weight in the text."""
    tokens = tokenize(title, paragraphs)
    words = _lexicon(tokens.vocabulary).words[_is_english(language)]
    ((best, weights),) = _best_terms([tokens], words)
    return {words.stems.strings[k]: weight for k, weight in zip(best.tolist(), weights.tolist(), strict=True)}


def _best_terms(texts: Sequence[Tokens], words: _Words) -> list[tuple[Ints, Floats]]:
    """Of each text: (numbers of the weightiest stems, their weights in it), weightiest first, at most TERMS."""
    tokens = np.concatenate([part for text in texts for part in (*[text.title] * TITLE_COUNT, text.text)])
    sizes = [TITLE_COUNT * len(text.title) + len(text.text) for text in texts]
    source, sequence = words.expansion.apply(tokens)
    doc = np.repeat(np.arange(len(texts)), sizes)[source]
    # the distinct words of each text, in the order in which it has them
    order = ordered(doc, sequence)
    doc, sequence = doc[order], sequence[order]
    heads = run_starts(doc, sequence)
    first, times = order[heads], run_lengths(heads, len(order))
    again = ordered(first)
    doc, sequence, times = doc[heads][again], sequence[heads][again], times[again]
    lead = LEAD_BONUS * 0.5 ** (_nth(doc, len(texts)) / LEAD_HALF)
    # their stems
    stems = words.stem[sequence].astype(np.int64)
    order = ordered(doc, stems)
    heads = run_starts(doc[order], stems[order])
    first, doc, stems = order[heads], doc[order][heads], stems[order][heads]
    counts = _sums((times + lead)[order], heads)
    capitals = _sums((times * words.capital[sequence])[order], heads)
    factor = np.where(words.figure[stems] > 0, FIGURE_FACTOR, np.where(capitals > 0, NAME_FACTOR, 1.0))
    weights = factor * counts / (counts + SATURATION)
    best = np.lexsort((first, -weights * words.rarity[stems], doc))
    best = best[_nth(doc[best], len(texts)) < TERMS]
    ends = np.searchsorted(doc[best], np.arange(len(texts) + 1))
    return [(stems[best[start:end]], weights[best[start:end]]) for start, end in pairwise(ends.tolist())]


def _shingles(texts: Sequence[Tokens], lexicon: _Lexicon) -> list[tuple[npt.NDArray[np.uint32], int, int]]:
    """Of each text: (its sample of hashes, the sample's scale, how many words the text has)."""
    source, runs = lexicon.runs.apply(np.concatenate([text.text for text in texts]))
    sizes = np.bincount(np.repeat(np.arange(len(texts)), [len(t.text) for t in texts])[source], minlength=len(texts))
    ends = np.cumsum(sizes).tolist()
    hashes = runs.astype(np.uint64)
    return [
        (*_sample(_shingle_hashes(hashes[end - size : end])), size)
        for end, size in zip(ends, sizes.tolist(), strict=True)
    ]


def _nth(doc: Ints, docs: int) -> Ints:
    """0, 1, … for the entries of each text in turn; `doc` ascends."""
    return within(np.bincount(doc, minlength=docs))


def _sums(values: Floats | Ints, heads: Ints) -> Floats:
    return np.add.reduceat(values, heads) if len(heads) else np.zeros(0)


def _is_english(language: str | None) -> bool:
    return language in (None, "en")


class _Words:
    """What the words of a vocabulary are to signatures in one language."""

    def __init__(self, vocabulary: Vocabulary, english: bool) -> None:
        written = Vocabulary()
        self.stems = Vocabulary()
        self.expansion = Expansion(vocabulary, lambda token: map(written.number, _tokens(token)))
        """Token: its words."""
        self.stem = ValueTable(written, lambda word: self.stems.number(_stem_of(word, english)), "q")
        """Word: its stem."""
        self.capital = ValueTable(written, lambda word: 1 if word[0].isupper() else -1, "b")
        self.figure = ValueTable(self.stems, lambda stem: stem[:1].isdigit(), "b")
        self.rarity = ValueTable(self.stems, prior_rarity)
        self.hash = ValueTable(self.stems, term_hash, "q")


class _Lexicon:
    """What the tokens of a vocabulary are to signatures."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.runs = Expansion(vocabulary, lambda token: (crc32(run.encode()) for run in shingle_words(token)))
        self.words = {english: _Words(vocabulary, english) for english in (True, False)}
        """By whether they are English."""


@lru_cache(maxsize=1)
def _lexicon(vocabulary: Vocabulary) -> _Lexicon:
    return _Lexicon(vocabulary)


def spellings(title: str, paragraphs: Sequence[str], language: str | None = None) -> dict[str, str]:
    """Every stem of a text: how the text first writes it."""
    english = _is_english(language)
    found: dict[str, str] = {}
    for word in _tokens(f"{title}\n{' '.join(paragraphs)}"):
        found.setdefault(_stem_of(word, english), word)
    return found


def shingle_words(text: str) -> list[str]:
    """The words that shingles are made of: runs of letters and digits, folded."""
    if is_plain(text):
        return [text.lower()]
    return _RUN.findall(fold(text))


def word_runs(words: Sequence[str]) -> list[int]:
    """A hash (this process's own) of every run of SHINGLE_WORDS words, in order; of all the words if they are fewer."""
    runs = max(1, len(words) - SHINGLE_WORDS + 1)
    return [hash(tuple(words[k : k + SHINGLE_WORDS])) for k in range(runs)]


def compared_shingles(title: str, paragraphs: Sequence[str]) -> tuple[frozenset[int], int]:
    """The hashes of the runs of SHINGLE_WORDS words in a text (of its title if it has no more), and their scale: all of
    them (scale 0) up to SHINGLES_COMPARED, else a sample as in signatures."""
    tokens = tokenize(title, paragraphs)
    runs = _lexicon(tokens.vocabulary).runs
    words = runs.values(tokens.text)
    hashes = _shingle_hashes((words if len(words) else runs.values(tokens.title)).astype(np.uint64))
    sample, scale = _sample(hashes, SHINGLES_COMPARED)
    return frozenset(sample.tolist()), scale


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


def abridged(blob: bytes) -> bytes:
    """A signature with a part of its shingles, and with its terms only where that leaves too few: a fifth of the size,
    for those who keep it beside every article that they know. ValueError as of `read_signature`."""
    full = read_signature(blob)
    shingles, scale = full.shingles, full.scale
    while len(fewer := shingles[shingles < 1 << (31 - scale)]) >= SHINGLES_ABRIDGED:
        shingles, scale = fewer, scale + 1
    terms, weights = (
        (full.terms, full.weights) if len(shingles) < SHINGLES_ABRIDGED else (full.terms[:0], full.weights[:0])
    )
    header = _HEADER.pack(VERSION, len(terms), len(shingles), scale, full.words)
    return b"".join((header, terms.tobytes(), weights.tobytes(), shingles.tobytes()))


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


def hash_rarities(terms: npt.NDArray[np.uint32]) -> Floats:
    """`prior_rarity` of terms known by their hashes."""
    places = np.minimum(np.searchsorted(_KNOWN_HASHES, terms), len(_KNOWN_HASHES) - 1)
    return np.where(_KNOWN_HASHES[places] == terms, _KNOWN_RARITIES[places], _UNKNOWN_RARITY)


def _tokens(text: str) -> list[str]:
    """The words of a text; pairs of letters where the script does not part words."""
    if is_plain(text):
        return [text]
    words: list[str] = WORD.findall(text)
    if not _UNSPACED.search(text):
        return words
    return [
        token
        for word in words
        for token in ([word[i : i + 2] for i in range(len(word) - 1)] if _UNSPACED.search(word) else []) or [word]
    ]


def _stem_of(word: str, english: bool) -> str:
    folded = fold(word)
    return stem(folded) if english else folded


def _shingle_hashes(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """The sorted distinct 32-bit hashes of the runs of words, from the words' hashes."""
    runs = min(len(words), max(1, len(words) - SHINGLE_WORDS + 1))
    mixed = np.zeros(runs, np.uint64)
    for k in range(min(SHINGLE_WORDS, len(words))):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[k : k + runs]
    mixed ^= mixed >> np.uint64(31)  # the finish of SplitMix64 (Steele et al. 2014)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return distinct((mixed >> np.uint64(32)).astype(np.uint32))


def _sample(hashes: npt.NDArray[np.uint32], most: int = SHINGLES) -> tuple[npt.NDArray[np.uint32], int]:
    """At most so many of the hashes, and the scale that left them."""
    scale = 0
    while np.searchsorted(hashes, np.uint64(1) << np.uint64(32 - scale)) > most:
        scale += 1
    return hashes[: int(np.searchsorted(hashes, np.uint64(1) << np.uint64(32 - scale)))], scale


_UNKNOWN_RARITY = float(np.log(RARITY_SCALE / UNKNOWN_STEM))
_RARITY = {word: float(np.log(RARITY_SCALE / (UNKNOWN_STEM + count))) for word, count in prior_counts().items()}
_KNOWN = sorted((term_hash(word), rarity) for word, rarity in _RARITY.items())
_KNOWN_HASHES = np.array([term for term, _ in _KNOWN], np.uint32)
_KNOWN_RARITIES = np.array([rarity for _, rarity in _KNOWN])
