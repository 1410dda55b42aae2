"""Tells whether two articles in different languages report one event, by what their beginnings mean, and by figures.

The sentence encoder takes half a second for a hundred articles, so its vectors are kept, and are only made for articles
that share names or figures with one in another language. They are a cache: what is lost or damaged is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck, Progress, never
from newsreader.compare.foreign_figures import Figure, foreign_figures
from newsreader.compare.meaning import Encoder
from newsreader.errors import Cancelled, StorageError
from newsreader.library.catalogue import Catalogue
from newsreader.library.locations import Locations
from newsreader.stories.column_files import ColumnKind, Columns
from newsreader.stories.corrections import Corrections
from newsreader.stories.update import update_stories
from newsreader.terms.arrays import Array, Floats, Ints, distinct, stretches
from newsreader.terms.batches import batched
from newsreader.text.language import language_of
from newsreader.text.sentences import sentences

VERSION = 1
"""Of the files, and of all that decides what is in them."""
LEAD = 3
"""Sentences that are encoded, with the headline. Of 78 pairs on one event, beside 147 on others of the same people or
kind, .83 are told with a precision of .97; with one sentence .56, with the whole text .78."""
FIGURES_FROM = 5
"""Sentences, with the headline, whose figures are compared."""
MAYBE = 0.5
"""Cosine from which the figures are looked at …"""
SAME_FIGURE, MOST_FIGURES = 0.05, 2
"""… each that both have speaks for one event …"""
NO_FIGURE, FEWEST_FIGURES = 0.1, 2
"""… and against it, that both have some and none in common. Without a wrong one, .87 of these pairs are told, and .68
without figures."""
DIMENSIONS = 512

_AT_ONCE = 32
_PAIRS_AT_ONCE = 1 << 13
_LOOKED_AT = 2_000
"""Code points of a text in which the beginning is found."""
_SPARE = 1_000
_LANGUAGE = np.dtype([("number", "<i8"), ("language", "S2")])
_PAIR = np.dtype([("key", "<i8"), ("likeness", "<f4")])
_KINDS = {
    "language": ColumnKind(_LANGUAGE),
    "encoded": ColumnKind(np.dtype("<i8")),
    "vector": ColumnKind(np.dtype("<f2"), DIMENSIONS, checked=False),
    "pair": ColumnKind(_PAIR),
}

InterpreterProgress = Callable[[int, int], None]
"""Called with the articles that were encoded and all that are to be."""
INTERPRETED = "yes"
"""What the catalogue notes of stories that were made with an interpreter."""


def group_stories(
    locations: Locations,
    catalogue: Catalogue,
    corrections: Corrections,
    encoder: Encoder | None,
    *,
    cancelled: CancelCheck = never,
    progress: Progress = lambda what, done, total: None,
) -> str | None:
    """As `update_stories`, in several languages if there is an encoder; why it can't be used, if that is so. What was
    learned of the articles is kept also where that is cancelled. The caller holds the library's lock."""
    update = partial(update_stories, locations.stories, catalogue, corrections, cancelled=cancelled, progress=progress)
    if encoder is None:
        update()
        catalogue.set_meta(stories_interpreted="")
        return None
    encoding = partial(progress, "comparing languages")
    interpreter = ArticleInterpreter(locations.meanings, catalogue, encoder, cancelled, encoding)
    try:
        update(interpreter=interpreter)
    finally:
        interpreter.save()
    catalogue.set_meta(stories_interpreted="" if interpreter.trouble else INTERPRETED)
    return interpreter.trouble


