from __future__ import annotations

import time

import pytest

from newsreader.engine.overview import NEW_SECONDS
from newsreader.errors import Cancelled
from tests.builders import BUDGET, HARBOUR, Library


def test_tags_of_files_and_of_the_user_are_one(library: Library) -> None:
    library.write("a.md", "---\ntags: [harbour, ships]\nsource: Tarn Post\n---\n\n# Ferry\n\nIt sails.\n")
    library.write("b.txt", BUDGET)
    library.index()
    one, two = library.id("a.md"), library.id("b.txt")
    library.engine.marking.tag([one], ["mine"], ["ships"])
    library.engine.marking.tag([two], ["ships", "Alpha"], ["never there"])
    shelf = library.engine.shelf()
    assert shelf.tags_of(shelf.number_of[one], one) == ("harbour", "mine")
    assert shelf.by_tag == {
        "harbour": {shelf.number_of[one]},
        "mine": {shelf.number_of[one]},
        "ships": {shelf.number_of[two]},
        "Alpha": {shelf.number_of[two]},
    }
    assert shelf.counts.tags == (("Alpha", 1), ("harbour", 1), ("mine", 1), ("ships", 1))
    assert shelf.sources == ("Tarn Post",)


def test_a_shelf_is_kept_until_something_changes(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    first = library.engine.shelf()
    assert library.engine.shelf() is first
    library.engine.marking.tag([library.id("a.txt")], ["a"])
    second = library.engine.shelf()
    assert second is not first
    assert (first.counts.tags, second.counts.tags) == ((), (("a", 1),))


def test_only_what_was_written_to_is_read_again(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    article = library.id("a.txt")
    library.engine.marking.tag([article], ["a"])
    tagged = library.engine.shelf()
    library.engine.marking.set_flag([article], "starred", True)
    starred = library.engine.shelf()
    assert starred.by_tag is tagged.by_tag
    assert starred.starred == {article}
    library.engine.marking.set_position(article, 7)
    assert library.engine.shelf().unread is starred.unread
    library.engine.marking.set_flag([article], "read", True)
    library.engine.marking.tag([article], ["b"])
    both = library.engine.shelf()
    assert both.read == {article}
    assert both.tags_of(both.number_of[article], article) == ("a", "b")


def test_all_is_read_again_where_another_process_has_written_in_between(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    article = library.id("a.txt")
    library.engine.shelf()
    other = library.another()
    library.engine.marking.set_position(article, 1)
    other.engine.marking.tag([article], ["elsewhere"])
    library.engine.marking.set_position(article, 2)
    shelf = library.engine.shelf()
    assert shelf.counts.tags == (("elsewhere", 1),)
    other.engine.marking.set_flag([article], "read", True)
    assert library.engine.shelf().read == {article}
    other.close()


def test_a_change_that_was_given_up_is_no_change(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    article = library.id("a.txt")
    before = library.engine.state()
    with pytest.raises(Cancelled):
        library.engine.marking.tag([article], ["a"], cancelled=lambda: True)
    with pytest.raises(Cancelled):
        library.engine.marking.set_flag([article], "read", True, cancelled=lambda: True)
    assert library.engine.state() == before
    library.another().engine.marking.tag([article], ["b"])
    assert library.engine.shelf().counts.tags == (("b", 1),)


def test_marks_of_articles_that_left_do_not_count(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.write("b.txt", HARBOUR)
    library.index()
    article = library.id("a.txt")
    library.engine.marking.tag([article], ["a"])
    library.engine.marking.set_flag([article], "read", True)
    library.engine.marking.set_flag([article], "starred", True)
    (library.folder / "a.txt").unlink()
    library.index()
    counts = library.engine.shelf().counts
    assert (counts.all, counts.unread, counts.starred, counts.tags) == (1, 1, 0, ())


def test_articles_are_new_for_a_day(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    shelf = library.engine.shelf()
    assert shelf.flagged("new", int(time.time())) == set(shelf.number_of.values())
    assert shelf.flagged("new", int(time.time()) + NEW_SECONDS + 60) == set()


def test_places_of_articles_in_the_list(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.write("b.txt", HARBOUR)
    library.index()
    shelf = library.engine.shelf()
    assert shelf.places_of(shelf.numbers[::-1]).tolist() == [1, 0]
    assert shelf.places_of(shelf.numbers[:1] + 1000).tolist() == []


def test_outlets_and_tags_say_what_is_unread(library: Library) -> None:
    for number, outlet in enumerate(("Tarn Post", "Tarn Post", "Alder Mail")):
        text = f"---\nsource: {outlet}\ntags: [water]\n---\n\n# Ferry {number}\n\nNumber {number} sails.\n"
        library.write(f"{number}.md", text)
    library.write("c.txt", BUDGET)
    library.index()
    library.engine.marking.set_flag([library.id("0.md"), library.id("2.md")], "read", True)
    shelf = library.engine.shelf()
    assert shelf.counts.outlets == (("Alder Mail", 1, 0), ("Tarn Post", 2, 1))
    assert shelf.counts.unread_by_tag == {"water": 1}
    assert shelf.unread_among(shelf.numbers) == shelf.counts.unread == 2
