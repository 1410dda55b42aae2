"""The keys of a screen or a dialog, on one line, and for a few seconds what has just been done.

A word in a corner of the screen for every mark would cover the end of the text that is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, cast

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input, Static
from textual.widgets._footer import FooterKey

from newsreader.tui.commands import is_command, main_key, shown_keys
from newsreader.tui.content import EMPTY, key_hints, plain

Foot: TypeAlias = Sequence[str | tuple[str, str]]
"""What a pane's line of keys has: names of commands; of what is no command the key, as Textual calls it, and a word."""

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
        self._way = ""
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
        keys = list(self._keys())
        self.styles.grid_size_columns = len(keys)
        yield from self._fitting(keys)

    def look(self) -> None:
        """Perhaps the way back is another one now, while the focus is where it was."""
        if self._way_back() != self._way:
            self.refresh(recompose=True)

    def _way_back(self) -> str:
        """What is come back to; empty: nothing. Under a dialog it stays what it was: the app's is that of the screen on
        top."""
        if self.app.screen is not self.screen:
            return self._way
        own: str | None = getattr(self.screen, "way_back", None)
        return own if own is not None else cast(HasKeys, self.app).way_back()

    def _keys(self) -> Iterator[FooterKey]:
        """The way back, then what the pane with the focus has in its `FOOT`, else what is marked in the table of
        commands."""
        active: dict[str, tuple[Binding, bool]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            active.setdefault(binding.id.partition(".")[2] if binding.id else "", (binding, enabled))
        focused = self.screen.focused
        marked = () if isinstance(focused, Input) else [name for name, (binding, _) in active.items() if binding.show]
        foot: Foot = getattr(focused, "FOOT", None) or marked
        self._way = self._way_back()
        if self._way and "back" in active:
            yield self._key(*active["back"], f"To {self._way}")
        for entry in foot:
            if isinstance(entry, tuple):
                key, label = entry
                yield FooterKey(key, shown_keys(key), label, "")
            elif entry in active and entry != ALWAYS:
                yield self._key(*active[entry])
        if ALWAYS in active:
            yield self._key(*active[ALWAYS])

    def _key(self, binding: Binding, enabled: bool, label: str = "") -> FooterKey:
        shown = self.app.get_key_display(binding)
        return FooterKey(binding.key, shown, label or binding.description, binding.action, disabled=not enabled)

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

    def way_back(self) -> str: ...


def hints_now(app: App[Any], hints: Iterable[tuple[str, str]]) -> Content:
    """What keys do, on one line. Commands are named, perhaps two, and shown by the keys that they have now; other keys
    are shown as they stand."""
    configured = cast(HasKeys, app).configured_keys

    def shown(name: str) -> str:
        return main_key(name, configured) if is_command(name) else name

    return key_hints((" ".join(map(shown, names.split())), what) for names, what in hints)
