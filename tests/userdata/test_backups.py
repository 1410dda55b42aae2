"""Dumps kept by themselves, and what is made of a damaged file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.article import ArticleId
from newsreader.errors import StorageError, UsageError
from newsreader.userdata.backups import (
    KEPT,
    MOST_TEXTS,
    Backup,
    back_up,
    backups,
    newest_good,
    read_backup,
    superfluous,
)
from newsreader.userdata.dump import dump
from newsreader.userdata.marks import Marks
from newsreader.userdata.notified import Notified, SeenUpTo
from newsreader.userdata.rescue import replace_damaged, salvage
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import FormerText, Versions
from tests.builders import DAMAGED

ONE = Subject(ArticleId("1" * 16), b"/news/a.txt", "", "1" * 32)
TWO = Subject(ArticleId("2" * 16), b"/news/b.txt", "", "2" * 32)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With something of every kind."""
    store = Store.open(tmp_path / "data" / "userdata.sqlite")
    store.add_folders([Path("/news")])
    Tags(store).change([ONE], ["mine"], ["theirs"])
    Marks(store).set_note(ONE, "a note")
    Marks(store).set_position(ONE, 12)
    Searches(store).save("deals", "ev")
    Notified(store).set(["deals"], SeenUpTo("epoch", 7, frozenset({ONE.id})))
    store.remember([TWO])
    Versions(store).keep([(TWO.id, FormerText("f" * 32, "Title", ("Text.",)))], 10**6)
    yield store
    store.close()


def test_a_dump_is_kept_when_something_changed(store: Store, tmp_path: Path) -> None:
    directory = tmp_path / "data" / "dumps"
    path = back_up(store, directory)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert list(directory.iterdir()) == [path]
    header, revision, *rest = path.read_text().splitlines()
    assert [header, *rest[:-1]] == list(dump(store, folders=True, versions=MOST_TEXTS))
    assert revision == f"#revision {store.revision}"
    assert read_backup(backups(directory)[0]).revision == store.revision
    assert back_up(store, directory) is None
    Tags(store).change([TWO], ["more"], [])
    newer = back_up(store, directory)
    assert [kept.path for kept in backups(directory)] == [newer]  # one for each day


def test_an_empty_store_is_not_dumped(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "userdata.sqlite")
    assert back_up(store, tmp_path / "dumps") is None
    store.close()


def kept(day: str, revision: int) -> Backup:
    return Backup(Path(f"userdata-{day}T000000-r{revision}.txt"), day, revision)


def test_the_last_of_seven_days_stay() -> None:
    older = [kept(f"202611{day:02}", day) for day in range(20, 10, -1)]
    assert superfluous(older, "20261121", 99) == [k.path for k in older[KEPT - 1 :]]
    assert superfluous(older, "20261120", 99) == [older[0].path, *(k.path for k in older[KEPT:])]
    assert superfluous(older[:3], "20261120", 3) == []  # data begun anew: the old ones may be what matters


