"""All keys and signs, of the screen below first; what is typed after `/` finds one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.tui.commands import Place, bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.dialogs.help_content import help_lines, place_name
from newsreader.tui.widgets.dialog import MovingDialog
from newsreader.tui.widgets.moving import MovableText


class HelpScreen(MovingDialog[None]):
    """Is moved about in by letters, so the line to type in is there only while it is wanted."""

    BINDINGS = bindings("help")
    HINTS = (("find_help", "find"), ("down up", "scroll"), ("command_palette", "commands"), ("back", "close"))
    LOOK = "help"

    def __init__(self, configured: Mapping[str, str], places: Sequence[Place]) -> None:
        """`places`: where the user is, the narrowest first."""
        super().__init__(plain("Keys and signs  ", "bold") + plain(place_name(places[0]), MUTED))
        self._configured = configured
        self._places = places

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="a key, a sign, or words", compact=True, id="find-help")
        with MovableText():
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        self._field.display = False
        self.movable.focus()

    @property
    def _field(self) -> Input:
        return self.query_one("#find-help", Input)

    @property
    def movable(self) -> MovableText:
        return self.query_one(MovableText)

    def on_resize(self) -> None:
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        width = self.movable.scrollable_content_region.width
        self.query_one("#keys", Static).update(plain("\n").join(self.lines(width)))

    def lines(self, width: int) -> Sequence[Content]:
        """The text for so many cells."""
        return help_lines(self._places, self._configured, width, self._field.value)

    def action_find_help(self) -> None:
        self._field.display = True
        self._field.focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._paint()
        self.movable.move_to_start()

    @on(Input.Submitted)
    def _found(self) -> None:
        """To what was found: letters move again."""
        self.movable.focus()

    def action_back(self) -> None:
        """First out of what is looked for."""
        if not self._field.display:
            self.action_cancel()
            return
        self._field.value = ""
        self._field.display = False
        self.movable.focus()

    def action_help(self) -> None:
        """The key that showed it closes it."""
        self.action_cancel()
