from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.article import ArticleId
from newsreader.doctor import check
from newsreader.library.catalogue import Catalogue
from newsreader.userdata.store import Store
from tests.builders import BUDGET, DAMAGED, HARBOUR, REWRITE, Library, out_of_reach, set_age
from tests.userdata.kinds import spoil


@pytest.fixture
def healthy(library: Library) -> Library:
    library.write("a.txt", BUDGET)
    library.write("b.txt", HARBOUR)
    library.index()
    library.engine.marking.tag([library.id("a.txt")], ["mine"])
    library.reopen()
    return library


def levels(library: Library) -> dict[str, str]:
    """What was found → its level."""
    return {finding.what: finding.level for finding in check(library.engine)}


def test_all_is_well(healthy: Library) -> None:
    assert set(levels(healthy).values()) == {"ok"}


def test_an_empty_library_is_well_too(library: Library) -> None:
    found = levels(library)
    assert set(found.values()) == {"ok", "note"}
    assert any("no folder yet" in what for what in found)


def no_catalogue(library: Library) -> None:
    library.locations.catalogue.unlink()


def bad_catalogue(library: Library) -> None:
    for path in library.locations.cache.glob("catalogue.sqlite*"):
        path.unlink()
    library.locations.catalogue.write_bytes(b"no database at all " * 100)


def no_index(library: Library) -> None:
    shutil.rmtree(library.locations.index)


def bad_index(library: Library) -> None:
    for path in library.locations.index.rglob("*.toc"):
        path.write_bytes(b"\x00" * 10)


def bad_postings(library: Library) -> None:
    """A bit of the last array, where only its checksum tells."""
    for path in library.locations.index.rglob("*.arrays"):
        data = path.read_bytes().rstrip(b"\0")
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) + b"\0" * (path.stat().st_size - len(data)))


def old_index(library: Library) -> None:
    """The index of an hour ago, as from a backup."""
    kept = library.home / "kept"
    shutil.copytree(library.locations.index, kept)
    library.write("c.txt", "New\n\nText.")
    library.index()
    library.engine.close()
    shutil.rmtree(library.locations.index)
    kept.rename(library.locations.index)
    (library.folder / "c.txt").unlink()


@pytest.mark.parametrize("damage", [no_catalogue, bad_catalogue, no_index, bad_index, bad_postings, old_index])
def test_a_damaged_cache_is_mended(healthy: Library, damage: Callable[[Library], None]) -> None:
    healthy.engine.close()
    damage(healthy)
    healthy.reopen()
    assert "mended" in levels(healthy).values()
    healthy.reopen()
    assert healthy.found("ferry") == {"b.txt"}
    assert healthy.tags("a.txt") == ("mine",)
    assert set(levels(healthy).values()) == {"ok"}


@pytest.fixture
def story(library: Library) -> Library:
    """Two articles of one story, one with all that a page says of itself."""
    library.write("a.txt", HARBOUR)
    library.write("b.txt", REWRITE)
    library.write("c.md", "---\ntitle: Frost\nauthor: Me\nurl: https://a.example/\nlang: en\ntags: [x]\n---\n\nA text.")
    library.index()
    library.close()
    return library


@pytest.mark.parametrize("column", [
    "id", "part", "fingerprint", "title", "source", "author", "url", "published", "has_time", "date_from", "sort_time",
    "day", "words", "file_tags", "added", "texts.paragraphs", "signatures.signature", "files.path",
])  # fmt: skip
def test_a_value_of_the_catalogue_that_is_not_what_was_written_is_noticed(story: Library, column: str) -> None:
    """SQLite's own checks see pages only."""
    table, _, name = column.rpartition(".")
    with closing(sqlite3.connect(story.locations.catalogue)) as database, database:
        kind, key = table or "articles", "file" if table == "files" else "number"
        ((number,),) = database.execute(f"SELECT max({key}) FROM {kind}")
        ((value,),) = database.execute(f"SELECT {name} FROM {kind} WHERE {key} = ?", (number,))
        wrong = {int: lambda: value + 1, bytes: lambda: b"x" + value[1:], str: lambda: "x" + value[1:]}
        changed = wrong.get(type(value), lambda: "x")()
        database.execute(f"UPDATE {kind} SET {name} = ? WHERE {key} = ?", (changed, number))
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    story.reopen()
    (mended,) = [what for what, level in levels(story).items() if level == "mended"]
    assert "the catalogue is damaged (what is kept of article" in mended
    assert "built anew" in mended
    story.reopen()
    assert set(levels(story).values()) == {"ok"}


