"""The keys of a screen or a dialog, on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, cast

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from newsreader.tui.commands import is_command, main_key
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

    def __init__(self, *hints: tuple[str, str]) -> None:
        super().__init__(classes="dialog-keys", markup=False)
        self._hints = hints

    def on_mount(self) -> None:
        self.update(hints_now(self.app, self._hints))


class HasKeys(Protocol):
    """The app, as lines of keys see it."""

    @property
    def configured_keys(self) -> Mapping[str, str]: ...


def hints_now(app: App[Any], hints: Iterable[tuple[str, str]]) -> Content:
    """What keys do, on one line. Commands are named, perhaps two, and shown by the keys that they have now; other keys
    are shown as they stand."""
    configured = cast(HasKeys, app).configured_keys

    def shown(name: str) -> str:
        return main_key(name, configured) if is_command(name) else name

    return key_hints((" ".join(map(shown, names.split())), what) for names, what in hints)
