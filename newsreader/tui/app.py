"""The interface as a whole: themes, screens, notices and errors.

It is the host of all screens, and the only module that knows them.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from inspect import isawaitable
from itertools import takewhile
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.worker import WorkerFailed

from newsreader.article import Article, ArticleId
from newsreader.config import Config
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.library.garbage_collection import collect_everything
from newsreader.library.private import make_private
from newsreader.text.clean import sanitize, visible
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.commands import (
    DIALOGS,
    PLACES,
    bindings,
    command_of,
    keymap,
    keys_of,
    main_key,
    shown_keys,
    unknown_commands,
)
from newsreader.tui.content import said
from newsreader.tui.delays import Delays
from newsreader.tui.host import TO_COMPARE, Pick, Then
from newsreader.tui.lanes import Lane
from newsreader.tui.library_watch import LibraryWatch
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.changes import Changes, articles_of
from newsreader.tui.terminal.closing import leave_if_cut_off, leave_when_told
from newsreader.tui.terminal.driver import SteadyDriver, paintable
from newsreader.tui.terminal.keys import Keys
from newsreader.tui.themes import ANSI_VARIABLES, DEFAULT, THEMES
from newsreader.tui.trail import (
    ComparisonStop,
    CoverageStop,
    HistoryStop,
    MainStop,
    MatrixStop,
    Stop,
    Stops,
    StoryStop,
    Trail,
    name_of,
)
from newsreader.tui.under_way import UnderWay
from newsreader.tui.widgets.command_line import TypedCommand, one_of, without_argument
from newsreader.tui.widgets.key_line import KeyLine
from newsreader.tui.widgets.moving import MovingScreen
from newsreader.tui.window_state import load_state, save_state

Answer = TypeVar("Answer")
COUNT_SHOWN = 5.0
"""Seconds that a count is shown while its command does not come."""
MOST_DRAFTS_TOLD = 3
"""At the start."""


class NewsreaderApp(App[str]):
    """Reads one library. `run()` returns "samples" when the user would rather see the sample articles."""

    TITLE = "newsreader"
    CSS_PATH: ClassVar[list[str]] = ["app.tcss", "main/main.tcss", "dialogs/dialogs.tcss"]  # type: ignore[assignment]
    BINDINGS = bindings("app")

    def __init__(
        self,
        engine: Engine,
        config: Config,
        *,
        index_command: Sequence[str],
        name: str,
        delays: Delays = Delays(),
    ) -> None:
        super().__init__()
        self.engine = engine
        self.config = config
        self.delays = delays
        self.changes = Changes(engine)
        """One history for undoing, of all screens."""
        self.trail = Trail()
        self._library_name = name
        self._window = load_state(engine.locations.state)
        self._lane = Lane("start")
        self._library = LibraryWatch(self, engine, index_command, self.report)
        self._used = True
        """Whether there was a key, or the mouse, since the last look."""
        self.parting_words: list[str] = []
        """What is to be said when the terminal is no longer ours."""
        self._notice, self._notice_until = "", 0.0
        self._under_way = UnderWay(
            self, main_key("cancel", config.keys), self._say_on_key_line, self._unsay_on_key_line, delays.under_way
        )
        self.keys = Keys(
            self,
            super().on_event,
            leaving=keys_of("quit", config.keys),
            going_back=keys_of("back_or_quit", config.keys),
            giving_up=keys_of("cancel", config.keys),
            give_up=self._under_way.leave,
            count_after=delays.count,
            show_count=lambda text: self._say_on_key_line(text, COUNT_SHOWN),
        )

    def get_default_screen(self) -> Screen[None]:
        return MainScreen(self, self.engine, self.changes, self._window, self._library_name)

    def get_driver_class(self) -> type[Driver]:
        found = super().get_driver_class()
        return SteadyDriver if found is LinuxDriver else found

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self._choose_theme()
        self.set_keymap(keymap(self.config.keys))
        self.screen_change_signal.subscribe(self, lambda _: self.keys.screen_changed(), immediate=True)
        file = self.engine.locations.config
        warnings = [*self.config.warnings]
        warnings += [f"{file}: keys.{name}: there is no such command" for name in unknown_commands(self.config.keys)]
        for warning in warnings:
            self.notify(visible(warning), severity="warning", timeout=10, markup=False)
        self._library.look()  # what a run brings in the first second is news too
        self.set_interval(self.delays.watch, self._library.look)
        self.set_interval(self.delays.rest, self._clean_up)
        if not self.is_headless:
            leave_when_told(lambda code: self.exit(return_code=code))
            self.set_interval(self.delays.watch, leave_if_cut_off)
        self.run_worker(self._greet(), group="start", description="first look at the library")

    def on_unmount(self) -> None:
        self._window.theme = self.theme
        save_state(self.engine.locations.state, self._window)
        self._library.close()
        self._lane.close()

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        if self.native_ansi_color:
            variables = {**variables, **ANSI_VARIABLES}
        self.theme_variables = variables
        return variables

    def _choose_theme(self) -> None:
        wanted = [self.config.interface.theme, self._window.theme, DEFAULT]
        if wanted[0] is not None and wanted[0] not in self.available_themes:
            self.notify(f"There is no theme {wanted[0]!r}.", severity="warning", markup=False)
        self.theme = next(name for name in wanted if name is not None and name in self.available_themes)

    async def _greet(self) -> None:
        """A library without folders is a new one."""
        try:
            folders, counts = await self._lane.queued(lambda: (self.engine.folders(), self.engine.shelf().counts))
        except NewsreaderError as error:
            self.report(error)
            return
        if folders:
            if not counts.all:
                self.run_index()
            await self._tell_of_drafts()
            return
        from newsreader.tui.dialogs.welcome import SAMPLES, WelcomeScreen

        chosen = await self.push_screen_wait(WelcomeScreen(self.engine))
        if chosen == SAMPLES:
            self.exit(SAMPLES)
        elif chosen is not None:
            self.run_index()

    def _start_widget(self, parent: Widget, widget: Widget) -> None:
        """Scroll bars are painted once more when they are ready: Textual (8.2) doesn't repaint them for a length that
        they get before."""
        super()._start_widget(parent, widget)
        if isinstance(widget, ScrollBar):
            widget.call_later(widget.refresh)

    @property
    def size(self) -> Size:
        """What is painted, also before the terminal has told its size."""
        return paintable(super().size)

    async def _tell_of_drafts(self) -> None:
        """Of notes that a reader was killed over, or could not keep."""

        def told() -> list[str]:
            drafts = self.engine.marking.drafts
            left = dict.fromkeys(draft.article for draft in drafts.left())
            found = articles_of(self.engine, left)
            key = main_key("note", self.config.keys)
            words = [f"A note on “{article.title}” is a draft; {key} there takes it up." for article in found]
            if len(found) < len(left):
                words.append(
                    f"Drafts of notes on articles that are no longer in the library are in {drafts.directory}."
                )
            return words

        for words in (await self._lane.queued(told))[-MOST_DRAFTS_TOLD:]:
            self.notify(visible(words), severity="warning", timeout=10, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """What is pasted may come from anywhere, and inputs show it as it is; a terminal may say any size; keys have a
        way of their own."""
        if isinstance(event, events.InputEvent):
            self._used = True
        if isinstance(event, events.Paste):
            event.text = sanitize(event.text)
        elif isinstance(event, events.Resize):
            event.size = event.virtual_size = event.container_size = paintable(event.size)
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.keys.take(event)
        else:
            await super().on_event(event)

    def _clean_up(self) -> None:
        """When the user has gone: it would hold up a key."""
        if not self._used:
            collect_everything()
        self._used = False

    # the library

    def changed_here(self) -> None:
        self._library.changed_here()

    def run_index(self) -> None:
        self._library.run_index()

    def ask_for_folder(self) -> None:
        from newsreader.tui.dialogs.welcome import FolderScreen

        self.push_screen(FolderScreen(self.engine), lambda folder: self.run_index() if folder else None)

    # screens

    def open(self, stop: Stop) -> None:
        self.leave_place()
        self.push_screen(self._screen_at(stop))

    def read(self, article: ArticleId) -> None:
        self.leave_place()
        self._close_pages(0)
        self._main.read(article)

    def leave_place(self, place: Stop | None = None, reading_on: bool = False) -> None:
        self.trail.leave(self._here if place is None else (place,), reading_on)

    def back(self) -> None:
        here = self._here
        if self.trail.before(here):
            self._go(self.trail.out)
        elif len(here) > 1:
            self._close_pages(len(here) - 2)

    def way_back(self) -> str:
        here = self._here
        there = self.trail.before(here) or here[:-1]
        return name_of(there) if there else ""

    def action_jump_back(self) -> None:
        if not self.trail.leads_back(self._here):
            self.notify("There is nothing to go back to.", timeout=2, markup=False)
        else:
            self._go(self.trail.back)

    def action_jump_forward(self) -> None:
        self._go(self.trail.forward)

    def action_set_bookmark(self) -> None:
        self._ask_letter("Remember this place under a letter", partial(self._set_bookmark, self._here))

    def action_go_to_bookmark(self) -> None:
        self._ask_letter("Go to the place of a letter", self._go_to_bookmark)

    def _ask_letter(self, question: str, then: Callable[[str], None]) -> None:
        from newsreader.tui.dialogs.bookmark_letter import BookmarkLetterScreen

        self._ask(BookmarkLetterScreen(question, self.trail.bookmarks), then)

    def _set_bookmark(self, here: Stops, letter: str) -> None:
        self.trail.bookmarks[letter] = here
        key = main_key("go_to_bookmark", self.config.keys)
        self.notify(f"{key} {letter} comes back here.", timeout=3, markup=False)

    def _go_to_bookmark(self, letter: str) -> None:
        if letter in self.trail.bookmarks:
            self._go(partial(self._bookmarked, letter))
        else:
            self.notify(f"No place is remembered under {letter}.", timeout=3, markup=False)

    def _bookmarked(self, letter: str, here: Stops, gone: Collection[str]) -> Stops | None:
        there = self.trail.bookmarked(letter, here, gone)
        if there is None:
            self.notify("What was read there is no longer in the library.", timeout=3, markup=False)
        return there

    @property
    def _main(self) -> MainScreen:
        main = self.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    @property
    def _here(self) -> Stops:
        """Where the user is; dialogs are no places."""
        screens = (screen for screen in self.screen_stack if isinstance(screen, MovingScreen))
        return tuple(stop for screen in screens if (stop := screen.stop) is not None)

    def _go(self, way: Callable[[Stops, Collection[str]], Stops | None]) -> None:
        self.run_worker(self._go_along(way), group="ways", description="go back or forward", exclusive=True)

    async def _go_along(self, way: Callable[[Stops, Collection[str]], Stops | None]) -> None:
        """What is not in the library any more can't be gone to."""
        gone: Collection[str] = ()
        if needed := self.trail.articles:
            with suppress(NewsreaderError):  # the screens say what is wrong
                gone = await self._lane.queued(lambda: needed - self.engine.shelf().number_of.keys())
        here = self._here
        there = way(here, gone)
        if there is None:
            return
        with self.batch_update():
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here[1:], there[1:], strict=False)))
            self._close_pages(same)
            if here[0] != there[0] and isinstance(there[0], MainStop):
                self._main.go_to(there[0])
            for stop in there[1 + same :]:
                self.push_screen(self._screen_at(stop))

    def _close_pages(self, left: int) -> None:
        """Back to the main screen and so many pages above it."""
        pages = [screen for screen in self.screen_stack[1:] if isinstance(screen, MovingScreen) and screen.stop]
        for _ in pages[left:]:
            self.pop_screen()

    def _screen_at(self, stop: Stop) -> Screen[None]:
        match stop:
            case StoryStop():
                from newsreader.tui.story.screen import StoryScreen

                return StoryScreen(self, self.engine, self.changes, stop)
            case CoverageStop():
                from newsreader.tui.coverage.screen import CoverageScreen

                return CoverageScreen(self, self.engine, self.changes, stop)
            case MatrixStop():
                from newsreader.tui.matrix.screen import MatrixScreen

                return MatrixScreen(self, self.engine, self.changes, stop)
            case ComparisonStop():
                from newsreader.tui.comparison.screen import CompareScreen

                return CompareScreen(self, self.engine, self.changes, stop)
            case HistoryStop():
                from newsreader.tui.dialogs.history import HistoryScreen

                return HistoryScreen(self, self.engine, self.changes, stop)
            case MainStop():
                raise ValueError("there is one main screen")

    def pick_article(self, article: Article, then: Then, pick: Pick = TO_COMPARE) -> None:
        from newsreader.tui.dialogs.pick_article import PickArticleScreen

        self._ask(PickArticleScreen(self.engine, article, pick), then)

    def _ask(self, dialog: Screen[Answer | None], then: Callable[[Answer], object]) -> None:
        """`then` is given what the dialog comes back with, unless it is cancelled."""

        def came_back(answer: Answer | None) -> None:
            if answer is not None:
                then(answer)

        self.push_screen(dialog, came_back)

    def write_dossier(self, articles: Sequence[ArticleId], title: str = "") -> None:
        from newsreader.tui.dialogs.write_dossier import write_dossier

        work = write_dossier(self, self, self.engine, articles, title)
        self.run_worker(work, group="dialog", description="write a dossier", exclusive=True)

    # commands

    @property
    def configured_keys(self) -> Mapping[str, str]:
        """Command → its keys, for those that the user has given other ones."""
        return self.config.keys

    def action_help(self) -> None:
        from newsreader.tui.dialogs.help import HelpScreen

        active = {(key.binding.id or "").partition(".")[0] for key in self.screen.active_bindings.values()}
        here = [place for place in (*DIALOGS, "time", "text", "sidebar", *PLACES) if place in active]
        self.push_screen(HelpScreen(self.config.keys, list(dict.fromkeys(here)) or ["app"]))

    def action_command_line(self) -> None:
        self.run_worker(self._command_line(), group="dialog", description="take a command", exclusive=True)

    async def _command_line(self) -> None:
        """What is typed is done on the screen that it was asked for on."""
        from newsreader.tui.widgets.command_line import CommandLineScreen

        screen = self.screen
        try:
            counts = await self._lane.queued(lambda: self.engine.shelf().counts)
        except NewsreaderError as error:
            self.report(error)
            return
        offered = self._typed_commands(screen, [tag for tag, _ in counts.tags])
        do = await self.push_screen_wait(CommandLineScreen(list(offered)))
        if do is not None:
            done = do()
            if isawaitable(done):
                await done

    def _typed_commands(self, screen: Screen[Any], tags: Sequence[str]) -> Iterator[TypedCommand]:
        """Those that take something, then all others of the screen, named as in the configuration."""
        known: set[str] = set()
        themes = sorted(self.available_themes)
        own = [TypedCommand("theme", "Choose other colours.", one_of(themes, self._take_theme), "NAME", themes)]
        if isinstance(screen, ArticleActions):
            own = [*screen.typed_commands(tags), *own]
        for command in own:
            known.add(command.name)
            yield command
        for node, binding, *_ in screen.active_bindings.values():
            named = command_of(binding)
            if named is not None and named.id not in known and named.id != "command_line":
                known.add(named.id)
                run = partial(self.run_action, binding.action, node)
                yield TypedCommand(named.id, named.help, without_argument(run))

    def _take_theme(self, name: str) -> None:
        self.theme = name

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what the screen can do now besides moving, from the same table as keys and help."""
        yield SystemCommand("Theme", "Choose other colours.", self.action_change_theme)
        offered = {binding.id: (binding, node) for node, binding, *_ in screen.active_bindings.values()}
        for binding, node in offered.values():
            command = command_of(binding)
            if command is not None and command.id != "command_palette" and command.group != "Moving":
                keys = shown_keys(self.config.keys.get(command.id, command.keys))
                run = partial(self.run_action, binding.action, node)
                yield SystemCommand(command.label, f"{command.help}  {keys}", run)

    # notices and errors

    def notify(self, message: str, **how: Any) -> None:
        """What was done, on the line of keys; in a corner what went wrong, and what is too long for the line. A notice
        that is there already is not shown a second time."""
        now, shown = monotonic(), how.get("timeout") or self.NOTIFICATION_TIMEOUT
        if message == self._notice and now < self._notice_until:
            return
        self._notice, self._notice_until = message, now + shown
        if how.get("severity", "information") == "information" and not self._say_on_key_line(message, shown):
            how["severity"] = "warning"
        super().notify(message, **how)

    def _say_on_key_line(self, message: str, seconds: float | None = None) -> bool:
        """On that of the topmost screen that has one: dialogs have none."""
        lines = (line for screen in reversed(self.screen_stack) for line in screen.query(KeyLine))
        line = next(lines, None)
        return line is not None and line.say(message, seconds)

    def _unsay_on_key_line(self, message: str) -> None:
        for screen in self.screen_stack:
            for line in screen.query(KeyLine):
                line.unsay(message)

    def under_way(self, what: str, leave: Callable[[], object]) -> AbstractContextManager[None]:
        return self._under_way.during(what, leave)

    def report(self, error: NewsreaderError) -> None:
        """An expected error, in a corner of the screen."""
        self.notify(said(error), severity="error", timeout=8, markup=False)

    def say_at_the_end(self, text: str) -> None:
        self.parting_words.append(text)

    def _fatal_error(self) -> None:
        """A bug: the whole story goes to the log, and only what can't hold a word of an article to the terminal.

        Textual's own version prints the values of all variables.
        """
        error = self._exception or sys.exc_info()[1]
        if error is None:
            super()._fatal_error()
            return
        cause = error.error if isinstance(error, WorkerFailed) else error
        where = _log(self.engine.locations.state / "newsreader.log", cause)
        self._exit_renderables.append(
            Text(f"newsreader has stopped: {type(cause).__name__}. {where}Nothing that you tagged or marked is lost.")
        )
        self._close_messages_no_wait()


def _log(path: Path, error: BaseException) -> str:
    try:
        make_private(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.writelines(f"{visible(line)}\n" for line in "".join(traceback.format_exception(error)).splitlines())
    except OSError:
        return ""
    return f"The details are in {path}. "