def test_a_wrong_bit_in_any_column_of_the_stories_is_noticed(story: Library) -> None:
    columns = {path.name.partition("-")[0] for path in story.locations.stories.glob("*.column") if path.stat().st_size}
    assert {"terms", "weights", "shingles", "facts", "story"} <= columns
    for name in columns:
        (path,) = story.locations.stories.glob(f"{name}-*.column")
        data = path.read_bytes()
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        (mended,) = [what for what, level in levels(story).items() if level == "mended"]
        assert f"the stories are damaged ({path}: damaged); index and stories were built anew" in mended
        story.reopen()
        assert set(levels(story).values()) == {"ok"}


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"nonsense", None])
def test_a_list_of_columns_that_makes_no_sense_is_mended_and_a_missing_one_is_no_trouble(
    story: Library, damage: bytes | None
) -> None:
    path = story.locations.stories / "book.json"
    path.unlink() if damage is None else path.write_bytes(damage)
    assert ("mended" in levels(story).values()) == (damage is not None)
    assert "trouble" not in levels(story).values()


def damage_userdata(library: Library, damage: bytes) -> None:
    library.engine.close()
    for path in library.locations.data.glob("userdata.sqlite*"):
        path.unlink()
    library.locations.userdata.write_bytes(damage)
    library.locations.userdata.chmod(0o600)


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damaged_user_data_is_restored_from_the_last_dump(healthy: Library, damage: bytes) -> None:
    healthy.engine.searching.save_search("ferries", "ferry")
    healthy.engine.marking.set_position(healthy.id("b.txt"), 30)
    healthy.write("b.txt", HARBOUR.replace("eleven", "nine"))
    healthy.index()
    former = healthy.engine.history.of(healthy.path("b.txt")).former
    assert len(former) == 1
    identity = healthy.id("a.txt")
    reader = healthy.another()  # an open reader
    assert reader.tags("a.txt") == ("mine",)
    damage_userdata(healthy, damage)
    healthy.reopen()
    found = levels(healthy)
    (mended,) = [what for what, level in found.items() if level == "mended"]
    assert "restored from the dump of" in mended
    (aside,) = healthy.locations.data.glob("userdata.sqlite.damaged-*")
    assert aside.name in mended
    assert aside.read_bytes() == damage
    for library in (healthy, reader):
        assert (library.id("a.txt"), library.tags("a.txt")) == (identity, ("mine",))
        assert library.engine.searching.saved_searches() == {"ferries": "ferry"}
        assert library.engine.folders() == [healthy.folder]
        assert library.engine.marking.mark(library.id("b.txt")).position == 30
        assert library.engine.history.of(library.path("b.txt")).former == former
    reader.engine.marking.tag([identity], ["later"])
    assert healthy.tags("a.txt") == ("later", "mine")
    reader.close()
    assert set(levels(healthy).values()) == {"ok"}


