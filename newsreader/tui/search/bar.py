"""The query, what it was taken to mean, and where it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from newsreader.errors import QueryError
from newsreader.index.completion import Completion
from newsreader.index.result import Relaxation
from newsreader.tui.content import ACCENT, EMPTY, ERROR, MUTED, edges, plain
from newsreader.tui.search.menu import CompletionMenu
from newsreader.tui.search.offers import offer_line
from newsreader.tui.search.query_input import QueryInput
from newsreader.tui.search.recall import Recall

MARGIN = 2
INDENT = 2
"""Beyond the margin, cells that both lines leave free on the left; the query's sign stands there."""

RULE = "$panel"


class Facts(Static):
    """What stands beside the query."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)  # follows the layout and needs no further one


class Offers(Static):
    """The line that parts the bar from the page; its links have the colours that they are given."""

    auto_links = False


class SearchBar(Vertical):
    """An input with facts beside it, a line of explanation below, and one that parts it from the page."""

    @dataclass
    class Changed(Message):
        """The user is typing."""

        query: str
        cursor: int | None
        """Where they are typing; None when the query was recalled as a whole."""
        first: bool
        """Nothing was typed since the user came to the bar."""

    @dataclass
    class Submitted(Message):
        """The user is done typing."""

        query: str

    @dataclass
    class Replaced(Message):
        """Something else stands in the place of a query that was typed and not sent."""

        query: str

    @dataclass
    class SuggestionTaken(Message):
        query: str

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.input = QueryInput(placeholder)
        self.menu = CompletionMenu()
        self._suggestion: str | None = None
        self._facts = EMPTY
        self._facts_width = 0
        self._written: dict[str, Content] = {}
        self._explanation = EMPTY
        self._offers: Sequence[Relaxation] = ()
        self._recall = Recall()
        self._is_typed = False
        """Whether it has a query that was typed and not sent."""
        self._is_new = True
        """Nothing was typed since the user came here."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="query-line"):
            yield Static(plain("/", ACCENT), id="query-sign", markup=False)
            yield self.input
            yield Facts(id="facts", markup=False)
        yield Static(id="explanation", markup=False)
        yield Offers(id="offers", markup=False)
        yield self.menu

    # what it shows

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
        if self._is_typed and self.text.strip() and not text.startswith(self.text.strip()):
            self.post_message(self.Replaced(self.text))
        self._is_typed = False
        self._put(text)

    def _put(self, text: str) -> None:
        self.menu.close()
        self.input.put(text)
        self.input.unmark()

    def use_history(self, history: Sequence[str]) -> None:
        """What ↑ goes through, newest first."""
        self._recall = Recall(history)

    def offer(self, text: str, cursor: int, offers: Sequence[Completion]) -> None:
        """Completions for what stands at the cursor, not shown yet; too late when something else does by now."""
        if self.is_active and (self.text, self.input.cursor_position) == (text, cursor):
            start = min((offer.start for offer in offers), default=0)
            self.menu.offer(offers, Content(text[:start]).cell_length + MARGIN + INDENT - 1)  # less the menu's padding

    def show_facts(self, facts: Content) -> None:
        """Number of hits and the time taken. They keep their room where the query needs none of it: another width takes
        a layout of the screen, and hits get fewer as the query gets longer."""
        room = self._facts_width
        if facts.cell_length < room and Content(self.text).cell_length < self._room - room:
            facts = facts.pad_left(room - facts.cell_length)
        self._facts_width = facts.cell_length
        self.query_one("#facts", Static).update(facts, layout=facts.cell_length != room)

    def show_meaning(self, meaning: Content, suggestion: str | None = None) -> None:
        """The query was understood."""
        self._suggestion = suggestion
        self.input.unmark()
        self._explain(meaning + _offer(suggestion, "  ") if suggestion is not None else meaning)

    def mark_blocker(self, query: str, start: int, stop: int) -> None:
        """Mark the part of the query that leaves nothing of its result."""
        if query == self.text:
            self.input.mark(start, stop, "accent")

    def show_offers(self, offers: Sequence[Relaxation]) -> None:
        """What else could be asked, on the line that parts the bar from the page."""
        self._offers = offers
        self._paint()

    def show_error(self, error: QueryError) -> None:
        """The query was not understood: its wrong part is marked, and the message stands below it."""
        self.input.mark(error.start, error.stop, "error")
        self.show_offers(())
        self._suggestion = None
        message = plain("↑ ", ERROR) + plain(error.reason, ERROR)
        if error.suggestion is not None:
            self._suggestion = self.text[: error.start] + error.suggestion + self.text[error.stop :]
            message += _offer(error.suggestion, "; ")
        column = Content(self.text[: error.start]).cell_length
        self._explain(message.pad_left(max(0, min(column, self._room - message.cell_length))))

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

    @property
    def _room(self) -> int:
        """Cells of the line below the query."""
        return max(10, self.size.width - 2 * MARGIN - INDENT)

    def _paint(self) -> None:
        self._write("#explanation", edges(self._explanation, self._facts, self._room))
        offers = offer_line(self._offers, self._room)
        line = plain("─" * (MARGIN + 1) + " ", RULE) + offers + plain(" ", RULE) if len(offers) else EMPTY
        rule = plain("─" * (self.size.width - line.cell_length), RULE)
        self._write("#offers", line + rule)

    def _write(self, line: str, content: Content) -> None:
        """Lines of a fixed size need no layout, and most keys change none of them."""
        if not self._written.get(line, EMPTY).is_same(content):
            self._written[line] = content
            self.query_one(line, Static).update(content, layout=False)

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
        self.input.unmark()
        self._recall.leave()
        self._is_typed = True
        if not event.value.strip():
            self.menu.close()
        self._report(event.value, self.input.cursor_position)

    def _report(self, query: str, cursor: int | None) -> None:
        self.post_message(self.Changed(query, cursor, self._is_new))
        self._is_new = False

    @on(Input.Submitted, "#query")
    def _sent(self, event: Input.Submitted) -> None:
        event.stop()
        self._is_typed = False
        self.post_message(self.Submitted(event.value))

    @on(events.Click, "#explanation")
    def _clicked(self, event: events.Click) -> None:
        event.stop()
        if "@click" not in event.style.meta:
            self.take_suggestion()

    @on(Input.Blurred, "#query")
    def _left(self) -> None:
        self.menu.close()
        self._is_new = True

    @on(CompletionMenu.OptionSelected)
    def _picked(self, event: CompletionMenu.OptionSelected) -> None:
        event.stop()
        self._take(self.menu.at(event.option_index))

    def on_key(self, event: events.Key) -> None:
        if (self.menu.is_open and self._used_by_menu(event.key)) or self._used_by_history(event.key):
            event.stop()
            event.prevent_default()

    def _used_by_menu(self, key: str) -> bool:
        menu = self.menu
        match key:
            case "escape":
                menu.close()
            case "down":
                menu.step(1)
            case "up" if menu.chosen is not None:
                menu.step(-1)
            case "enter" if menu.chosen is not None:
                self._take(menu.chosen)
            case "tab":
                self._take(menu.chosen or menu.first)
            case _:
                return False
        return True

    def _take(self, completion: Completion | None) -> None:
        """Put a completion in the place of what was being typed; it is typing, so more may be offered."""
        if completion is None:
            return
        self.menu.close()
        finished = completion.label not in ("field", "recent")
        self.input.replace(completion.text + " " * finished, completion.start, self.input.cursor_position)

    def _used_by_history(self, key: str) -> bool:
        if key not in ("up", "down"):
            return False
        recalled = self._recall.older(self.text) if key == "up" else self._recall.newer()
        if recalled is None:
            return False
        self._put(recalled)
        self._report(recalled, None)
        return True

    def on_resize(self) -> None:
        self._paint()


def _offer(suggestion: str, before: str) -> Content:
    wanted = plain(suggestion, f"underline {ACCENT}")
    return plain(f"{before}did you mean ", MUTED) + wanted + plain("?  ", MUTED) + plain("ctrl+y", ACCENT)
