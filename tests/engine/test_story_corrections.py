"""Corrections of stories through the engine: at once, in every later run, and after the loss of the cache."""

from __future__ import annotations

import errno
import os
import shutil

import pytest

from newsreader.errors import NotFoundError, UsageError
from newsreader.userdata.dump import dump, parse_dump
from tests.builders import BUDGET, HARBOUR, ORCHARD, REWRITE, Library
from tests.library.test_lock import held


@pytest.fixture
def news(library: Library) -> Library:
    """Two articles of one story, and two that stand alone."""
    library.write("tarn-post/ferry.txt", HARBOUR)
    library.write("alder-review/sails.txt", REWRITE)
    library.write("alder-review/budget.txt", BUDGET)
    library.write("orchards.txt", ORCHARD)
    library.index()
    assert groups(library) == [{"ferry", "sails"}]
    return library


def groups(library: Library) -> list[set[str]]:
    """The stories, each as the names of its files."""
    stories = library.engine.stories.by_ids(library.engine.stories.ids())
    return sorted(({m.article.path.stem for m in story.members} for story in stories), key=sorted)


def story(library: Library) -> str:
    (found,) = library.engine.stories.ids()
    return found


def test_merging_a_story_and_an_article(news: Library) -> None:
    assert news.engine.stories.merge([story(news), news.id("orchards.txt")]).regrouped
    assert groups(news) == [{"ferry", "sails", "orchards"}]
    assert news.found(f"story:{story(news)}") == {"tarn-post/ferry.txt", "alder-review/sails.txt", "orchards.txt"}


def test_an_article_stands_for_its_story(news: Library) -> None:
    assert news.engine.stories.merge([news.id("orchards.txt"), news.id("alder-review/sails.txt")]).regrouped
    assert groups(news) == [{"ferry", "sails", "orchards"}]


def test_taking_an_article_out_and_back_in(news: Library) -> None:
    ferry = news.id("tarn-post/ferry.txt")
    assert news.engine.stories.take_out(ferry).regrouped
    assert groups(news) == []
    assert news.engine.stories.forget_corrections(ferry).regrouped
    assert groups(news) == [{"ferry", "sails"}]


def test_never_together(news: Library) -> None:
    ids = news.ids()
    assert news.engine.stories.never_together([ids["tarn-post/ferry.txt"], ids["alder-review/sails.txt"]]).regrouped
    assert groups(news) == []
    news.write("herald/ferry-copy.txt", HARBOUR + "\nMore of it tomorrow.\n")
    news.index()
    assert groups(news) in ([{"ferry", "ferry-copy"}], [{"sails", "ferry-copy"}])


@pytest.mark.parametrize("loss", ["nothing", "cache", "full", "edit", "move"])
def test_every_later_run_honours_them(news: Library, loss: str) -> None:
    news.engine.stories.merge([news.id("orchards.txt"), news.id("alder-review/budget.txt")])
    news.engine.stories.take_out(news.id("tarn-post/ferry.txt"))
    if loss == "cache":
        news.engine.close()
        shutil.rmtree(news.locations.cache)
    elif loss == "edit":
        news.write("orchards.txt", ORCHARD + "\nLate frost is rare here.\n")
    elif loss == "move":
        (news.folder / "orchards.txt").rename(news.folder / "herald.txt")
    news.index(full=loss == "full")
    news.reopen()
    assert groups(news) == [{"budget", "herald" if loss == "move" else "orchards"}]


def test_while_another_run_is_indexing_they_are_kept_for_the_next(news: Library) -> None:
    with held(news.locations.lock):
        done = news.engine.stories.take_out(news.id("tarn-post/ferry.txt"))
        assert (done.regrouped, done.pending) == (False, "another run is indexing")
    assert groups(news) == [{"ferry", "sails"}]
    report = news.index()
    assert (report.added, report.unchanged) == (0, 4)
    assert groups(news) == []
    generation = news.engine.state()[0]
    news.index()
    assert news.engine.state()[0] == generation


