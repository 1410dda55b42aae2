"""`python -m tests.benchmarks.concurrency [MINUTES] [FILES]`: many at one library at once, none of them killed.

While article files are written, edited, renamed and removed, `index` and `index --rebuild` run one after another and
side by side; commands and open engines, each a user's, search, tag, star, note, save searches, merge stories, keep them
apart and take that back. Nothing that was acknowledged may be missing at the end, or be with another article; no search
finds another article than the one it asks for, and nobody is told that there is no index, that it is damaged, or
anything else but that another run is indexing. One JSON document on stdout; ends with 1 if something of that is not so,
and then leaves the folder. (`tests.benchmarks.soak` kills, and measures memory.)
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import NotFoundError
from newsreader.library.locations import Locations
from newsreader.userdata.marks import Marks
from tests.benchmarks.soak.articles import MARKERS, Article, Newsroom
from tests.benchmarks.soak.files import Files
from tests.benchmarks.soak.readers import Reader
from tests.benchmarks.soak.truth import wrongly_found, wrongly_tagged
from tests.builders import Library

CLIENTS, RUNNERS = 4, 2
PAUSE = 0.02
"""Seconds between two changes of files, and between two things that a client does: the runs are to get on."""
MOST_CHANGED = 0.3
"""Of the files between two runs: where most have gone at once, a run rightly keeps their articles."""
AS_COMMAND = 0.15
"""Of what a client does: that is a command, which takes half a second; the rest is asked of an engine."""
RUNS: dict[tuple[str, ...], int] = {(): 4, ("--rebuild",): 4, ("--full",): 1, ("--optimize",): 1}
"""Options of `index`, and how often they are used."""
LOCKED = 75


class Client(threading.Thread):
    """A user, who keeps account of what was acknowledged."""

    def __init__(self, number: int, library: Library, articles: Sequence[tuple[Article, ArticleId]], seed: int) -> None:
        """`articles` are the user's own: nobody else says anything of them."""
        super().__init__(name=f"client {number}", daemon=True)
        self._library, self._articles, self._dice = library, articles, random.Random(seed)
        self._enough = threading.Event()
        self.counts: Counter[str] = Counter()
        self.trouble: list[str] = []
        self.tags: dict[str, tuple[Article, ArticleId]] = {}
        self.untagged: set[str] = set()
        self.marks: dict[ArticleId, dict[str, Any]] = {}
        self.searches: dict[str, str] = {}
        self.corrections: set[str] = set()
        self.taken_back: set[str] = set()

    def stop(self) -> None:
        self._enough.set()

    def run(self) -> None:
        engine = Engine(self._library.locations)
        while not self._enough.is_set():
            action = self._dice.choices(list(ACTIONS), list(ACTIONS.values()))[0]
            try:
                action(self, engine)
                self.counts[action.__name__] += 1
            except NotFoundError as error:  # its file is being moved
                self.counts[f"{action.__name__}: {type(error).__name__}"] += 1
            except Exception:
                self.trouble.append(f"{self.name}: {action.__name__}: {traceback.format_exc()}")
            self._enough.wait(PAUSE)
        engine.close()

    def _command(self, *arguments: str, codes: Sequence[int] = (0,)) -> tuple[int, str]:
        ran = self._library.run(*arguments, as_process=True)
        if ran.code not in codes or "Traceback" in ran.err:
            self.trouble.append(f"{self.name}: {' '.join(arguments)}: {ran.code}: {ran.err[-1500:]}")
        return ran.code, ran.text

    @property
    def _as_command(self) -> bool:
        return self._dice.random() < AS_COMMAND

    def _own(self) -> tuple[Article, ArticleId]:
        return self._dice.choice(self._articles)

    # what users do

    def search(self, engine: Engine) -> None:
        article, own = self._own()
        if self._as_command:
            code, text = self._command("search", article.name, "--format", "json", codes=(0, 1))
            found = [hit["id"] for hit in json.loads(text)["hits"]] if code == 0 else []
        else:
            found = [one.id for one in engine.articles(engine.searching.search(article.name).numbers.tolist())]
        if not found:
            self.counts["not found"] += 1  # moved while it was looked for, or renumbered between the two questions
        elif found != [own]:
            self.trouble.append(f"{self.name}: {article.name} found {found} instead of {own}")

    def look_around(self, engine: Engine) -> None:
        engine.searching.hits(engine.searching.search(self._dice.choice(MARKERS)), 0, 20)
        engine.stories.by_ids(engine.stories.ids()[:20])
        if self._as_command:
            self._command(
                *self._dice.choice((["stories"], ["stories", "--corrections"], ["tag", "--dump"], ["folders"]))
            )

    def tag(self, engine: Engine) -> None:
        (article, own), tag = self._own(), f"{self.name.replace(' ', '')}-{self.counts['tag']}-{len(self.tags)}"
        if self._as_command:
            if self._command("tag", f"+{tag}", "--", article.name, codes=(0, 1))[0] != 0:
                return
        else:
            engine.marking.tag([own], add=[tag])
        self.tags[tag] = article, own

    def untag(self, engine: Engine) -> None:
        if self.tags:
            tag = self._dice.choice(list(self.tags))
            engine.marking.tag([self.tags[tag][1]], remove=[tag])
            del self.tags[tag]
            self.untagged.add(tag)

    def star(self, engine: Engine) -> None:
        _, own = self._own()
        value = self._dice.random() < 0.5
        engine.marking.set_flag([own], "starred", value)
        self.marks.setdefault(own, {})["starred"] = value

    def note(self, engine: Engine) -> None:
        _, own = self._own()
        text = f"note {self._dice.random()}"
        engine.marking.set_note(own, text)
        self.marks.setdefault(own, {})["note"] = text

    def save_search(self, engine: Engine) -> None:
        name, query = f"{self.name.replace(' ', '')}-{self._dice.randrange(5)}", f"ev {self._dice.randrange(99)}"
        engine.searching.save_search(name, query)
        self.searches[name] = query

    def correct(self, engine: Engine) -> None:
        one, other = (own for _, own in self._dice.choices(self._articles, k=2))
        if one == other:
            return
        if self._as_command:
            code, text = self._command("stories", "--merge", one, other, "--format", "json", codes=(0, 1))
            self.corrections.update(json.loads(text)["said"] if code == 0 else ())
            return
        verb = self._dice.choice(("merge", "never_together", "take_out"))
        done = (
            engine.stories.take_out(one)
            if verb == "take_out"
            else engine.stories.merge([one, other])
            if verb == "merge"
            else engine.stories.never_together([one, other])
        )
        self.corrections.update(correction.id for correction in done.said)

    def take_back(self, engine: Engine) -> None:
        if not self.corrections:
            return
        correction = self._dice.choice(list(self.corrections))
        if self._as_command:
            self._command("stories", "--forget", correction)
        else:
            engine.stories.revoke_correction(correction)
        self.corrections.remove(correction)
        self.taken_back.add(correction)

    # afterwards

    def lost(self, engine: Engine, files: Files) -> list[str]:
        """What was acknowledged and is not so."""
        trouble = wrongly_tagged(engine, files, ((article, tag) for tag, (article, _) in self.tags.items()))
        known = {tag for article in engine.articles(engine.shelf().numbers.tolist()) for tag in article.tags}
        trouble += [f"tag {tag} is back" for tag in self.untagged & known]
        marks = Marks(engine.store).marks()
        for article, expected in self.marks.items():
            trouble += [
                f"{article}: {name} is {getattr(marks[article], name)!r} instead of {value!r}"
                for name, value in expected.items()
                if getattr(marks[article], name) != value
            ]
        saved = engine.searching.saved_searches()
        trouble += [f"@{name}: {saved.get(name)}" for name, query in self.searches.items() if saved.get(name) != query]
        said = {correction.id for correction in engine.stories.corrections_said()}
        trouble += [f"correction {gone} is lost" for gone in self.corrections - said]
        trouble += [f"correction {back} is back" for back in self.taken_back & said]
        for article, own in self._articles:
            found = [one.id for one in engine.articles(engine.searching.search(article.name).numbers.tolist())]
            if found != [own]:
                trouble.append(f"{article.name} is {found} instead of {own}")
        return trouble