class ArticleInterpreter:
    """The `stories.foreign.Interpreter` of a library. One process at a time may have its folder open."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        encoder: Encoder,
        cancelled: CancelCheck,
        progress: InterpreterProgress,
    ) -> None:
        self._folder, self._catalogue, self._encoder = folder, catalogue, encoder
        self._cancelled, self._progress = cancelled, progress
        self._changed = False
        self.trouble: str | None = None
        """Why articles can't be encoded, if that is so."""
        try:
            self._columns, _ = Columns.open(folder, _KINDS, VERSION)
            if len(self._columns["encoded"]) != len(self._columns["vector"]):
                raise ValueError(f"{folder}: columns of different lengths")
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            self._columns = Columns(folder, _KINDS)
        if len(self._columns["language"]) > 2 * catalogue.count() + _SPARE:
            self._keep_only(np.array([article.number for article in catalogue.listing()], np.int64))

    def save(self) -> None:
        """Raises OSError."""
        if self._changed:
            self._columns.commit(VERSION, {})

    def languages(self, numbers: Ints) -> npt.NDArray[np.bytes_]:
        """Of articles, by number, the language of each, ISO 639-1; empty where that isn't known."""
        missing = np.setdiff1d(numbers, self._columns["language"]["number"])
        for some in batched(missing.tolist(), _PAIRS_AT_ONCE):
            self._check()
            texts = self._catalogue.texts(some)
            rows = [
                (row.number, (language_of(row.title, texts.get(row.number, ()), row.language) or "").encode())
                for row in self._catalogue.rows(some)
            ]
            self._append("language", np.array(rows, _LANGUAGE))
        return _looked_up(numbers, self._columns["language"], "number", "language")

    def likeness(self, pairs: Ints) -> Floats:
        """How surely the two articles of each pair of numbers (pairs, 2) report one event, about 0 to 1."""
        keys = pairs.max(axis=1) << 32 | pairs.min(axis=1)
        new = np.setdiff1d(keys, self._columns["pair"]["key"])
        if len(new) and self._can_encode():
            both = np.column_stack([new >> 32, new & 0xFFFFFFFF])
            found = np.zeros(len(new), _PAIR)
            found["key"], found["likeness"] = new, self._judged(both)
            self._append("pair", found)
        return _looked_up(keys, self._columns["pair"], "key", "likeness").astype(np.float64)

    def _can_encode(self) -> bool:
        try:
            self._encoder.ready()
        except StorageError as error:
            self.trouble = str(error)
        return self.trouble is None

    def _judged(self, pairs: Ints) -> Floats:
        self._encode(np.setdiff1d(pairs, self._columns["encoded"]))
        encoded, vectors = self._columns["encoded"], self._columns["vector"]
        order = np.argsort(encoded)
        rows = order[np.searchsorted(encoded, pairs, sorter=order)]
        cosines: Floats = np.zeros(len(pairs), np.float64)
        for some in stretches(len(pairs), _PAIRS_AT_ONCE):
            self._check()
            one, other = (vectors[rows[some, side]].astype(np.float32) for side in (0, 1))
            cosines[some] = np.einsum("ij,ij->i", one, other)
        maybe = np.flatnonzero(cosines >= MAYBE)
        figures = {
            number: foreign_figures(" ".join(found[:FIGURES_FROM]))
            for number, found in self._beginnings(distinct(pairs[maybe]).tolist())
        }
        for at in maybe.tolist():
            cosines[at] += _by_figures(*(figures.get(number, []) for number in pairs[at].tolist()))
        return np.nan_to_num(cosines).round(4)

    def _encode(self, numbers: Ints) -> None:
        for done in range(0, len(numbers), _AT_ONCE):
            self._check()
            self._progress(done, len(numbers))
            some = dict(self._beginnings(numbers[done : done + _AT_ONCE].tolist()))
            found = self._encoder.encode([". ".join((title, " ".join(rest[:LEAD]))) for title, *rest in some.values()])
            vectors = np.zeros((len(found), DIMENSIONS), np.float16)
            vectors[:, : found.shape[1]] = found
            self._append("vector", vectors)
            self._append("encoded", np.array(list(some), np.int64))

    def _beginnings(self, numbers: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """Of articles, by number, the headline and the first sentences."""
        for some in batched(numbers, _AT_ONCE):
            texts = self._catalogue.texts(some)
            for row in self._catalogue.rows(some):
                text = texts.get(row.number, ())
                language = language_of(row.title, text, row.language)
                rest = (sentence for paragraph in text for sentence in sentences(paragraph[:_LOOKED_AT], language))
                yield row.number, [row.title, *islice(rest, FIGURES_FROM)]

    def _keep_only(self, numbers: Ints) -> None:
        """Write anew what is known of some articles."""
        old, self._columns = self._columns, Columns(self._folder, _KINDS)
        encoded, key = np.isin(old["encoded"], numbers), old["pair"]["key"]
        of_both = np.isin(key >> 32, numbers) & np.isin(key & 0xFFFFFFFF, numbers)
        self._append("language", old["language"][np.isin(old["language"]["number"], numbers)])
        self._append("encoded", old["encoded"][encoded])
        self._append("vector", old["vector"][encoded])
        self._append("pair", old["pair"][of_both])

    def _append(self, name: str, rows: Array) -> None:
        self._columns.append(name, rows)
        self._changed = True

    def _check(self) -> None:
        if self._cancelled():
            raise Cancelled("stories: cancelled")


def _by_figures(one: Sequence[Figure], other: Sequence[Figure]) -> float:
    """What the figures of two beginnings add to their likeness; years say nothing."""
    one, other = ([figure for figure in some if figure.kind != "date"] for some in (one, other))
    shared = sum(any(figure.equals(candidate) for candidate in other) for figure in one)
    if not shared and min(len(one), len(other)) >= FEWEST_FIGURES:
        return -NO_FIGURE
    return SAME_FIGURE * min(shared, MOST_FIGURES)


def _looked_up(wanted: Ints, rows: Array, key: str, value: str) -> npt.NDArray[Any]:
    """The values of wanted keys in rows in any order; zero or empty for those that aren't there."""
    if not len(rows):
        return np.zeros(len(wanted), rows.dtype[value])
    order = np.argsort(rows[key])
    at = order[np.minimum(np.searchsorted(rows[key], wanted, sorter=order), len(rows) - 1)]
    return np.where(rows[key][at] == wanted, rows[value][at], rows.dtype[value].type(0))