def test_what_came_after_the_last_dump_is_read_from_the_damaged_file(healthy: Library) -> None:
    healthy.index()
    healthy.engine.marking.tag([healthy.id("b.txt")], ["since"])
    healthy.write("b.txt", HARBOUR.replace("eleven", "nine"))
    healthy.index()
    healthy.engine.marking.tag([healthy.id("b.txt")], ["last"])
    healthy.engine.store.join_companions()
    healthy.engine.close()
    sound = healthy.locations.userdata.read_bytes()
    with closing(sqlite3.connect(healthy.locations.userdata)) as database:
        ((page,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tags_tag'")
    damaged = sound[: (page - 1) * 4096] + b"\xa5" * 4096 + sound[page * 4096 :]
    damage_userdata(healthy, damaged)
    healthy.reopen()
    assert "mended" in levels(healthy).values()
    assert healthy.tags("b.txt") == ("last", "since")
    assert healthy.found("is:edited") == {"b.txt"}
    assert "eleven" in healthy.engine.article(f"{healthy.id('b.txt')}@1").paragraphs[0]


def test_what_the_damaged_file_says_is_newer_than_the_dump(healthy: Library) -> None:
    """One bad page; and a clock that was once ahead has made a dump that seems to be the latest."""
    marking, article = healthy.engine.marking, healthy.id("a.txt")
    marking.set_note(article, "old note")
    healthy.index()
    (kept,) = healthy.locations.dumps.iterdir()
    kept.rename(kept.with_name(kept.name.replace(kept.name[9:13], "2099")))
    marking.set_note(article, "older note")
    healthy.index()
    healthy.engine.searching.save_search("ferries", "ferry")
    marking.tag([article], ["since"], ["mine"])
    marking.set_note(article, "new note")
    healthy.engine.store.join_companions()
    healthy.engine.close()
    with closing(sqlite3.connect(healthy.locations.userdata)) as database:
        ((page,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'folders'")
    spoil(healthy.locations.userdata, [page - 1])
    healthy.reopen()
    (mended,) = [what for what, level in levels(healthy).items() if level == "mended"]
    assert "restored from the file itself; what could not be read of it (some folders) is as in the dump of" in mended
    assert healthy.tags("a.txt") == ("since",)
    assert healthy.engine.marking.mark(article).note == "new note"
    assert healthy.engine.folders() == [healthy.folder]
    assert healthy.engine.searching.saved_searches() == {"ferries": "ferry"}
    assert set(levels(healthy).values()) == {"ok"}


def test_former_texts_that_no_dump_has_room_for_come_back(healthy: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.userdata.backups.MOST_TEXTS", 10)
    healthy.write("b.txt", HARBOUR.replace("eleven", "nine"))
    healthy.index()
    former = healthy.engine.history.of(healthy.path("b.txt")).former
    damage_userdata(healthy, DAMAGED["garbage"])
    healthy.reopen()
    assert "mended" in levels(healthy).values()
    assert healthy.engine.history.of(healthy.path("b.txt")).former == former != ()


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM revision", *(f"UPDATE revision SET revision = {bad}" for bad in ("'many'", "-5", "1e300"))],
)
def test_user_data_whose_changes_can_not_be_counted_are_mended(healthy: Library, change: str) -> None:
    healthy.close()
    with closing(sqlite3.connect(healthy.locations.userdata)) as database, database:
        database.execute(change)
    healthy.reopen()
    if "-5" not in change:
        ran = healthy.run("tag", "--list")
        assert (ran.code, ran.err.count("\n")) == (74, 1)
        assert "newsreader doctor" in ran.err
    assert "mended" in levels(healthy).values()
    assert healthy.tags("a.txt") == ("mine",)
    assert set(levels(healthy).values()) == {"ok"}


def test_without_a_dump_what_can_be_read_is_kept(healthy: Library) -> None:
    healthy.engine.searching.save_search("ferries", "ferry")
    healthy.engine.store.join_companions()
    healthy.engine.close()
    shutil.rmtree(healthy.locations.dumps)
    with closing(sqlite3.connect(healthy.locations.userdata)) as database:
        ((page,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'searches'")
    spoil(healthy.locations.userdata, [page - 1])
    healthy.reopen()
    (mended,) = [what for what, level in levels(healthy).items() if level == "mended"]
    assert "without some saved searches, of which there is no dump" in mended
    assert healthy.tags("a.txt") == ("mine",)


def empty_userdata(library: Library) -> None:
    """As a loss of power may leave it."""
    library.engine.close()
    library.locations.userdata.write_bytes(b"")
    for end in ("-wal", "-shm"):
        library.locations.userdata.with_name(f"userdata.sqlite{end}").unlink(missing_ok=True)


def test_user_data_that_were_lost_are_noticed_and_come_back(healthy: Library) -> None:
    healthy.index()
    empty_userdata(healthy)
    (said,) = [what for what, level in levels(healthy).items() if level == "trouble"]
    assert "were here" in said
    for command in (part for part in said.split("`")[1::2]):
        assert healthy.run(*shlex.split(command)[1:]).code == 0
    assert healthy.tags("a.txt") == ("mine",)
    assert healthy.engine.folders() == [healthy.folder]
    assert set(levels(healthy).values()) == {"ok"}


def test_user_data_that_an_older_program_began_anew_are_noticed(healthy: Library) -> None:
    healthy.index()
    empty_userdata(healthy)
    Store.open(healthy.locations.userdata).close()
    healthy.reopen()
    (said,) = [what for what, level in levels(healthy).items() if level == "trouble"]
    assert "lost and begun anew" in said
    ran = healthy.run(*shlex.split(said.split("`")[1])[1:])
    assert (ran.code, ran.err) == (0, "")
    assert healthy.tags("a.txt") == ("mine",)
    assert set(levels(healthy).values()) == {"ok"}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damaged_user_data_without_a_dump_is_trouble_and_left_alone(healthy: Library, damage: bytes) -> None:
    shutil.rmtree(healthy.locations.dumps)
    damage_userdata(healthy, damage)
    healthy.reopen()
    assert "trouble" in levels(healthy).values()
    assert healthy.locations.userdata.read_bytes() == damage


def test_a_missing_folder_is_trouble(healthy: Library) -> None:
    shutil.rmtree(healthy.folder)
    found = levels(healthy)
    assert any(level == "trouble" and str(healthy.folder) in what for what, level in found.items())
    assert healthy.found("ferry") == {"b.txt"}


def other_folder(library: Library) -> None:
    (library.home / "other").mkdir()
    (library.home / "other" / "b.txt").write_text("2021-05-01 Elsewhere\n\nWhat was said elsewhere.\n")
    library.engine.add_folders([library.home / "other"])
    library.index()
    library.engine.marking.tag([ArticleId(library.ids()["../other/b.txt"])], ["there"])
    library.engine.close()
    (library.home / "other").rename(library.home / "unmounted")


@pytest.mark.parametrize("damage", [no_index, bad_index, bad_postings])
def test_a_damaged_index_is_mended_and_what_is_away_is_kept(
    healthy: Library, damage: Callable[[Library], None]
) -> None:
    other_folder(healthy)
    healthy.write("a.txt", BUDGET.replace("nine hours", "eleven hours"), age=30)
    damage(healthy)
    healthy.reopen()
    found = levels(healthy)
    assert "mended" in found.values()
    assert any(level == "trouble" and "its articles are kept until `index --purge`" in w for w, level in found.items())
    assert healthy.found("tag:there") == {"../other/b.txt"}
    assert healthy.found("is:edited") == {"a.txt"}


def test_of_a_damaged_catalogue_nobody_says_that_what_is_away_is_kept(healthy: Library) -> None:
    other_folder(healthy)
    bad_catalogue(healthy)
    healthy.reopen()
    found = levels(healthy)
    assert [level for what, level in found.items() if "without what is away" in what and "other" in what] == ["mended"]
    assert not any("its articles are kept" in what for what in found)
    assert any("none of its articles are listed" in what for what in found)
    (healthy.home / "unmounted").rename(healthy.home / "other")
    healthy.index()
    assert healthy.found("tag:there") == {"../other/b.txt"}


def test_a_run_that_did_not_come_to_its_end_is_no_healthy_cache(library: Library) -> None:
    """As after a disk that was full: there is a catalogue, and nothing in it."""
    library.write("a.txt", BUDGET)
    library.engine.add_folders([library.folder])
    library.locations.cache.mkdir()
    catalogue = Catalogue.create(library.locations.catalogue)
    catalogue.close()
    library.index(cancelled=lambda: True)
    found = levels(library)
    assert not any("0 articles" in what for what in found)
    assert "mended" in found.values()
    library.reopen()
    assert library.found("council") == {"a.txt"}


def test_a_folder_out_of_reach_is_trouble_and_all_else_is_checked(healthy: Library) -> None:
    away = out_of_reach(healthy.folder)
    healthy.engine.store.add_folders([away])
    found = levels(healthy)
    trouble = f"{away}: the folder is not available (file name too long); none of its articles are listed"
    assert found.pop(trouble) == "trouble"
    assert set(found.values()) == {"ok"}
    assert any("2 articles" in what for what in found)


def test_a_cache_out_of_reach_is_not_called_damaged(healthy: Library) -> None:
    healthy.locations = replace(healthy.locations, cache=out_of_reach(healthy.home))
    healthy.reopen()
    troubles = [what for what, level in levels(healthy).items() if level == "trouble"]
    assert len(troubles) == 2
    assert all("ile name too long" in what and "damaged" not in what for what in troubles)


def test_articles_that_left_are_noted_with_their_tags_kept(healthy: Library) -> None:
    (healthy.folder / "a.txt").unlink()
    healthy.index()
    found = levels(healthy)
    assert any(level == "note" and healthy.path("a.txt") in what for what, level in found.items())
    assert "trouble" not in found.values()


def test_an_article_that_moved_and_changed_is_proposed_and_adopts(healthy: Library) -> None:
    """Moved and edited at once, it has another id."""
    healthy.write("a.txt", BUDGET.replace("4.2", "3.9"))
    healthy.index()
    gone = healthy.id("a.txt")
    healthy.engine.marking.set_note(gone, "ask the mayor")
    (healthy.folder / "a.txt").unlink()
    healthy.write("archive/a.txt", BUDGET.replace("4.2", "3.8"))
    healthy.index()
    now = healthy.id("archive/a.txt")
    assert (gone != now, healthy.tags("archive/a.txt")) == (True, ())
    (proposal,) = [what for what in levels(healthy) if "--adopt" in what]
    assert "a file of the same name" in proposal
    ran = healthy.run(*shlex.split(proposal.split("`")[1])[1:])
    assert (ran.code, ran.out) == (0, b"")
    assert healthy.path("archive/a.txt") in ran.err
    assert healthy.tags("archive/a.txt") == ("mine",)
    assert healthy.engine.marking.mark(now).note == "ask the mayor"
    assert "4.2" in "".join(healthy.engine.article(f"{now}@1").paragraphs)
    assert set(levels(healthy).values()) == {"ok"}
    healthy.index(rebuild=True)
    assert healthy.tags("archive/a.txt") == ("mine",)


def test_what_is_in_the_library_is_not_given_away(healthy: Library) -> None:
    one, other = healthy.id("a.txt"), healthy.id("b.txt")
    for gone, said in ((one, "keeps what you said"), ("f" * 16, "nothing"), ("", "nothing")):
        ran = healthy.run("doctor", "--adopt", gone, other)
        assert ran.code in (1, 2)
        assert said in ran.err or not gone
    assert healthy.tags("a.txt") == ("mine",)


def test_former_texts_are_counted(healthy: Library) -> None:
    healthy.write("b.txt", HARBOUR.replace("eleven", "nine"))
    healthy.index()
    assert any("1 former texts of 1 articles" in what for what in levels(healthy))


def test_files_open_to_others_are_closed(healthy: Library) -> None:
    healthy.index()
    (kept,) = healthy.locations.dumps.iterdir()
    wrong = (kept, healthy.locations.userdata)
    for path in wrong:
        path.chmod(0o644)
    healthy.locations.data.chmod(0o755)
    assert sum(level == "mended" for level in levels(healthy).values()) == 3
    assert [path.stat().st_mode & 0o777 for path in wrong] == [0o600, 0o600]
    assert healthy.locations.data.stat().st_mode & 0o777 == 0o700
    assert set(levels(healthy).values()) == {"ok"}


def test_whatever_the_umask_what_is_made_is_the_owners_alone(library: Library) -> None:
    library.write("a.txt", BUDGET)
    before = os.umask(0)
    try:
        library.index()
        library.engine.marking.tag([library.id("a.txt")], ["mine"])
        library.index()
    finally:
        os.umask(before)
    assert "mended" not in levels(library).values()
    modes = {path: path.stat().st_mode & 0o777 for path in library.locations.data.rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}


def test_wrong_permissions_in_the_cache_are_mended(healthy: Library) -> None:
    places = healthy.locations
    places.state.mkdir()
    mine = places.state / "mine.txt"
    log = places.state / "newsreader.log"
    for path in (mine, log):
        path.touch()
        path.chmod(0o666)
    folders = [path for path in places.cache.rglob("*") if path.is_dir()]
    files = [path for path in places.cache.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        path.chmod(0o666)
    for path in folders:
        path.chmod(0o755)
    found = levels(healthy)
    assert any("more there" in what for what in found), "many are counted"
    assert any(what.startswith(f"{places.catalogue}: others could write") for what in found)
    assert {path.stat().st_mode & 0o777 for path in (*files, log)} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
    assert mine.stat().st_mode & 0o777 == 0o666, "not ours"
    assert set(levels(healthy).values()) == {"ok"}


def test_files_closed_to_their_owner_are_opened(healthy: Library) -> None:
    healthy.locations.userdata.chmod(0o400)
    healthy.locations.catalogue.chmod(0o000)
    found = levels(healthy)
    assert [level for what, level in found.items() if "you could not" in what] == ["mended", "mended"]
    assert healthy.locations.userdata.stat().st_mode & 0o777 == 0o600
    assert set(levels(healthy).values()) == {"ok"}


def test_directories_open_to_others_are_closed(healthy: Library) -> None:
    healthy.locations.cache.chmod(0o777)
    found = levels(healthy)
    assert any(level == "mended" and str(healthy.locations.cache) in what for what, level in found.items())
    assert healthy.locations.cache.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("text", ["[reading]\nwidht = 3", "[reading", "[reading]\nwidth = 3"])
def test_a_bad_configuration_is_trouble(healthy: Library, text: str) -> None:
    healthy.locations.config.write_text(text)
    found = levels(healthy)
    assert any(level == "trouble" and str(healthy.locations.config) in what for what, level in found.items())
    assert any("2 articles" in what for what in found)  # the rest is checked all the same


def test_unreadable_files_are_noted(healthy: Library) -> None:
    path: Path = healthy.write("empty.txt", "")
    healthy.index()
    assert levels(healthy)[f"{path}: empty"] == "note"


def test_what_killed_runs_have_left_is_removed(healthy: Library) -> None:
    index = next(healthy.locations.index.glob("v*"))
    kept = sorted(index.iterdir())
    (index / "MAIN_abcdefghijklmnop.arrays").write_bytes(b"x" * 5_000)
    places = healthy.locations
    places.drafts.mkdir(parents=True, exist_ok=True)
    old = [
        places.data / "userdata.sqlite.partial",
        places.drafts / "0123456789abcdef.1.partial",
        places.cache / f".{places.userdata_seen.name}.1",
    ]
    young = places.state / ".window-abc"
    for path in (*old, young):
        path.write_bytes(b"half")
    for path in old:
        set_age(path, 10_000)
    found = levels(healthy)
    mended = [what for what, level in found.items() if level == "mended" and "permission" not in what]
    assert any("5,000 bytes" in what for what in mended)
    for path in old:
        assert any(what.startswith(f"{path}: removed") for what in mended)
        assert not path.exists()
    assert (sorted(index.iterdir()), young.exists()) == (kept, True)
    assert healthy.found("council") == {"a.txt"}
