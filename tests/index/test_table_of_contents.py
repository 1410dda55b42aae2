"""A file of Whoosh's that would run code when it is read, in each place that Whoosh unpickles."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from newsreader.errors import DamagedError
from newsreader.index import writing
from newsreader.index.codec import ArraySegment
from newsreader.index.schema import make_schema
from newsreader.index.search import Snapshot
from newsreader.index.version import index_directory
from tests.builders import BUDGET, Library
from tests.index.conftest import MakeCorpus
from tests.index.corpus import document, look


class Evil:
    """Makes a directory when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.target),)


def _segment(**state: Any) -> ArraySegment:
    segment = ArraySegment("MAIN")
    vars(segment).update(state)
    return segment


def _disguised(evil: Evil) -> bytes:
    """Named as an attribute of what may be named."""
    pickled = pickle.dumps([evil], 2)
    return pickled.replace(b"posix\nmkdir\n", b"newsreader.index.codec\nArraySegment.__init__.__globals__\n")


SEGMENTS: Mapping[str, Callable[[Evil], object]] = {
    "all": lambda evil: evil,
    "a list": lambda evil: [evil],
    "deleted": lambda evil: [_segment(_deleted={1: evil})],
    "attribute": lambda evil: [_segment(path=evil)],
    "no list": lambda evil: "MAIN",
    "no segment": lambda evil: ["MAIN"],
    "another directory": lambda evil: [_segment(segid="../../secret")],
    "odd name": lambda evil: [_segment(indexname="../MAIN")],
    "odd count": lambda evil: [_segment(_doccount="many")],
    "odd numbers": lambda evil: [_segment(_deleted={"one"})],
}


def poison(directory: Path, place: str, evil: Evil) -> Path:
    """Put a later table of contents into an index."""
    where = index_directory(directory)
    storage = FileStorage(where)
    generation = TOC._latest_generation(storage, "MAIN") + 1
    toc = TOC(make_schema(), SEGMENTS[place](evil) if place in SEGMENTS else [], generation)
    path = where / f"_MAIN_{generation}.toc"
    toc.write(storage, "MAIN")
    content = path.read_bytes()
    if place == "schema":
        schema = pickle.dumps(toc.schema, 2)
        bad = pickle.dumps(evil, 2)
        content = content.replace(schema, bad + b" " * (len(schema) - len(bad)))
    elif place == "format 110":
        at = re.search(re.escape((-12345).to_bytes(4, "big", signed=True)), content)
        assert at is not None
        head = content[: at.end()] + (-110).to_bytes(4, "big", signed=True) + bytes((2, 7, 0)) + bytes((0,))
        content = head + generation.to_bytes(4, "big") + bytes(4) + pickle.dumps([evil], 2)
    elif place == "disguised":
        content = content.replace(pickle.dumps([], -1), b"") + _disguised(evil)
    path.write_bytes(content)
    return path


PLACES = (*SEGMENTS, "schema", "format 110", "disguised")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_in_it_is_run(make: MakeCorpus, tmp_path: Path, place: str) -> None:
    box = make(document(1, "tax"))
    evil = Evil(tmp_path / "made")
    poison(box.folder, place, evil)
    for use in (writing.open_index, writing.verify, writing.remove_leftovers, Snapshot.open):
        if place == "schema":
            use(box.folder)
        else:
            with pytest.raises(DamagedError, match="damaged"):
                use(box.folder)
        assert not evil.target.exists()


def test_it_would_run_where_whoosh_reads_it(make: MakeCorpus, tmp_path: Path) -> None:
    box = make(document(1, "tax"))
    evil = Evil(tmp_path / "made")
    poison(box.folder, "all", evil)
    TOC.read(FileStorage(index_directory(box.folder)), "MAIN", schema=make_schema())
    assert evil.target.exists(), "else the tests here show nothing"


def test_deleted_documents_stay_deleted(make: MakeCorpus) -> None:
    box = make(*(document(number, "tax") for number in range(1, 9)))
    box.write(delete=[2, 3])
    assert box.segments() == [(8, 2)]
    with box.open() as snapshot:
        assert set(look(snapshot, "tax").numbers.tolist()) == {1, 4, 5, 6, 7, 8}


@pytest.mark.parametrize("place", ["all", "format 110"])
def test_no_command_runs_it_and_the_next_run_builds_the_index_anew(library: Library, place: str) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    evil = Evil(library.folder.parent / "made")
    poison(library.locations.index, place, evil)
    ran = library.run("search", "council")
    assert ran.code != 0
    assert "damaged" in ran.err
    library.write("b.txt", BUDGET)
    assert library.run("index").code == 0
    assert library.run("search", "council").code == 0
    poison(library.locations.index, place, evil)
    assert library.run("doctor").code == 0
    assert not evil.target.exists()
