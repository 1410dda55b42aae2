"""Stories are the same whether their timelines are made here or in several processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader import grouping
from newsreader.article import StoryId
from newsreader.library.catalogue import Catalogue
from tests.builders import Library

SAMPLES = Path(__file__).parent.parent / "assets" / "samples"


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
    monkeypatch.setattr(grouping, "PROCESSES_FROM", 1)
    monkeypatch.setattr(grouping, "STORIES_AT_ONCE", 3)
    library.index(rebuild=True)
    assert placements(library) == alone
