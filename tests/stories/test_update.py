"""Stories are the same wherever their timelines are made."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

import pytest

from newsreader.article import StoryId
from newsreader.errors import StorageError
from newsreader.library.catalogue import Catalogue
from newsreader.stories import update as grouping
from newsreader.stories.version import VERSION
from tests.builders import SAMPLES, Library


def placements(library: Library) -> dict[StoryId, list[tuple[str, str | None, float | None]]]:
    catalogue = Catalogue.open(library.locations.catalogue)
    assert catalogue is not None
    stories = catalogue.story_members(catalogue.story_ids())
    catalogue.close()
    return {story: sorted((row.id, row.relation, row.similarity) for row in rows) for story, rows in stories.items()}


def test_timelines_made_in_several_processes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in SAMPLES.rglob("*.*"):
        library.write(str(path.relative_to(SAMPLES)), path.read_bytes())
    library.index()
    alone = placements(library)
    assert len(alone) > 10
    monkeypatch.setattr(grouping, "WORKERS_FROM", 1)
    monkeypatch.setattr(grouping, "STORIES_AT_ONCE", 3)
    library.index(rebuild=True)
    assert placements(library) == alone


def test_a_timeline_that_kills_its_process_ends_the_run_in_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (1, 2):
        library.write(f"{day}.txt", f"2026-10-0{day} The ferry Solveig ran aground near Tarn\n\nNobody was hurt.")
    monkeypatch.setattr(grouping, "WORKERS_FROM", 1)
    monkeypatch.setattr(grouping, "timelines", lambda stories: os._exit(3))
    with pytest.raises(StorageError, match="timelines can't be made: crash"):
        library.index()
    monkeypatch.undo()
    library.index()
    assert len(placements(library)) == 1


def copies(first: int, last: int, day: int) -> str:
    text = "The ferry Solveig ran aground near Tarn with 212 passengers, who all left it before noon by tug."
    articles = [
        {
            "id": f"c{n}",
            "title": "Ferry Solveig aground near Tarn",
            "text": text,
            "date": f"2026-10-{day:02}",
            "source": f"o{n}",
        }
        for n in range(first, last)
    ]
    return "".join(json.dumps(article) + "\n" for article in articles)


def test_one_more_copy_of_very_many_does_not_read_them_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "LONG", 20)
    read: list[int] = []
    paragraphs = Catalogue.paragraphs

    def counted(catalogue: Catalogue, number: int) -> Sequence[str]:
        read.append(number)
        return paragraphs(catalogue, number)

    monkeypatch.setattr(Catalogue, "paragraphs", counted)
    library.write("agency.jsonl", copies(0, 60, 6))
    library.index()
    assert len(read) >= 60
    read.clear()
    library.write("late.jsonl", copies(60, 61, 7))
    library.index()
    assert 0 < len(read) <= 4
    gone_on = placements(library)
    assert [len(members) for members in gone_on.values()] == [61]
    library.index(rebuild=True)
    assert placements(library) == gone_on
    (library.folder / "late.jsonl").unlink()
    library.index()
    assert [len(members) for members in placements(library).values()] == [60]


def test_a_run_is_cancelled_amid_the_timeline_of_a_long_story(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "LONG", 20)
    library.write("agency.jsonl", copies(0, 400, 6))
    library.index()
    library.write("early.jsonl", copies(400, 401, 5))
    asked: list[str] = []

    def progress(what: str, done: int, total: int) -> None:
        asked.append(what)

    before = placements(library)
    report = library.index(cancelled=lambda: asked[-1:] == ["making timelines"], progress=progress)
    assert report.interrupted
    assert placements(library).keys() == before.keys()
    library.index()
    assert [len(members) for members in placements(library).values()] == [401]


def test_a_run_places_anew_what_another_version_placed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 2):
        library.write(f"{day}.txt", f"2026-10-0{day} The ferry Solveig ran aground near Tarn\n\nNobody was hurt.")
    library.index()
    placed = placements(library)
    catalogue = Catalogue.open(library.locations.catalogue)
    assert catalogue is not None
    for story in placed:  # as a version might have it that chose headlines otherwise
        catalogue._run("UPDATE stories SET title = 'another' WHERE story = ?", (story,))
    catalogue.set_meta(stories_version="1")
    generation = catalogue.generation
    with monkeypatch.context() as patch:
        patch.setattr("newsreader.stories.state.VERSION", VERSION + 1)  # the book is not of this version either
        library.index()
        assert catalogue.generation > generation
        assert placements(library) == placed
        assert set(catalogue.story_titles(list(placed)).values()) == {
            "2026-10-01 The ferry Solveig ran aground near Tarn"
        }
        generation = catalogue.generation
        library.index()
        assert catalogue.generation == generation
    catalogue.close()
