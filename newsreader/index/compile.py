"""A query tree → the queries that `evaluate` answers: Whoosh's own types, and those of `array_queries`.

Here is decided what a typed word stands for: its stems in every language of the index, its exact form, a beginning. The
rest of the program (tags, dates of reading, stories) is asked for article numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from whoosh import query as wq

from newsreader.index import analysis
from newsreader.index.array_queries import ColumnQuery, FuzzyQuery, NearQuery, PrefixQuery, SameStemQuery, SimilarQuery
from newsreader.index.query import SHORTEST_PREFIX, And, Dates, Everything, Filter, Node, Not, Or, Phrase, Saved, Term
from newsreader.text.clean import fold
from newsreader.text.dates import day_number

EXACT_FIELDS = ("title", "words")
"""Where an exact form of no field in particular is looked for."""
PHRASE_BONUS = 6.0
"""Score added where the words of a query stand side by side: above the spread of BM25 among all-word matches of
two or three words (2 to 5 on 20,000 articles), so that the exact phrase comes first."""


SAME_START = 3
"""Letters that all forms of a stem begin with, as far as stemmers go."""


class Resolver(Protocol):
    """What the index asks the rest of the program."""

    def __call__(self, condition: Filter) -> Collection[int] | None:
        """The numbers of the articles that meet a condition, None if the index itself must know (`lang:`).

        Raises `QueryError`.
        """
        ...


def with_numbers(numbers: Collection[int]) -> ColumnQuery:
    """The articles with these numbers."""
    wanted = np.append(np.sort(np.fromiter(numbers, np.int64, len(numbers))), -1)  # -1: no article's number
    return ColumnQuery("number", lambda values: wanted[np.searchsorted(wanted[:-1], values)] == values)


@dataclass(frozen=True, slots=True)
class _HasStem:
    """Whether an exact form has a stem in its language; equal for the same stems."""

    stems: tuple[tuple[str, str], ...]
    """(language, stem)."""

    def __call__(self, form: str) -> bool:
        return any(analysis.stem(form, language) == wanted for language, wanted in self.stems)


@dataclass(frozen=True, slots=True)
class SimilarTo:
    """The article that `similar:` is about."""

    number: int
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns trees into Whoosh queries for one snapshot."""

    resolve: Resolver
    similar: Callable[[Filter], SimilarTo]
    """Raises `QueryError`."""
    saved: Callable[[Saved], Node]
    """The tree of a saved search; raises `QueryError`."""
    languages: tuple[str, ...]
    """Of the articles in the index, the most frequent first: a word is looked for under its stem in each, unless
    it is a stop word of the first."""

    def compile(self, node: Node) -> wq.Query:
        match node:
            case Everything():
                return wq.Every()
            case Term():
                return self._term(node)
            case Phrase():
                return self._phrase(node)
            case Dates():
                return _dates(node)
            case Filter():
                return self._filter(node)
            case Saved():
                return self.compile(self.saved(node))
            case Not():
                return wq.Not(self.compile(node.part))
            case Or():
                return wq.Or([self.compile(part) for part in node.parts])
            case And():
                return self._and(node)

    def _and(self, node: And) -> wq.Query:
        """Stop words beside other words are no condition; the words side by side, as typed, are worth a bonus."""
        parts = [part for part in node.parts if not self.is_stop_word(part)] or node.parts
        query = wq.And([self.compile(part) for part in parts])
        typed = [part for part in node.parts if isinstance(part, Term) and (part.field, part.mode) == (None, "word")]
        while typed and self.is_stop_word(typed[0]):
            del typed[0]
        while typed and self.is_stop_word(typed[-1]):
            del typed[-1]
        if len(typed) > 1:
            together = Phrase(node.start, node.stop, " ".join(word.text for word in typed))
            return wq.AndMaybe(query, wq.ConstantScoreQuery(self._exact_phrase(together), score=PHRASE_BONUS))
        return query

    def is_stop_word(self, node: Node) -> bool:
        """Whether a node is a plain word without a stem, so that only its exact form could be found."""
        if not isinstance(node, Term) or node.mode != "word" or node.field is not None or node.typing:
            return False
        return not self.stems(node.text)

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words, in the languages of the index; words may repeat."""
        return [found for word in analysis.sought(text) for found in analysis.query_stems(word, self.languages)]

    def any_word(self, text: str) -> wq.Query:
        """Articles with any of a text's words; a word said twice counts twice, as in textbook BM25."""
        words = analysis.sought(text)
        stems = {word: analysis.query_stems(word, self.languages) for word in words}
        counts = Counter(found for word in words for found in stems[word])
        if not counts:
            return wq.Or([wq.Term(field, word.exact) for word in words for field in EXACT_FIELDS])
        ranked = [wq.Term("text", found, boost=float(count)) for found, count in counts.items()]
        return wq.Or([*ranked, *(query for word in stems if stems[word] for query in self._stopped(word, None))])

    # leaves

    def _term(self, node: Term) -> wq.Query:
        words = analysis.sought(node.text)
        if words and node.mode == "prefix":
            return self._with_last(node, words, lambda field, last: PrefixQuery(field, last))
        if words and node.mode == "fuzzy":
            return self._with_last(node, words, lambda field, last: FuzzyQuery(field, last, node.distance))
        if len(words) != 1:
            query = self._phrase(Phrase(node.start, node.stop, node.text, node.field))
        else:
            query = self._word(words[0], node.field)
        if node.typing and len(folded := fold(node.text).strip(".,;:!?'")) >= SHORTEST_PREFIX and folded.isalnum():
            return wq.Or([query, self._in_exact_fields(node.field, lambda field: PrefixQuery(field, folded))])
        return query

    def _with_last(self, node: Term, words: Sequence[analysis.Word], make: Callable[[str, str], wq.Query]) -> wq.Query:
        """Of several words (COVID-1*), the last one is a beginning or fuzzy."""
        *before, last = [word.exact for word in words]
        if analysis.has_cjk(last):  # pairs of characters are beginnings anyway
            return self._term(Term(node.start, node.stop, node.text, node.field))
        query = self._in_exact_fields(node.field, lambda field: make(field, last))
        if not before:
            return query
        return wq.And([self._exact_phrase(Phrase(node.start, node.stop, " ".join(before), node.field)), query])

    def _word(self, word: analysis.Word, field: str | None) -> wq.Query:
        if analysis.is_cjk_character(word.exact):
            return self._in_exact_fields(field, lambda name: PrefixQuery(name, word.exact))
        stems = analysis.query_stems(word, self.languages)
        if field is None and stems:
            return _any_of([*(wq.Term("text", found) for found in stems), *self._stopped(word, field)])
        if field == "title" and stems:
            found = _any_of([*(wq.Term("headline", found) for found in stems), *self._stopped(word, field)])
            return _ranked_by(found, stems)
        if field == "body" and stems:
            return _ranked_by(self._same_stem("words", word.exact), stems)
        return self._in_exact_fields(field, lambda name: wq.Term(name, word.exact))

    def _stopped(self, word: analysis.Word, field: str | None) -> list[wq.Query]:
        """The articles of the languages in which a word of other languages is a stop word: été, war, die. They have
        its exact form alone. Articles of other languages rank as they would without them."""
        return [
            wq.And(
                [
                    wq.ConstantScoreQuery(wq.Term("lang", language), score=0.0),
                    self._in_exact_fields(field, lambda name: wq.Term(name, word.exact)),
                ]
            )
            for language in analysis.stop_languages(word, self.languages)
        ]

    def _same_stem(self, field: str, exact: str) -> SameStemQuery:
        targets = tuple((language, target) for language in self.languages if (target := analysis.stem(exact, language)))
        # stemmers change endings: forms of one stem share their first letters
        start = exact[: max(1, min(SAME_START, len(exact) - 1))]
        return SameStemQuery(field, start, _HasStem(targets))

    def _phrase(self, node: Phrase) -> wq.Query:
        exact = self._exact_phrase(node)
        stems = self.stems(node.text) if node.field is None else []
        if not stems:
            return exact
        return _ranked_by(exact, sorted(set(stems)))

    def _exact_phrase(self, node: Phrase) -> wq.Query:
        words = [word.exact for word in analysis.sought(node.text)]
        if not words:
            return wq.NullQuery
        if len(words) == 1:
            return self._in_exact_fields(node.field, lambda field: wq.Term(field, words[0]))
        if node.slop:
            return self._in_exact_fields(node.field, lambda field: NearQuery(field, words, node.slop))
        return self._in_exact_fields(node.field, lambda field: wq.Phrase(field, words))

    def _in_exact_fields(self, field: str | None, make: Callable[[str], wq.Query]) -> wq.Query:
        if field is None:
            return wq.Or([make(name) for name in EXACT_FIELDS])
        return make("words" if field == "body" else field)

    def _similar(self, article: SimilarTo) -> wq.Query:
        counts = Counter(
            found
            for word in analysis.positions(article.text)
            for found in analysis.stems(word, article.language or self.languages[0])
        )
        return SimilarQuery(counts, article.number)

    def _filter(self, node: Filter) -> wq.Query:
        if node.field == "lang":
            return wq.Term("lang", node.value)
        if node.field == "similar":
            return self._similar(self.similar(node))
        numbers = self.resolve(node)
        assert numbers is not None
        return with_numbers(numbers)


def _ranked_by(query: wq.Query, stems: list[str]) -> wq.Query:
    """What `query` finds, ranked by these stems."""
    return wq.AndMaybe(wq.ConstantScoreQuery(query, score=0.0), _any_of([wq.Term("text", found) for found in stems]))


def _any_of(queries: list[wq.Query]) -> wq.Query:
    return queries[0] if len(queries) == 1 else wq.Or(queries)


def _dates(node: Dates) -> wq.Query:
    first = 1 if node.period.first is None else day_number(node.period.first)
    last = 99_999_999 if node.period.last is None else day_number(node.period.last)
    return ColumnQuery("day", lambda days: (days >= first) & (days <= last))
