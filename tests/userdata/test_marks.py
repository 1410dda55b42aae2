from __future__ import annotations

from pathlib import Path

from newsreader.article import ArticleId
from newsreader.userdata.marks import Mark, Marks
from newsreader.userdata.store import Store, Subject

ONE = Subject(ArticleId("1" * 16), b"/news/a.txt", "", "1" * 32)
TWO = Subject(ArticleId("2" * 16), b"/news/b.txt", "", "2" * 32)


def test_marks_are_kept_side_by_side(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "userdata.sqlite")
    reading = Marks(store)
    assert reading.mark(ONE.id) == Mark()
    reading.set_flag([ONE, TWO], "read", True)
    reading.set_flag([ONE], "starred", True)
    reading.set_note(ONE, "an odd\nnote ☃")
    reading.set_position(ONE, 120)
    reading.set_flag([ONE], "read", False)
    store.close()

    store = Store.open(tmp_path / "userdata.sqlite")
    reading = Marks(store)
    assert reading.marks() == {ONE.id: Mark(False, True, 120, "an odd\nnote ☃"), TWO.id: Mark(read=True)}
    assert reading.flagged("read") == {TWO.id}
    assert reading.flagged("starred") == {ONE.id}
    assert store.subjects() == [ONE, TWO]
    store.close()
