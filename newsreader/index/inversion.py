"""Documents → posting arrays in one pass.

While documents are taken in, their texts become streams of word numbers: one look-up per word, no object per
posting. At the end every distinct word is analysed once, and the streams are expanded and inverted as arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from newsreader.index import analysis
from newsreader.index.postings import FieldPostings, Ints, from_stream
from newsreader.index.schema import COLUMNS, TITLE_WEIGHT, Document

LARGEST_VOCABULARY = 400_000
"""Raw words that are kept analysed from batch to batch, about 200 MB; 20,000 Reuters articles have 110,000."""


class _Vocabulary(dict[str, int]):
    """Gives every new key the next number."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class _Stream:
    """One text per document, as numbers of raw words (runs of letters and digits as written)."""

    def __init__(self, vocabulary: _Vocabulary) -> None:
        self._number = vocabulary.__getitem__
        self.words = array("I")
        self.ends = array("Q")

    def add(self, raw: Sequence[str]) -> None:
        self.words.extend(map(self._number, raw))
        self.ends.append(len(self.words))

    def arrays(self) -> tuple[Ints, Ints]:
        """(word numbers, document of each)."""
        ends = np.frombuffer(self.ends, np.uint64).astype(np.int64) if self.ends else np.zeros(0, np.int64)
        counts = np.diff(ends, prepend=0)
        words = np.frombuffer(self.words, np.uint32).astype(np.int64) if self.words else np.zeros(0, np.int64)
        return words, np.repeat(np.arange(len(counts)), counts)


class _Expansion:
    """What each raw word of a vocabulary contributes: terms, with their places within the word. Words that are new
    in the vocabulary are analysed when they are first needed."""

    def __init__(self, vocabulary: _Vocabulary, analyse: Callable[[str], list[tuple[str, int]]]) -> None:
        self._vocabulary, self._analyse = vocabulary, analyse
        self._numbers = _Vocabulary()
        self.terms: list[str] = []
        self._term, self._offset, self._counts, self._spans = array("I"), array("I"), array("I"), array("I")
        self._arrays: tuple[Ints, ...] = ()

    def _grow(self) -> tuple[Ints, ...]:
        """(term, place) of every contribution; (first contribution, contributions, positions) of every word."""
        if len(self._counts) < len(self._vocabulary) or not self._arrays:
            for word in islice(self._vocabulary, len(self._counts), None):
                found = self._analyse(word)
                self._counts.append(len(found))
                self._spans.append(1 + max((place for _, place in found), default=-1))
                for text, place in found:
                    self._term.append(self._numbers[text])
                    self._offset.append(place)
            self.terms.extend(islice(self._numbers, len(self.terms), None))
            term, offset, counts, spans = (
                np.array(a, np.int64) for a in (self._term, self._offset, self._counts, self._spans)
            )
            self._arrays = (term, offset, np.cumsum(counts) - counts, counts, spans)
        return self._arrays

    def apply(self, words: Ints) -> tuple[Ints, Ints, Ints]:
        """For a stream of words: (index in the stream, term, place within the word) of each term."""
        term, offset, starts, counts, _ = self._grow()
        own = counts[words]
        source = np.repeat(np.arange(len(words)), own)
        ends = np.cumsum(own)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - own, own)
        at = starts[words][source] + within
        return source, term[at], offset[at]

    def positions(self, words: Ints) -> Ints:
        """How many positions each word of a stream takes."""
        return self._grow()[4][words]


class Lexicon:
    """Every raw word seen, analysed once: shared by the batches of a run."""

    def __init__(self) -> None:
        self.vocabulary = _Vocabulary()
        self.exact = _Expansion(self.vocabulary, _exact_terms)
        self._stemmed: dict[str | None, _Expansion] = {}

    def stemmed(self, language: str | None) -> _Expansion:
        if language not in self._stemmed:
            self._stemmed[language] = _Expansion(self.vocabulary, lambda raw: _stem_terms(raw, language))
        return self._stemmed[language]


_shared: list[Lexicon] = []


def shared_lexicon() -> Lexicon:
    """The lexicon of this process; a new one when it has become large."""
    if not _shared or len(_shared[0].vocabulary) > LARGEST_VOCABULARY:
        _shared[:] = [Lexicon()]
    return _shared[0]