def test_what_cannot_be_corrected(news: Library) -> None:
    engine, ferry = news.engine, news.id("tarn-post/ferry.txt")
    revision = engine.state()
    with pytest.raises(NotFoundError):
        engine.stories.merge([story(news), "s000000000000"])
    with pytest.raises(UsageError):
        engine.stories.merge([news.id("orchards.txt")])
    with pytest.raises(UsageError):
        engine.stories.never_together([ferry, ferry])
    with pytest.raises(NotFoundError):
        engine.stories.take_out("f" * 16)
    with pytest.raises(NotFoundError):
        engine.stories.forget_corrections(ferry)
    assert engine.state()[0] == revision[0]
    assert groups(news) == [{"ferry", "sails"}]


def test_an_article_that_left_the_library_can_be_forgotten(news: Library) -> None:
    orchards = news.id("orchards.txt")
    news.engine.stories.take_out(orchards)
    (news.folder / "orchards.txt").unlink()
    news.index()
    assert news.engine.stories.forget_corrections(orchards).regrouped


def test_a_merge_is_taken_back_whole_by_either_of_its_articles(news: Library) -> None:
    for forgotten in ("orchards.txt", "alder-review/sails.txt"):
        news.engine.stories.merge([news.id("orchards.txt"), news.id("tarn-post/ferry.txt")])
        assert groups(news) == [{"ferry", "sails", "orchards"}]
        news.engine.stories.forget_corrections(news.id(forgotten))
        assert groups(news) == [{"ferry", "sails"}]


def test_of_two_merges_each_can_be_taken_back_alone(news: Library) -> None:
    stories, orchards, budget = news.engine.stories, news.id("orchards.txt"), news.id("alder-review/budget.txt")
    first = stories.merge([orchards, news.id("tarn-post/ferry.txt")])
    second = stories.merge([news.id("tarn-post/ferry.txt"), budget])
    assert groups(news) == [{"ferry", "sails", "orchards", "budget"}]
    undone = stories.undo_correction(first)
    assert undone.taken_back == first.said
    assert groups(news) == [{"ferry", "sails", "budget"}]
    stories.undo_correction(undone)
    stories.revoke_correction(second.said[0].id[:8])
    assert groups(news) == [{"ferry", "sails", "orchards"}]
    with pytest.raises(UsageError, match="already"):
        stories.undo_correction(second)
    with pytest.raises(NotFoundError, match="no correction"):
        stories.revoke_correction(second.said[0].id)


def test_what_came_since_the_first_merge_is_in_the_second(news: Library) -> None:
    stories, orchards, budget = news.engine.stories, news.id("orchards.txt"), news.id("alder-review/budget.txt")
    first = stories.merge([orchards, news.id("tarn-post/ferry.txt")])
    news.write("herald/ferry-copy.txt", HARBOUR + "\nMore of it tomorrow.\n")
    news.index()
    stories.merge([news.id("herald/ferry-copy.txt"), budget])
    assert groups(news) == [{"ferry", "ferry-copy", "sails", "orchards", "budget"}]
    stories.undo_correction(first)
    assert groups(news) == [{"ferry", "ferry-copy", "sails", "budget"}]


