"""User data with something of every kind, and all that is in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsreader.article import ArticleId
from newsreader.userdata.dump import dump
from newsreader.userdata.marks import Marks
from newsreader.userdata.notified import Notified, SeenUpTo
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import FormerText, Versions

ONE = Subject(ArticleId("1" * 16), b"/news/a.txt", "", "1" * 32)
TWO = Subject(ArticleId("2" * 16), b"/news/b.txt", "", "2" * 32)


def fill(store: Store) -> None:
    store.add_folders([Path("/news")])
    Tags(store).change([ONE], ["mine"], ["theirs"])
    Marks(store).set_note(ONE, "a note")
    Marks(store).set_position(ONE, 12)
    Searches(store).save("deals", "ev")
    Notified(store).set(["deals"], SeenUpTo("epoch", 7, frozenset({ONE.id})))
    store.remember([TWO])
    Versions(store).keep([(TWO.id, FormerText("f" * 32, "Title", ("Text.",)))], 10**6)


def everything(store: Store) -> tuple[object, ...]:
    return (
        list(dump(store, folders=True, versions=10**9)),
        store.folders(),
        Tags(store).entries(),
        Marks(store).marks(),
        Searches(store).all(),
        Notified(store).all(),
        StoryCorrections(store).said(),
        {article: Versions(store).of(article) for article in Versions(store).counts()},
    )


def subject(number: int, hexadecimal: str = "") -> Subject:
    """One of many, with an id like those that come from content: spread over all."""
    identity = hexadecimal or f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"
    return Subject(ArticleId(identity), b"/n/%d" % number, "", f"{number:032x}")


def spoil(path: Path, pages: Iterable[int], filling: bytes = b"\xa5") -> None:
    """Overwrite pages (the first is 0) of 4096 bytes."""
    data = path.read_bytes()
    for page in pages:
        data = data[: page * 4096] + filling * 4096 + data[(page + 1) * 4096 :]
    path.write_bytes(data)