ACTIONS: dict[Callable[[Client, Engine], None], int] = {
    Client.search: 30,
    Client.look_around: 10,
    Client.tag: 12,
    Client.untag: 4,
    Client.star: 6,
    Client.note: 6,
    Client.save_search: 2,
    Client.correct: 5,
    Client.take_back: 3,
}
"""And how often."""


class Runner(threading.Thread):
    """Lets `index` run, again and again."""

    def __init__(self, number: int, library: Library, seed: int) -> None:
        super().__init__(name=f"runner {number}", daemon=True)
        self._library, self._dice = library, random.Random(seed)
        self._enough = threading.Event()
        self.counts: Counter[str] = Counter()
        self.trouble: list[str] = []

    def stop(self) -> None:
        self._enough.set()

    @property
    def ended(self) -> int:
        """Runs that did something."""
        return sum(count for what, count in self.counts.copy().items() if what.endswith(": 0"))

    def run(self) -> None:
        options: tuple[str, ...] = ("--rebuild",)
        while not self._enough.is_set():
            ran = self._library.run("index", *options, as_process=True)
            self.counts[f"index {' '.join(options)}: {ran.code}"] += 1
            if ran.code not in (0, LOCKED) or "damaged" in ran.err or "Traceback" in ran.err:
                self.trouble.append(f"index {options}: {ran.code}: {ran.err[-1500:]}")
            options = self._dice.choices(list(RUNS), list(RUNS.values()))[0]
            if ran.code == LOCKED:
                self._enough.wait(self._dice.uniform(0, 1))


