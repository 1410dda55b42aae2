"""The drop-down list of completions under the query.

It lies over the list below and never takes the focus: otherwise letters typed while it is open would not reach the
query. It is laid out only when what it shows changes, as it may change with every letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from newsreader.index.completion import Completion
from newsreader.tui.content import FAINT, plain

MOST_SHOWN = 8
WIDEST = 48
"""Cells of an offer; a recent query can be long."""


class CompletionMenu(OptionList, can_focus=False, inherit_bindings=False):
    """Lies over what is below it, and never has the focus: the query's input does."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)  # other options ask for a layout by themselves
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    CompletionMenu {
        display: none;
        overlay: screen;
        constrain: inside none;
        width: auto;
        max-width: 100%;
        height: auto;
        max-height: 8;
        border: none;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self._offers: Sequence[Completion] = ()
        self._column = 0
        self._shown: tuple[Sequence[Completion], int] = ((), -1)

    @property
    def is_open(self) -> bool:
        return bool(self._offers)

    @property
    def chosen(self) -> Completion | None:
        """The one under the cursor; there is none until the cursor is moved into the list."""
        return self._offers[self.highlighted] if self.is_open and self.highlighted is not None else None

    @property
    def first(self) -> Completion | None:
        return self._offers[0] if self._offers else None

    def at(self, index: int) -> Completion | None:
        """The offer on a line."""
        shown, _ = self._shown
        return shown[index] if index < len(shown) else None

    def offer(self, offers: Sequence[Completion], column: int) -> None:
        """Have these for that column of the input, perhaps none; keys take them, and `appear` shows them."""
        if offers != self._offers:
            self._offers = offers
            self.highlighted = None
        self._column = column

    def appear(self) -> None:
        """Show what there is."""
        shown, column = self._shown
        if self._offers:
            if shown != self._offers:
                self.set_options(Option(line) for line in _lines(self._offers))
            if column != self._column:
                self.styles.offset = (self._column, 0)
            self._shown = (self._offers, self._column)
        self.display = self.is_open

    def close(self) -> None:
        self._offers = ()
        self.display = False

    def step(self, by: int) -> None:
        """Down into the list, and up out of it again."""
        self.appear()
        here = -1 if self.highlighted is None else self.highlighted
        there = min(here + by, len(self._offers) - 1)
        self.highlighted = there if there >= 0 else None


def _lines(offers: Sequence[Completion]) -> list[Content]:
    shown = [plain(offer.text).truncate(WIDEST, ellipsis=True) for offer in offers]
    width = max((line.cell_length for line in shown), default=0)
    return [
        line.pad_right(width - line.cell_length) + plain(f"  {offer.label}", FAINT)
        for line, offer in zip(shown, offers, strict=True)
    ]
