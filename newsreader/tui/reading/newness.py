"""Which sentences of an article are new and which were said before, with their places in the paragraphs.

A comparison knows sentences by number; the pane draws, clicks and jumps by paragraph and code point.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from newsreader.article import Article, ArticleId, FullArticle
from newsreader.text.spans import Span

if TYPE_CHECKING:
    from newsreader.compare.novelty import Novelty


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the article."""

    paragraph: int
    span: Span
    """Where in the paragraph it stands."""
    text: str
    earlier: int | None
    """Index of the earlier article that said it first; None: none did."""
    wording: str = ""
    """How that one says it."""
    is_credit: bool = False
    """It reports nothing: neither new nor said before."""

    @property
    def is_new(self) -> bool:
        return self.earlier is None and not self.is_credit

    def holds(self, place: tuple[int, int]) -> bool:
        """Whether a (paragraph, code point) is in it."""
        return self.paragraph == place[0] and self.span.start <= place[1] < self.span.stop


@dataclass(frozen=True)
class Newness:
    """What an article adds to earlier ones."""

    article: ArticleId
    told: tuple[Told, ...]
    """Its sentences in order."""
    share: float
    """Share of its words that are in new sentences, 0..1."""
    complete: bool
    """False: there was no time to compare it with all of them."""
    earlier: tuple[Article, ...]
    """Earliest first."""

    @cached_property
    def new(self) -> tuple[int, ...]:
        """Indices of the new sentences."""
        return tuple(index for index, told in enumerate(self.told) if told.is_new)

    @cached_property
    def repeated(self) -> tuple[int, ...]:
        """Indices of those that were said before."""
        return tuple(index for index, told in enumerate(self.told) if told.earlier is not None)

    @cached_property
    def sources(self) -> tuple[Article, ...]:
        """The earlier articles that said something of it, those that said most first."""
        counts = Counter(told.earlier for told in self.told if told.earlier is not None)
        return tuple(self.earlier[index] for index, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def between(self, paragraph: int, start: int, stop: int) -> Iterator[tuple[int, Told]]:
        """The sentences that reach into a stretch of a paragraph, with their indices."""
        index = bisect_right(self.told, (paragraph, start), key=lambda told: (told.paragraph, told.span.stop))
        while index < len(self.told):
            told = self.told[index]
            if told.paragraph != paragraph or told.span.start >= stop:
                return
            yield index, told
            index += 1

    def at(self, paragraph: int, offset: int) -> int | None:
        """The sentence at a place, or the first one below it."""
        index = bisect_left(self.told, (paragraph, offset + 1), key=lambda told: (told.paragraph, told.span.stop))
        return index if index < len(self.told) else None


def newness_of(full: FullArticle, novelty: Novelty, earlier: tuple[Article, ...]) -> Newness:
    """Find the sentences again in the paragraphs they were cut from; headlines are none of them."""
    told = []
    paragraph, at = -1, 0
    for statement in novelty.statements:
        sentence, said = statement.sentence, statement.said
        if sentence.paragraph < 0:
            continue
        if sentence.paragraph != paragraph:
            paragraph, at = sentence.paragraph, 0
        at = full.paragraphs[paragraph].index(sentence.text, at)
        span = Span(at, at + len(sentence.text))
        at = span.stop
        if said is None:
            told.append(Told(paragraph, span, sentence.text, None, is_credit=statement.is_credit))
        else:
            told.append(Told(paragraph, span, sentence.text, said.earlier, said.text))
    return Newness(full.article.id, tuple(told), novelty.new_share, novelty.complete, earlier)
