from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsreader.article import ArticleId
from newsreader.userdata.adopt import adopt
from newsreader.userdata.marks import Mark, Marks
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import FormerText, Versions

OLD, NEW, THIRD = (Subject(ArticleId(digit * 16), b"/news/" + digit.encode(), "", digit * 32) for digit in "123")


def text(words: str) -> FormerText:
    return FormerText("f" * 32, words, ())


def test_everything_goes_over_and_the_heirs_own_word_stays(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "userdata.sqlite")
    tags, reading, versions, corrections = Tags(store), Marks(store), Versions(store), StoryCorrections(store)
    tags.change([OLD], ["both", "old"], ["taken"])
    tags.change([NEW], ["taken"], ["both"])
    reading.set_flag([OLD], "starred", True)
    reading.set_note(OLD, "old note")
    reading.set_note(NEW, "new note")
    reading.set_position(OLD, 5)
    corrections.merge([OLD, THIRD])
    versions.keep([(OLD.id, text("1")), (OLD.id, text("2")), (NEW.id, text("3")), (NEW.id, text("4"))], 10**6)
    store.remember([replace(OLD, signature=b"old"), replace(NEW, signature=b"new")])
    adopt(store, OLD, NEW)
    assert store.signatures([OLD.id, NEW.id]) == {NEW.id: b"new"}
    assert tags.entries() == {NEW.id: {"both": False, "old": True, "taken": True}}
    assert reading.marks() == {NEW.id: Mark(starred=True, position=5, note="new note\nold note")}
    assert corrections.holding().merged == (frozenset({NEW.id, THIRD.id}),)
    assert versions.counts() == {NEW.id: 4}
    assert [(kept.number, kept.title) for kept in versions.of(NEW.id)] == [(n, str(n)) for n in range(1, 5)]
    assert {subject.id for subject in store.subjects()} == {NEW.id, THIRD.id}
    before = tags.entries(), reading.marks(), versions.counts()
    adopt(store, NEW, NEW)
    assert (tags.entries(), reading.marks(), versions.counts()) == before
    store.close()