def test_what_cannot_be_grouped_anew_is_kept_for_the_next_run(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        done = news.engine.stories.merge([news.id("orchards.txt"), news.id("alder-review/budget.txt")])
    assert done.pending is not None
    assert "No space left" in done.pending
    assert groups(news) == [{"ferry", "sails"}]
    news.index()
    assert groups(news) == [{"budget", "orchards"}, {"ferry", "sails"}]


def test_a_dump_brings_them_to_another_library(news: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    news.engine.stories.merge([news.id("orchards.txt"), news.id("alder-review/budget.txt")])
    news.engine.stories.take_out(news.id("tarn-post/ferry.txt"))
    lines = list(dump(news.engine.store))
    other = Library(tmp_path_factory.mktemp("other"))
    shutil.copytree(news.folder, other.folder, dirs_exist_ok=True)
    other.index()
    assert groups(other) == [{"ferry", "sails"}]
    other.engine.marking.restore(parse_dump(lines))
    assert groups(other) == [{"budget", "orchards"}]
    other.close()


def test_why(news: Library) -> None:
    ids = news.ids()
    found = news.engine.stories.why(ids["tarn-post/ferry.txt"], news.path("alder-review/sails.txt"))
    assert (found.same_story, found.correction) == (True, None)
    assert {"Tarn", "Lowland"} <= set(found.reasons.names)
    assert 0.1 < found.reasons.similarity <= 1
    news.engine.stories.never_together([found.left.id, found.right.id])
    found = news.engine.stories.why(found.left.id, found.right.id)
    assert (found.same_story, found.correction) == (False, "apart")
    apart = news.engine.stories.why(ids["orchards.txt"], ids["alder-review/budget.txt"])
    assert (apart.same_story, apart.correction) == (False, None)
    with pytest.raises(NotFoundError):
        news.engine.stories.why("ffffffff", found.left.id)


def test_credits_are_no_reason(library: Library) -> None:
    library.write("tarn-post/ferry.txt", f"{HARBOUR}\n\n(Reporting by Ilse Maar; editing by Jon Verrick)\n")
    library.write("alder-review/sails.txt", f"{REWRITE}\n\n(Reporting by Ilse Maar; editing by Jon Verrick)\n")
    library.index()
    reasons = library.engine.stories.why(*library.ids().values()).reasons
    assert reasons.names
    assert not {"Ilse", "Maar", "Jon", "Verrick", "reporting", "editing"} & {*reasons.names, *reasons.words}


def test_agencies_datelines_and_days_are_no_reason(library: Library) -> None:
    told = "ferry Solveig ran aground at Tarn on Monday, its owner told Reuters."
    library.write("tarn-post/ferry.txt", f"Ferry aground\n\nALDERHAVEN (Reuters) - The {told}\n\n(AP)\n")
    library.write("review/ferry.txt", f"Aground at Tarn\n\nALDERHAVEN, Nov 3 (Reuters) - In fog the {told}\n\n(AP)\n")
    library.index()
    reasons = library.engine.stories.why(*library.ids().values()).reasons
    assert {"Solveig", "Tarn"} <= {*reasons.names}
    assert not {"reuters", "alderhaven", "ap", "monday"} & {word.lower() for word in (*reasons.names, *reasons.words)}


def test_a_later_article_of_the_same_outlet_is_an_update(library: Library) -> None:
    library.write("tarn-post/ferry.txt", HARBOUR)
    library.write("tarn-post/again.txt", REWRITE)
    library.write("tarn-post/copy.txt", HARBOUR.replace("2021-03-27", "2021-03-28"))
    library.write("herald/copy.txt", HARBOUR.replace("2021-03-27", "2021-03-28"))
    library.index()
    (found,) = library.engine.stories.by_ids(library.engine.stories.ids())
    told = {f"{m.article.path.parent.name}/{m.article.path.stem}": (m.relation, m.is_update) for m in found.members}
    assert told == {
        "tarn-post/ferry": ("first", False), "tarn-post/again": ("near-copy", True),
        "tarn-post/copy": ("copy", False), "herald/copy": ("copy", False),
    }  # fmt: skip


def test_agency_shares(library: Library) -> None:
    for outlet in ("wire", "post", "herald"):
        library.write(f"{outlet}/ferry.txt", HARBOUR)
    library.write(
        "review/sails.txt", REWRITE + "\nOur reporter will be on board and tell of it on Sunday in these pages."
    )
    library.index()
    (found,) = library.engine.stories.by_ids(library.engine.stories.ids())
    shares = library.engine.stories.agency_shares(found)
    by_source = {m.article.source: shares[m.article.id] for m in found.members}
    assert by_source.pop("review") == pytest.approx(0.74, abs=0.03)
    assert by_source == {"wire": 1.0, "post": 1.0, "herald": 1.0}
