"""The first start: where are the articles?"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.content import ACCENT, MUTED, plain
from newsreader.tui.lanes import Lane
from newsreader.tui.widgets.folder_input import FolderInput

SAMPLES: Literal["samples"] = "samples"

_FOLDER_KEYS = plain("tab", ACCENT) + plain(" complete   ", MUTED) + plain("enter", ACCENT) + plain(" add   ", MUTED)


class FolderScreen(ModalScreen[Path | Literal["samples"] | None]):
    """Adds a folder to the library; dismissed with it when that is done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self._lane = Lane("add-folder")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield from self.compose_top()
            yield FolderInput()
            yield from self.compose_bottom()
            yield Static(self.keys, classes="dialog-keys", markup=False)

    @property
    def keys(self) -> Content:
        return _FOLDER_KEYS + plain("esc", ACCENT) + plain(" cancel", MUTED)

    def compose_top(self) -> ComposeResult:
        yield Static(plain("Add a folder of articles", "bold"), classes="dialog-title", markup=False)

    def compose_bottom(self) -> ComposeResult:
        yield from ()

    def on_unmount(self) -> None:
        self._lane.close()

    @on(FolderInput.Submitted)
    def _chosen(self, event: FolderInput.Submitted) -> None:
        self.run_worker(self._add(event.path), group="add", description="add folder", exclusive=True)

    async def _add(self, path: Path) -> None:
        try:
            await self._lane.queued(lambda: self._engine.add_folders([path]))
        except (NewsreaderError, RuntimeError) as error:  # RuntimeError: a ~name that is nobody's home
            self.query_one(FolderInput).show_error(str(error))
        else:
            self.dismiss(path)


class WelcomeScreen(FolderScreen):
    """The same, with a word of welcome, and with the samples for whoever only wants to look around."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "samples", "Samples"),
        Binding("escape", "app.quit", "Quit"),
    ]

    @property
    def keys(self) -> Content:
        return (
            _FOLDER_KEYS + plain("ctrl+s", ACCENT) + plain(" samples   ", MUTED) + plain("esc", ACCENT)
            + plain(" leave", MUTED)
        )  # fmt: skip

    def compose_top(self) -> ComposeResult:
        yield Static(plain("Welcome to newsreader", f"bold {ACCENT}"), classes="dialog-title", markup=False)
        yield Static(
            plain("It reads articles you keep as files, and never writes to them.\nWhich folder are they in?"),
            classes="dialog-text",
            markup=False,
        )

    def compose_bottom(self) -> ComposeResult:
        yield Button(Content("Just show me the sample articles"), id="samples", compact=True)

    @on(Button.Pressed, "#samples")
    def action_samples(self) -> None:
        self.dismiss(SAMPLES)
