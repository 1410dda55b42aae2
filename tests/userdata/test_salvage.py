from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.userdata.dump import Dump, dump, parse_dump, restore
from newsreader.userdata.marks import Mark, Marks
from newsreader.userdata.salvage import salvage
from newsreader.userdata.store import Store
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import FormerText, Versions
from tests.builders import DAMAGED
from tests.userdata.kinds import ONE, TWO, everything, fill, spoil, subject


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With something of every kind."""
    store = Store.open(tmp_path / "data" / "userdata.sqlite")
    fill(store)
    yield store
    store.close()


def restored(data: Dump, path: Path) -> Store:
    store = Store.open(path)
    restore(store, data)
    return store


def pages_of(path: Path, table: str) -> list[int]:
    """The leaves of a table or index that has grown beyond its first page; 0 is the file's first page."""
    with closing(sqlite3.connect(path)) as database:
        ((root,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    page = path.read_bytes()[(root - 1) * 4096 : root * 4096]
    assert page[0] in (2, 5), "an inner page"
    at, count = 12, int.from_bytes(page[3:5])
    cells = [int.from_bytes(page[at + 2 * i : at + 2 * i + 2]) for i in range(count)]
    return [int.from_bytes(page[cell : cell + 4]) - 1 for cell in cells] + [int.from_bytes(page[8:12]) - 1]


def test_a_sound_file_gives_everything(store: Store, tmp_path: Path) -> None:
    StoryCorrections(store).keep_apart([ONE, TWO])
    before = everything(store)
    found = salvage(store.path)
    assert (found.lost, found.revision) == ([], store.revision)
    for data in (found.completed(None), found.completed(Dump())):
        again = restored(data, tmp_path / f"{id(data)}.sqlite")
        assert everything(again) == before
        again.close()


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_is_none_gives_nothing(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "userdata.sqlite"
    path.write_bytes(damage)
    found = salvage(path)
    assert (found.lost, found.is_empty) == (["the whole file"], True)
    assert path.read_bytes() == damage


def test_one_bad_page_costs_what_is_on_it(store: Store) -> None:
    """Whichever page it is: nothing is raised, what is given is what was there, and what is not is said."""
    Tags(store).change(list(map(subject, range(300))), ["t"], [])
    tags = {(article, tag): there for article, entry in Tags(store).entries().items() for tag, there in entry.items()}
    folders, searches = dict.fromkeys(store.folders()), {"deals": "ev"}
    store.join_companions()
    store.close()
    sound = store.path.read_bytes()
    lost: set[str] = set()
    for page in range(len(sound) // 4096):
        store.path.write_bytes(sound)
        spoil(store.path, [page])
        found = salvage(store.path)
        assert found.tags.items() <= tags.items()
        assert found.tags == tags or found.gaps["tags"]
        assert all(key in found.tags or key[0] in found.gaps["tags"] for key in tags)
        assert found.folders == folders or "folders" in found.gaps
        assert found.searches == searches or "searches" in found.gaps
        lost.update(found.lost)
    assert {"some tags", "some folders", "where some articles were", "some former texts"} <= lost


@pytest.mark.parametrize("filling", [b"\xa5", b"\0", b"\x0d"])
def test_bad_pages_in_the_middle_cost_only_their_own_rows(store: Store, filling: bytes) -> None:
    ids = [(subject(number).id,) for number in range(2_000)]
    store.write_many("INSERT INTO tags VALUES (?, 'a tag of some length', 1)", ids)
    store.join_companions()
    store.close()
    leaves = pages_of(store.path, "tags")
    assert len(leaves) > 10
    bad = [leaves[0], leaves[3], leaves[4], leaves[7], leaves[-1]]
    spoil(store.path, bad, filling)
    found = salvage(store.path)
    left = 1 - len(found.tags) / 2_002
    assert abs(left - len(bad) / len(leaves)) < 0.1, "five pages' worth"


def test_what_came_after_the_dump_goes_before_it_and_the_dump_fills_what_is_lost(store: Store, tmp_path: Path) -> None:
    many = [subject(number) for number in range(1_000)]
    with store.writing():
        Tags(store).change(many, ["kept", "removed"], [])
        for one in many:
            Marks(store).set_note(one, "old note " * 3)
    dumped = replace(parse_dump(dump(store, folders=True, versions=10**6)), revision=store.revision)
    with store.writing():
        Tags(store).change(many, ["new"], ["removed"])
        for one in many:
            Marks(store).set_note(one, "new note " * 3)
    store.join_companions()
    store.close()
    for table in ("tags", "marks"):
        spoil(store.path, pages_of(store.path, table)[2:3])
    found = salvage(store.path)
    assert found.lost == ["some tags", "some marks and notes"]
    again = restored(found.completed(dumped), tmp_path / "again.sqlite")
    entries, marks = Tags(again).entries(), Marks(again).marks()
    was, now = {"kept": True, "removed": True}, {"kept": True, "removed": False, "new": True}
    lost = [one for one in many if entries[one.id] != now]
    assert 0 < len(lost) < 100
    assert all(entries[one.id].items() <= (was | now).items() | was.items() for one in lost)
    assert all(one.id in found.gaps["tags"] for one in lost)
    notes = [marks[one.id].note for one in many]
    assert 0 < notes.count("old note " * 3) < 100
    assert set(notes) == {"old note " * 3, "new note " * 3}
    assert everything(again)[0] == list(dump(again, folders=True, versions=10**9))
    again.close()


def test_of_a_file_that_is_older_than_the_dump_the_dump_goes_first(store: Store, tmp_path: Path) -> None:
    """As when a disk went back to what it was, or a backup of the file was put there; a date says nothing of it."""
    old = salvage(store.path)
    Tags(store).change([ONE], ["later"], ["mine"])
    Marks(store).set_note(ONE, "a later note")
    dumped = replace(parse_dump(dump(store)), revision=store.revision)
    data = old.completed(dumped)
    again = restored(data, tmp_path / "again.sqlite")
    assert Tags(again).entries() == {ONE.id: {"later": True, "mine": False, "theirs": False}}
    assert Marks(again).mark(ONE.id) == Mark(position=12, note="a later note")
    assert again.folders() == [Path("/news")], "what the dump has not"
    assert again.revision > dumped.revision
    again.close()


def test_of_an_article_whose_place_is_lost_what_others_know_is_taken(store: Store, tmp_path: Path) -> None:
    store.write_many("DELETE FROM articles WHERE id = ?", [(ONE.id,)])
    found = salvage(store.path)
    (article,) = (a for a in found.completed(None).articles if a.tags)
    assert (article.subject.id, article.subject.path) == (ONE.id, b"")
    (article,) = (a for a in found.completed(None, lambda ids: [ONE] if ONE.id in ids else []).articles if a.tags)
    assert article.subject == ONE
    again = restored(found.completed(None), tmp_path / "again.sqlite")
    assert parse_dump(dump(again)).articles[0].tags == {"mine": True, "theirs": False}
    again.close()


@pytest.mark.parametrize("version", [0, 1, 3, 99, -5])
def test_a_damaged_version_hides_nothing(store: Store, version: int) -> None:
    with store.writing():
        store.write_many(f"PRAGMA user_version = {version}", [()])
    found = salvage(store.path)
    assert found.tags == {(ONE.id, "mine"): True, (ONE.id, "theirs"): False}
    assert found.versions


def test_rows_that_make_no_sense_are_left_out_and_told(store: Store) -> None:
    store.write_many("INSERT INTO tags VALUES (?, ?, ?)", [(TWO.id, "odd", 7), ("no id", "x", 1), (TWO.id, "fine", 1)])
    store.write_many("INSERT INTO marks VALUES (?, 0, 0, 'x', '')", [(TWO.id,)])
    store.write_many("INSERT INTO versions VALUES (?, 1, 9, 'f', 0, 0, ?)", [(ONE.id, b"bad")])
    store.write_many("INSERT INTO corrections VALUES ('x', 'y', 0, 'z')", [()])
    with store.writing(count_revision=False):
        store.write_many("UPDATE revision SET revision = ?", [("many",)])
    found = salvage(store.path)
    assert found.lost == ["some tags", "some marks and notes", "some corrections of stories", "some former texts"]
    assert found.tags[TWO.id, "fine"]
    assert TWO.id in found.gaps["tags"]
    assert ONE.id not in found.gaps["tags"]
    assert found.revision is None
    assert [key[0] for key in found.versions] == [TWO.id]


def test_former_texts_of_pages_that_are_lost_come_from_the_dump(store: Store, tmp_path: Path) -> None:
    texts = [FormerText(f"{n:032x}", f"Title {n}", (f"{n} " * 900,)) for n in range(60)]
    Versions(store).keep([(ONE.id, text) for text in texts], 10**9)
    before = Versions(store).of(ONE.id)
    dumped = parse_dump(dump(store, versions=10**9))
    store.join_companions()
    store.close()
    spoil(store.path, pages_of(store.path, "versions")[1:2])
    found = salvage(store.path)
    assert 0 < len(found.versions) < 61
    again = restored(found.completed(dumped), tmp_path / "again.sqlite")
    assert Versions(again).of(ONE.id) == before
    again.close()
