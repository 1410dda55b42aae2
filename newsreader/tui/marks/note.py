"""Writing a note on an article.

What is typed is on disk at once, as a draft: neither escape nor a full disk, a closed window or a crash takes it away.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static, TextArea

from newsreader.errors import NewsreaderError
from newsreader.text.clean import sanitize
from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.lanes import KEEPERS, ScreenLane
from newsreader.tui.widgets.dialog import Dialog, Keep
from newsreader.userdata.drafts import Draft, Drafts


class NoteScreen(Dialog[str | None]):
    """A few lines of text; ctrl+s keeps them, escape leaves them as a draft, which the next time begins with."""

    BINDINGS = bindings("note", priority=True)
    HINTS = (("done", "keep"), ("cancel", "leave as a draft"))

    def __init__(
        self, title: str, note: str, draft: Draft | None, make_draft: Callable[[str], Draft], drafts: Drafts, keep: Keep
    ) -> None:
        """`draft` is one that was left; `make_draft` makes one of what is written now."""
        super().__init__(plain("Note on ", MUTED) + plain(title, "bold"), self._keep_note)
        self._keep_written = keep
        self._note = note
        self._left = draft
        self._make_draft, self._drafts = make_draft, drafts
        self._area = TextArea(note, compact=True, highlight_cursor_line=False)
        self._lane = ScreenLane(self, "draft", self.show_error)
        self._may_be_lost = False
        """Whether the user was told that no draft can be kept."""

    def compose_body(self) -> ComposeResult:
        yield self._area
        yield Static(classes="dialog-message", markup=False)

    def on_mount(self) -> None:
        if self._left is not None and self._left.written != self._note:
            self._area.replace(self._left.written, self._area.document.start, self._area.document.end)
            self.query_one(".dialog-message", Static).update(
                plain("A draft that was not kept yet; ctrl+z brings back the note as it is.", MUTED)
            )
        self._area.move_cursor(self._area.document.end)

    @property
    def written(self) -> str:
        """What the note is now."""
        return sanitize(self._area.text).strip()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._lane.start(self._write_draft)

    async def _write_draft(self) -> None:
        draft = self._make_draft(self.written)
        await self._lane.latest(lambda is_old: None if is_old() else self._drafts.keep(draft))
        self._may_be_lost = False

    async def _keep_note(self, written: str) -> None:
        await self._lane.latest(lambda _: None)  # no draft is to be written after the note
        await self._keep_written(written)

    def action_done(self) -> None:
        self.finish(self.written)

    def action_cancel(self) -> None:
        self.run_worker(self._leave(), group=KEEPERS, description="leave a draft", exclusive=True)

    async def _leave(self) -> None:
        draft = self._make_draft(self.written)
        try:
            if draft.written == self._note:
                await self._lane.latest(lambda _: self._drafts.forget(draft.article))
            elif not self._may_be_lost:
                await self._lane.latest(lambda _: self._drafts.keep(draft))
                self.app.notify("What you wrote is kept as a draft.", timeout=4, markup=False)
        except NewsreaderError as error:
            self._may_be_lost = True
            self.show_error(error)
        else:
            self.dismiss(None)
