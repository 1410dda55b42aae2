"""An article with its marks and with what the query matches in it, read through the engine for the reading pane.

Everything here runs in a `Lane`: looking for matches in a long text takes a second.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.article import ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled
from newsreader.index.result import Result
from newsreader.text.spans import Span
from newsreader.tui.reading.pane import Page

if TYPE_CHECKING:
    from newsreader.index.excerpt import Highlighter

MARKING_SECONDS = 1.5
"""For looking for matches in one text: what a book-length one has below is not marked."""


def open_page(engine: Engine, article: ArticleId, result: Result | None, cancelled: CancelCheck) -> Page:
    """An article with its marks, and with what the query of `result` matches in it. Raises `NotFoundError`."""
    full = engine.article(article)
    mark = engine.marking.mark(article)
    if result is None or not result.highlighter:
        return Page(full, mark.position, mark.note)
    spans = _spans(full.paragraphs, result.highlighter, cancelled)
    return Page(full, mark.position, mark.note, result.highlighter.spans(full.article.title), spans)


def _spans(paragraphs: Sequence[str], highlighter: Highlighter, cancelled: CancelCheck) -> dict[int, tuple[Span, ...]]:
    found = {}
    deadline = time.monotonic() + MARKING_SECONDS
    for number, paragraph in enumerate(paragraphs):
        if cancelled():
            raise Cancelled("the article is no longer wanted")
        if time.monotonic() > deadline:
            break
        if spans := highlighter.spans(paragraph):
            found[number] = spans
    return found