class Inversion:
    """Collects documents and inverts them."""

    def __init__(self) -> None:
        self._lexicon = shared_lexicon()
        vocabulary = self._lexicon.vocabulary
        self._streams = {name: _Stream(vocabulary) for name in ("words", "title", "source", "author", "path")}
        self._columns: dict[str, list[int]] = {name: [] for name in COLUMNS if name != "length"}
        self._languages: list[str | None] = []
        self._lede = array("B")
        self._text: FieldPostings | None = None

    def add(self, document: Document) -> None:
        body, title = analysis.raw_words("\n".join(document.paragraphs)), analysis.raw_words(document.title)
        self._streams["words"].add(body)
        self._streams["title"].add(title)
        for name, text in (("source", document.source), ("author", document.author), ("path", document.path)):
            self._streams[name].add(analysis.raw_words(text) if text else ())
        self._languages.append(document.language or analysis.detect_language(body or title))
        self._lede.append(document.title_is_lede)
        for name in self._columns:
            self._columns[name].append(getattr(document, name))

    def columns(self) -> dict[str, Ints]:
        """By name: a value per document."""
        found = {name: np.array(values, np.int64) for name, values in self._columns.items()}
        length = np.zeros(len(self._languages), np.int64)
        if (text := self.field("text")) is not None:
            np.add.at(length, text.docs, text.weights)
        return {**found, "length": length}

    def field(self, name: str) -> FieldPostings | None:
        """The postings of a field; None when no document has any."""
        if name == "text":
            if self._text is None:
                self._text = self._stems(("words", "title"))
            return self._text
        if name == "headline":
            return self._stems(("title",))
        if name == "lang":
            return self._language_postings()
        return self._places(name)

    def _places(self, name: str) -> FieldPostings | None:
        exact = self._lexicon.exact
        words, docs = self._streams[name].arrays()
        if not len(words):
            return None
        lengths = exact.positions(words)
        base = np.cumsum(lengths) - lengths
        first = np.searchsorted(docs, docs)  # where each document's words begin
        source, term, offset = exact.apply(words)
        place = (base - base[first])[source] + offset
        return from_stream(exact.terms, term, docs[source], place=place)

    def _stems(self, names: Sequence[str]) -> FieldPostings | None:
        """Stems of these streams, by the language of each document; in the text, titles count more."""
        terms = _Vocabulary()
        columns: list[tuple[Ints, Ints, Ints]] = []
        lede = np.frombuffer(self._lede, np.uint8).astype(bool) if self._lede else np.zeros(0, bool)
        spoken = np.array([language or "" for language in self._languages])
        for name in names:
            words, docs = self._streams[name].arrays()
            weighted = name == "title" and len(names) > 1
            for language in dict.fromkeys(self._languages):
                chosen = (spoken == (language or ""))[docs]
                if weighted:
                    chosen &= ~lede[docs]
                expansion = self._lexicon.stemmed(language)
                source, term, _ = expansion.apply(words[chosen])
                numbers = np.fromiter((terms[text] for text in expansion.terms), np.int64, len(expansion.terms))
                weight = np.full(len(term), TITLE_WEIGHT if weighted else 1, np.int64)
                columns.append((numbers[term], docs[chosen][source], weight))
        if not columns:
            return None
        term, doc, weight = (np.concatenate(column) for column in zip(*columns, strict=True))
        return from_stream(list(terms), term, doc, weight=weight) if len(term) else None

    def _language_postings(self) -> FieldPostings | None:
        known = [(doc, language) for doc, language in enumerate(self._languages) if language]
        if not known:
            return None
        codes = _Vocabulary()
        term = np.array([codes[language] for _, language in known], np.int64)
        return from_stream(list(codes), term, np.array([doc for doc, _ in known], np.int64))


def _stem_terms(raw: str, language: str | None) -> list[tuple[str, int]]:
    return [(found, 0) for word in analysis.analyse(raw) for found in sorted(analysis.stems(word, language))]


def _exact_terms(raw: str) -> list[tuple[str, int]]:
    return [(form, place) for place, word in enumerate(analysis.analyse(raw)) for form in (word.exact, *word.aliases)]
