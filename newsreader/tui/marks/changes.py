"""Changes of tags, marks, saved searches and stories, and the history by which they are undone.

There is one for all screens: undo takes back what was done last, wherever that was.
"""

from __future__ import annotations

import shlex
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TypeAlias

from newsreader.article import Article, ArticleId, CancelCheck, never
from newsreader.engine.core import Engine
from newsreader.engine.results import Corrected
from newsreader.errors import NotFoundError, UsageError
from newsreader.text.plural import counted
from newsreader.tui.commands import main_key
from newsreader.userdata.marks import Flag
from newsreader.userdata.tags import valid_tag

MOST_CHANGES = 200
"""Kept for undoing."""
LATER = "Your word is kept, and the next run honours it"


Inverse: TypeAlias = Callable[[], str | None]
"""Takes something back; returns why that is seen only after the next run, None where it is seen at once."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """What is to be done to the tags of articles."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flagging:
    """What articles are to be marked as, or no longer."""

    flag: Flag
    value: bool


def tagging_of(typed: str) -> Tagging:
    """`+ev -old`; a word without a sign is added, and what stands in quotes is one word. Raises `UsageError`."""
    try:
        words = shlex.split(typed)
    except ValueError as error:
        raise UsageError("a quotation mark is missing") from error
    if not words:
        raise UsageError("say which tags: +ev -old")
    add = tuple(valid_tag(word.removeprefix("+")) for word in words if not word.startswith("-"))
    return Tagging(add, tuple(valid_tag(word[1:]) for word in words if word.startswith("-")))


def articles_of(engine: Engine, ids: Iterable[ArticleId]) -> list[Article]:
    """In the order asked; what is gone is left out."""
    numbers = engine.shelf().number_of
    return engine.articles([numbers[i] for i in ids if i in numbers])


def count_of(articles: Collection[object]) -> str:
    """ "1 article", "3 articles"."""
    return counted(len(articles), "article")


def _told(done: str, pending: str | None) -> str:
    return done if pending is None else f"{done}. {LATER}: {pending}."


def with_undo(done: str, configured: Mapping[str, str]) -> str:
    """What was done, and the key that takes it back."""
    return f"{done} ({main_key('undo', configured)} takes it back)"


