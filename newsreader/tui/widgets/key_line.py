"""The keys of a screen or a dialog, on one line, and for a few seconds what has just been done.

A word in a corner of the screen for every mark would cover the end of the text that is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, cast

from textual.app import App, ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Static
from textual.widgets._footer import FooterKey

from newsreader.tui.commands import is_command, main_key
from newsreader.tui.content import EMPTY, key_hints, plain

NOTICE_MARGIN = 2
"""Cells between a notice and the keys."""
ALWAYS = "help"
"""What stays on the line however narrow it is: from there all other keys are found."""


class KeyLine(Footer):
    """As many keys as fit whole, in their order, and the one for help at the end. A notice stands before them."""

    DEFAULT_CSS = """
    KeyLine {
        background: $background;
        padding: 0 0 0 2;
        .notice { width: auto; margin: 0 2 0 0; color: $accent; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._notice = EMPTY
        self._notice_timer: Timer | None = None

    def say(self, text: str, seconds: float | None) -> bool:
        """Show a notice for so many seconds, or until the next, in place of the last; False where there is no room."""
        notice = plain(text)
        if "\n" in text or notice.cell_length + NOTICE_MARGIN > self.content_size.width:
            return False
        if self._notice_timer is not None:
            self._notice_timer.stop()
        self._notice_timer = self.set_timer(seconds, lambda: self._show_notice(EMPTY)) if seconds is not None else None
        self._show_notice(notice)
        return True

    def unsay(self, text: str) -> None:
        """Take a notice away, if it is still there."""
        if self._notice.plain == text:
            self._show_notice(EMPTY)

    def _show_notice(self, notice: Content) -> None:
        self._notice = notice
        self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        if len(self._notice):
            yield Static(self._notice, classes="notice", markup=False)
        keys = [widget for widget in super().compose() if isinstance(widget, FooterKey)]
        for key in keys:  # bound to this line's `compact`, which never changes, all keys it ever had would be kept
            key._reactive_connect = None
        yield from self._fitting(keys)

    def _fitting(self, keys: list[FooterKey]) -> Iterator[FooterKey]:
        kept = [key for key in keys if key.action == ALWAYS]
        notice = self._notice.cell_length + NOTICE_MARGIN if len(self._notice) else 0
        room = self.size.width - notice - sum(map(_width, kept))
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
