"""Articles outside the library: read as they are when they are compared, and not remembered.

They have no tags and no story, and an id that only their text gives them.
"""

from __future__ import annotations

import os
from pathlib import Path

from newsreader.article import Article, FullArticle, article_id
from newsreader.errors import ArticleError
from newsreader.formats import READERS
from newsreader.library.reading import read_one
from newsreader.library.rules import ReadingRules
from newsreader.library.scan import suffix_of


def read_single(path: Path, rules: ReadingRules) -> FullArticle:
    """The first article of a file. Raises `ArticleError`."""
    if suffix_of(os.fsencode(path)) not in READERS:
        raise ArticleError(path, f"no reader for {path.suffix} files")
    read = read_one(os.fsencode(path), rules)
    if read.failure is not None or not read.records:
        raise ArticleError(path, read.failure or "empty")
    record = read.records[0]
    parsed = record.article
    article = Article(
        id=article_id(record.fingerprint),
        path=path,
        title=parsed.title,
        source=parsed.source,
        author=parsed.author,
        url=parsed.url,
        language=parsed.language,
        published=parsed.published,
        has_time=parsed.has_time,
        date_from=parsed.date_from,
        words=record.words,
        tags=parsed.tags,
        read=False,
        starred=False,
        story=None,
        story_size=1,
    )
    return FullArticle(article, parsed.paragraphs)