class Changes:
    """Does changes through the engine and remembers how to take them back: one history for all screens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        """Screens have threads of their own: what one does must not come between another's look and its deed."""
        self._done: deque[tuple[str, Sequence[Inverse]]] = deque(maxlen=MOST_CHANGES)
        self.last_mark: Tagging | Flagging | None = None
        """What was done last to articles that can be done to others as well."""

    def tag(
        self, ids: Collection[ArticleId], add: Collection[str], remove: Collection[str], cancelled: CancelCheck = never
    ) -> str | None:
        """Returns what was done in words, None when nothing had to be. Raises `UsageError`; `Cancelled`, and then
        nothing was changed."""
        with self._lock:
            self.last_mark = Tagging(tuple(add), tuple(remove))
            shelf = self._engine.shelf()
            here = shelf.held(ids)
            inverse: list[Inverse] = []
            for tags, present in ((add, True), (remove, False)):
                for tag in tags:
                    having = shelf.by_tag.get(tag, set())
                    changed = tuple(id_ for id_ in here if (shelf.number_of[id_] in having) != present)
                    if changed:
                        inverse.append(partial(self._set_tag, changed, tag, not present))
            if not inverse:
                return None
            self._engine.marking.tag(here, add, remove, cancelled)
            names = [f"+{tag}" for tag in add] + [f"−{tag}" for tag in remove]
            return self._did(f"{' '.join(names)} on {count_of(here)}", *inverse)

    def flag(self, ids: Collection[ArticleId], flag: Flag, value: bool, cancelled: CancelCheck = never) -> str | None:
        """Returns what was done in words, None when nothing had to be. Raises `Cancelled`, and then nothing was
        changed."""
        with self._lock:
            self.last_mark = Flagging(flag, value)
            shelf = self._engine.shelf()
            having = shelf.having(flag)
            changed = tuple(id_ for id_ in shelf.held(ids) if (id_ in having) != value)
            if not changed:
                return None
            self._engine.marking.set_flag(changed, flag, value, cancelled)
            word = flag if value else {"read": "unread", "starred": "no longer starred"}[flag]
            return self._did(f"{count_of(changed)} {word}", partial(self._set_flag, changed, flag, not value))

    def note(self, article: ArticleId, written: str, before: str) -> str:
        """Write a note in the place of the one that was there `before`. Raises `NotFoundError`."""
        with self._lock:
            noted = self._engine.marking.set_note(article, written, before)
            what = "note kept" if noted.now else "note removed"
            if noted.is_joined:
                what = "note kept below another one that was written meanwhile"
            return self._did(what, partial(self._set_note, article, noted.before, noted.now))

    def save_search(self, name: str, query: str) -> str:
        """Keep a query under a name. Raises `QueryError`, `UsageError`."""
        with self._lock:
            before = self._engine.searching.saved_searches().get(name)
            self._engine.searching.save_search(name, query)
            now = self._engine.searching.saved_searches().get(name)
            return self._did(f"saved as @{name}", partial(self._set_search, name, before, now))

    def delete_search(self, name: str) -> str:
        """Raises `NotFoundError`."""
        with self._lock:
            before = self._engine.searching.saved_searches().get(name)
            self._engine.searching.delete_search(name)
            return self._did(f"@{name} deleted", partial(self._set_search, name, before, None))

    def correct(self, description: str, act: Callable[[], Corrected]) -> str:
        """Correct stories through one of the engine's verbs; returns it in words."""
        with self._lock:
            done = act()
            self._did(description, lambda: self._engine.stories.undo_correction(done).pending)
            return _told(description, done.pending)

    def undo(self) -> str:
        """Take the last change back; returns it in words. Raises `UsageError` when there is none, or when another
        reader has changed the same since; `NotFoundError` when what it was about is gone."""
        with self._lock:
            if not self._done:
                raise UsageError("there is nothing to undo")
            description, inverse = self._done[-1]
            try:
                done = [step() for step in reversed(inverse)]
            except (NotFoundError, UsageError):  # it can never be taken back: it must not stand before the others
                self._done.pop()
                raise
            self._done.pop()
            return _told(description, next(filter(None, done), None))

    def _set_tag(self, ids: Collection[ArticleId], tag: str, present: bool) -> None:
        here = self._here(ids)
        self._engine.marking.tag(here, add=[tag] if present else [], remove=[] if present else [tag])

    def _set_flag(self, ids: Collection[ArticleId], flag: Flag, value: bool) -> None:
        self._engine.marking.set_flag(self._here(ids), flag, value)

    def _here(self, ids: Collection[ArticleId]) -> list[ArticleId]:
        here = self._engine.shelf().held(ids)
        if not here:
            raise NotFoundError("the articles that were changed are no longer in the library")
        return here

    def _set_note(self, article: ArticleId, note: str, expected: str) -> None:
        if self._engine.marking.mark(article).note != expected:
            raise UsageError("the note has been changed since, and stays as it is")
        self._engine.marking.set_note(article, note, expected)

    def _set_search(self, name: str, query: str | None, expected: str | None) -> None:
        """None: there is no such saved search."""
        if self._engine.searching.saved_searches().get(name) != expected:
            raise UsageError(f"@{name} has been changed since, and stays as it is")
        if query is not None:
            self._engine.searching.save_search(name, query)
        else:
            self._engine.searching.delete_search(name)

    def _did(self, description: str, *inverse: Inverse) -> str:
        """Remember what the user did at one go, and the steps that take it back."""
        self._done.append((description, inverse))
        return description
