"""What note programs add to Markdown: Obsidian's links, comments and callouts, Joplin's tail, Hugo's shortcodes.

Left as they are, they would stand in the text as brackets and signs, and hidden comments would be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"(?<![%\w])%%(?!%)[^%\n]{0,2000}%%(?!%)")
_SHORTCODE = re.compile(r"\{\{[<%][^{}\n]{0,2000}[%>]\}\}")
_EMBED = re.compile(r"!\[\[[^\[\]\n]{1,500}\]\]")
_LINK = re.compile(r"\[\[([^\[\]|\n]{1,500})(?:\\?\|([^\[\]\n]{1,500}))?\]\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:?")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,2000})==")
_BLOCK_NAME = re.compile(r"(?:^|(?<=\s))\^[A-Za-z0-9-]{1,40}$")
CALLOUT = re.compile(r"\[![A-Za-z-]{1,40}(?:\|[^\]\n]{0,40})?\][+-]?[ \t]*")
"""How Obsidian's callouts begin, in the first line of a quotation."""

_JOPLIN_LINE = re.compile(r"([a-z_]{2,40}): ?(.*)")
_JOPLIN_NOTE = "1"
JOPLIN_TAIL_LINES = 60
"""Lines that are looked at: Joplin writes some thirty."""


def without_comments(source: str) -> str:
    """Markdown without what its writer hid: comments, on a line or as blocks of lines, and Hugo's shortcodes.

    A block that never ends is no comment: nothing may be lost by one mark too many.
    """
    if "%%" in source:
        source = "\n".join(_outside_blocks(_COMMENT.sub("", source).split("\n")))
    return _SHORTCODE.sub("", source) if "{{" in source else source


def _outside_blocks(lines: list[str]) -> Iterator[str]:
    inside: list[str] = []
    for line in lines:
        if inside:
            inside.append(line)
            if line.rstrip().endswith("%%"):
                inside = []
        elif line.lstrip().startswith("%%"):
            inside = [line]
        else:
            yield line
    yield from inside


def as_seen(text: str) -> str:
    """A paragraph as Obsidian shows it: links by their name, highlights without marks, no embeds and footnote marks."""
    if "[[" in text:
        text = _LINK.sub(_link_name, _EMBED.sub("", text))
    if "[^" in text:
        text = _FOOTNOTE.sub("", text)
    if "==" in text:
        text = _HIGHLIGHT.sub(r"\1", text)
    return _BLOCK_NAME.sub("", text) if "^" in text else text


def _link_name(match: re.Match[str]) -> str:
    page, alias = match[1], match[2]
    name, _, heading = page.partition("#")
    return alias or name or heading


def split_joplin(source: str) -> tuple[dict[str, str], str]:
    """(the lines that Joplin puts behind every item that it writes out raw, the text before them), if it did."""
    lines = source.rstrip().split("\n")
    tail: dict[str, str] = {}
    start = len(lines)
    while start and len(lines) - start < JOPLIN_TAIL_LINES and (match := _JOPLIN_LINE.fullmatch(lines[start - 1])):
        tail.setdefault(match[1], match[2].strip())
        start -= 1
    if not {"id", "type_"} <= tail.keys() or not re.fullmatch(r"[0-9a-f]{32}", tail["id"]):
        return {}, source
    return tail, "\n".join(lines[:start])


def is_joplin_note(tail: dict[str, str]) -> bool:
    """Folders, tags and attachments are written out as such files too."""
    return tail["type_"] == _JOPLIN_NOTE
