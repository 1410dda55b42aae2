"""Indexing runs through the engine: what they report, and how they repair what crashes and disks leave behind."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsreader.engine.core import Engine
from newsreader.errors import StorageError, UsageError
from newsreader.indexing import run as indexing
from newsreader.library import catalogue, reading
from newsreader.library.catalogue import Catalogue
from newsreader.library.rules import FolderRule, ReadingRules
from tests.builders import BUDGET, DAMAGED, HARBOUR, ORCHARD, Library, out_of_reach, set_age
from tests.indexing.conftest import THREE


def assert_whole(library: Library) -> None:
    """Everything is there and answers: list, index, tags, stories."""
    assert set(library.ids()) == set(THREE)
    assert library.found("council") == {"a.txt"}
    assert library.found("ferry") == {"b.txt"}
    assert library.found("frost OR budget") == {"a.txt", "c.txt"}
    assert all(library.tags(name) == (f"tag of {name}",) for name in THREE)
    catalogue = Catalogue.open(library.locations.catalogue)
    assert catalogue is not None
    assert catalogue.pending() == ([], [])
    assert catalogue.unstoried() == ([], [])
    catalogue.close()


def test_a_run_reports_what_it_did(three: Library) -> None:
    assert_whole(three)
    (three.folder / "c.txt").unlink()
    three.write("a.txt", BUDGET + "\nMore.\n", age=30)
    three.write("d.txt", "New\n\nText.")
    three.write("e.txt", b"")
    three.write("photo.jpg", b"x")
    report = three.index()
    assert (report.added, report.updated, report.removed, report.moved, report.unchanged) == (1, 1, 1, 0, 1)
    assert report.failed == report.newly_failed == [(three.folder / "e.txt", "empty")]
    assert report.skipped == [(three.folder / "photo.jpg", "no reader for .jpg files")]
    assert report.generation == three.engine.state()[0]
    assert not report.interrupted


def test_failures_are_remembered_but_news_only_once(three: Library) -> None:
    three.write("e.txt", b"")
    three.index()
    report = three.index()
    assert (report.newly_failed, report.failed) == ([], [(three.folder / "e.txt", "empty")])
    (three.folder / "e.txt").unlink()
    assert three.index().failed == []


def test_nothing_to_do_changes_no_generation(three: Library) -> None:
    before = three.engine.state()
    three.index()
    assert three.engine.state() == before


def test_reading_everything_again_changes_nothing(three: Library) -> None:
    report = three.index(full=True)
    assert (report.added, report.updated, report.unchanged) == (0, 0, 3)
    assert_whole(three)


def test_a_dry_run_says_and_does_nothing(three: Library) -> None:
    (three.folder / "c.txt").unlink()
    three.write("d.txt", "New\n\nText.")
    three.write("a.txt", BUDGET + "\nMore.\n", age=30)
    before = three.engine.state()
    report = three.index(dry_run=True)
    assert (report.added, report.updated, report.removed) == (1, 1, 1)
    assert three.engine.state() == before
    assert three.index(dry_run=True, rebuild=True).added == 1
    assert set(three.ids()) == set(THREE)


def test_broken_metadata_is_warned_of_and_the_article_read(library: Library) -> None:
    path = library.write("a.md", "---\ntitle: [oh\n---\n\nIt sails again.\n")
    report = library.index()
    assert report.added == 1
    assert any(str(path) in warning and "front matter, line" in warning for warning in report.warnings)


def test_the_outlet_is_what_the_file_says_else_its_folder(library: Library) -> None:
    library.write("plain.txt", BUDGET)
    library.write("tarn-post/a.txt", HARBOUR)
    library.write("tarn-post/2021/b.txt", ORCHARD)
    library.write("tarn-post/c.md", "---\nsource: Alder Review\n---\n\n# T\n\nText.\n")
    library.index()
    sources = {name: library.engine.article(library.path(name)).article.source for name in library.ids()}
    assert sources == {
        "plain.txt": None,
        "tarn-post/a.txt": "tarn-post",
        "tarn-post/2021/b.txt": "tarn-post",
        "tarn-post/c.md": "Alder Review",
    }


def test_odd_names_are_indexed_and_found(library: Library) -> None:
    names = [b"caf\xe9.txt", b"new\nline.txt", b"-rf.txt", b"\x1b[2J.txt", b"x" * 251 + b".txt"]
    for number, name in enumerate(names):
        library.write(os.fsdecode(name), f"Title {number}\n\nThe ferry number {number} sails.")
    assert library.index().added == len(names)
    assert {os.fsencode(name) for name in library.found("ferry")} == set(names)


def test_pipes_and_loops_do_not_hold_a_run_up(library: Library) -> None:
    os.mkfifo(library.folder / "pipe.txt")
    (library.folder / "loop").symlink_to(library.folder)
    library.write("a.txt", BUDGET)
    assert library.index().added == 1


def test_many_files_in_several_batches(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH_FILES", 3)
    monkeypatch.setattr(reading, "CHUNK", 1)
    for number in range(8):
        library.write(f"{number}.txt", f"Title {number}\n\nThe ferry number {number} sails.")
    seen: list[tuple[str, int, int]] = []
    assert library.index(progress=lambda *step: seen.append(step)).added == 8
    assert len(library.found("ferry")) == 8
    assert ("reading", 8, 8) in seen
    assert library.engine.state()[0] >= 3


def test_a_folder_taken_out_loses_its_articles_and_keeps_their_tags(three: Library) -> None:
    three.engine.remove_folder(three.folder)
    assert three.index_only().removed == 3
    assert three.ids() == {}
    three.index()
    assert_whole(three)


def test_a_bit_that_fell_over_in_the_index_is_built_anew(three: Library) -> None:
    for path in three.locations.index.rglob("*.arrays"):
        data = path.read_bytes().rstrip(b"\0")
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) + b"\0" * (path.stat().st_size - len(data)))
    three.reopen()
    for number in range(6):  # so many that older parts are written anew with them
        three.write(f"new{number}.txt", f"New\n\nA text about {'the ' * number} lighthouse.")
    report = three.index()
    assert any("damaged" in warning and "built anew" in warning for warning in report.warnings)
    assert len(three.found("lighthouse")) == 6
    for path in three.folder.glob("new*.txt"):
        path.unlink()
    three.index()
    assert_whole(three)


@pytest.mark.parametrize("damage", [*DAMAGED.values(), b""], ids=[*DAMAGED, "empty"])
def test_a_damaged_catalogue_is_built_anew(three: Library, damage: bytes) -> None:
    three.engine.close()
    for name in ("catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (three.locations.cache / name).unlink(missing_ok=True)
    three.locations.catalogue.write_bytes(damage)
    three.reopen()
    report = three.index()
    assert report.added == 3
    assert any("catalogue was damaged" in warning for warning in report.warnings) == bool(damage)
    assert_whole(three)


def test_a_catalogue_of_another_version_is_built_anew(three: Library) -> None:
    three.engine.close()
    with sqlite3.connect(three.locations.catalogue) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    three.reopen()
    assert three.index().added == 3
    assert_whole(three)


def make_older(three: Library) -> None:
    three.engine.close()
    with sqlite3.connect(three.locations.catalogue) as database:
        for column in ("ctime_ns", "reads", "again"):
            database.execute(f"ALTER TABLE files DROP COLUMN {column}")
        for column in ("checksum", "taken"):
            database.execute(f"ALTER TABLE articles DROP COLUMN {column}")
        database.execute("PRAGMA user_version = 2")
    database.close()
    three.reopen()


def test_a_catalogue_of_the_version_before_is_brought_up_to_date(three: Library) -> None:
    make_older(three)
    assert set(three.ids()) == set(THREE)
    report = three.index()
    assert (report.added, report.unchanged) == (0, 3)
    assert_whole(three)


@pytest.mark.parametrize("rebuild", [True, False])
def test_one_that_a_full_disk_keeps_from_that_still_knows_what_is_away(
    three: Library, monkeypatch: pytest.MonkeyPatch, rebuild: bool
) -> None:
    make_older(three)
    three.folder.rename(three.folder.with_name("away"))
    three.folder.mkdir()
    with monkeypatch.context() as full:
        full.setattr(os, "statvfs", lambda path: SimpleNamespace(f_bavail=0))
        full.setattr(catalogue, "_STEPS", {2: "can't be done"})
        with pytest.raises(StorageError, match="the disk is full"):
            three.index(rebuild=rebuild)
    report = three.index()
    assert set(three.ids()) == set(THREE)
    assert "its articles are kept" in report.warnings[0]


def test_a_lost_index_is_built_anew_from_the_catalogue(three: Library) -> None:
    three.engine.close()
    shutil.rmtree(three.locations.index)
    three.reopen()
    report = three.index()
    assert (report.added, report.unchanged) == (0, 3)
    assert_whole(three)


@pytest.mark.parametrize("contents", [True, False])
def test_a_damaged_index_is_mended(three: Library, contents: bool) -> None:
    three.engine.close()
    kinds = {path: path.suffix for path in three.locations.index.rglob("MAIN_*.*" if contents else "*.toc")}
    damaged = [path for path, suffix in kinds.items() if (suffix == ".toc") != contents]
    assert damaged
    for path in damaged:
        path.write_bytes(b"\x00" * 10)
    three.reopen()
    three.write("d.txt", "New\n\nText of the ferry.")
    three.index()
    (three.folder / "d.txt").unlink()
    if three.found_or_trouble("council") != {"a.txt"}:  # what a run does not touch, the doctor mends
        from newsreader.doctor import check

        assert "mended" in {finding.level for finding in check(three.engine)}
    three.index()
    assert_whole(three)


def test_a_crash_between_catalogue_and_index(three: Library) -> None:
    three.engine.close()
    database = sqlite3.connect(three.locations.catalogue)
    database.execute("UPDATE articles SET indexed = 0, storied = 0")
    database.commit()
    database.close()
    three.reopen()
    three.index()
    assert_whole(three)


def test_a_crash_before_removed_articles_left_the_index(three: Library) -> None:
    (three.folder / "b.txt").unlink()
    catalogue = Catalogue.open(three.locations.catalogue)
    assert catalogue is not None
    catalogue.forget([os.fsencode(three.folder / "b.txt")])
    catalogue.close()
    three.index()
    assert three.found("ferry") == set()
    three.write("b.txt", HARBOUR)
    three.index()
    assert_whole(three)


def test_a_crash_while_the_cache_was_dropped(three: Library) -> None:
    three.engine.close()
    three.locations.catalogue.unlink()  # its write-ahead log and the index of the old one remain
    three.reopen()
    three.index()
    assert_whole(three)


def test_stories_lost_are_found_again(three: Library) -> None:
    three.write("copy.txt", BUDGET)
    three.index()
    before = [story.id for story in three.engine.stories.by_ids(three.engine.stories.ids())]
    assert len(before) == 1
    three.engine.close()
    shutil.rmtree(three.locations.stories)
    three.reopen()
    three.write("d.txt", "New\n\nText.")
    three.index()
    assert [story.id for story in three.engine.stories.by_ids(three.engine.stories.ids())] == before


def test_rebuilding_keeps_tags_and_ids(three: Library) -> None:
    before = three.ids()
    assert three.index(rebuild=True).added == 3
    assert three.ids() == before
    assert_whole(three)


def test_an_open_engine_sees_what_another_rebuilt(three: Library) -> None:
    other = three.another()
    assert other.found("council") == {"a.txt"}
    three.index(rebuild=True)
    assert_whole(other)
    other.close()


def test_cancelled_runs_keep_what_was_done_and_the_next_goes_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 1)
    for name, text in THREE.items():
        library.write(name, text)
    asked = iter([False] * 3)
    report = library.index(cancelled=lambda: next(asked, True))
    assert report.interrupted
    assert report.added < 3
    assert len(library.ids()) == report.added
    assert library.index().added == 3 - report.added
    for name in THREE:
        library.engine.marking.tag([library.id(name)], [f"tag of {name}"])
    assert_whole(library)


def test_a_file_just_written_is_read_again_and_found_unchanged(library: Library) -> None:
    library.write("a.txt", BUDGET, age=0)
    assert library.index().added == 1
    report = library.index()
    assert (report.updated, report.unchanged) == (0, 1)


def test_an_edit_within_the_same_instant_and_of_the_same_size_is_seen(library: Library) -> None:
    path = library.write("a.txt", "Title\n\nThe ferry sails on one day.", age=0)
    library.index()
    status = path.stat()
    path.write_text("Title\n\nThe ferry sails on two days"[: status.st_size])
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    library.index()
    assert library.found("two") == {"a.txt"}


def test_an_edit_of_the_same_size_whose_time_was_set_back_is_seen(library: Library) -> None:
    """As rsync and unpacking do it; only the time that nobody can set tells."""
    path = library.write("a.txt", BUDGET)
    library.index()
    status = path.stat()
    path.write_text(BUDGET.replace("nine hours", "five hours"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert library.index().updated == 1
    assert library.found('"five hours"') == {"a.txt"}


def test_other_permissions_and_links_are_no_edit(library: Library) -> None:
    path = library.write("a.txt", BUDGET)
    library.index()
    before, generation = library.ids(), library.engine.state()[0]
    path.chmod(0o600)
    os.link(path, library.home / "backup.txt")
    report = library.index()
    assert (report.added, report.updated, report.unchanged, report.edited) == (0, 0, 1, [])
    assert (library.ids(), library.engine.state()[0]) == (before, generation)


def test_article_files_are_never_written(three: Library) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in three.folder.iterdir()}
    three.index(full=True)
    three.index(rebuild=True)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in three.folder.iterdir()} == before


def test_the_cache_is_the_owners_alone(three: Library) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (three.locations.cache, three.locations.data)}
    assert modes == {0o700}


def test_a_cache_that_cannot_be_written_is_named(library: Library) -> None:
    library.locations.cache.write_text("a file")
    library.write("a.txt", BUDGET)
    with pytest.raises(StorageError, match=str(library.locations.cache)):
        library.index()


def test_only_folders_can_be_added(library: Library) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        library.engine.add_folders([Path("/nowhere/at/all")])
    with pytest.raises(UsageError, match="not a folder"):
        library.engine.add_folders([library.write("a.txt", BUDGET)])
    with pytest.raises(UsageError, match="too long"):
        library.engine.add_folders([out_of_reach(library.folder)])
    assert library.engine.folders() == []


def test_a_time_before_1970_and_one_in_the_future(library: Library) -> None:
    set_age(library.write("old.txt", "Old\n\nText."), 80 * 365 * 86400)
    set_age(library.write("future.txt", "Future\n\nText."), -10 * 365 * 86400)
    assert library.index().added == 2
    assert library.index().updated == 0
    assert set(library.ids()) == {"old.txt", "future.txt"}


def test_other_rules_read_all_files_again(library: Library) -> None:
    library.write("a.md", "---\nkop: Ferry returns\n---\n\nIt sails again from Tarn.\n")
    assert library.index().added == 1
    library.locations.config.write_text('[fields]\ntitle = "kop"\n')
    assert library.run("index").code == 0
    assert library.engine.article(library.path("a.md")).article.title == "Ferry returns"
    assert library.run("index", "--json").json["unchanged"] == 1


def test_what_the_configuration_says_of_folders(library: Library) -> None:
    library.write("blog/a.txt", BUDGET)
    library.write("blog/old/b.txt", HARBOUR)
    library.index()
    library.engine.marking.tag([library.id("blog/old/b.txt")], ["mine"])
    rules = ReadingRules(folders=(FolderRule(library.path("blog"), "The Blog", "en"),), ignore=("old/",))
    with closing(Engine(library.locations, rules=lambda: rules)) as told:
        report = told.index()
    assert (report.updated, report.removed) == (1, 1)
    article = library.engine.article(library.path("blog/a.txt")).article
    assert (article.source, article.language) == ("The Blog", "en")
    assert library.found("source:blog") == {"blog/a.txt"}
    library.index()
    assert library.id("blog/old/b.txt")
    assert library.tags("blog/old/b.txt") == ("mine",)
    assert library.engine.article(library.path("blog/a.txt")).article.source == "blog"


def test_an_index_of_many_pieces_is_made_one_on_request(library: Library) -> None:
    for number in range(4):
        for copy in range(4 - number):
            library.write(f"{number}-{copy}.txt", f"Title {number} {copy}\n\nThe ferry number {number} sails.")
        library.index()
    before, generation = library.found("ferry"), library.engine.state()[0]
    assert len(before) == 10
    segments = list(library.locations.index.rglob("*.arrays"))
    assert len(segments) > 1
    assert library.index(optimize=True).added == 0
    assert len(list(library.locations.index.rglob("*.arrays"))) == 1
    assert library.engine.state()[0] > generation
    assert library.found("ferry") == before
