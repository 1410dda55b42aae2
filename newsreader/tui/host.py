"""What screens and their parts may ask of the program around them; the app fulfils it.

Only the app knows all screens. If they opened each other, every one would import every other, and none could be read
or changed alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from newsreader.article import Article, ArticleId
from newsreader.config import Config
from newsreader.errors import NewsreaderError
from newsreader.tui.delays import Delays
from newsreader.tui.trail import Stop


@dataclass(frozen=True, slots=True)
class Pick:
    """How another article is asked for."""

    heading: str = "Compare with"
    suggest: Callable[[], Sequence[Article]] | None = None
    """Runs off the event loop and gives what is offered before anything is typed; without it, the story's others."""
    suggested: str = "of the same story"
    """What that is."""


TO_COMPARE = Pick()
Then = Callable[[ArticleId], object]
"""What is done with the article that was asked for, if there is one."""


class Host(Protocol):
    """Everything here is called on the event loop."""

    @property
    def config(self) -> Config: ...

    @property
    def delays(self) -> Delays: ...

    def report(self, error: NewsreaderError) -> None:
        """Tell the user of an expected error."""

    def under_way(self, what: str, leave: Callable[[], object]) -> AbstractContextManager[None]:
        """Within the block, `what` is being done: if it takes long the user is told, and may `leave` it."""

    def say_at_the_end(self, text: str) -> None:
        """On the terminal, when the program has left it."""

    def changed_here(self) -> None:
        """The change that the watch over the library is about to see is on the screen already."""

    def run_index(self) -> None:
        """Bring the library up to date in another process."""

    def ask_for_folder(self) -> None:
        """Ask for one more folder of articles."""

    def open(self, stop: Stop) -> None:
        """Show another screen, at this place; `back` comes back here."""

    def read(self, article: ArticleId) -> None:
        """Read an article on the main screen; `back` comes back here."""

    def leave_place(self, place: Stop | None = None, reading_on: bool = False) -> None:
        """The user is about to go on to another place of the same screen: `back` comes back here, or to a `place` of
        the main screen. Who is only `reading_on` through a list comes back to where that was begun."""

    def way_back(self) -> str:
        """What `back` comes back to, in a word or two; empty: to nothing."""

    def back(self) -> None:
        """Go where the user came from, if they came from anywhere."""

    def pick_article(self, article: Article, then: Then, pick: Pick = TO_COMPARE) -> None:
        """Ask for another article than this one."""

    def write_dossier(self, articles: Sequence[ArticleId], title: str = "") -> None:
        """Write a dossier of articles to a file that is asked for. Without a title, one article stands for its
        story."""
