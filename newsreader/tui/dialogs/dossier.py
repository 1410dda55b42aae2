"""Naming the file that a dossier is written to."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.export.files import checked, form_of
from newsreader.text.plural import counted
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, MUTED, plain
from newsreader.tui.widgets.dialog import Keep, LineDialog
from newsreader.tui.widgets.typed_path import typed_path


class DossierScreen(LineDialog[Path | None]):
    """Asks for the file; one that exists is not taken."""

    BINDINGS = bindings("dossier")

    def __init__(self, title: str, articles: int, name: str, keep: Keep | None = None) -> None:
        """`name`: the file that is offered."""
        super().__init__(plain("Dossier of ", MUTED) + plain(title, "bold"), keep)
        self._articles = articles
        self._name = name

    def compose_body(self) -> ComposeResult:
        yield Input(self._name, placeholder="a file: .md or .html", compact=True)
        yield Static(id="file-note", classes="dialog-message", markup=False)

    def message_on(self, typed: str) -> Content:
        if not typed:
            return plain("A name that ends in .html makes a page for the browser, any other one Markdown.", MUTED)
        path = checked(Path(typed_path(typed)))
        form = {"html": "an HTML page", "markdown": "Markdown"}[form_of(path)]
        return plain("enter", ACCENT) + plain(f" writes {counted(self._articles, 'article')} as {form}: {path}", MUTED)

    def result_of(self, typed: str) -> Path:
        return checked(Path(typed_path(typed)))
