"""An older version's file becomes one of this version, and is kept as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.article import ArticleId
from newsreader.errors import StorageError
from newsreader.stories.corrections import Corrections
from newsreader.userdata import store as store_module
from newsreader.userdata.dump import parse_dump, restore
from newsreader.userdata.salvage import salvage
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import SCHEMA_VERSION, Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags

VERSION_1 = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, path BLOB NOT NULL, part TEXT NOT NULL, fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX articles_path ON articles (path);
CREATE INDEX articles_fingerprint ON articles (fingerprint);
CREATE TABLE tags (id TEXT NOT NULL, tag TEXT NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (id, tag)) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag);
CREATE TABLE marks (
    id TEXT PRIMARY KEY, read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE folders (path BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE searches (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE revision (revision INTEGER NOT NULL);
INSERT INTO revision VALUES (7);
INSERT INTO articles VALUES ('0000000000000001', CAST('/news/a.txt' AS BLOB), '', '00000000000000000000000000000001');
INSERT INTO tags VALUES ('0000000000000001', 'mine', 1);
INSERT INTO searches VALUES ('deals', 'ev');
PRAGMA user_version = 1;
"""
SUBJECT = Subject(ArticleId("0000000000000001"), b"/news/a.txt", "", f"{1:032x}")
OTHER = Subject(ArticleId("0000000000000002"), b"/news/b.txt", "", f"{2:032x}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """User data of version 1, part of it still in the write-ahead log."""
    path = tmp_path / "data" / "userdata.sqlite"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(VERSION_1)
    return path


def group(*ids: int) -> frozenset[ArticleId]:
    return frozenset(ArticleId(f"{n:016x}") for n in ids)


CORRECTED = Corrections((group(1, 2, 3), group(4, 5)), frozenset({group(1, 4), group(2, 6)}), group(7))


@pytest.fixture
def corrected(path: Path) -> Path:
    """User data of version 3, with corrections of stories: of these only the outcome was kept."""
    with closing(sqlite3.connect(path)) as database:
        for step in store_module._STEPS[1:3]:
            database.executescript(step)
        database.executemany(
            "INSERT INTO merged VALUES (?, ?)", [(i, min(ids)) for ids in CORRECTED.merged for i in ids]
        )
        database.executemany("INSERT INTO apart VALUES (?, ?)", [sorted(pair) for pair in CORRECTED.apart])
        database.executemany("INSERT INTO taken_out VALUES (?)", [(i,) for i in CORRECTED.out])
        database.execute("PRAGMA user_version = 3")
        database.commit()
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_version_1(path: Path) -> None:
    store = Store.open(path)
    assert (store.subjects(), store.revision) == ([SUBJECT], 7)
    assert Tags(store).entries() == {SUBJECT.id: {"mine": True}}
    assert Searches(store).all() == {"deals": "ev"}
    assert StoryCorrections(store).holding() == Corrections()
    StoryCorrections(store).merge([SUBJECT, OTHER])
    store.close()
    again = Store.open(path)
    assert StoryCorrections(again).holding().merged == (frozenset({SUBJECT.id, OTHER.id}),)
    assert again.check() is None
    again.close()
    assert version(path) == SCHEMA_VERSION


def test_corrections_of_stories_become_statements_that_can_be_taken_back(corrected: Path) -> None:
    with closing(Store.open(corrected)) as store:
        corrections = StoryCorrections(store)
        assert corrections.holding() == CORRECTED
        assert corrections.holding().digest == CORRECTED.digest, "no story has to be grouped anew"
        said = corrections.said()
        assert sorted(one.kind for one in said) == ["apart", "apart", "merged", "merged", "out"]
        assert {one.time for one in said} == {0}
        merged = next(one for one in said if one.articles == group(1, 2, 3))
        assert corrections.revoke([merged.id]) == [merged]
        assert corrections.holding() == Corrections(CORRECTED.merged[1:], CORRECTED.apart, CORRECTED.out)


def test_their_ids_are_those_of_the_lines_in_an_older_dump(corrected: Path) -> None:
    lines = ["#newsreader-dump 1", *(f"merged {' '.join(sorted(ids))}" for ids in CORRECTED.merged)]
    lines += [*(f"apart {' '.join(sorted(pair))}" for pair in CORRECTED.apart), f"out {min(CORRECTED.out)}"]
    with closing(Store.open(corrected)) as store:
        assert {one.id for one in parse_dump(lines).corrections} == {one.id for one in StoryCorrections(store).said()}
        before = StoryCorrections(store).said()
        restore(store, parse_dump(lines), accumulate=True)
        assert StoryCorrections(store).said() == before


def test_read_only_corrections_are_read_as_they_are(corrected: Path) -> None:
    with closing(Store.open_damaged(corrected)) as store:
        assert StoryCorrections(store).holding() == CORRECTED
    assert version(corrected) == 3


def test_corrections_on_a_damaged_page_are_said_to_be_lost(corrected: Path) -> None:
    with closing(sqlite3.connect(corrected)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
        root, size = (
            database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'merged'").fetchone()[0],
            database.execute("PRAGMA page_size").fetchone()[0],
        )
    with corrected.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    found = salvage(corrected)
    assert found.lost == ["some corrections of stories"]
    assert [(tag, there) for (_, tag), there in found.tags.items()] == [("mine", True)]


def test_the_older_file_is_kept_beside_it(path: Path) -> None:
    Store.open(path).close()
    backup = path.with_name("userdata.sqlite.v1")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert version(backup) == 1
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT tag FROM tags").fetchall() == [("mine",)]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(path.parent.glob("*.partial*"))


def test_a_new_file_has_the_same_tables_and_no_copy(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    fresh = tmp_path / "fresh" / "userdata.sqlite"
    Store.open(fresh).close()

    def schema(file: Path) -> set[tuple[str, str]]:
        with closing(sqlite3.connect(file)) as database:
            return set(database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))

    assert schema(fresh) == schema(path)
    assert not list(fresh.parent.glob("*.v*"))


def test_it_happens_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_STEPS", (*store_module._STEPS[:1], "CREATE TABLE merged (id);\nnonsense"))
    with pytest.raises(StorageError):
        Store.open(path)
    monkeypatch.undo()
    assert version(path) == 1
    store = Store.open(path)
    assert Tags(store).entries() == {SUBJECT.id: {"mine": True}}
    store.close()


def test_without_a_copy_nothing_is_changed(path: Path) -> None:
    path.with_name("userdata.sqlite.v1").mkdir()
    with pytest.raises(StorageError, match=r"userdata\.sqlite\.v1"):
        Store.open(path)
    assert version(path) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_read_only_it_is_read_as_it_is(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        _check_read_only(path)
    finally:
        path.parent.chmod(0o700)


def test_read_only_it_is_read_as_it_is_for_root_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    _check_read_only(path)


def _check_read_only(path: Path) -> None:
    store = Store.open(path)
    assert not store.writable
    assert Tags(store).entries() == {SUBJECT.id: {"mine": True}}
    assert StoryCorrections(store).holding() == Corrections()
    with pytest.raises(StorageError, match="read-only"):
        StoryCorrections(store).take_out(SUBJECT)
    store.close()
    assert version(path) == 1
