"""HTML to paragraphs as a reader sees them, for mail bodies and feed entries: nothing is judged to be boilerplate."""

from __future__ import annotations

from collections.abc import Mapping

from newsreader.formats.web.html_events import send_events
from newsreader.text.clean import paragraphs, sanitize

_DROPPED = frozenset((
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input",
    "link", "map", "meta", "noembed", "noframes", "noscript", "object", "param", "rp", "rt", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video",
))  # fmt: skip
"""Elements whose content is not read, or is not the text's."""
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_INVISIBLE = frozenset(("display:none", "visibility:hidden", "max-height:0", "max-height:0px"))
"""Styles that mails hide their preview text with. `font-size:0` is none of them: it is set on visible rows too."""
_PADDING = " \u034f\u200c\u200d"
"""What mails fill the rest of their preview line with: joiners, which nobody sees."""


def html_paragraphs(markup: str) -> tuple[str, ...]:
    """The visible text of a page or fragment: sanitized paragraphs in reading order, each on one line, none empty.

    Images, scripts, styles, forms, comments and hidden elements are left out; list items begin with a bullet or
    their number; cells of a table's row are parted by bars. Nothing is fetched. Any string is accepted.
    """
    found: list[str] | None = send_events(markup, _VisibleText())
    return tuple(found or ())


class _VisibleText:
    """Receives the parser's events: start and end tags in balance, and text between them."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._text: list[str] = []
        """The paragraph under way. Line feeds in it are the writer's: line breaks and preformatted ones."""
        self._hidden = 0
        """How many open elements there are from the hidden one on."""
        self._preformatted = 0
        self._lists: list[int | None] = []
        """For each open list the number of its next item; None when it has bullets."""
        self._bullet = ""
        self._next_cell = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._hidden or tag in _DROPPED or _is_hidden(attributes):
            self._hidden += 1
            return
        if tag in _BLOCKS:
            self._end_paragraph()
        if tag == "br":
            self._text.append("\n")
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "ol":
            start = attributes.get("start", "")
            self._lists.append(int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1)
        elif tag in ("ul", "menu", "dir"):
            self._lists.append(None)
        elif tag == "li":
            self._bullet = self._item()
        elif tag in _CELLS:
            self._next_cell = bool(self._text)
        elif tag == "q":
            self._text.append("“")

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        if tag in _BLOCKS:
            self._end_paragraph()
        if tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif tag in ("ol", "ul", "menu", "dir"):
            if self._lists:
                self._lists.pop()
        elif tag == "li":
            self._bullet = ""
        elif tag == "q":
            self._text.append("”")

    def data(self, text: str) -> None:
        if self._hidden:
            return
        blank = text.isspace()
        if self._next_cell and not blank:
            self._text.append(" | ")
            self._next_cell = False
        if self._preformatted:
            self._text.append(text)
        elif not blank:
            lead, tail = " " * text[0].isspace(), " " * text[-1].isspace()
            self._text.append(f"{lead}{' '.join(text.split())}{tail}")
        elif self._text:
            self._text.append(" ")

    def close(self) -> list[str]:
        self._end_paragraph()
        return self._found

    def _item(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "• "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _end_paragraph(self) -> None:
        self._next_cell = False
        if not self._text:
            return
        for paragraph in paragraphs(sanitize("".join(self._text))):
            if visible := paragraph.strip(_PADDING):
                self._found.append(self._bullet + visible)
                self._bullet = ""
        self._text = []


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if not style:
        return False
    declarations = "".join(style.lower().split()).replace("!important", "").split(";")
    return not _INVISIBLE.isdisjoint(declarations)
