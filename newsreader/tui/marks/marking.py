"""What the user does to articles on a screen: reading, starring, tagging, noting, and taking it back.

Changes are made one after the other in a lane: on the event loop they would hold up the keys, and side by side they
could not be undone in order. `changes` knows how each is done and undone; this asks for it and tells the screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen

from newsreader.article import ArticleId, CancelCheck, never
from newsreader.engine.core import Engine
from newsreader.engine.overview import Counts
from newsreader.errors import Cancelled, NewsreaderError, NotFoundError
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes, Flagging, Tagging, count_of, with_undo
from newsreader.tui.widgets.question import QuestionScreen
from newsreader.userdata.drafts import Draft
from newsreader.userdata.marks import Flag


@dataclass(eq=False)
class Marking:
    """Does one change after the other in a lane of its own, so that they can be taken back in order."""

    class Changed(Message):
        """Marks are not what they were; which articles there are is. All screens are told, also those behind."""

    _screen: Screen[Any]
    _host: Host
    _engine: Engine
    _changes: Changes
    _targets: Callable[[], list[ArticleId]]
    """Is asked what marking is about."""

    def __post_init__(self) -> None:
        self._lane = ScreenLane(self._screen, "changes", self._host.report)
        self._cancelled: CancelCheck = never
        """Whether the change that is being made has been given up; for the lane's thread."""
        self._unread_for: set[str] = set()
        """Why articles could not be marked as read: with user data that may only be read, once for all of them."""

    def toggle(self, flag: Flag) -> None:
        """Set the flag on all targets, or take it away when all of them have it."""
        ids = self._targets()

        def change() -> str | None:
            shelf = self._engine.shelf()
            value = not shelf.having(flag) >= {*shelf.held(ids)}
            return self._mark(ids, Flagging(flag, value))

        if ids:
            self._do(change)

    def read_all(self, unread: Callable[[], Sequence[ArticleId]], *, at_once: int) -> None:
        """Mark all of these as read; more than so many only when the user says yes."""
        self._lane.start(partial(self._read_all, unread, at_once), group="dialog")

    async def _read_all(self, unread: Callable[[], Sequence[ArticleId]], at_once: int) -> None:
        ids = await self._lane.queued(unread)
        if not ids:
            self._screen.notify("Nothing is unread here.", timeout=2, markup=False)
            return
        if len(ids) > at_once:
            question = QuestionScreen(f"Mark {count_of(ids)} as read?")
            if not await self._screen.app.push_screen_wait(question):
                return
        await self._change(lambda: self._changes.flag(ids, "read", True, self._cancelled), True)

    def apply(self, mark: Tagging | Flagging) -> None:
        """Do it to the targets."""
        if ids := self._targets():
            self._do(lambda: self._mark(ids, mark))

    def repeat(self) -> None:
        """Do to the targets what was done last to others."""
        if ids := self._targets():
            self._do(partial(self._repeat, ids), can_be_undone=False)

    def _repeat(self, ids: list[ArticleId]) -> str:
        """Runs in the lane's thread, behind the mark that is to be repeated."""
        if (mark := self._changes.last_mark) is None:
            return "there is no mark to repeat yet"
        done = self._mark(ids, mark)
        return with_undo(done, self._host.config.keys) if done is not None else "nothing to repeat: it is so already"

    def _mark(self, ids: list[ArticleId], mark: Tagging | Flagging) -> str | None:
        """Runs in the lane's thread."""
        if isinstance(mark, Tagging):
            return self._changes.tag(ids, mark.add, mark.remove, self._cancelled)
        all_of_them = self._read_with(ids) if mark == Flagging("read", True) else ids
        return self._changes.flag(all_of_them, mark.flag, mark.value, self._cancelled)

    def read(self, article: ArticleId) -> None:
        """The user has read an article by looking at it."""

        def change() -> None:
            try:
                self._engine.marking.set_flag(self._read_with([article]), "read", True)
            except NewsreaderError as error:
                if str(error) not in self._unread_for:
                    self._unread_for.add(str(error))
                    raise

        self._do(change)

    def _read_with(self, ids: list[ArticleId]) -> list[ArticleId]:
        """What counts as read when these are: their copies too, if the user wants it so."""
        return self._engine.marking.with_copies(ids) if self._host.config.interface.read_copies else ids

    def tag(self) -> None:
        """Ask which tags the targets are to have."""
        if ids := self._targets():
            self._lane.start(partial(self._ask_tags, ids), group="dialog")

    async def _ask_tags(self, ids: list[ArticleId]) -> None:
        from newsreader.tui.marks.tags import TagScreen, TagSubject

        def look() -> tuple[TagSubject, Counts]:
            shelf = self._engine.shelf()
            here = shelf.held(ids)
            if not here:
                raise NotFoundError("these articles are no longer in the library")
            heading = self._engine.by_ids(here)[0].title if len(here) == 1 else count_of(here)
            return TagSubject(heading, len(here), shelf.tags_among(here)), shelf.counts

        subject, counts = await self._lane.queued(look)

        def keep(chosen: Tagging) -> Awaitable[None]:
            return self._change(lambda: self._mark(ids, chosen), True)

        await self._screen.app.push_screen_wait(TagScreen(subject, counts.tags, keep))

    def note(self, article: ArticleId) -> None:
        """Write a note on an article."""
        self._lane.start(partial(self._ask_note, article), group="dialog")

    def add_note(self, article: ArticleId, text: str) -> None:
        """Below what is noted on it already."""

        def change() -> str:
            before = self._engine.marking.mark(article).note
            return self._changes.note(article, f"{before}\n\n{text}".strip(), before)

        self._do(change)

    async def _ask_note(self, article: ArticleId) -> None:
        from newsreader.tui.marks.note import NoteScreen

        marking = self._engine.marking
        title, note, draft = await self._lane.queued(
            lambda: (
                self._engine.article(article).article.title,
                marking.mark(article).note,
                marking.drafts.of(article),
            )
        )
        before = note if draft is None else draft.before

        def change(written: str) -> str | None:
            done = self._changes.note(article, written, before) if written != note else None
            marking.drafts.forget(article)
            return done

        def keep(written: str) -> Awaitable[None]:
            return self._change(partial(change, written), True)

        screen = NoteScreen(title, note, draft, partial(Draft, article, before), marking.drafts, keep)
        try:
            await self._screen.app.push_screen_wait(screen)
        except asyncio.CancelledError:  # the reader is being left, or its window was closed
            if screen.written != note:
                self._keep_on_leaving(article, title, before, screen.written)
            else:
                marking.drafts.forget(article)
            raise

    def _keep_on_leaving(self, article: ArticleId, title: str, before: str, written: str) -> None:
        """First where it is quick: the user data may be busy for longer than there is time."""
        marking = self._engine.marking
        with suppress(NewsreaderError):
            marking.drafts.keep(Draft(article, before, written))
        try:
            marking.set_note(article, written, before)
            marking.drafts.forget(article)
        except NewsreaderError as error:
            kept = marking.drafts.of(article)
            at_least = "is a draft" if kept is not None and kept.written == written else f"was:\n{written}"
            self._host.say_at_the_end(f"The note on “{title}” can't be kept ({error}); it {at_least}")

    async def save_search(self, name: str, query: str) -> None:
        """Done when it returns. Raises any `NewsreaderError`."""
        await self._change(lambda: self._changes.save_search(name, query), True)

    def delete_search(self, name: str) -> None:
        self._do(lambda: self._changes.delete_search(name))

    def undo(self) -> None:
        self._do(lambda: f"took back: {self._changes.undo()}", can_be_undone=False)

    def keep_position(self, article: ArticleId, position: int) -> None:
        """Nothing on the screen depends on it, so nothing is refreshed."""
        self._lane.start(partial(self._keep_position, article, position), group="position", exclusive=False)

    async def _keep_position(self, article: ArticleId, position: int) -> None:
        await self._lane.queued(lambda: self.keep_position_now(article, position))
        self._host.changed_here()

    def keep_position_now(self, article: ArticleId, position: int) -> None:
        """A failure costs nothing but the place."""
        with suppress(NewsreaderError):
            self._engine.marking.set_position(article, position)

    def _do(self, change: Callable[[], str | None], *, can_be_undone: bool = True) -> None:
        """`change` runs in the lane; what it returns is said. What is not worth a word is passed over by undo."""
        self._lane.start(partial(self._change, change, can_be_undone), exclusive=False)

    async def _change(self, change: Callable[[], str | None], can_be_undone: bool) -> None:
        cancelled = self._lane.check()

        def do() -> str | None:
            if cancelled():
                raise Cancelled("the change is no longer wanted")
            self._cancelled = cancelled
            return change()

        try:
            with self._host.under_way("marking", self._lane.drop):
                done = await self._lane.queued(do)
        except Cancelled:
            if cancelled():
                self._screen.notify("Given up: nothing was changed.", timeout=3, markup=False)
            raise
        if done:
            said = with_undo(done, self._host.config.keys) if can_be_undone else done
            self._screen.notify(f"{said[:1].upper()}{said[1:]}", timeout=3, markup=False)
        for screen in self._screen.app.screen_stack:
            screen.post_message(self.Changed())
