"""The query, what it was taken to mean, and where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from newsreader.errors import QueryError
from newsreader.tui.content import ACCENT, EMPTY, ERROR, MUTED, edges, plain

INDENT = 2
"""Cells that both lines leave free on the left; the query's sign stands there."""


class _WrongPart(Highlighter):
    """Underlines the part of the query that can't be understood. (`Input` takes Rich's kind of highlighter.)"""

    def __init__(self) -> None:
        self.start = self.stop = 0
        self.colour = "red"

    def highlight(self, text: Text) -> None:
        if self.start < self.stop:
            text.stylize(f"underline {self.colour}", self.start, self.stop)


class Info(Static):
    """The line under the query; a click takes its suggestion."""

    @dataclass
    class Clicked(Message):
        pass

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked())


class SearchBar(Vertical):
    """An input with a line of facts beside it and a line of explanation below."""

    @dataclass
    class Changed(Message):
        """The user is typing."""

        query: str

    @dataclass
    class Submitted(Message):
        """The user is done typing."""

        query: str

    @dataclass
    class SuggestionTaken(Message):
        query: str

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._placeholder = placeholder
        self._wrong = _WrongPart()
        self._suggestion: str | None = None
        self._facts = EMPTY
        self._explanation = EMPTY
        self.last_query = ""
        """Offered again by ↑ in an empty input."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="query-line"):
            yield Static(plain("/", ACCENT), id="query-sign", markup=False)
            yield Input(
                placeholder=self._placeholder, compact=True, highlighter=self._wrong, select_on_focus=False, id="query"
            )
            yield Static(id="facts", markup=False)
        yield Info(id="explanation", markup=False)

    # what it shows

    @property
    def input(self) -> Input:
        return self.query_one("#query", Input)

    @property
    def text(self) -> str:
        return self.input.value

    @property
    def is_active(self) -> bool:
        return self.input.has_focus

    def begin(self) -> None:
        """Type a query in the place of this one."""
        self.input.focus()
        self.input.select_all()

    def refine(self) -> None:
        """Go on with this query."""
        self.set_text(f"{self.text.rstrip()} " if self.text.strip() else "")
        self.input.focus()
        self.input.action_end()

    def set_text(self, text: str) -> None:
        """Put a query in without reporting it as typed."""
        if text != self.text:
            with self.input.prevent(Input.Changed):
                self.input.value = text
            self.input.cursor_position = len(text)
        self._show_wrong(0, 0)

    def show_facts(self, facts: Content) -> None:
        """Number of hits and the time taken."""
        self.query_one("#facts", Static).update(facts)

    def show_meaning(self, meaning: Content, suggestion: str | None = None) -> None:
        """The query was understood."""
        self._show_wrong(0, 0)
        self._suggestion = suggestion
        self._explain(meaning + _offer(suggestion, "  ") if suggestion is not None else meaning)

    def show_error(self, error: QueryError) -> None:
        """The query was not understood: its wrong part is marked, and the message stands below it."""
        self._show_wrong(error.start, error.stop)
        self._suggestion = None
        message = plain("↑ ", ERROR) + plain(error.reason, ERROR)
        if error.suggestion is not None:
            self._suggestion = self.text[: error.start] + error.suggestion + self.text[error.stop :]
            message += _offer(error.suggestion, "; ")
        column = Content(self.text[: error.start]).cell_length
        self._explain(message.pad_left(max(0, min(column, self.size.width - message.cell_length - INDENT))))

    def show_notice(self, text: str) -> None:
        """Something else is wrong with the list."""
        self._suggestion = None
        self._explain(plain(text, ERROR))

    def show_right(self, text: Content) -> None:
        """What stands at the right end of the explanation: how the list is sorted."""
        self._facts = text
        self._paint()

    def _explain(self, content: Content) -> None:
        self._explanation = content
        self._paint()

    def _paint(self) -> None:
        width = max(10, self.size.width - INDENT)
        self.query_one("#explanation", Info).update(edges(self._explanation, self._facts, width))

    def _show_wrong(self, start: int, stop: int) -> None:
        if (start, stop) != (self._wrong.start, self._wrong.stop):
            self._wrong.start, self._wrong.stop = start, stop
            self._wrong.colour = self.app.theme_variables.get("error", "red")
            self.input.refresh()

    def take_suggestion(self) -> bool:
        """Put the suggestion in; False when there is none."""
        if self._suggestion is None:
            return False
        self.set_text(self._suggestion)
        self.post_message(self.SuggestionTaken(self._suggestion))
        return True

    # events

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_wrong(0, 0)
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted, "#query")
    def _sent(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Submitted(event.value))

    @on(Info.Clicked)
    def _clicked(self) -> None:
        self.take_suggestion()

    def on_key(self, event: events.Key) -> None:
        if event.key == "up" and not self.text and self.last_query:
            event.stop()
            event.prevent_default()
            self.input.value = self.last_query

    def on_resize(self) -> None:
        self._paint()


def _offer(suggestion: str, before: str) -> Content:
    wanted = plain(suggestion, f"underline {ACCENT}")
    return plain(f"{before}did you mean ", MUTED) + wanted + plain("?  ", MUTED) + plain("ctrl+y", ACCENT)


def meaning_of(interpretation: str, notes: tuple[str, ...], partial: bool) -> Content:
    """How a query was taken."""
    parts = [plain("no article has all of it; these have some: ", ACCENT)] if partial else []
    parts.append(plain(interpretation, MUTED))
    if notes:
        parts.append(plain("  (" + "; ".join(notes) + ")", MUTED))
    return plain("").join(parts)
