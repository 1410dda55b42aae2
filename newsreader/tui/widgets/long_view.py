"""The base of views of something long, of which a part is shown.

Textual lays the whole screen out anew when the length of a scroll view changes; with each letter that is typed the list
gets another length, and the layout would take longer than the search.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class LongView(ScrollView, inherit_bindings=False):
    """A `ScrollView` whose content may change its length without a layout of the whole screen, which takes longer than
    finding the content: only its own scrollbar follows."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    _scrollbar_shows: tuple[Size, Size] | None = None

    def watch_virtual_size(self, size: Size) -> None:
        if self.is_mounted:
            self._scroll_update(size)
            self.refresh()

    def _scroll_update(self, virtual_size: Size) -> None:
        """Every layout of the screen asks for it, and a scrollbar that stays as it is would be painted once more."""
        shows = (virtual_size, self.container_size)
        if shows != self._scrollbar_shows:
            self._scrollbar_shows = shows
            super()._scroll_update(virtual_size)
