from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ArticleId, StoryId, article_id
from newsreader.errors import DamagedError, StorageError
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import KnownFile
from newsreader.library.reading import FileRead, read_one
from newsreader.library.rows import IdentifiedArticle, StoryPlace, StoryRecord
from newsreader.library.rules import ReadingRules
from newsreader.library.scan import FileStamp


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite")
    yield made
    made.close()


def read(folder: Path, name: str, text: str) -> FileRead:
    (folder / name).write_text(text)
    return read_one(os.fsencode(folder / name), ReadingRules())


def placed(done: FileRead, source: str | None = "Tarn") -> tuple[FileRead, list[IdentifiedArticle]]:
    return done, [IdentifiedArticle(article_id(r.fingerprint), r, source, 100) for r in done.records]


def test_what_is_stored_comes_back(catalogue: Catalogue, tmp_path: Path) -> None:
    done = read(tmp_path, "a.txt", " date 2021-03-26T09:14+08:00 Title\n\nOne.\n\nTwo.")
    (number,) = catalogue.store([placed(done)], [])
    (row,) = catalogue.rows([number, 999])
    record = done.records[0]
    assert (row.title, row.published, row.has_time, row.source) == ("Title", record.article.published, True, "Tarn")
    assert (row.path, row.fingerprint, row.added, row.words) == (done.path, record.fingerprint, 100, record.words)
    assert catalogue.paragraphs(number) == ("One.", "Two.")
    assert catalogue.texts([number]) == {number: ("One.", "Two.")}
    assert catalogue.by_path(done.path) == catalogue.by_ids([row.id]) == catalogue.by_id_prefix(row.id[:6], 2) == [row]
    assert catalogue.known_files()[done.path].stamp == done.stamp
    assert [s[-1] for s in catalogue.signatures([number])] == [record.signature]
    assert catalogue.count() == 1


_WIDE = st.integers(-(2**95), 2**95) | st.sampled_from([-(2**63) - 1, -(2**63), 2**63 - 1, 2**63, 2**64 - 1])


@given(st.integers(0, 2**63 - 1), _WIDE, _WIDE, _WIDE)
def test_stamps_of_any_file_system_come_back_and_are_known_again(size: int, mtime: int, inode: int, ctime: int) -> None:
    """Times before 1677 and after 2262, inodes from 2⁶³ on."""
    with TemporaryDirectory() as folder, closing(Catalogue.create(Path(folder) / "catalogue.sqlite")) as catalogue:
        stamp = FileStamp(size, mtime, inode, ctime)
        for reads in (1, 2):
            catalogue.touch([FileRead(b"/a", stamp, 5)])
            assert catalogue.known_files() == {b"/a": KnownFile(stamp, 5, reads)}
        catalogue.touch([FileRead(b"/a", stamp._replace(mtime_ns=mtime + 1), 6)])
        assert catalogue.known_files()[b"/a"].reads == 1


def test_numbers_are_never_used_again(catalogue: Catalogue, tmp_path: Path) -> None:
    done = read(tmp_path, "a.txt", "Title\n\nOne.")
    numbers = [catalogue.store([placed(done)], [])[0] for _ in range(3)]
    assert catalogue.forget([done.path]) == 1
    numbers += catalogue.store([placed(done)], [])
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 4


def test_pending_until_indexed(catalogue: Catalogue, tmp_path: Path) -> None:
    done = read(tmp_path, "a.txt", "Title\n\nOne.")
    (first,) = catalogue.store([placed(done)], [])
    assert catalogue.pending() == ([first], [])
    generation = catalogue.generation
    catalogue.mark_indexed([first], [])
    assert catalogue.generation > generation
    (second,) = catalogue.store([placed(done)], [])
    assert catalogue.pending() == ([second], [first])
    catalogue.mark_indexed([second], [first])
    assert catalogue.pending() == ([], [])
    assert catalogue.unstoried() == ([second], [first])


def test_an_index_that_starts_anew_wants_all_articles(catalogue: Catalogue, tmp_path: Path) -> None:
    numbers = catalogue.store([placed(read(tmp_path, f"{i}.txt", f"Title {i}\n\nText.")) for i in range(3)], [])
    catalogue.mark_indexed(numbers, [])
    catalogue.forget([os.fsencode(tmp_path / "0.txt")])
    catalogue.reset_index()
    assert catalogue.pending() == (numbers[1:], [])


