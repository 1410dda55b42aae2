"""Many commits answer like one, and none does more than its share."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import StorageError
from newsreader.index import writing
from newsreader.index.schema import IndexedArticle
from newsreader.index.search import Snapshot
from newsreader.index.version import index_directory
from tests.examples import examples
from tests.index.conftest import MakeCorpus
from tests.index.corpus import Corpus, corpus, document, look

WORDS = ("tax", "town", "budget", "taxes", "été")
QUERIES = ("", "tax", "tax town", "tax OR town", "-tax", '"tax town"', '"tax budget"~1', "ta*", "budgit~", "title:town",
           "date:2021", "source:town", "lang:en")  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
COMMITS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(1, 8), st.tuples(TEXT, TEXT), max_size=4),
        st.frozensets(st.integers(1, 8), max_size=3),
    ),
    min_size=1,
    max_size=6,
)


def answers(box: Corpus, *, scores: bool) -> dict[str, object]:
    found = {}
    with box.open() as snapshot:
        for query in QUERIES:
            result = look(snapshot, query, sort="relevance" if scores else "-date")
            found[query] = (
                [(n, round(s, 9)) for n, s in zip(result.numbers.tolist(), result.scores.tolist(), strict=True)]
                if scores
                else (result.numbers.tolist(), result.partial)
            )
        found["count"] = snapshot.count()
        found["numbers"] = snapshot.numbers()
    return found


@examples(40)
@given(COMMITS, st.integers(1, 6))
def test_many_commits_answer_like_a_fresh_index(
    commits: list[tuple[dict[int, tuple[str, str]], frozenset[int]]], most: int
) -> None:
    left: dict[int, IndexedArticle] = {}
    with corpus() as grown, mock.patch.object(writing, "LARGEST_MERGE", most):
        for changed, gone in commits:
            new = {n: document(n, text, title=title, time=n, source=title) for n, (title, text) in changed.items()}
            grown.write(*new.values(), delete={*gone, *new})
            left = {n: d for n, d in left.items() if n not in gone} | new
        with corpus(*left.values()) as fresh:
            assert answers(grown, scores=False) == answers(fresh, scores=False)
            index = writing.open_index(grown.folder)
            assert index is not None
            writing.optimize(index)
            assert answers(grown, scores=True) == answers(fresh, scores=True)
            assert len(grown.segments()) <= 1


def test_an_edited_article_is_found_by_its_new_text_only(make: MakeCorpus) -> None:
    box = make(document(1, "old words"), document(2, "other words"))
    box.write(document(1, "new words"), delete=[1])
    assert (box.find("old"), box.find("new"), box.found("words")) == ([], [1], {1, 2})


def test_everything_can_be_deleted_and_added_again(make: MakeCorpus) -> None:
    box = make(document(1, "tax", source="Tidings"), document(2, "town"))
    box.write(delete=[1, 2])
    assert (box.find(""), box.find("tax"), box.find("*")) == ([], [], [])
    box.write()
    assert box.find("*") == []
    box.write(document(3, "tax"))
    assert (box.find("tax"), box.find("source:tidings")) == ([3], [])


def test_an_index_that_was_only_just_made(tmp_path: Path) -> None:
    writing.create_index(tmp_path)
    opened = Snapshot.open(tmp_path)
    assert opened is not None
    with opened as snapshot:
        assert (snapshot.count(), snapshot.numbers()) == (0, set())
        for query in ("tax", "-tax", "tax OR town", '"tax town"', "*", "date:2021", "tax~"):
            assert look(snapshot, query).numbers.tolist() == []
        assert look(snapshot, "any words", any_word=True).numbers.tolist() == []


def test_deleting_what_is_not_there(make: MakeCorpus) -> None:
    box = make(document(1, "tax"))
    box.write(delete=[7, 8])
    assert box.find("tax") == [1]


# how much a commit rewrites


def rewritten(before: list[tuple[int, int]], after: list[tuple[int, int]], added: int) -> int:
    """Documents that a commit wrote beside those that are new: segments never change, so what is new was written."""
    remaining = [size for size, _ in before]
    written = 0
    for size, _ in after:
        if size in remaining:
            remaining.remove(size)
        else:
            written += size
    return max(0, written - added)


@examples(25)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from([0.0, 0.2, 0.9])), min_size=5, max_size=14),
    st.randoms(use_true_random=False),
)
def test_no_commit_rewrites_more_than_its_bound(steps: list[tuple[int, float]], random: st.random_module) -> None:
    most, number = 20, 0
    alive: list[int] = []
    with corpus() as box, mock.patch.object(writing, "LARGEST_MERGE", most):
        for count, share in steps:
            gone = {n for n in alive if random.random() < share}  # type: ignore[attr-defined]
            new = list(range(number + 1, number + count + 1))
            number += count
            before = box.segments()
            box.write(*(document(n, "tax") for n in new), delete=gone)
            assert rewritten(before, box.segments(), count) <= most
            alive = [n for n in alive if n not in gone] + new
            assert box.found("tax") == set(alive)


def test_segments_stay_few(make: MakeCorpus) -> None:
    box, work, before = make(), 0, [(0, 0)]
    for number in range(1, 129):
        box.write(document(number, "tax"))
        after = box.segments()
        work += rewritten(before, after, 1)
        before = after
        assert len(after) <= math.log2(number) + 2
    assert sum(size for size, _ in before) == 128
    assert work <= 128 * (math.log2(128) + 1)


def test_large_segments_are_left_alone(make: MakeCorpus) -> None:
    with mock.patch.object(writing, "LARGEST_MERGE", 10):
        box = make(*(document(n, "tax") for n in range(1, 31)))
        box.write(*(document(n, "tax") for n in range(31, 61)))
        assert sorted(box.segments()) == [(30, 0), (30, 0)]
        box.write(delete=[1])
        assert sorted(box.segments()) == [(30, 0), (30, 1)]
        assert len(box.found("tax")) == 59


def test_segments_that_are_mostly_deleted_are_written_anew(make: MakeCorpus) -> None:
    box = make(*(document(n, f"tax word{n}") for n in range(1, 41)))
    box.write(delete=range(1, 30))
    assert box.segments() == [(11, 0)]
    assert box.find("word5") == []
    assert box.find("word35") == [35]


def test_optimizing_leaves_one_segment_without_deleted_documents(make: MakeCorpus) -> None:
    with mock.patch.object(writing, "LARGEST_MERGE", 2):
        box = make(*(document(n, "tax") for n in range(1, 5)))
        box.write(document(5, "town"), document(6, "tax"), delete=[2])
        assert len(box.segments()) > 1
        writing.optimize(box.index)
    assert box.segments() == [(5, 0)]
    assert box.found("tax") == {1, 3, 4, 6}
    writing.optimize(box.index)
    assert box.segments() == [(5, 0)]


def test_old_files_are_cleaned_up(make: MakeCorpus) -> None:
    box = make(document(1, "tax"))
    for number in range(2, 10):
        box.write(document(number, "tax"), delete=[number - 1])
    writing.optimize(box.index)
    assert len(list(box.folder.rglob("*.arrays"))) == 1


# what goes wrong


def test_a_failure_while_reading_articles_leaves_the_index_as_it_was(make: MakeCorpus) -> None:
    box = make(document(1, "tax"), document(2, "town"))

    def broken() -> Iterator[IndexedArticle]:
        yield document(3, "tax")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        writing.write(box.index, writing.inverted_documents(broken()), [1])
    assert (box.find("tax"), box.find("town")) == ([1], [2])
    box.write(document(4, "tax"), delete=[2])
    assert (box.found("tax"), box.find("town")) == ({1, 4}, [])


@pytest.mark.parametrize("function", ["write_arrays", "merge"])
def test_a_failure_while_writing_leaves_the_index_as_it_was(make: MakeCorpus, function: str) -> None:
    box = make(document(1, "tax"))
    with (
        mock.patch.object(writing, function, side_effect=OSError("disk full")),
        pytest.raises(OSError, match="disk full"),
    ):
        box.write(document(3, "tax"))
    assert box.find("tax") == [1]
    box.write(document(4, "tax"))
    assert box.found("tax") == {1, 4}


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def test_damage_in_a_segment_is_found_and_never_merged(make: MakeCorpus) -> None:
    box = make(document(1, "tax town"), document(2, "town"))
    writing.verify(box.folder)
    (path,) = box.folder.rglob("*.arrays")
    at = path.read_bytes().index(np.array([1, 2], np.int64).tobytes())
    flip(path, at)
    with pytest.raises(StorageError, match=r"damaged \(column/number\)"):
        writing.verify(box.folder)
    box.write(document(3, "tax"))
    with pytest.raises(StorageError, match="damaged"):
        writing.optimize(box.index)
    flip(path, at)
    writing.optimize(box.index)
    writing.verify(box.folder)
    assert box.found("tax") == {1, 3}


def test_making_an_index_replaces_what_was_there(make: MakeCorpus) -> None:
    box = make(document(1, "tax"))
    (box.folder / "stray").write_text("x")
    writing.create_index(box.folder)
    assert box.find("tax") == []
    assert not (box.folder / "stray").exists()


# snapshots


def test_a_snapshot_goes_on_answering(make: MakeCorpus) -> None:
    box = make(document(1, "tax"), document(2, "town"))
    with box.open() as snapshot:
        before = look(snapshot, "tax").numbers.tolist()
        for number in range(3, 12):
            box.write(document(number, "tax town"), delete=[number - 2])
        writing.optimize(box.index)
        assert look(snapshot, "tax").numbers.tolist() == before == [1]
        assert look(snapshot, "town budget").numbers.tolist() == [2]
        assert snapshot.count() == 2
    assert box.found("tax") == {10, 11}


HOLDER = """
import sys
from datetime import date
from pathlib import Path
from newsreader.index.search import Snapshot
snapshot = Snapshot.open(Path(sys.argv[1]))
for line in sys.stdin:
    found = snapshot.search(line.strip(), today=date(2021, 3, 31), resolve=None, similar=None, saved={})
    print(sorted(found.numbers.tolist()), flush=True)
