"""What comes while the reader is open."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.main.news import News
from tests.builders import Library


def test_what_is_gone_to_while_it_is_counted_is_not_told_of_again(library: Library) -> None:
    def come(number: int) -> None:
        library.write(f"n{number}.txt", f"Number {number}\n\nThe ferry sails {number} times.\n")
        library.index()

    told: list[int] = []
    come(1)
    news = News(Engine(library.locations), told.append)
    assert news.show(news.count())
    come(2)
    assert news.show(news.count())
    assert told == [0, 1]
    on_its_way = news.count()
    news.seen()
    assert not news.show(on_its_way), "it has to be counted again"
    assert told == [0, 1, 0]
    assert news.show(news.count())
    assert told == [0, 1, 0, 0]
    come(3)
    on_its_way = news.count()
    news.seen()
    assert not news.show(on_its_way)
    assert news.show(news.count())
    assert told[-1] == 1, "what had not been counted yet is"
