"""Dumps kept by themselves, and what is made of a damaged file."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
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
    dumped_histories,
    history_files,
    newest_good,
    read_backup,
    superfluous,
)
from newsreader.userdata.dump import dump, parse_dump, restore
from newsreader.userdata.store import Store
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import FormerText, Versions
from tests.userdata.kinds import ONE, TWO, fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With something of every kind."""
    store = Store.open(tmp_path / "data" / "userdata.sqlite")
    fill(store)
    yield store
    store.close()


@contextmanager
def new_store(directory: Path) -> Iterator[Store]:
    store = Store.open(directory / "userdata.sqlite")
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


def test_former_texts_that_are_too_many_for_dumps_are_all_in_a_file_of_their_own(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(article: str, texts: int) -> None:
        new = [FormerText(f"{n:032x}", f"Title {n}", ("Text. " * n,), until=n) for n in range(texts)]
        Versions(store).keep([(ArticleId(article * 16), text) for text in new], 10**9)

    def all_dumped() -> dict[ArticleId, list[FormerText]]:
        found = newest_good(tmp_path)
        assert found is not None
        inline = found[1].versions
        texts: dict[ArticleId, list[FormerText]] = {}
        for article, text in [*inline, *dumped_histories(tmp_path, {article for article, _ in inline})]:
            texts.setdefault(article, []).append(text)
        return texts

    def kept() -> dict[ArticleId, list[FormerText]]:
        return {article: Versions(store).of(article) for article in Versions(store).counts()}

    monkeypatch.setattr("newsreader.userdata.backups.MOST_TEXTS", 900)
    assert back_up(store, tmp_path) is not None
    assert not history_files(tmp_path), "all are in the dump"
    add("3", 30)  # more than fit, of one article
    assert back_up(store, tmp_path) is not None
    (first,) = history_files(tmp_path)
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert all_dumped() == kept()
    add("4", 2)
    assert back_up(store, tmp_path) is not None
    assert history_files(tmp_path) == [first], "what is new fits into the dump"
    assert all_dumped() == kept()
    add("3", 1)
    Versions(store).hand_over(ArticleId("4" * 16), ArticleId("5" * 16))
    assert back_up(store, tmp_path) is not None
    (second,) = history_files(tmp_path)
    assert second != first
    assert all_dumped() == kept()
    with new_store(tmp_path / "new") as other:
        restore(other, parse_dump(second.path.read_text().splitlines()), accumulate=True)
        assert {article: Versions(other).of(article) for article in Versions(other).counts()} == kept()
    text = second.path.read_text()
    for bad in (text.replace("#revision", "#revisiom"), text[:-9], "", "\udcff"):
        second.path.write_text(bad, errors="surrogateescape")
        assert dumped_histories(tmp_path, ()) == []


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
