"""The commands about the article under the cursor: marks, notes, and the article outside of this program.

A screen says which article that is; everything else is the same on all of them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import cached_property, partial

from textual.screen import ScreenResultType

from newsreader.article import Article, ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import NotFoundError, UsageError
from newsreader.tui.articles.elsewhere import Elsewhere
from newsreader.tui.host import Host
from newsreader.tui.lanes import LaneScreen, ScreenLane
from newsreader.tui.marks.changes import Changes, articles_of, count_of, tagging_of
from newsreader.tui.marks.marking import Marking
from newsreader.tui.trail import CoverageStop, HistoryStop, MatrixStop, StoryStop
from newsreader.tui.widgets.command_line import Deed, TypedCommand, without_argument
from newsreader.userdata.marks import Flag


class ArticleActions(LaneScreen[ScreenResultType]):
    """A screen with an article under its cursor. When marks have changed, here or elsewhere, it gets
    `Marking.Changed`."""

    _host: Host
    _engine: Engine
    _changes: Changes
    """The history for undoing, which all screens share."""

    def current_article(self) -> ArticleId | None:
        """The one under the cursor, if there is one."""
        raise NotImplementedError

    def targets(self) -> list[ArticleId]:
        """What marking is about: the articles that are selected, or else the current one."""
        article = self.current_article()
        return [article] if article is not None else []

    @cached_property
    def marking(self) -> Marking:
        return Marking(self, self._host, self._engine, self._changes, self.targets)

    @cached_property
    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(self, self._host)

    @cached_property
    def _article_lane(self) -> ScreenLane:
        return ScreenLane(self, "article", self._host.report)

    # marks

    def action_tag(self) -> None:
        self.marking.tag()

    def action_note(self) -> None:
        if (article := self.current_article()) is not None:
            self.marking.note(article)

    def action_toggle_flag(self, flag: Flag) -> None:
        self.marking.toggle(flag)

    def action_repeat(self) -> None:
        self.marking.repeat()

    def action_undo(self) -> None:
        self.marking.undo()

    # the article elsewhere

    def action_copy_link(self) -> None:
        self._with_article(self._elsewhere.copy_link)

    def action_open_original(self) -> None:
        self._with_article(self._elsewhere.open_original)

    def action_edit(self) -> None:
        self._with_article(self._elsewhere.edit)

    def action_history(self) -> None:
        """What the article said before."""
        if (article := self.current_article()) is not None:
            self._host.open(HistoryStop(article))

    def action_pipe(self) -> None:
        """Give the text of the targets to a command that is asked for."""
        if targets := self.targets():
            self._article_lane.start(partial(self._pipe, targets), group="dialog")

    async def _pipe(self, targets: list[ArticleId]) -> None:
        from newsreader.tui.articles.piping import MOST_PIPED, PipeScreen, facts_of, joined_text
        from newsreader.tui.terminal.pipe import pipe

        if len(targets) > MOST_PIPED:
            raise UsageError(f"{count_of(targets)} are selected, and at most {MOST_PIPED} can be given to a command")
        texts = await self._article_lane.queued(lambda: [self._engine.article(article) for article in targets])
        heading = texts[0].article.title if len(texts) == 1 else count_of(texts)
        command = await self.app.push_screen_wait(PipeScreen(heading))
        if command is not None and (status := pipe(self.app, command, joined_text(texts), facts_of(texts))):
            self.notify(f"{command}: exit status {status}", severity="warning", timeout=4, markup=False)

    # typed commands

    def typed_commands(self, tags: Sequence[str]) -> Iterator[TypedCommand]:
        """What can be typed on this screen with something behind it; `tags` are those that there are."""
        signed = [f"{sign}{tag}" for tag in tags for sign in "+-" if " " not in tag]
        yield TypedCommand("tag", "Add tags and take them away.", self._prepare_tags, "+TAG -TAG", signed)
        yield TypedCommand("note", "Write a note below the one that there is.", self._prepare_note, "TEXT")
        yield TypedCommand("pipe", "Give the text to a command.", without_argument(self.action_pipe))

    def _prepare_tags(self, argument: str) -> Deed:
        tagging = tagging_of(argument)
        return lambda: self.marking.apply(tagging)

    def _prepare_note(self, argument: str) -> Deed:
        article = self.current_article()
        if article is None:
            raise UsageError("there is no article here")
        return lambda: self.marking.add_note(article, argument) if argument else self.marking.note(article)

    # its story

    def action_story(self) -> None:
        """The page of its story."""
        self._from_here(self._show_story)

    async def _show_story(self, article: ArticleId) -> None:
        story = await self._article_lane.queued(lambda: self._engine.article(article).article.story)
        self._host.open(StoryStop(story, article))

    def action_matrix(self) -> None:
        """What the outlets of its story say."""
        self._from_here(self._show_matrix)

    async def _show_matrix(self, article: ArticleId) -> None:
        story = await self._article_lane.queued(lambda: self._engine.stories.story_of(article))
        self._host.open(MatrixStop(story.title, tuple(member.article.id for member in story.members)))

    def action_coverage(self) -> None:
        """Which outlets carried its story."""
        self._from_here(self._show_coverage)

    async def _show_coverage(self, article: ArticleId) -> None:
        story = await self._article_lane.queued(lambda: self._engine.stories.story_of(article))
        self._host.open(CoverageStop(story.id))

    def action_dossier(self) -> None:
        """Of the selected articles, or of the story of the current one."""
        if articles := self.targets():
            self._host.write_dossier(articles)

    def _from_here(self, go: Callable[[ArticleId], Awaitable[None]]) -> None:
        """Go through steps that begin at the current article, if there is one."""
        if (article := self.current_article()) is not None:
            self._article_lane.start(partial(go, article), group="ways")

    def _with_article(self, go: Callable[[Article], None]) -> None:
        """Do it with the current article; an expected error becomes a notice."""

        async def look_up(article: ArticleId) -> None:
            found = await self._article_lane.queued(lambda: articles_of(self._engine, [article]))
            if not found:
                raise NotFoundError("this article is no longer in the library")
            go(found[0])

        self._from_here(look_up)
