"""Articles as lines of text, the same in every command that lists them."""

from __future__ import annotations

import click

from newsreader.article import Article
from newsreader.cli.output import style, width
from newsreader.export.wording import day
from newsreader.text.spans import HighlightedText, runs
from newsreader.text.wrap import wrapped

SHORT_ID = 8
"""Digits of an id that are shown: enough to be unambiguous among 100,000 articles nearly always."""


def article_line(article: Article, title: str | None = None) -> str:
    """One article: id, date, outlet, headline, tags, and whether it was edited."""
    parts = [style(article.id[:SHORT_ID], fg="yellow"), day(article), style(article.source or "–", fg="cyan")]
    mark = " " if article.read else "●"
    tags = style("  " + " ".join(f"#{tag}" for tag in article.tags), fg="green") if article.tags else ""
    edited = style("  edited", fg="magenta") if article.edited else ""
    return f"{mark} {'  '.join(parts)}  {style(title or article.title, bold=True)}{tags}{edited}"


def heading(article: Article, columns: int, *about: str | None) -> str:
    """The lines above an article's text: its headline, then what is known of it; without more, outlet and day."""
    known = " · ".join(part for part in about or (article.source, day(article).strip()) if part)
    return f"{style(paragraph(article.title, columns), bold=True)}\n{style(known, fg='cyan')}\n"


def highlight(value: HighlightedText) -> str:
    """The text with its highlights in bold."""
    return "".join(
        style(value.text[start:stop], bold=True, fg="red") if marked else value.text[start:stop]
        for start, stop, marked in runs(len(value.text), value.spans)
    )


def indented(text: str) -> str:
    """Wrapped to the terminal; styled text is as wide as it looks."""
    if click.unstyle(text) != text:
        return "    " + text
    return "\n".join(wrapped(text, width(), "    ", "    "))


def paragraph(text: str, columns: int) -> str:
    """Wrapped, with addresses whole."""
    return "\n".join(wrapped(text, columns, break_words=False))
