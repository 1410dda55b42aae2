"""The keys of a screen or a dialog, on one line."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from newsreader.tui.content import key_hints

ALWAYS = "help"
"""What stays on the line however narrow it is: from there all other keys are found."""


class KeyLine(Footer):
    """As many keys as fit whole, in their order, and the one for help at the end."""

    DEFAULT_CSS = "KeyLine { background: $background; padding: 0 0 0 2; }"

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)

    def compose(self) -> ComposeResult:
        keys = [widget for widget in super().compose() if isinstance(widget, FooterKey)]
        for key in keys:  # bound to this line's `compact`, which never changes, all keys it ever had would be kept
            key._reactive_connect = None
        yield from self._fitting(keys)

    def _fitting(self, keys: list[FooterKey]) -> Iterator[FooterKey]:
        kept = [key for key in keys if key.action == ALWAYS]
        room = self.size.width - sum(map(_width, kept))
        for key in keys:
            if key in kept:
                continue
            room -= _width(key)
            if room < 0 < self.size.width:
                break
            yield key
        yield from kept

    def on_resize(self) -> None:
        self.call_after_refresh(self.recompose)


def _width(key: FooterKey) -> int:
    """Cells of a key, its word and the blank behind."""
    return Content(f"{key.key_display} {key.description} ").cell_length


class KeyHints(Static):
    """The last line of a dialog; a click on it does nothing."""

    def __init__(self, *keys: tuple[str, str]) -> None:
        super().__init__(key_hints(keys), classes="dialog-keys", markup=False)