class Commotion:
    """Everything at once, in a folder."""

    def __init__(self, home: Path, files: int, seed: int, *, clients: int = CLIENTS, readers: int = 0) -> None:
        self.library = Library(home)
        self._dice = random.Random(seed)
        self.files = Files(self.library.folder, self._dice, files)
        lasting = self.files.fill()
        self.library.index()
        owned = [(article, self._id(article)) for article in lasting]
        self.clients = [
            Client(number, self.library, owned[number::clients], seed + number) for number in range(clients)
        ]
        self.runners = [Runner(number, self.library, seed + number) for number in range(RUNNERS)]
        desk = home / "desk"
        desk.mkdir()
        command = [sys.executable, "-m", "newsreader", *self.library.arguments()]
        self.readers = [
            Reader(f"reader{n}", command, desk, seed + n, lasting, Newsroom(random.Random(n)), None)
            for n in range(readers)
        ]

    def _id(self, article: Article) -> ArticleId:
        engine = self.library.engine
        (found,) = engine.articles(engine.searching.search(article.name).numbers.tolist())
        return found.id

    def last(self, enough: Callable[[], bool]) -> None:
        """Until somebody says that it is enough."""
        everybody = [*self.clients, *self.runners, *self.readers]
        for one in everybody:
            one.start()
        seen, left = -1, 0
        while not enough() and not self.trouble():
            if (ended := sum(runner.ended for runner in self.runners)) != seen:
                seen, left = ended, int(MOST_CHANGED * len(self.files.known))
            if left > 0:
                self.files.change()
                left -= 1
            time.sleep(PAUSE)
        for one in everybody:
            one.stop()
        for one in everybody:
            one.join()

    def counts(self) -> Counter[str]:
        total = Counter(self.files.counts)
        for one in (*self.clients, *self.runners, *self.readers):
            total.update(one.counts.copy())  # at once: its thread goes on counting
        return total

    def trouble(self) -> list[str]:
        return [said for one in (*self.clients, *self.runners, *self.readers) for said in one.trouble]

    def check(self) -> list[str]:
        """After one run in peace: all that is not as it should be."""
        self.library.index(wait=60.0)
        self.library.reopen()
        engine = self.library.engine
        trouble = self.trouble() + wrongly_found(engine, self.files)
        for client in self.clients:
            trouble += client.lost(engine, self.files)
        for reader in self.readers:
            trouble += wrongly_tagged(engine, self.files, reader.promised)
        for place in _left(self.library.locations):
            trouble.append(f"{place} is left")
        doctor = self.library.run("doctor")
        return trouble if doctor.code == 0 else [*trouble, f"doctor: {doctor.text}"]


def _left(places: Locations) -> list[Path]:
    return [path for path in (places.being_built, places.built) if path.exists()]


def main(minutes: float = 3.0, files: int = 150) -> int:
    home = Path(tempfile.mkdtemp(prefix="newsreader-concurrency-"))
    seed = int(os.environ.get("SOAK_SEED", time.time()))
    print(f"{home}, seed {seed}", file=sys.stderr, flush=True)
    commotion = Commotion(home, files, seed, readers=2)
    until = time.monotonic() + 60 * minutes
    commotion.last(lambda: time.monotonic() > until)
    trouble = commotion.check()
    said = sum(len(c.tags) + len(c.marks) + len(c.searches) + len(c.corrections) for c in commotion.clients)
    figures = {
        "seed": seed,
        "minutes": minutes,
        "articles": sum(len(file.articles) for file in commotion.files.known.values()),
        "statements that are to be there": said,
        "counts": dict(sorted(commotion.counts().items())),
        "trouble": trouble,
    }
    print(json.dumps(figures, indent=2))
    commotion.library.close()
    if not trouble:
        shutil.rmtree(home, ignore_errors=True)
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False))))
