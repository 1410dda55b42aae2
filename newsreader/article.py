"""What an article is to every part of the program, and what makes it the same article under another name.

All packages hand these values to each other, so this module knows none of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NewType

from newsreader.text.clean import visible

ArticleId = NewType("ArticleId", str)
"""Sixteen hexadecimal digits, stable across runs, moves, renames and rebuilds; never a document number."""

StoryId = NewType("StoryId", str)

DateFrom = Literal["header", "meta", "file"]

CancelCheck = Callable[[], bool]
"""Polled in long work: True means give up."""

Progress = Callable[[str, int, int], None]
"""Called in long work with what is being done, how much of it is done, and how much there is."""


def never() -> bool:
    """The `CancelCheck` of work that nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """What a format reads out of a file's bytes. All text is sanitized, the title is one line."""

    title: str
    paragraphs: tuple[str, ...]
    """The whole text without the title, but with it where the title is only the start of the first sentence."""
    source: str | None = None
    """The outlet as the file names it; None if it doesn't."""
    author: str | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1, lower case."""
    published: datetime | None = None
    """Aware; None when the file states no date."""
    has_time: bool = False
    """False when only a day was stated: then `published` is that day's midnight, UTC."""
    date_from: DateFrom = "file"
    tags: tuple[str, ...] = ()
    part: str = ""
    """Which article of the file this is; empty in files that hold one."""
    warning: str | None = None
    """What of the file could not be understood, though the article was read."""
    origins: tuple[tuple[str, str], ...] = ()
    """(field, where in the file its value was found), as in ("title", "meta og:title"); for `show --raw-meta`."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which of an article's texts this is, when it is not the one that its file has now."""

    number: int
    """From 1, the oldest first; never another one's."""
    written: datetime | None
    """The file's own date when it said this, aware; None when that is no date."""
    until: datetime
    """When a run found something else in its place, aware."""


@dataclass(frozen=True, slots=True)
class Article:
    """One row of a list: an article's metadata without its text."""

    id: ArticleId
    path: Path
    """Absolute."""
    title: str
    source: str | None
    author: str | None
    url: str | None
    language: str | None
    published: datetime | None
    """Aware; from the file's own date when the text states none."""
    has_time: bool
    date_from: DateFrom
    words: int
    """Length of title and text, in words."""
    tags: tuple[str, ...]
    """Sorted."""
    read: bool
    starred: bool
    story: StoryId | None
    story_size: int
    """Articles in its story, itself included; 1 when it stands alone."""
    versions: int = 0
    """Former texts of it that are kept."""
    version: Version | None = None
    """None: the text as it is now."""

    @property
    def outlet(self) -> str:
        """What to call where it is from: its source, or else its file's name."""
        return self.source or visible(self.path.stem)

    @property
    def edited(self) -> bool:
        """Whether its file said something else before."""
        return self.versions > 0

    @property
    def reference(self) -> str:
        """What this very text goes by wherever an article can be named: the id, `ID@NUMBER` for a former text."""
        return self.id if self.version is None else f"{self.id}@{self.version.number}"


@dataclass(frozen=True, slots=True)
class FullArticle:
    """An article with its text."""

    article: Article
    paragraphs: tuple[str, ...]


def fingerprint(title: str, paragraphs: Iterable[str]) -> str:
    """Thirty-two hexadecimal digits over title and text; spacing and line breaks don't count."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (title, *paragraphs):
        digest.update(" ".join(part.split()).encode("utf-8", "surrogatepass"))
        digest.update(b"\x00")
    return digest.hexdigest()


def article_id(content: str, copy: int = 0) -> ArticleId:
    """The id of the article with this fingerprint; `copy` parts files of identical content (0 is the first)."""
    if copy == 0:
        return ArticleId(content[:16])
    return ArticleId(hashlib.blake2b(f"{content}/{copy}".encode(), digest_size=8).hexdigest())
