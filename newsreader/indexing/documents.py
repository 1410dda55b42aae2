"""Articles as the index takes them: with their labels, inverted where they are read or from what the catalogue has.

Both ways end in the same entries, so that an index that is built anew from the catalogue is the one that was lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from newsreader.formats.base import title_is_lede
from newsreader.index.inversion import Inverted, TokenizedText, invert_many
from newsreader.index.schema import NO_DAY, IndexedArticle, Label
from newsreader.library.catalogue import Catalogue
from newsreader.library.reading import FileRead, ReadArticle, ReadChunk
from newsreader.library.rows import UNDATED, IdentifiedArticle
from newsreader.text.dates import day_number


def invert_records(records: Sequence[ReadArticle]) -> list[Inverted]:
    """The postings of what was read; runs where it is read."""
    articles = ((record.article, record.tokens) for record in records if record.tokens is not None)
    return list(
        invert_many(TokenizedText(tokens, a.language, title_is_lede(a.title, a.paragraphs)) for a, tokens in articles)
    )


def labels_of(
    changed: Sequence[tuple[FileRead, Sequence[IdentifiedArticle]]], numbers: Sequence[int]
) -> dict[tuple[bytes, str], Label]:
    """By path and part: the labels of articles that were stored under these numbers."""
    stored = [(read.path, article) for read, articles in changed for article in articles]
    return {
        (path, article.record.article.part): _label(
            number, article.source, article.record.article.author, path, article.record.article.published
        )
        for number, (path, article) in zip(numbers, stored, strict=True)
    }


def with_labels(
    chunk: ReadChunk[list[Inverted]], labels: Mapping[tuple[bytes, str], Label]
) -> Iterator[tuple[Inverted, list[Label | None]]]:
    """What was inverted, with a label for every record; None for those that were not stored."""
    found = iter([labels.get((read.path, record.article.part)) for read in chunk.reads for record in read.records])
    for inverted in chunk.digest:
        yield inverted, list(islice(found, inverted.count))


def _label(number: int, source: str | None, author: str | None, path: bytes, published: datetime | None) -> Label:
    return Label(
        number,
        source,
        author,
        os.fsdecode(path).encode("utf-8", "replace").decode("utf-8"),
        day_number(published) if published else NO_DAY,
        int(published.timestamp()) if published else UNDATED,
    )


def documents_of(catalogue: Catalogue, numbers: Sequence[int]) -> Iterator[IndexedArticle]:
    """What the catalogue has under these numbers."""
    texts = catalogue.texts(numbers)
    for row in catalogue.rows(numbers):
        paragraphs = texts.get(row.number, ())
        label = _label(row.number, row.source, row.author, row.path, row.published)
        yield IndexedArticle(label, row.title, paragraphs, title_is_lede(row.title, paragraphs), row.language)
