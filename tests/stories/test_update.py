"""Stories are the same wherever their timelines are made."""

from __future__ import annotations

import os

import pytest

from newsreader.article import StoryId
from newsreader.errors import StorageError
from newsreader.library.catalogue import Catalogue
from newsreader.stories import update as grouping
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
