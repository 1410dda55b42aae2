from __future__ import annotations

import threading

from tests.builders import Library


def test_a_catalogue_that_was_seen_in_the_making_is_seen_when_it_is_made(news: Library) -> None:
    generation = news.engine.state()[0]
    news.close()
    made = news.locations.catalogue.read_bytes()
    news.locations.catalogue.write_bytes(b"")
    news.reopen()
    assert news.engine.state()[0] == 0
    news.locations.catalogue.write_bytes(made)  # the same file
    assert news.engine.state()[0] == generation


def test_any_thread_may_ask(news: Library) -> None:
    results: list[set[str] | Exception] = []

    def ask() -> None:
        try:
            results.append(news.found("ferry"))
        except Exception as error:
            results.append(error)
        finally:
            news.engine.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [{"tarn-post/ferry.txt", "alder-review/sails.txt"}] * 6


def test_closing_in_one_thread_leaves_the_others_what_they_have_open(news: Library) -> None:
    mine = news.engine.store
    other = threading.Thread(target=news.engine.close)
    other.start()
    other.join()
    assert news.engine.store is mine


def test_every_change_moves_the_state(news: Library) -> None:
    states = [news.engine.state()]
    news.engine.marking.tag([news.id("orchards.txt")], ["a"])
    states.append(news.engine.state())
    news.write("new.txt", "New\n\nText.")
    news.index()
    states.append(news.engine.state())
    assert states[0][1] < states[1][1]
    assert states[1][0] < states[2][0]


def test_two_engines_see_each_other_at_once(news: Library) -> None:
    other = news.another()
    assert other.tags("orchards.txt") == ()
    news.engine.marking.tag([news.id("orchards.txt")], ["a"])
    assert other.tags("orchards.txt") == ("a",)
    news.write("new.txt", "New\n\nThe ferry again.")
    news.index()
    assert "new.txt" in other.found("ferry")
    other.close()