def test_a_file_that_became_unreadable_loses_its_article_and_says_why(catalogue: Catalogue, tmp_path: Path) -> None:
    done = read(tmp_path, "a.txt", "Title\n\nOne.")
    catalogue.store([placed(done)], [])
    broken = read(tmp_path, "a.txt", "")
    catalogue.store([(broken, [])], [])
    assert catalogue.count() == 0
    assert catalogue.failures() == [(done.path, "empty")]


def test_a_batch_is_stored_whole_or_not_at_all(catalogue: Catalogue, tmp_path: Path) -> None:
    one, two = read(tmp_path, "a.txt", "Same\n\nText."), read(tmp_path, "b.txt", "Same\n\nText.")
    with pytest.raises(StorageError, match="UNIQUE"):
        catalogue.store([placed(one), placed(two)], [])  # two rows with one id
    assert catalogue.count() == 0
    assert not catalogue.known_files()


def test_stories_are_kept_with_relations_and_titles(catalogue: Catalogue, tmp_path: Path) -> None:
    numbers = catalogue.store([placed(read(tmp_path, f"{i}.txt", f"Title {i}\n\nText.")) for i in range(2)], [])
    story = StoryId("abc")
    places = (StoryPlace(numbers[0], "first", 0.5, None, 0.0), StoryPlace(numbers[1], "copy", 0.9, numbers[0], 1.0))
    record = StoryRecord(story, "The title", places)
    catalogue.set_stories(dict.fromkeys(numbers, story), [record], [], numbers, [], "token")
    assert catalogue.story_titles([story]) == {story: "The title"}
    assert [row.relation for row in catalogue.rows(numbers)] == ["first", "copy"]
    assert catalogue.first_articles() == [numbers[0]]
    assert catalogue.copied_articles() == [numbers[1]]
    assert [row[:3] for row in catalogue.copies()] == [(numbers[1], numbers[0], True)]
    assert catalogue.stories(since=None, min_size=2, min_sources=0, only=None) == [story]
    assert catalogue.stories(since=None, min_size=2, min_sources=2, only=None) == []
    assert catalogue.stories(since=None, min_size=2, min_sources=0, only=[]) == []
    assert catalogue.story_ids("ab") == [story]
    assert catalogue.meta("stories") == "token"
    catalogue.reset_stories()
    assert catalogue.unstoried() == (numbers, [])
    assert catalogue.story_members([story]) == {}
    assert catalogue.copies() == []


def test_lists_longer_than_a_statement_takes(catalogue: Catalogue) -> None:
    assert catalogue.used_ids([ArticleId(f"{i:016x}") for i in range(40_000)]) == set()
    assert catalogue.rows(range(40_000)) == []


def test_only_the_owner_can_read_it(catalogue: Catalogue, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "catalogue.sqlite").stat().st_mode) == 0o600
    assert catalogue.check() is None


def test_none_or_another_version_is_none(catalogue: Catalogue, tmp_path: Path) -> None:
    assert Catalogue.open(tmp_path / "nothing.sqlite") is None
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    assert Catalogue.open(tmp_path / "catalogue.sqlite") is None


def test_damage_is_a_storage_error_that_says_what_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(StorageError, match="newsreader doctor"):
        Catalogue.open(path)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE articles SET published = '2026-10-01T09:99:00'",
        "UPDATE articles SET published = x'00'",
        "UPDATE articles SET file_tags = '[\"a'",
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_master SET name = CAST(x'e5e5' AS TEXT), sql = '(' WHERE rootpage = 2",
    ],
)
def test_damaged_values_are_storage_errors_that_say_what_mends_them(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "catalogue.sqlite"
    with closing(Catalogue.create(path)) as made:
        made.store([placed(read(tmp_path, "a.txt", "2026-10-01 A ferry\n\nIt sails again."))], [])
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(damage)

    def look() -> None:
        catalogue = Catalogue.open(path)
        assert catalogue is not None
        with closing(catalogue):
            catalogue.rows([1])

    with pytest.raises(DamagedError, match="doctor` mends it"):
        look()


def test_creating_replaces_whatever_was_there(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (tmp_path / name).write_bytes(b"left over " * 1000)
    made = Catalogue.create(path)
    assert made.count() == 0
    first = made.meta("epoch")
    made.close()
    again = Catalogue.create(path)
    assert again.meta("epoch") != first
    again.close()
