"""Text of PDF files, through pypdf, which is not installed unless asked for (`newsreader-tui[pdf]`).

A page is lines at places: they are joined to paragraphs, without the heads and numbers that every page repeats.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import chain
from statistics import quantiles
from typing import Any

from newsreader.article import ParsedArticle
from newsreader.formats.base import LONGEST_HEADLINE, Unreadable, title_from
from newsreader.formats.language import language_code
from newsreader.formats.metadata import Metadata
from newsreader.formats.pdf.columns import page_lines
from newsreader.text.clean import fold, one_line, sanitize, shorten

MOST_PAGES = 500
"""Pages that are read: reports have some hundred."""
MOST_TEXT = 5_000_000
"""Code points that are read of all pages."""
LONGEST_NAME = 200
MOST_TAGS = 25
FULL_LINE = 0.8
"""A line shorter than this share of a full line that ends a sentence ends its paragraph too."""
ON_PAGES = 0.5
"""A first or last line that so large a share of the pages has, but for its digits, is a running head or page number."""
FEWEST_PAGES = 3
"""Pages from which running heads can be told from text."""

_HYPHENATED = re.compile(r"[^\W\d_]{2}[-\u00ad‐]$")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_DIGITS = re.compile(r"\d+")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|.*\.(?:docx?|indd|qxp|pdf|pages|odt|tex|dvi))$"
)
_LIST_ITEM = re.compile(r"^(?:[•●▪‣◦*–-]|\d{1,2}[.)])\s")


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """One article. Raises `Unreadable` for encrypted files, those without text and, without pypdf, all."""
    try:
        import pypdf
    except ImportError:
        raise Unreadable("needs the pdf extra: pip install 'newsreader-tui[pdf]', then index --full") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # without handlers, it would write to the terminal
    try:
        document = pypdf.PdfReader(BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):  # many can be read by all, but not printed or changed
            raise Unreadable("encrypted")
        pages, warning = _pages(document)
    except pypdf.errors.DependencyError:
        raise Unreadable("encrypted") from None
    except pypdf.errors.PyPdfError as error:
        raise Unreadable(f"no PDF, or a broken one ({str(error)[:80]})") from None
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # it lets AssertionError, OverflowError, AttributeError and others out of broken files
        raise Unreadable(f"a broken PDF ({type(error).__name__}: {one_line(str(error)[:80])})") from None
    text = tuple(_paragraphs(_without_running_heads(pages)))
    if not text:
        raise Unreadable("no text in it: scanned pages, most likely")
    return [_article(_Information(document), text, warning)]


def _pages(document: Any) -> tuple[list[list[str]], str | None]:
    """(the lines of each page, a warning if not all were read)."""
    pages: list[list[str]] = []
    size = 0
    for number, page in enumerate(document.pages):
        if number == MOST_PAGES or size > MOST_TEXT:
            return pages, f"only its first {number} pages were read"
        text = sanitize("\n".join(page_lines(page))[:MOST_TEXT])
        size += len(text)
        pages.append([one_line(line) for line in text.split("\n")])
    return pages, None


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    filled = [[i for i, line in enumerate(page) if line] for page in pages]
    ends = [{*lines[:2], *lines[-2:]} for lines in filled]
    shapes = Counter(
        shape for page, at in zip(pages, ends, strict=True) for shape in {_DIGITS.sub("0", page[i]) for i in at}
    )
    often = {shape for shape, count in shapes.items() if count > len(pages) * ON_PAGES}

    def recurs(line: str) -> bool:  # which of a few pages nothing can tell but that it is a mere number
        return line.isdecimal() if len(pages) < FEWEST_PAGES else _DIGITS.sub("0", line) in often

    return [
        [line for i, line in enumerate(page) if i not in at or not recurs(line)]
        for page, at in zip(pages, ends, strict=True)
    ]


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    """Lines joined to paragraphs, which end at blank lines, short last lines and list items, and go on over pages."""
    lengths = [len(line) for line in chain.from_iterable(pages) if line]
    full = FULL_LINE * (quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0)
    held = ""
    for page in pages:
        for place, line in enumerate(page):
            if not line:
                if held and (place + 1 < len(page)):
                    yield held
                    held = ""
                continue
            if held and _LIST_ITEM.match(line):
                yield held
                held = ""
            held = _joined(held, line)
            if len(line) < full and (_ENDS_SENTENCE.search(line) or held == line):
                yield held
                held = ""
    if held:
        yield held


def _joined(text: str, line: str) -> str:
    if _HYPHENATED.search(text) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}" if text else line


class _Information:
    """What the file says of itself. Each value is read by itself: one broken object spoils no other."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def text(self, name: str) -> str | None:
        try:
            value = (self._document.metadata or {}).get(name)
            return one_line(str(value)) or None if isinstance(value, str) else None
        except Exception:  # pypdf lets ValueError, KeyError, TypeError and RecursionError out of broken objects
            return None

    def date(self, name: str) -> datetime | None:
        """PDF's own form of dates, with zone."""
        match = re.match(
            r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-]\d\d)'?(\d\d)|Z)?", self.text(name) or ""
        )
        if match is None:
            return None
        year, month, day, hour, minute, second, zone, zone_minute = match.groups()
        try:
            return datetime.fromisoformat(
                f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}"
                f"{zone + ':' + zone_minute if zone else '+00:00'}"
            )
        except ValueError:
            return None

    def language(self) -> str | None:
        try:
            return language_code(str(self._document.root_object.get("/Lang") or ""))
        except Exception:
            return None


def _article(information: _Information, text: tuple[str, ...], warning: str | None) -> ParsedArticle:
    origins = []
    title = information.text("/Title")
    if title is not None and not _NO_TITLE.match(title.lower()):
        title = shorten(title, LONGEST_HEADLINE)
        origins.append(("title", "PDF Title"))
        if fold(text[0]) == fold(title):
            text = text[1:]
    else:
        title, text = title_from(text)
        origins.append(("title", "text"))
    author = information.text("/Author")
    author = author if author and len(author) <= LONGEST_NAME else None
    published = information.date("/CreationDate")
    language = information.language()
    keywords = re.split("[,;]", information.text("/Keywords") or "")
    tags = tuple(dict.fromkeys(tag for word in keywords if (tag := word.strip())))[:MOST_TAGS]
    stated = (
        ("date", published, "PDF CreationDate"),
        ("author", author, "PDF Author"),
        ("language", language, "PDF Lang"),
        ("tags", tags, "PDF Keywords"),
    )
    origins += [(field, origin) for field, value, origin in stated if value]
    meta = Metadata(
        title, author=author, language=language, published=published, has_time=published is not None, tags=tags
    )
    return meta.article(title, text, origins, warning)
