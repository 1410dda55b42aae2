"""Folders and files that are only away: their articles stay."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest

from newsreader.errors import UsageError
from newsreader.formats.base import LARGEST_FILE
from newsreader.indexing.options import IndexOptions
from tests.builders import BUDGET, HARBOUR, Library
from tests.formats.mail.mails import mail, mailbox
from tests.indexing.conftest import THREE
from tests.indexing.test_run import assert_whole


def test_a_missing_folder_keeps_its_articles_until_purged(three: Library) -> None:
    away = three.home / "unmounted"
    three.folder.rename(away)
    report = three.index_only()
    assert report.removed == 0
    assert any(str(three.folder) in w and "missing" in w and "--purge" in w for w in report.warnings)
    assert set(three.ids()) == set(THREE)
    away.rename(three.folder)
    assert three.index().unchanged == 3
    assert_whole(three)
    three.folder.rename(away)
    assert three.index_only(purge=True).removed == 3
    assert three.ids() == {}
    away.rename(three.folder)
    three.index()
    assert_whole(three)


def test_an_emptied_folder_keeps_its_articles_too(three: Library) -> None:
    away = three.home / "unmounted"
    three.folder.rename(away)
    three.folder.mkdir()
    report = three.index()
    assert report.removed == 0
    assert any("empty" in warning for warning in report.warnings)
    assert set(three.ids()) == set(THREE)
    assert three.index(purge=True).removed == 3


def test_a_half_mounted_folder_keeps_its_articles(library: Library) -> None:
    for number in range(60):
        library.write(f"disk/{number}.txt", BUDGET.replace("nine hours", f"nine hours and {'long ' * number}minutes"))
    library.write("b.txt", HARBOUR)
    library.index()
    library.engine.marking.tag([library.id("disk/7.txt")], ["mine"])
    away = library.home / "unmounted"
    (library.folder / "disk").rename(away)
    for _ in range(2):
        report = library.index()
        assert report.removed == 0
        assert any(str(library.folder) in w and "60 of its 61" in w and "--purge" in w for w in report.warnings)
    assert library.tags("disk/7.txt") == ("mine",)
    with pytest.raises(UsageError, match="without 60 of its 61 files"):
        library.index(rebuild=True)
    away.rename(library.folder / "disk")
    assert library.index().warnings == []
    (library.folder / "disk").rename(library.folder / "moved")
    assert library.index().moved == 60
    assert library.tags("moved/7.txt") == ("mine",)
    (library.folder / "moved").rename(away)
    assert library.index(purge=True).removed == 60
    assert set(library.ids()) == {"b.txt"}


def test_a_folder_replaced_by_a_file_keeps_its_articles(three: Library) -> None:
    three.folder.rename(three.home / "away")
    three.folder.write_text("x")
    assert three.index_only().removed == 0
    assert set(three.ids()) == set(THREE)


def test_a_rebuild_is_refused_while_a_folder_is_missing(library: Library) -> None:
    library.write("a.txt", "One\n\nA text.\n")
    library.index()
    library.folder.rename(library.home / "unmounted")
    with pytest.raises(UsageError, match="missing"):
        library.engine.index(IndexOptions(rebuild=True))
    (library.home / "unmounted").rename(library.folder)
    assert library.found("text") == {"a.txt"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_rebuild_is_refused_while_a_folder_below_can_not_be_listed(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.write("below/b.txt", HARBOUR)
    library.index()
    (library.folder / "below").chmod(0)
    try:
        with pytest.raises(UsageError, match="not readable"):
            library.index(rebuild=True)
    finally:
        (library.folder / "below").chmod(0o700)
    assert library.found("ferry") == {"below/b.txt"}


def test_a_missing_folder_of_a_lost_cache_is_not_said_to_be_kept(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    library.engine.close()
    shutil.rmtree(library.locations.cache)
    library.reopen()
    library.folder.rename(library.home / "unmounted")
    (warning,) = library.index_only().warnings
    assert "missing; none of its articles are listed" in warning


def test_a_file_that_can_not_be_read_now_keeps_its_article(library: Library) -> None:
    path = library.write("a.txt", "One\n\nA text.\n")
    library.index()
    os.truncate(path, LARGEST_FILE + 1)
    report = library.index()
    assert [reason for _, reason in report.newly_failed] == ["larger than 32 MiB; its article is kept as read before"]
    assert library.found("text") == {"a.txt"}
    assert library.index().newly_failed == []  # said once


def many(library: Library, count: int, where: str = "", end: str = ".txt") -> None:
    for number in range(count):
        library.write(f"{where}{number}{end}", f"2021-05-01 Report {number}\n\nWhat happened on day{number}.\n")


def test_files_that_a_rule_hides_in_numbers_keep_their_articles(library: Library) -> None:
    many(library, 20, "old/")
    library.write("b.txt", HARBOUR)
    library.index()
    library.engine.marking.tag([library.id("old/7.txt")], ["mine"])
    library.write(".newsreaderignore", "old/\n")
    for _ in range(2):
        report = library.index()
        assert report.removed == 0
        (warning,) = report.warnings
        assert "20 of its 21 files are left out now (ignored)" in warning
        assert "--purge" in warning
    assert library.tags("old/7.txt") == ("mine",)
    with pytest.raises(UsageError, match="20 of its 21 files"):
        library.index(rebuild=True)
    assert library.index(purge=True).removed == 20
    assert library.index().warnings == []


def test_folders_that_look_like_a_maildir_hide_no_articles(library: Library) -> None:
    many(library, 30)
    many(library, 30, "no suffix ", "")
    library.index()
    for name in ("cur", "new", "tmp"):
        (library.folder / name).mkdir()
    report = library.index()
    assert (report.removed, len(library.ids())) == (0, 60)
    assert "30 of its 60 files are left out now (the mail program's own" in report.warnings[0]


def test_files_that_give_no_article_any_more_in_numbers_keep_them(library: Library) -> None:
    many(library, 60)
    library.write("b.txt", HARBOUR)
    library.index()
    library.engine.marking.tag([library.id("7.txt")], ["mine"])
    for number in range(60):
        library.write(f"{number}.txt", "", age=30)
    for _ in range(2):
        report = library.index()
        assert (report.removed, report.edited) == (0, [])
        (warning,) = report.warnings
        assert "60 of the 61 articles" in warning
        assert "and 59 more files" in warning
        assert "--purge" in warning
    assert library.found("tag:mine") == {"7.txt"}
    library.write("7.txt", "2021-05-01 Report 7\n\nWhat happened on day7.\n", age=20)
    library.index()
    assert library.tags("7.txt") == ("mine",)
    assert library.index(purge=True).removed == 59


def test_an_emptied_mailbox_keeps_its_letters(library: Library) -> None:
    letters = [mail(f"Letter {n} about day{n}.", subject=f"Letter {n}", key=f"<{n}@tarn.example>") for n in range(60)]
    library.write("a.mbox", mailbox(*letters))
    library.index()
    library.write("a.mbox", "", age=30)
    report = library.index()
    assert report.removed == 0
    assert "60 of the 60 articles" in report.warnings[0]
    library.write("b.mbox", mailbox(*letters))  # they were moved
    report = library.index()
    assert (report.moved, report.warnings) == (60, [])


def test_a_cache_in_the_library_is_no_article(library: Library) -> None:
    library.locations = replace(library.locations, cache=library.folder / "cache", data=library.folder / "data")
    library.reopen()
    library.write("a.txt", BUDGET)
    library.write("data/dumps/old.txt", HARBOUR)
    for _ in range(2):
        report = library.index()
        assert (set(library.ids()), report.failed) == ({"a.txt"}, [])