def test_a_dump_that_was_changed_is_no_good_one(store: Store, tmp_path: Path) -> None:
    first = back_up(store, tmp_path)
    assert first is not None
    good = first.rename(tmp_path / "userdata-20200101T000000-r1.txt")
    Tags(store).change([TWO], ["more"], [])
    second = back_up(store, tmp_path)
    assert second is not None
    text = second.read_text()
    for bad in (text.replace("mine", "nine"), text[: len(text) // 2], "", "\udcff"):
        second.write_text(bad, errors="surrogateescape")
        with pytest.raises(UsageError, match="damaged"):
            read_backup(backups(tmp_path)[0])
        found = newest_good(tmp_path)
        assert found is not None
        assert found[0].path == good
    second.unlink()
    second.mkdir()
    with pytest.raises(StorageError):
        read_backup(backups(tmp_path)[0])


def test_a_dump_has_the_latest_histories_that_fit(store: Store) -> None:
    def kept(most: int) -> list[str]:
        return [line.split()[1][0] for line in dump(store, versions=most) if line.startswith("version ")]

    for number in range(3, 6):
        texts = [FormerText(f"{number:032x}", f"Title {n}", ("Text.",), until=number) for n in (1, 2)]
        Versions(store).keep([(ArticleId(f"{number}" * 16), text) for text in texts], 10**6)
    sizes = dict(store.read("SELECT substr(id, 1, 1), sum(size) FROM versions GROUP BY id"))
    assert kept(10**9) == ["2", "3", "3", "4", "4", "5", "5"]
    assert kept(sizes["5"] + sizes["4"]) == ["4", "4", "5", "5"]
    assert kept(sizes["5"] + sizes["4"] - 1) == ["2", "5", "5"], "whole histories only"
    assert kept(0) == []


def test_a_damaged_text_does_not_spoil_a_dump(store: Store, tmp_path: Path) -> None:
    Versions(store).keep([(ONE.id, FormerText("e" * 32, "Other", ("Text.",)))], 10**6)
    store.write_many("UPDATE versions SET text = ? WHERE id = ?", [(b"bad", TWO.id)])
    assert back_up(store, tmp_path / "dumps") is not None
    (kept,) = backups(tmp_path / "dumps")
    assert [article for article, _ in read_backup(kept).versions] == [ONE.id]


def test_where_no_dump_can_be_written_it_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "dumps").write_text("a file")
    with pytest.raises(StorageError, match="dumps"):
        back_up(store, tmp_path / "dumps")


def everything(store: Store) -> tuple[object, ...]:
    return (
        list(dump(store, folders=True, versions=10**9)),
        store.folders(),
        Tags(store).entries(),
        Marks(store).marks(),
        Searches(store).all(),
        Notified(store).all(),
        {article: Versions(store).of(article) for article in Versions(store).counts()},
    )


def test_a_sound_file_gives_everything(store: Store, tmp_path: Path) -> None:
    before = everything(store)
    salvaged = salvage(store.path)
    assert salvaged.lost == []
    store.close()
    aside = replace_damaged(store.path, [salvaged.dump])
    again = Store.open(store.path)
    assert everything(again) == before
    again.close()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    left = {path.name for path in store.path.parent.iterdir()}
    assert aside.name in left
    assert not [name for name in left if "restored" in name]


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_is_none_gives_nothing(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "userdata.sqlite"
    path.write_bytes(damage)
    salvaged = salvage(path)
    assert salvaged.lost
    assert not salvaged.dump.articles
    assert path.read_bytes() == damage


def test_one_bad_page_costs_what_is_on_it(store: Store) -> None:
    """Whichever page it is: nothing is raised, what is given is what was there."""
    for number in range(300):
        Tags(store).change([Subject(ArticleId(f"{number:016x}"), b"/n/%d" % number, "", f"{number:032x}")], ["t"], [])
    tags, folders = Tags(store).entries(), store.folders()
    store.join_companions()
    store.close()
    sound = store.path.read_bytes()
    given = set()
    for page in range(1, len(sound) // 4096):
        store.path.write_bytes(sound[: page * 4096] + b"\xa5" * 4096 + sound[(page + 1) * 4096 :])
        salvaged = salvage(store.path)
        found = {article.subject.id: article.tags for article in salvaged.dump.articles if article.tags}
        if salvaged.lost != ["the whole file"]:
            assert found == tags or "tags" in salvaged.lost or "which articles there are" in salvaged.lost
            assert salvaged.dump.folders == folders or "folders" in salvaged.lost
        given.update(salvaged.lost)
    assert {"tags", "folders", "which articles there are"} <= given


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_what_can_not_be_replaced_stays(store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    store.path.parent.chmod(0o500)
    with pytest.raises(StorageError):
        replace_damaged(store.path, [])
    store.path.parent.chmod(0o700)
    assert store.path.read_bytes() == before


def test_what_can_not_be_linked_keeps_its_log(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems have no hard links: the log beside the damaged file is part of it."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    store.close()
    log = store.path.with_name(f"{store.path.name}-wal")
    log.write_bytes(b"the last changes")
    monkeypatch.setattr(os, "link", refused)
    with pytest.raises(StorageError, match="can't be replaced"):
        replace_damaged(store.path, [])
    assert log.read_bytes() == b"the last changes"
    assert not list(store.path.parent.glob("*.damaged-*"))
