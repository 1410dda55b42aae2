"""Markdown with optional front matter, read as the text a reader sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsreader.article import ParsedArticle
from newsreader.formats.base import LONGEST_HEADLINE, Unreadable, title_from
from newsreader.formats.encoding import decode
from newsreader.formats.fields import FIELDS, Names
from newsreader.formats.front_matter import split_front_matter
from newsreader.text import one_line, sanitize, shorten


def parse(data: bytes, names: Names = FIELDS) -> Sequence[ParsedArticle]:
    """One article. Raises `Unreadable` when there is neither title nor text."""
    meta, text = split_front_matter(sanitize(decode(data)), names)
    blocks = list(_blocks(MarkdownIt("commonmark").parse(text)))
    title, start = meta.title, 0
    if blocks and blocks[0][0] == "h1" and (title is None or blocks[0][1] == title):
        title, start = blocks[0][1], 1
    body = tuple(text for _, text in blocks[start:])
    if title is None:
        title, body = title_from(body)
    if not title:
        raise Unreadable("empty")
    return [
        ParsedArticle(
            shorten(title, LONGEST_HEADLINE),
            body,
            source=meta.source,
            author=meta.author,
            url=meta.url,
            language=meta.language,
            published=meta.published,
            has_time=meta.has_time,
            date_from="file" if meta.published is None else "meta",
            tags=meta.tags,
            warning=meta.trouble,
            origins=meta.origins,
        )
    ]


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """(kind, text) of each paragraph, heading, list item and code block, in order."""
    kind, bullet = "p", ""
    for token in tokens:
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type == "inline":
            if text := one_line(_inline(token.children or ())):
                yield kind, bullet + text
                bullet = ""
            kind = "p"
        elif token.type in ("fence", "code_block") and (text := one_line(token.content)):
            yield "code", text


def _inline(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "image":
            parts.append(token.content)
    return "".join(parts)
