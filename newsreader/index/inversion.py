"""Documents → posting arrays in one pass.

While documents are taken in, their texts become streams of word numbers: one look-up per word, no object per
posting. At the end every distinct word is analysed once, and the streams are expanded and inverted as arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

import numpy as np

from newsreader.index import analysis
from newsreader.index.postings import FieldPostings, Ints, from_stream
from newsreader.index.schema import COLUMNS, TITLE_WEIGHT, Document


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

    def add(self, text: str) -> None:
        self.words.extend(map(self._number, analysis.raw_words(text)))
        self.ends.append(len(self.words))

    def arrays(self) -> tuple[Ints, Ints]:
        """(word numbers, document of each)."""
        ends = np.frombuffer(self.ends, np.uint64).astype(np.int64) if self.ends else np.zeros(0, np.int64)
        counts = np.diff(ends, prepend=0)
        words = np.frombuffer(self.words, np.uint32).astype(np.int64) if self.words else np.zeros(0, np.int64)
        return words, np.repeat(np.arange(len(counts)), counts)


class _Expansion:
    """What each raw word contributes: terms, with their places within the word."""

    def __init__(self, raw: Sequence[str], analyse: Callable[[str], list[tuple[str, int]]]) -> None:
        terms = _Vocabulary()
        term, offset, counts = array("I"), array("I"), array("I")
        for word in raw:
            found = analyse(word)
            counts.append(len(found))
            for text, place in found:
                term.append(terms[text])
                offset.append(place)
        self.terms = list(terms)
        self._term, self._offset = (np.array(a, np.int64) for a in (term, offset))
        self._counts = np.array(counts, np.int64)
        self._starts = np.cumsum(self._counts) - self._counts

    def apply(self, words: Ints) -> tuple[Ints, Ints, Ints]:
        """For a stream of words: (index in the stream, term, place within the word) of each term."""
        counts = self._counts[words]
        source = np.repeat(np.arange(len(words)), counts)
        ends = np.cumsum(counts)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
        at = self._starts[words][source] + within
        return source, self._term[at], self._offset[at]


class Inversion:
    """Collects documents and inverts them."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._streams = {name: _Stream(self._vocabulary) for name in ("words", "title", "source", "author", "path")}
        self._columns: dict[str, list[int]] = {name: [] for name in COLUMNS if name != "length"}
        self._languages: list[str | None] = []
        self._lede = array("B")
        self._exact: _Expansion | None = None
        self._stemmed: dict[str | None, _Expansion] = {}
        self._text: FieldPostings | None = None

    def add(self, document: Document) -> None:
        body = "\n".join(document.paragraphs)
        for name, text in (
            ("words", body),
            ("title", document.title),
            ("source", document.source or ""),
            ("author", document.author or ""),
            ("path", document.path),
        ):
            self._streams[name].add(text)
        self._languages.append(document.language or analysis.detect_language(body or document.title))
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

    def _raw(self) -> list[str]:
        return list(self._vocabulary)

    def _places(self, name: str) -> FieldPostings | None:
        if self._exact is None:
            self._exact = _Expansion(self._raw(), _exact_terms)
        words, docs = self._streams[name].arrays()
        if not len(words):
            return None
        lengths = self._word_lengths()[words]
        base = np.cumsum(lengths) - lengths
        first = np.searchsorted(docs, docs)  # where each document's words begin
        source, term, offset = self._exact.apply(words)
        place = (base - base[first])[source] + offset
        return from_stream(self._exact.terms, term, docs[source], place=place)

    def _word_lengths(self) -> Ints:
        """How many positions each raw word takes."""
        return np.fromiter((len(analysis.analyse(raw)) for raw in self._vocabulary), np.int64, len(self._vocabulary))

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
                expansion = self._stem_expansion(language)
                source, term, _ = expansion.apply(words[chosen])
                numbers = np.fromiter((terms[text] for text in expansion.terms), np.int64, len(expansion.terms))
                weight = np.full(len(term), TITLE_WEIGHT if weighted else 1, np.int64)
                columns.append((numbers[term], docs[chosen][source], weight))
        if not columns:
            return None
        term, doc, weight = (np.concatenate(column) for column in zip(*columns, strict=True))
        return from_stream(list(terms), term, doc, weight=weight) if len(term) else None

    def _stem_expansion(self, language: str | None) -> _Expansion:
        if language not in self._stemmed:
            self._stemmed[language] = _Expansion(
                self._raw(),
                lambda raw: [(s, 0) for word in analysis.analyse(raw) for s in sorted(analysis.stems(word, language))],
            )
        return self._stemmed[language]

    def _language_postings(self) -> FieldPostings | None:
        known = [(doc, language) for doc, language in enumerate(self._languages) if language]
        if not known:
            return None
        codes = _Vocabulary()
        term = np.array([codes[language] for _, language in known], np.int64)
        return from_stream(list(codes), term, np.array([doc for doc, _ in known], np.int64))


def _exact_terms(raw: str) -> list[tuple[str, int]]:
    return [(form, place) for place, word in enumerate(analysis.analyse(raw)) for form in (word.exact, *word.aliases)]
