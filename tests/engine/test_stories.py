from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsreader.errors import NotFoundError
from newsreader.stories.coverage import coverage
from tests.builders import Library


def test_the_story_of_two_outlets(news: Library) -> None:
    (story,) = news.engine.stories.by_ids(news.engine.stories.ids())
    assert [member.article.path.name for member in story.members] == ["ferry.txt", "sails.txt"]
    assert story.members[0].relation == "first"
    assert all(0 < member.similarity <= 1 for member in story.members)
    assert set(story.sources) == {"tarn-post", "alder-review"}
    assert story.first is not None
    assert story.first.date() == date(2021, 3, 27)
    assert news.engine.stories.story(story.id[:6]).id == story.id
    assert news.found(f"story:{story.id}") == {"tarn-post/ferry.txt", "alder-review/sails.txt"}
    assert news.engine.stories.ids(news.engine.searching.search("frost")) == []
    assert news.engine.stories.ids(news.engine.searching.search("harbour")) == [story.id]
    assert news.engine.stories.ids(since=date(2021, 3, 28)) == [story.id]
    assert news.engine.stories.ids(since=date(2021, 3, 29)) == []
    assert news.engine.stories.ids(min_sources=3) == news.engine.stories.ids(min_size=3) == []
    with pytest.raises(NotFoundError):
        news.engine.stories.story("nothing")


@pytest.mark.shared
def test_the_two_real_articles_are_one_story(library: Library, shared_articles: Path) -> None:
    library.engine.add_folders([shared_articles])
    assert library.engine.index().added == 2
    assert len(library.engine.searching.search('xiaomi "great wall"').numbers) == 2
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    assert len(story.members) == 2
    left, right = (member.article.id for member in story.members)
    summary = library.engine.comparing.compare(left, right).comparison.summary
    assert summary.same + summary.reworded >= 8


STORM = """ date 2021-03-27 Storm takes the roof of the Alder market hall

The storm of Saturday night tore the roof off the market hall of Alder, and traders lost what was stored beneath it.

Nobody was inside. The town's builders say that a new roof takes until autumn, and the council meets on it on Monday.

Stalls will stand on the green until then, said mayor Ilse Maar.
"""
STORM_OTHERWISE = """ date 2021-03-27 Alder market hall loses roof in storm

Market traders in Alder stood before a hall without a roof on Sunday morning: a storm had carried it into the river.

Mayor Ilse Maar promised them room on the green. The council wants to speak of the money on Monday.
"""


def relations(library: Library) -> dict[str | None, tuple[str, bool]]:
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    return {member.article.source: (member.relation, member.is_first) for member in story.members}


def earlier(library: Library, path: str) -> set[str]:
    found = library.engine.comparing.novelty(library.engine.article(library.path(path)).article.id).earlier
    return {article.source or "" for article in found}


def test_articles_of_one_day_share_the_first_place_everywhere(library: Library) -> None:
    library.write("tarn-post/roof.txt", STORM)
    library.write("alder-review/hall.txt", STORM_OTHERWISE)
    library.write("copier/roof.txt", STORM)
    library.write("late/hall.txt", STORM_OTHERWISE.replace("03-27", "03-28"))
    library.index()
    found = relations(library)
    assert found.pop("late") == ("copy", False)
    assert found.pop("alder-review") == ("first", True)
    assert sorted(found.values()) == [("copy", True), ("first", True)]
    assert library.found("is:first") >= {"alder-review/hall.txt"}
    assert earlier(library, "tarn-post/roof.txt") == earlier(library, "alder-review/hall.txt") == set()
    assert earlier(library, "late/hall.txt") == {"tarn-post", "alder-review", "copier"}
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    (row,) = coverage([story], ["tarn-post", "alder-review", "copier", "late"]).stories
    assert set(row.first) == {"tarn-post", "alder-review", "copier"}


def test_who_is_contained_was_first_everywhere(library: Library) -> None:
    library.write("tarn-post/roof.txt", STORM + "\n" + STORM_OTHERWISE.partition("\n\n")[2])
    library.write("alder-review/hall.txt", STORM)
    library.index()
    assert relations(library) == {"alder-review": ("first", True), "tarn-post": ("near-copy", False)}
    assert earlier(library, "alder-review/hall.txt") == set()
    assert earlier(library, "tarn-post/roof.txt") == {"alder-review"}
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    (row,) = coverage([story], story.sources).stories
    assert (row.first, row.lead) == (("alder-review",), None)


def test_the_dates_of_files_tell_the_hour_of_that_day(library: Library) -> None:
    for path, text, hour in (("tarn-post/roof.txt", STORM, 15), ("alder-review/hall.txt", STORM_OTHERWISE, 9)):
        library.write(path, text)
        moment = datetime(2021, 3, 27, hour, tzinfo=UTC).timestamp()
        os.utime(library.path(path), (moment, moment))
    library.index()
    assert relations(library) == {"alder-review": ("first", True), "tarn-post": ("same-story", False)}
    assert earlier(library, "alder-review/hall.txt") == set()
    assert earlier(library, "tarn-post/roof.txt") == {"alder-review"}


def test_what_was_read_counts_whenever_it_appeared(library: Library) -> None:
    library.write("tarn-post/roof.txt", STORM)
    library.write("alder-review/hall.txt", STORM_OTHERWISE)
    library.index()
    one, other = (library.engine.article(library.path(p)).article.id for p in library.ids())
    library.engine.marking.set_flag([other], "read", True)
    assert [article.id for article in library.engine.comparing.novelty(one, read_only=True).earlier] == [other]
    assert library.engine.comparing.novelty(other, read_only=True).earlier == ()


def test_a_rewrite_has_taken_over_most_of_a_text(library: Library) -> None:
    half, whole = STORM.split("\n\n"), STORM_OTHERWISE.split("\n\n")
    library.write("tarn-post/roof.txt", STORM)
    library.write("taker/roof.txt", "\n\n".join([whole[0], half[1], whole[2], half[3]]).replace("03-27", "03-29"))
    library.write("alder-review/hall.txt", STORM_OTHERWISE.replace("03-27", "03-30"))
    library.index()
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    details = {member.article.source: member.detail for member in story.members}
    assert details["taker"] == "rewrite"
    assert details["tarn-post"] is None
