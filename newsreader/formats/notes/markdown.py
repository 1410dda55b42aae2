"""Markdown, as note programs and clippers save it: optional front matter, then the text as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.encoding import decode
from newsreader.formats.fields import FIELDS, Names, Record
from newsreader.formats.metadata import Metadata, read_metadata
from newsreader.formats.notes.dialects import CALLOUT, as_seen, is_joplin_note, split_joplin, without_comments
from newsreader.formats.notes.front_matter import split_front_matter
from newsreader.formats.web.html_text import html_paragraphs
from newsreader.text.clean import one_line, sanitize

_JOPLIN: Names = {
    **dict.fromkeys(FIELDS, ()),
    "url": ("source_url",),
    "author": ("author",),
    "date": ("user_created_time", "created_time"),
}
"""Joplin's own names; its `source` is the program that made the note."""


def parse(data: bytes, names: Names = FIELDS) -> Sequence[ParsedArticle]:
    """One article. Raises `Unreadable` when there is neither title nor text."""
    meta, text = split_front_matter(sanitize(decode(data)), names)
    if meta == Metadata():
        meta, text = _joplin(text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    blocks = list(_blocks(parser.parse(without_comments(text))))
    title, start, origins = meta.title, 0, meta.origins
    if blocks and blocks[0][0] == "h1" and (title is None or blocks[0][1] == title):
        start = 1
        if title is None:
            title, origins = blocks[0][1], (("title", "first heading"), *origins)
    body = tuple(text for _, text in blocks[start:])
    if title is None:
        title, body = title_from(body)
        origins = (("title", "first paragraph"), *origins)
    if not title:
        raise Unreadable("empty")
    return [meta.article(title, body, origins, meta.trouble)]


def _joplin(text: str) -> tuple[Metadata, str]:
    tail, body = split_joplin(text)
    if not tail:
        return Metadata(), text
    if not is_joplin_note(tail):
        raise Unreadable("one of Joplin's own records, no note")
    return read_metadata(Record({name: value for name, value in tail.items() if value}), _JOPLIN, "Joplin's"), body


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """(kind, text) of each paragraph, heading, list item, table row and code block, in order."""
    kind, bullet, quoted = "p", "", 0
    row: list[str] | None = None
    for token in tokens:
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "• "
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.type.endswith("open") else -1
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            if text := " | ".join(filter(None, row)):
                yield "row", text
            row = None
        elif token.type == "inline":
            for part in _callout(token) if quoted and token.content.startswith("[!") else [token.children or []]:
                if not (text := one_line(as_seen(one_line(_inline(part))))):
                    continue
                if row is not None:
                    row.append(text)
                else:
                    yield kind, bullet + text
                    bullet = ""
            kind = "p"
        elif token.type in ("fence", "code_block") and (text := one_line(token.content)):
            yield "code", text
        elif token.type == "html_block":
            for text in html_paragraphs(token.content):
                yield "html", text


def _callout(token: Token) -> Sequence[Sequence[Token]]:
    """A callout's title, without its kind, and its text."""
    children = list(token.children or ())
    if children and (match := CALLOUT.match(children[0].content)):
        children[0].content = children[0].content[match.end() :]
        end = next((n for n, child in enumerate(children) if child.type == "softbreak"), len(children))
        return children[:end], children[end:]
    return [children]


def _inline(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (
            token.type == "html_inline" and token.content[:3].casefold() == "<br"
        ):
            parts.append(" ")
    return "".join(parts)
