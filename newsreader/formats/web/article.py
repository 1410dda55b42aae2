"""What of a page is its article.

Before extraction, what is surely none of it is taken out and bare text gets its paragraphs: trafilatura takes comments
and hidden dialogs for text, and loses text outside of paragraphs. After it, the page's heading is taken off and a
standfirst that was left behind is put back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsreader.formats.web.byline import name_in_byline
from newsreader.text.clean import fold
from newsreader.text.dates import parse_date

HIDDEN_SHARE = 0.3
"""Of a page's text, above which hidden elements and forms stay: then they hold the article, behind a paywall's veil or
in the one form that some servers put around all of a page."""
SHORTEST_TEXT = 60
"""Code points from which bare text between the blocks of a page is a paragraph; buttons and labels are less."""
LONGEST_LABEL = 80
"""Code points of a byline, date or section above an article's text."""
MOST_LABELS = 4
"""Blocks in which the headline is looked for again."""
SHORTEST_STANDFIRST = 40
"""Code points."""
RECOGNISED = 30
"""Code points by which the beginning of a block is recognised."""
LONG_TEXT = 200
"""Code points from which a block is text where nothing else tells."""

_LETTERS = re.compile(r"[\W_]+")
_BLOCKS = frozenset((
    "article", "aside", "blockquote", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul", "div",
))  # fmt: skip
_HOLDERS = ("div", "section", "article", "main", "body", "td")
_NEVER_DROPPED = frozenset(("html", "body", "main", "article", "head", "meta", "link", "title"))
_COMMENTS = frozenset((
    "comments", "commentlist", "commentarea", "disqus", "commentaires", "comentarios", "comentários", "kommentare",
    "kommentarer", "commenti", "reacties", "komentarze", "komentarai", "komentāri", "kommentit", "yorumlar",
    "комментарии", "коментарі",
))  # fmt: skip
_COMMENT = frozenset(("comment", "commentaire", "comentario", "comentário", "kommentar", "commento", "reactie"))
"""In names this can also be the kind of an article: an opinion."""
_COMMENT_PLACES = frozenset(("list", "area", "section", "thread", "form", "container", "box", "wrapper", "body"))
_COMMENT_STATES = frozenset(("open", "closed", "status", "no", "has", "with", "count", "off", "on", "enabled"))
"""Parts of names that tell of a whole page whether it has comments."""
_DIALOGS = frozenset(("dialog", "alertdialog"))
_NAME_PART = re.compile(r"[A-Z]?[^\W\d_A-Z]+")
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def prepare(root: Any) -> None:
    """Change a page's tree so that its article is found and what surrounds it is not."""
    _drop(root)
    for holder in list(root.iter(*_HOLDERS)):
        if any(child.tag in _BLOCKS for child in holder):
            _give_paragraphs(holder)


def _drop(root: Any) -> None:
    """Take out dialogs, comments, what is hidden, and forms."""
    sizes: dict[Any, int] = {}
    headed: set[Any] = set()
    """Elements with a first-level heading."""
    order = list(root.iter())
    for element in reversed(order):  # children before their parents
        size = len((element.text or "").strip()) + sum(
            sizes[child] + len((child.tail or "").strip()) for child in element
        )
        sizes[element] = size
        if element.tag == "h1" or any(child in headed for child in element):
            headed.add(element)
    most = sizes[root] * HIDDEN_SHARE
    for element in order:
        kept = element.tag in _NEVER_DROPPED or element in headed or element.getparent() is None
        is_none = _is_dialog(element) or _is_of_comments(element) or (sizes[element] <= most and _is_hidden(element))
        if is_none and not kept:
            element.drop_tree()
        elif sizes[element] > most and "omment" in (names := element.get("class") or ""):
            # "comments-open" and the like on what holds the article: extraction takes it for the comments
            element.set("class", " ".join(name for name in names.split() if "omment" not in name))


def _is_dialog(element: Any) -> bool:
    return element.tag == "dialog" or element.get("role") in _DIALOGS or element.get("aria-modal") == "true"


def _is_of_comments(element: Any) -> bool:
    names = f"{element.get('id') or ''} {element.get('class') or ''}".split()
    return any(_names_comments({part.lower() for part in _NAME_PART.findall(name)}) for name in names if len(name) > 6)


def _names_comments(parts: set[str]) -> bool:
    of_comments = parts & _COMMENTS or (parts & _COMMENT and parts & _COMMENT_PLACES)
    return bool(of_comments) and not parts & _COMMENT_STATES


def _is_hidden(element: Any) -> bool:
    return element.tag == "form" or "hidden" in element.attrib or bool(_HIDING.search(element.get("style") or ""))


def _give_paragraphs(holder: Any) -> None:
    """Wrap text that stands in a holder between its blocks. Writers leave it there, and parsers do: a block inside a
    paragraph ends the paragraph, so that the text behind it, often an article's first, is in none."""
    run: list[Any] = []
    before: Any = None
    """The element whose tail begins the run; None for the holder's own text."""
    for child in [*holder, None]:
        if child is not None and child.tag not in _BLOCKS:
            run.append(child)
            continue
        _wrap(holder, before, run)
        before, run = child, []


def _wrap(holder: Any, before: Any, run: list[Any]) -> None:
    text = (holder.text if before is None else before.tail) or ""
    linked = sum(len(link.text_content()) for element in run for link in element.iter("a"))
    length = len(text.strip()) + sum(len(element.text_content()) + len(element.tail or "") for element in run)
    if length < SHORTEST_TEXT or 2 * linked > length:
        return
    paragraph = holder.makeelement("p")
    paragraph.text = text
    if before is None:
        holder.text = None
        holder.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(run)


def without_heading(text: Sequence[str], title: str, author: str | None) -> tuple[str, ...]:
    """An article's paragraphs without the headline, date and byline that the page sets above them."""
    start = 0
    for i, block in enumerate(text[:MOST_LABELS]):
        if letters(block) == letters(title):
            start = i + 1
        elif len(block) > LONGEST_LABEL:
            break
    while start < len(text) - 1 and len(text[start]) <= LONGEST_LABEL:
        name = name_in_byline(text[start])
        if not (author and name and letters(name) == letters(author)) and parse_date(text[start]) is None:
            break
        start += 1
    return tuple(text[start:])


def left_behind(text: Sequence[str], summaries: Sequence[str]) -> frozenset[str]:
    """The letters of those of a page's stated summaries that are not in its article's paragraphs."""
    all_letters = letters(" ".join(text))
    stated = (letters(summary) for summary in summaries if len(summary) >= SHORTEST_STANDFIRST)
    return frozenset(summary for summary in stated if summary not in all_letters)


def with_standfirst(text: tuple[str, ...], stated: frozenset[str], blocks: Sequence[str]) -> tuple[str, ...]:
    """An article's paragraphs, before them the standfirst: pages often set it apart, so that extraction leaves it
    behind. It is the block of the page's visible ones, before the first paragraph, that is a summary `left_behind`."""
    beginning = letters(text[0])[:RECOGNISED]
    for block in blocks:
        seen = letters(block)
        if seen.startswith(beginning):
            break
        if seen in stated:
            return (block, *text)
    return text


def letters(text: str) -> str:
    """Letters and digits only, case and accents folded."""
    return _LETTERS.sub("", fold(text))
