"""Which article is which, end to end: what happens to ids and tags when files change under the library."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from contextlib import closing
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.indexing import run as indexing
from newsreader.library import reading
from newsreader.library.catalogue import Catalogue
from newsreader.userdata.store import Store
from newsreader.userdata.whereabouts import begin_anew
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library, set_age
from tests.examples import examples


def touch(library: Library, name: str, seconds: float) -> None:
    set_age(library.folder / name, seconds)


def move(library: Library, old: str, new: str) -> None:
    (library.folder / new).parent.mkdir(parents=True, exist_ok=True)
    (library.folder / old).rename(library.folder / new)


def counts(library: Library, **how: object) -> tuple[int, int, int, int, int]:
    """(added, updated, moved, removed, unchanged) of a run."""
    report = library.index(**how)
    return report.added, report.updated, report.moved, report.removed, report.unchanged


def tagged(library: Library, **files: str) -> dict[str, str]:
    """Index these files and tag each with its own name: file → id."""
    for name, text in files.items():
        library.write(f"{name}.txt", text)
    library.index()
    for name in files:
        library.engine.marking.tag([library.id(f"{name}.txt")], ["+" + name])
    return {name: library.id(f"{name}.txt") for name in files}


def lose_cache(library: Library) -> None:
    library.engine.close()
    shutil.rmtree(library.locations.cache, ignore_errors=True)
    library.reopen()


def test_a_second_run_finds_nothing_new(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    assert counts(library) == (0, 0, 0, 0, 2)
    assert library.ids() == {f"{name}.txt": article for name, article in ids.items()}


def test_only_touched(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    generation = library.engine.state()[0]
    touch(library, "a.txt", 30)
    assert counts(library) == (0, 0, 0, 0, 1)
    assert library.id("a.txt") == ids["a"]
    assert library.engine.state()[0] == generation  # nobody has to look again


def test_renamed(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    move(library, "a.txt", "z.txt")
    assert counts(library) == (0, 0, 1, 0, 1)
    assert library.ids() == {"z.txt": ids["a"], "b.txt": ids["b"]}
    assert library.tags("z.txt") == ("+a",)
    assert library.found("council") == {"z.txt"}


def test_moved_to_another_folder_takes_its_outlet(library: Library) -> None:
    library.write("tarn-post/a.txt", BUDGET)
    library.index()
    article = library.id("tarn-post/a.txt")
    move(library, "tarn-post/a.txt", "alder-review/sub/a.txt")
    assert counts(library) == (0, 0, 1, 0, 0)
    moved = library.engine.article(library.path("alder-review/sub/a.txt")).article
    assert (moved.id, moved.source) == (article, "alder-review")


def test_moved_across_library_folders(library: Library) -> None:
    other = library.home / "other"
    other.mkdir()
    library.engine.add_folders([other])
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    shutil.move(library.path("a.txt"), other / "a.txt")
    assert counts(library) == (0, 0, 1, 0, 1)
    assert library.engine.article(str(other / "a.txt")).article.id == ids["a"]


def test_edited_in_place(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    library.write("a.txt", BUDGET.replace("nine hours", "eleven hours"), age=30)
    assert counts(library) == (0, 1, 0, 0, 0)
    assert (library.id("a.txt"), library.tags("a.txt")) == (ids["a"], ("+a",))
    assert library.found("eleven") == {"a.txt"}
    assert library.found('"nine hours"') == set()


def test_replaced_in_place_as_editors_do(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    library.write("new", BUDGET + "\nMore.\n", age=30).replace(library.folder / "a.txt")
    assert counts(library) == (0, 1, 0, 0, 0)
    assert library.id("a.txt") == ids["a"]


def test_edited_back_and_forth(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    for text, age in ((BUDGET.replace("nine", "ten"), 40), (BUDGET, 30)):
        library.write("a.txt", text, age=age)
        library.index()
    assert library.ids() == {"a.txt": ids["a"]}


def test_two_files_swapped_by_renaming(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    for old, new in (("a.txt", "x"), ("b.txt", "a.txt"), ("x", "b.txt")):
        move(library, old, new)
    assert counts(library) == (0, 0, 2, 0, 0)
    assert library.ids() == {"a.txt": ids["b"], "b.txt": ids["a"]}
    assert library.tags("a.txt") == ("+b",)
    assert library.found("ferry") == {"a.txt"}


@pytest.mark.parametrize("new", ["z-old.txt", "0-old.txt"])
def test_a_new_article_under_the_name_of_a_renamed_one(library: Library, new: str) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    move(library, "a.txt", new)
    library.write("a.txt", ORCHARD)
    library.index()
    assert library.id(new) == ids["a"]
    assert library.tags("a.txt") == ()
    assert library.id("a.txt") not in ids.values()


def test_names_handed_on_along_a_chain(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    move(library, "b.txt", "c.txt")
    move(library, "a.txt", "b.txt")
    library.write("a.txt", ORCHARD)
    library.index()
    assert (library.id("b.txt"), library.id("c.txt")) == (ids["a"], ids["b"])
    assert library.tags("a.txt") == ()


def test_identical_copies_are_two_articles_in_one_story(library: Library) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        library.write(name, BUDGET)
    assert counts(library) == (3, 0, 0, 0, 0)
    ids = library.ids()
    assert len(set(ids.values())) == 3
    library.engine.marking.tag([ids["b.txt"]], ["mine"])
    assert [library.tags(name) for name in sorted(ids)] == [(), ("mine",), ()]
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    assert {member.article.id for member in story.members} == set(ids.values())


def test_copies_keep_their_ids_when_the_first_goes_and_the_cache_too(library: Library) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        library.write(name, BUDGET)
    library.index()
    ids = library.ids()
    (library.folder / "a.txt").unlink()
    library.index()
    lose_cache(library)
    library.index()
    assert library.ids() == {name: ids[name] for name in ("b.txt", "c.txt")}


def test_a_copy_made_later_leaves_the_first_alone(library: Library) -> None:
    ids = tagged(library, m=BUDGET)
    shutil.copy(library.path("m.txt"), library.path("a.txt"))
    library.index()
    assert library.id("m.txt") == ids["m"]
    assert (library.tags("m.txt"), library.tags("a.txt")) == (("+m",), ())


def test_each_copy_that_is_there_is_looked_for_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        library.write(f"old{number}.txt", BUDGET)
    library.index()
    looked_for = Counter[bytes]()
    monkeypatch.setattr(os.path, "lexists", lambda path: looked_for.update([path]) or os.access(path, os.F_OK))
    for number in range(20):
        library.write(f"new{number}.txt", BUDGET)
    assert counts(library) == (20, 0, 0, 0, 20)
    assert max(looked_for.values()) == 1


def test_a_hard_link_is_a_copy(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    os.link(library.path("a.txt"), library.path("b.txt"))
    library.index()
    assert set(library.ids()) == {"a.txt", "b.txt"}
    assert library.id("a.txt") == ids["a"]


def test_deleted_and_restored(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    text = (library.folder / "a.txt").read_bytes()
    (library.folder / "a.txt").unlink()
    assert counts(library) == (0, 0, 0, 1, 1)
    assert set(library.ids()) == {"b.txt"}
    assert library.found("council") == set()
    library.write("a.txt", text)
    assert counts(library) == (1, 0, 0, 0, 1)
    assert (library.id("a.txt"), library.tags("a.txt")) == (ids["a"], ("+a",))


def test_deleted_and_restored_elsewhere_with_the_cache_lost_between(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    (library.folder / "a.txt").unlink()
    library.index()
    lose_cache(library)
    library.index()
    library.write("sub/new name.txt", BUDGET)
    library.index()
    assert library.id("sub/new name.txt") == ids["a"]
    assert library.tags("sub/new name.txt") == ("+a",)


def test_the_cache_lost(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR, c=ORCHARD)
    untagged = library.write("d.txt", BUDGET + "\nMore.\n")
    library.index()
    before = library.ids()
    lose_cache(library)
    assert counts(library) == (4, 0, 0, 0, 0)
    assert library.ids() == before
    assert all(library.tags(f"{name}.txt") == ("+" + name,) for name in ids)
    assert library.tags(untagged.name) == ()


def test_rebuilding_keeps_ids_of_edited_articles_too(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    library.write("a.txt", BUDGET.replace("nine hours", "eleven hours"), age=30)
    library.index()
    assert counts(library, rebuild=True) == (2, 0, 0, 0, 0)
    assert library.ids() == {f"{name}.txt": article for name, article in ids.items()}
    assert library.tags("a.txt") == ("+a",)


def test_edited_while_the_cache_was_lost(library: Library) -> None:
    """User data know enough of the text to tell an edit."""
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    library.write("a.txt", BUDGET.replace("nine hours", "eleven hours"))
    assert library.index().warnings == []
    assert (library.id("a.txt"), library.tags("a.txt")) == (ids["a"], ("+a",))
    lose_cache(library)
    library.write("a.txt", BUDGET.replace("nine hours", "twelve hours"), age=30)
    assert library.index().warnings == []
    assert library.tags("a.txt") == ("+a",)


@pytest.mark.parametrize("signed", [False, True])
def test_an_older_versions_data_are_signed_while_the_text_is_known(library: Library, signed: bool) -> None:
    tagged(library, a=BUDGET, b=HARBOUR)
    with closing(Store.open(library.locations.userdata)) as store:
        store.write_many("DELETE FROM signatures", [()])
    if signed:
        library.write("c.txt", ORCHARD)
        library.index()
    lose_cache(library)
    library.write("a.txt", BUDGET.replace("nine hours", "eleven hours"))
    assert (library.index().warnings == []) is signed
    assert library.tags("a.txt") == (("+a",) if signed else ())


def test_another_text_while_the_cache_was_lost(library: Library) -> None:
    """The user can say that it is the same article."""
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    library.write("a.txt", ORCHARD)
    (warning,) = library.index().warnings
    assert library.path("a.txt") in warning
    assert "1 article" in warning
    assert library.tags("a.txt") == ()
    library.engine.marking.adopt(ids["a"], library.path("a.txt"))
    assert library.tags("a.txt") == ("+a",)
    assert library.index(rebuild=True).warnings == []
    assert library.tags("a.txt") == ("+a",)


def test_edited_again_while_the_cache_was_lost(library: Library) -> None:
    """A former text that was kept tells that it is the same article."""
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    library.write("a.txt", BUDGET.replace("nine hours", "eleven hours"), age=40)
    library.index()
    lose_cache(library)
    library.write("a.txt", BUDGET.replace("nine hours", "twelve hours"), age=30)
    assert library.index().warnings == []
    assert (library.id("a.txt"), library.tags("a.txt")) == (ids["a"], ("+a",))


def test_quite_another_text_under_an_old_name_inherits_nothing(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    library.write("a.txt", ORCHARD, age=40)
    report = library.index()
    assert (report.added, report.updated, report.removed, report.edited) == (1, 0, 1, [])
    assert any(library.path("a.txt") in warning and "1 article" in warning for warning in report.warnings)
    assert library.tags("a.txt") == ()
    assert library.id("a.txt") != ids["a"]
    library.write("c.txt", BUDGET)
    library.index()
    assert (library.id("c.txt"), library.tags("c.txt")) == (ids["a"], ("+a",))


@pytest.mark.parametrize("batch", [6_000, 1])
@pytest.mark.parametrize("held", [6_000, 0])
def test_an_export_that_is_numbered_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch, batch: int, held: int
) -> None:
    tag_export(library, 10)
    before = {number: library.id(f"{number:03}.txt") for number in range(10)}
    monkeypatch.setattr(indexing, "BATCH_FILES", batch)
    monkeypatch.setattr(indexing, "MOST_HELD", held)
    monkeypatch.setattr(reading, "CHUNK", 1)
    number_anew(library, 10)
    report = library.index()
    assert (report.added, report.updated, report.moved, report.removed, report.edited) == (1, 0, 10, 0, [])
    assert_tags_followed(library, 10)
    assert {number: library.id(f"{number + 1:03}.txt") for number in range(10)} == before
    assert library.found("orchards") == {"000.txt"}
    assert library.found("Tarnword7") == set()
    assert library.found("tarn71") == {"002.txt"}
    library.index(rebuild=True)
    assert_tags_followed(library, 10)


def export(count: int) -> list[str]:
    """So many articles that have next to nothing in common."""
    towns = ("Alder", "Tarn", "Lowland", "Northgate", "Birch", "Moor", "Fell", "Quarry", "Heath", "Marsh")
    return [
        f"2021-05-{number + 1:02} {town} report\n\n" + " ".join(f"{town}{word}{number}" for word in range(40)) + ".\n"
        for number, town in enumerate(towns[:count])
    ]


def tag_export(library: Library, count: int) -> None:
    """Index so many numbered files, and tag each with its number."""
    for number, text in enumerate(export(count)):
        library.write(f"{number:03}.txt", text, age=90)
    library.index()
    for number in range(count):
        library.engine.marking.tag([library.id(f"{number:03}.txt")], [f"t{number}"])


def number_anew(library: Library, count: int) -> None:
    """One more article in front, and every file holds the text of the one before."""
    for number, text in enumerate([ORCHARD, *export(count)]):
        library.write(f"{number:03}.txt", text)


def assert_tags_followed(library: Library, count: int) -> None:
    """Each tag of an export that was numbered anew is where its text is."""
    tags = [library.tags(f"{number:03}.txt") for number in range(count + 1)]
    assert tags == [(), *((f"t{number}",) for number in range(count))]


def test_numbered_anew_while_the_cache_was_lost(library: Library) -> None:
    tag_export(library, 6)
    lose_cache(library)
    number_anew(library, 6)
    assert library.index().warnings == []
    assert_tags_followed(library, 6)


def test_after_a_restore_a_rebuilding_moves_no_tag(library: Library) -> None:
    tag_export(library, 4)
    kept = library.run("tag", "--dump").text
    number_anew(library, 4)
    shutil.rmtree(library.locations.data)
    begin_anew(library.locations)
    library.reopen()
    library.index()
    assert library.run("tag", "--restore", stdin=kept).code == 0
    for _ in range(2):
        assert_tags_followed(library, 4)
        library.index(rebuild=True)


def test_copied_and_then_overwritten(library: Library) -> None:
    ids = tagged(library, m=BUDGET)
    library.write("a.txt", BUDGET, age=30)
    library.write("m.txt", BUDGET.replace("nine hours", "eleven hours"), age=30)
    library.index()
    assert (library.id("a.txt"), library.tags("a.txt"), library.tags("m.txt")) == (ids["m"], ("+m",), ())


def test_two_files_exchanged_by_writing(library: Library) -> None:
    """As git and rsync do it: the inodes tell nothing."""
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    for name, text in (("a.txt", HARBOUR), ("b.txt", BUDGET)):
        library.write("new", text, age=30).replace(library.folder / name)
    assert counts(library) == (0, 0, 2, 0, 0)
    assert library.ids() == {"a.txt": ids["b"], "b.txt": ids["a"]}
    assert library.found("is:edited") == set()


def test_one_of_two_copies_is_edited(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=BUDGET)
    library.write("a.txt", BUDGET.replace("nine hours", "eleven hours"), age=30)
    assert counts(library) == (0, 1, 0, 0, 1)
    assert library.ids() == {"a.txt": ids["a"], "b.txt": ids["b"]}


def test_a_text_whose_file_was_emptied_is_followed(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    library.write("a.txt", "", age=30)
    library.write("z.txt", BUDGET, age=30)
    report = library.index()
    assert (report.moved, report.edited) == (1, [])
    assert library.ids() == {"z.txt": ids["a"]}


def test_renamed_while_the_cache_was_lost(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    move(library, "a.txt", "sub/z.txt")
    library.index()
    assert (library.id("sub/z.txt"), library.tags("sub/z.txt")) == (ids["a"], ("+a",))


def test_swapped_while_the_cache_was_lost(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    library.write("a.txt", HARBOUR)
    library.write("b.txt", BUDGET)
    library.index()
    assert library.ids() == {"a.txt": ids["b"], "b.txt": ids["a"]}


def test_only_the_front_matter_changed(library: Library) -> None:
    block = "---\ntitle: Ferry returns\ntags: [harbour]\n---\n\nIt sails again.\n"
    library.write("a.md", block)
    library.index()
    article = library.id("a.md")
    library.engine.marking.tag([article], ["mine"])
    library.write("a.md", block.replace("[harbour]", "[ships]\nsource: Tarn Post\ndate: 2021-03-26"), age=30)
    assert counts(library) == (0, 1, 0, 0, 0)
    changed = library.engine.article(library.path("a.md")).article
    assert (changed.id, changed.tags, changed.source) == (article, ("mine", "ships"), "Tarn Post")
    assert changed.date_from == "meta"


def test_a_tag_of_the_file_that_was_taken_away_stays_away(library: Library) -> None:
    library.write("a.md", "---\ntags: [harbour, ships]\n---\n\n# Ferry\n\nIt sails.\n")
    library.index()
    library.engine.marking.tag([library.id("a.md")], [], ["harbour"])
    assert library.tags("a.md") == ("ships",)
    lose_cache(library)
    library.index()
    assert library.tags("a.md") == ("ships",)


def test_an_article_that_cannot_be_read_for_a_while_keeps_its_tags(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    library.write("a.txt", b"\x00\x01binary", age=40)
    report = library.index()
    assert [reason for _, reason in report.newly_failed] == ["not text (it holds NUL bytes)"]
    library.write("a.txt", BUDGET, age=30)
    library.index()
    assert (library.id("a.txt"), library.tags("a.txt")) == (ids["a"], ("+a",))


def test_marks_follow_as_tags_do(library: Library) -> None:
    ids = tagged(library, a=BUDGET)
    article = library.id("a.txt")
    library.engine.marking.set_flag([article], "read", True)
    library.engine.marking.set_flag([article], "starred", True)
    library.engine.marking.set_note(article, "a note")
    library.engine.marking.set_position(article, 12)
    move(library, "a.txt", "b.txt")
    lose_cache(library)
    library.index()
    shown = library.engine.article(ids["a"]).article
    assert (shown.path.name, shown.read, shown.starred) == ("b.txt", True, True)
    assert (library.engine.marking.mark(article).note, library.engine.marking.mark(article).position) == ("a note", 12)


def test_the_order_of_files_within_a_run_does_not_matter_for_tags(library: Library) -> None:
    ids = tagged(library, b=BUDGET, c=HARBOUR, d=ORCHARD)
    for old, new in (("b.txt", "z.txt"), ("c.txt", "a.txt"), ("d.txt", "sub/d.txt")):
        move(library, old, new)
    assert counts(library) == (0, 0, 3, 0, 0)
    assert library.ids() == {"z.txt": ids["b"], "a.txt": ids["c"], "sub/d.txt": ids["d"]}


@pytest.mark.parametrize("name", ["ferry.txt", "all.jsonl"])
def test_a_file_that_moves_while_the_folders_are_listed_keeps_its_tags(library: Library, name: str) -> None:
    """It is seen in its old place and in its new one."""
    text = HARBOUR if name.endswith(".txt") else json.dumps({"id": "ferry-1", "title": "Ferry", "text": HARBOUR})
    old = library.write(name, text)
    library.write("cur/other.txt", BUDGET)
    library.index()
    (ferry,) = [article for article, path in zip(library.ids().values(), library.ids(), strict=True) if path == name]
    library.engine.marking.tag([ferry], ["mine"])
    looks = 0

    def moves() -> bool:
        nonlocal looks
        looks += 1
        if looks == 2:  # the folder is listed, `cur` within it is not
            old.rename(library.folder / "cur" / name)
        return False

    library.index(cancelled=moves)
    library.index()
    assert library.found("tag:mine") == {f"cur/{name}"}
    assert library.ids()[f"cur/{name}"] == ferry


class Killed(BaseException):
    """What ends a run at once."""


@pytest.mark.parametrize("held", [6_000, 0])
def test_a_run_killed_between_batches_is_finished_by_the_next(
    library: Library, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    tag_export(library, 4)
    library.close()
    kept = {part: library.home / f"kept {part}" for part in ("data", "cache")}
    for part, copy in kept.items():
        shutil.copytree(library.home / part, copy)
    number_anew(library, 4)
    monkeypatch.setattr(indexing, "BATCH_FILES", 1)
    monkeypatch.setattr(indexing, "MOST_HELD", held)
    monkeypatch.setattr(reading, "CHUNK", 1)
    store = Catalogue.store
    for moment in range(1, 2 if held else 6):
        for part, copy in kept.items():
            shutil.rmtree(library.home / part)
            shutil.copytree(copy, library.home / part)
        library.reopen()
        calls = 0

        def killed(*arguments: Any, at: int = moment) -> list[int]:
            nonlocal calls
            calls += 1
            if calls == at:
                raise Killed
            return store(*arguments)

        monkeypatch.setattr(Catalogue, "store", killed)
        with pytest.raises(Killed):
            library.index()
        monkeypatch.setattr(Catalogue, "store", store)
        library.reopen()
        library.index()
        assert_tags_followed(library, 4)
        assert library.found("is:edited") == set()
        assert set(library.ids()) == {f"{number:03}.txt" for number in range(5)}
        library.close()


def test_a_run_that_is_interrupted_decides_nothing_that_it_can_not_know(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag_export(library, 4)
    number_anew(library, 4)
    monkeypatch.setattr(indexing, "BATCH_FILES", 1)
    monkeypatch.setattr(reading, "CHUNK", 1)
    done: list[str] = []
    library.index(
        progress=lambda what, count, _: done.append(what) if count == 2 else None, cancelled=lambda: bool(done)
    )
    library.index()
    assert_tags_followed(library, 4)


# whatever is done to the files: no mark is ever on another text

NAMES = tuple(f"{number}.txt" for number in range(4))
WORDS = ("harbour", "orchard", "budget", "library", "railway", "glacier")


def lineage(kind: int, edits: int = 0) -> str:
    """A text, after so many small edits."""
    words = [f"{WORDS[kind]}{number}" for number in range(30)]
    for edit in range(edits):
        words[5 * edit % 30] = f"edited{kind}x{edit}"
    return f"2021-05-01 The {WORDS[kind]} story\n\n{' '.join(words)}.\n"


def kind_of(title: str) -> str:
    return next(word for word in WORDS if word in title)


FILE = st.integers(0, len(NAMES) - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), FILE, FILE),
        st.tuples(st.just("rename"), FILE, FILE),
        st.tuples(st.just("exchange"), FILE, FILE),
        st.tuples(st.just("copy"), FILE, FILE),
        st.tuples(st.just("delete"), FILE, FILE),
        st.tuples(st.just("number anew"), FILE, FILE),
        st.tuples(st.sampled_from(["index", "lose the cache", "rebuild"]), FILE, FILE),
    ),
    max_size=10,
)


@examples(60)
@given(steps=STEPS, in_one_file=st.booleans())
@example(steps=[("number anew", 0, 0), ("lose the cache", 0, 0)], in_one_file=False)
@example(steps=[("number anew", 0, 0), ("edit", 2, 0)], in_one_file=True)
def test_a_mark_is_never_on_another_text(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], in_one_file: bool
) -> None:
    library = Library(tmp_path_factory.mktemp("library"))
    files: dict[str, tuple[int, int]] = {name: (kind, 0) for kind, name in enumerate(NAMES)}
    age, fresh = 9_000.0, len(NAMES)

    def write() -> None:
        nonlocal age
        age -= 30
        if in_one_file:  # numbered: whoever comes first has number 100000
            records = [
                {"id": str(100_000 + number), "title": name, "text": lineage(*files[name])}
                for number, name in enumerate(sorted(files))
            ]
            for record, name in zip(records, sorted(files), strict=True):
                record["title"], record["text"] = lineage(*files[name]).split("\n\n")
            library.write("all.jsonl", "".join(json.dumps(record) + "\n" for record in records) or "\n", age=age)
            library.write("other.txt", BUDGET, age=age)
            return
        for name in (*NAMES, "9.txt"):
            if name in files:
                text = lineage(*files[name])
                if not (library.folder / name).exists() or (library.folder / name).read_text() != text:
                    library.write(name, text, age=age)
            else:
                (library.folder / name).unlink(missing_ok=True)

    write()
    library.index()
    for article in library.engine.articles([int(n) for n in library.engine.searching.search("story").numbers]):
        library.engine.marking.tag([article.id], [kind_of(article.title)])
    for what, one, other in steps:
        first, second = NAMES[one], NAMES[other]
        if what == "edit" and first in files:
            files[first] = (files[first][0], files[first][1] + 1)
        elif what == "rename" and first in files:
            files[second] = files.pop(first)
        elif what == "exchange" and first in files and second in files:
            files[first], files[second] = files[second], files[first]
        elif what == "copy" and first in files:
            files[second] = files[first]
        elif what == "delete":
            files.pop(first, None)
        elif what == "number anew":
            texts = [(min(fresh, len(WORDS) - 1), 0), *(files[name] for name in sorted(files))]
            fresh += 1
            files = dict(zip((*NAMES, "9.txt"), texts, strict=False))
        write()
        if what == "index":
            library.index()
        elif what == "lose the cache":
            lose_cache(library)
        elif what == "rebuild":
            library.index(rebuild=True, purge=True)
    library.index()
    for article in library.engine.articles([int(n) for n in library.engine.searching.search("is:tagged").numbers]):
        assert article.tags == (kind_of(article.title),), (steps, article)
    library.close()
