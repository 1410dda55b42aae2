"""Which article is which, end to end: what happens to ids and tags when files change under the library."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from tests.builders import BUDGET, HARBOUR, ORCHARD, Library, set_age


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
    shutil.rmtree(library.locations.cache)
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
    for text, age in ((HARBOUR, 40), (BUDGET, 30)):
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
    library.write("a.txt", ORCHARD, age=30)
    library.index()
    assert counts(library, rebuild=True) == (2, 0, 0, 0, 0)
    assert library.ids() == {f"{name}.txt": article for name, article in ids.items()}
    assert library.tags("a.txt") == ("+a",)


def test_edited_while_the_cache_was_lost(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    library.write("a.txt", ORCHARD)
    library.index()
    assert (library.id("a.txt"), library.tags("a.txt")) == (ids["a"], ("+a",))


def test_renamed_while_the_cache_was_lost(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    move(library, "a.txt", "sub/z.txt")
    library.index()
    assert (library.id("sub/z.txt"), library.tags("sub/z.txt")) == (ids["a"], ("+a",))


def test_swapped_while_the_cache_was_lost_follows_the_path(library: Library) -> None:
    ids = tagged(library, a=BUDGET, b=HARBOUR)
    lose_cache(library)
    library.write("a.txt", HARBOUR)
    library.write("b.txt", BUDGET)
    library.index()
    assert set(library.ids().values()) == set(ids.values())


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
