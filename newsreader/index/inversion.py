"""Texts → postings, hundreds of texts at a time.

Texts come as numbers of tokens. What a token contributes is worked out once per process, and everything else is done on
arrays, not word by word. It needs no article numbers, so that worker processes do it while they read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np

from newsreader.index import analysis
from newsreader.index.postings import FieldPostings, from_stream
from newsreader.index.schema import TITLE_WEIGHT
from newsreader.terms.arrays import Ints
from newsreader.terms.batches import batched
from newsreader.terms.vocabulary import Expansion, Tokens, Vocabulary, split

AT_ONCE = 512
"""Texts inverted at a time: few enough that their arrays stay in the processor's cache, and that a file of 100,000
articles needs no more memory than a hundred files."""


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """What of an article is inverted."""

    tokens: Tokens
    """Of one vocabulary for all texts of an `invert`."""
    language: str | None
    """As stated; what is not is detected."""
    title_is_lede: bool
    """The title only repeats the start of the text: it is not counted twice."""


@dataclass(frozen=True, slots=True)
class Inverted:
    """The postings of some texts; their documents are numbered in the order in which the texts were given."""

    count: int
    fields: Mapping[str, FieldPostings]
    """`text`, `headline`, `words`, `title` and `lang`; those that have any postings."""
    lengths: Ints
    """(count,): the weights of a document's `text`, summed."""


def invert_many(texts: Iterable[TokenizedText]) -> Iterator[Inverted]:
    """The postings of any number of texts, of any vocabularies, a piece at a time."""
    for _, alike in groupby(texts, key=lambda text: id(text.tokens.vocabulary)):
        yield from map(invert, batched(alike, AT_ONCE))


def invert(texts: Sequence[TokenizedText]) -> Inverted:
    """The postings of texts."""
    if not texts:
        return Inverted(0, {}, np.zeros(0, np.int64))
    lexicon = _lexicon(texts[0].tokens.vocabulary)
    titles, bodies = _Stream([t.tokens.title for t in texts]), _Stream([t.tokens.text for t in texts])
    languages = [text.language or lexicon.language(text.tokens) for text in texts]
    lede = np.array([text.title_is_lede for text in texts])
    in_titles = list(_stems(lexicon, titles, languages))
    in_text = list(_stems(lexicon, bodies, languages))
    weighted = [(terms, docs, TITLE_WEIGHT) for terms, docs, _ in in_titles]
    weighted = [(terms[~lede[docs]], docs[~lede[docs]], weight) for terms, docs, weight in weighted]
    fields = {
        "text": _unplaced(lexicon.stems, in_text + weighted),
        "headline": _unplaced(lexicon.stems, in_titles),
        "words": _placed(lexicon, bodies),
        "title": _placed(lexicon, titles),
        "lang": _languages(languages),
    }
    found = {name: field for name, field in fields.items() if field is not None}
    lengths = np.zeros(len(texts), np.int64)
    if "text" in found:
        lengths = np.bincount(found["text"].docs, found["text"].weights, len(texts)).astype(np.int64)
    return Inverted(len(texts), found, lengths)


def invert_labels(labels: Sequence[str | None]) -> FieldPostings | None:
    """The postings of one short text per document, such as the names of outlets; None when there are none."""
    vocabulary = Vocabulary()  # of its own: every path is new, and none comes again
    return _placed(_Lexicon(vocabulary), _Stream([vocabulary.numbers(split(label or "")) for label in labels]))


class _Stream:
    """The texts of documents one after the other."""

    def __init__(self, texts: Sequence[Ints]) -> None:
        self.tokens = np.concatenate(texts) if texts else np.zeros(0, np.int64)
        self.docs = np.repeat(np.arange(len(texts)), [len(text) for text in texts])


class _Lexicon:
    """What the tokens of a vocabulary are to the index."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.exact, self.stems = Vocabulary(), Vocabulary()
        self.places = Expansion(vocabulary, self._places)
        """Token: its exact forms, with their places within the token, ascending, in the upper half."""
        self._stemmed: dict[str, Expansion] = {}
        self._codes = Vocabulary()
        self._spoken = Expansion(vocabulary, lambda token: map(self._codes.number, analysis.languages_of(token)))
        """Token: the languages whose function word it is."""

    def stemmed(self, language: str) -> Expansion:
        """Token: its stems in a language."""
        if language not in self._stemmed:

            def analyse(token: str) -> list[int]:
                found = [analysis.stems(word, language) for word in analysis.positions(token)]
                return [self.stems.number(stem) for stems in found for stem in sorted(stems)]

            self._stemmed[language] = Expansion(self.vocabulary, analyse)
        return self._stemmed[language]

    def language(self, tokens: Tokens) -> str | None:
        """As `analysis.likeliest_language` has it."""
        sample = (tokens.text if len(tokens.text) else tokens.title)[: analysis.DETECTION_WORDS]
        counts = np.bincount(self._spoken.values(sample))
        spoken = {self._codes.strings[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}
        return analysis.likeliest_language(spoken, len(sample))

    def _places(self, token: str) -> list[int]:
        number, words = self.exact.number, analysis.positions(token)
        return [at << 32 | number(form) for at, word in enumerate(words) for form in word.forms]


@lru_cache(maxsize=1)
def _lexicon(vocabulary: Vocabulary) -> _Lexicon:
    return _Lexicon(vocabulary)


def _stems(lexicon: _Lexicon, stream: _Stream, languages: Sequence[str | None]) -> Iterator[tuple[Ints, Ints, int]]:
    """(stems, document of each, 1) for the documents of each language."""
    spoken = [language or analysis.DEFAULT_LANGUAGE for language in languages]
    for language in dict.fromkeys(spoken):
        chosen = np.array([other == language for other in spoken])[stream.docs]
        source, terms = lexicon.stemmed(language).apply(stream.tokens[chosen])
        yield terms, stream.docs[chosen][source], 1


def _unplaced(terms: Vocabulary, columns: Sequence[tuple[Ints, Ints, int]]) -> FieldPostings | None:
    term, doc = (np.concatenate([column[side] for column in columns]) for side in (0, 1))
    weight = np.concatenate([np.full(len(term), weight, np.int64) for term, _, weight in columns])
    return from_stream(terms.strings, term, doc, weight=weight) if len(term) else None


def _placed(lexicon: _Lexicon, stream: _Stream) -> FieldPostings | None:
    if not len(stream.tokens):
        return None
    source, packed = lexicon.places.apply(stream.tokens)
    if not len(packed):
        return None
    lengths = np.zeros(len(stream.tokens), np.int64)
    lengths[source] = (packed >> 32) + 1  # of several values for one token, the last one stays
    base = np.cumsum(lengths) - lengths
    first = np.searchsorted(stream.docs, stream.docs)  # where each document's tokens begin
    place = (base - base[first])[source] + (packed >> 32)
    return from_stream(lexicon.exact.strings, packed & 0xFFFFFFFF, stream.docs[source], place=place)


def _languages(languages: Sequence[str | None]) -> FieldPostings | None:
    known = [(doc, language) for doc, language in enumerate(languages) if language]
    if not known:
        return None
    codes = Vocabulary()
    term = codes.numbers([language for _, language in known])
    return from_stream(codes.strings, term, np.array([doc for doc, _ in known], np.int64))
