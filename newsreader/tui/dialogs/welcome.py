"""The first start: where are the articles?"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Static

from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, plain, said
from newsreader.tui.dialogs.folder_doubt import doubt_about
from newsreader.tui.lanes import Lane
from newsreader.tui.widgets.dialog import Dialog, Hints
from newsreader.tui.widgets.folder_input import FolderInput

SAMPLES: Literal["samples"] = "samples"

_FOLDER_HINTS = (("complete", "complete"), ("enter", "add"))


class FolderScreen(Dialog[Path | Literal["samples"] | None]):
    """Adds a folder to the library; dismissed with it when that is done."""

    BINDINGS = bindings("add_folder")
    HINTS: ClassVar[Hints] = (*_FOLDER_HINTS, ("cancel", "cancel"))
    HEADING = plain("Add a folder of articles", "bold")

    def __init__(self, engine: Engine) -> None:
        super().__init__(self.HEADING)
        self._engine = engine
        self._lane = Lane("add-folder")
        self._doubted: Path | None = None
        """A folder that is added all the same when it is given once more."""

    def compose_body(self) -> ComposeResult:
        yield FolderInput()

    def on_unmount(self) -> None:
        self._lane.close()

    @on(FolderInput.Submitted)
    def _chosen(self, event: FolderInput.Submitted) -> None:
        self.run_worker(self._add(event.path), group="add", description="add folder", exclusive=True)

    async def _add(self, path: Path) -> None:
        folder = self.query_one(FolderInput)
        try:
            doubt = await self._lane.queued(lambda: doubt_about(path.expanduser()))
            if doubt is not None and path != self._doubted:
                self._doubted = doubt.instead or path
                folder.show_error(doubt.words, str(doubt.instead or ""))
                return
            await self._lane.queued(lambda: self._engine.add_folders([path]))
        except (NewsreaderError, RuntimeError) as error:  # RuntimeError: a ~name that is nobody's home
            folder.show_error(f"{said(error)}.")
        else:
            self.dismiss(path)


class WelcomeScreen(FolderScreen):
    """The same, with a word of welcome, and with the samples for whoever only wants to look around."""

    BINDINGS = bindings("welcome")
    HINTS = (*_FOLDER_HINTS, ("samples", "samples"), ("cancel", "leave"))
    HEADING = plain("Welcome to newsreader", f"bold {ACCENT}")

    def compose_body(self) -> ComposeResult:
        yield Static(
            plain("It reads articles you keep as files, and never writes to them.\nWhich folder are they in?"),
            classes="dialog-text",
            markup=False,
        )
        yield FolderInput()
        yield Button(Content("Just show me the sample articles"), id="samples", compact=True)

    def action_cancel(self) -> None:
        self.app.exit()

    @on(Button.Pressed, "#samples")
    def action_samples(self) -> None:
        self.dismiss(SAMPLES)
