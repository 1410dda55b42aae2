"""The input of the query, with a mark under the part that can't be understood or that empties the result.

Textual's own would lay the whole screen out again for each letter, and could not show where in the query an error is.
"""

from __future__ import annotations

from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from newsreader.index.query import LONGEST_QUERY
from newsreader.tui.widgets.key_line import Foot


class _Mark(Highlighter):
    """Underlines one part. (`Input` takes Rich's kind of highlighter.)"""

    def __init__(self) -> None:
        self.start = self.stop = 0
        self.style = ""

    def highlight(self, text: Text) -> None:
        if self.start < self.stop:
            text.stylize(self.style, self.start, self.stop)


class QueryInput(Input):
    """An input with one part marked: what can't be understood, or what empties the result. Its width is given, so that
    a letter more asks for no layout of the screen."""

    FOOT: ClassVar[Foot] = (("enter", "Search"), ("down", "Hits"), ("up", "Earlier queries"), ("tab", "Complete"))

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def __init__(self, placeholder: str) -> None:
        self._mark = _Mark()
        super().__init__(
            placeholder=placeholder,
            compact=True,
            highlighter=self._mark,
            select_on_focus=False,
            max_length=LONGEST_QUERY,
            id="query",
        )

    def restricted(self) -> None:
        """What was pasted is too long to be a query: painting a megabyte of it for each key would stop the reader."""
        self.app.notify(
            f"A query has {LONGEST_QUERY:,} characters at most; this was not put in.",
            severity="warning",
            timeout=4,
            markup=False,
        )

    def mark(self, start: int, stop: int, colour: str) -> None:
        """Underline a part in a colour of the theme."""
        style = f"underline {self.app.theme_variables.get(colour, 'red')}"
        if (start, stop, style) != (self._mark.start, self._mark.stop, self._mark.style):
            self._mark.start, self._mark.stop, self._mark.style = start, stop, style
            self.refresh()

    def unmark(self) -> None:
        self.mark(0, 0, "error")

    def put(self, text: str) -> None:
        """Set the text without reporting it as typed."""
        if text != self.value:
            with self.prevent(Input.Changed):
                self.value = text
            self.cursor_position = len(text)