"""


def test_a_snapshot_of_another_process_goes_on_answering(make: MakeCorpus) -> None:
    box = make(document(1, "tax"), document(2, "town tax"))
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(box.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None

        def asks(query: str) -> str:
            print(query, file=other.stdin, flush=True)
            return other.stdout.readline().strip() if other.stdout else ""

        assert asks("tax") == "[1, 2]"
        box.write(document(3, "tax"), delete=[1])
        writing.optimize(box.index)
        assert asks("tax") == "[1, 2]"
        assert asks('"town tax"') == "[2]"
        other.stdin.close()
    assert box.found("tax") == {2, 3}


def test_a_table_of_contents_that_a_listing_missed_is_looked_for_again(make: MakeCorpus) -> None:
    where = make(document(1, "tax")).folder
    (table,) = index_directory(where).glob("*.toc")
    away = table.rename(table.with_name("away"))
    back = threading.Timer(3 * writing.OPEN_PAUSE, away.rename, [table])
    back.start()
    assert writing.open_index(where) is not None
    back.join()


def test_opening_is_tried_again_while_another_process_commits(make: MakeCorpus) -> None:
    box = make(document(1, "tax"))
    opened = box.index
    moments = [FileNotFoundError(), PermissionError(), opened]
    with (
        mock.patch.object(writing, "OPEN_PAUSE", 0.0),
        mock.patch.object(writing, "FileIndex", side_effect=moments),
    ):
        assert writing.open_index(box.folder) is opened


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError, MemoryError])
def test_an_index_that_stays_unreadable_is_said_to_be(make: MakeCorpus, error: type[Exception]) -> None:
    box = make(document(1, "tax"))
    with (
        mock.patch.object(writing, "OPEN_PAUSE", 0.0),
        mock.patch.object(writing, "FileIndex", side_effect=error),
        pytest.raises(StorageError, match=r"damaged|can't be opened"),
    ):
        writing.open_index(box.folder)
