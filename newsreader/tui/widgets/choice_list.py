"""A list of what fits below a line that is typed in. The line keeps the focus, and its keys move the list's cursor."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import OptionList


class ChoiceList(OptionList, can_focus=False):
    """Plain texts, of which one may be highlighted."""

    def __init__(self, *choices: Content) -> None:
        super().__init__(*choices, markup=False, compact=True)

    def step(self, by: int) -> None:
        """Move the cursor and stop at the ends; the first step is to the first choice."""
        self.highlighted = 0 if self.highlighted is None else self.highlighted + by
