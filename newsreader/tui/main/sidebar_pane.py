"""The sidebar with the line in which one types what it is to show, which is there only while one does."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from newsreader.tui.main.sidebar import Sidebar


class SidebarPane(Vertical):
    """Typing goes to the line, `up` and `down` to the list below it."""

    def __init__(self, sidebar: Sidebar) -> None:
        super().__init__(id="sidebar")
        self._sidebar = sidebar
        self._line = Input(placeholder="outlet or tag", compact=True, select_on_focus=False, id="sidebar-filter")

    def compose(self) -> ComposeResult:
        yield self._line
        yield self._sidebar

    @property
    def is_typing(self) -> bool:
        return self._line.has_focus

    @on(Sidebar.FilterWanted)
    def _begin(self, event: Sidebar.FilterWanted) -> None:
        event.stop()
        self._line.display = True
        self._line.focus()

    def leave(self) -> None:
        """Show everything again."""
        if self._line.display:
            with self.prevent(Input.Changed):
                self._line.value = ""
            self._sidebar.narrow("")
            self._line.display = False

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._sidebar.narrow(event.value)

    @on(Input.Submitted)
    def _chosen(self, event: Input.Submitted) -> None:
        event.stop()
        self._sidebar.focus()
        self._sidebar.call_next(self._sidebar.pick)  # from here, its message would go no further than here

    @on(Sidebar.Picked)
    def _picked(self) -> None:
        self.leave()

    def on_key(self, event: events.Key) -> None:
        if not self.is_typing or event.key not in ("up", "down", "escape"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._sidebar.focus()
            self.leave()
        else:
            self._sidebar.move(1 if event.key == "down" else -1)
