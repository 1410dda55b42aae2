"""The sample articles: what ships, and that their stories are found as they were written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsreader.engine.core import Engine
from tests.builders import SAMPLES, locations

GOLD = json.loads(Path(__file__).with_name("samples_gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def story_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The story that each sample was put in, by its path; those that stand alone are left out."""
    engine = Engine(locations(tmp_path_factory.mktemp("samples")))
    report = engine.index(new_folders=[SAMPLES])
    assert (report.failed, report.warnings) == ([], [])
    found = {
        str(member.article.path.relative_to(SAMPLES)): str(story.id)
        for story in engine.stories.by_ids(engine.stories.ids())
        for member in story.members
    }
    engine.close()
    return found


def test_gold_names_every_sample_once() -> None:
    named = [path for story in GOLD["stories"] for path in story["articles"]] + GOLD["alone"]
    shipped = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.is_file()}
    assert len(named) == len(set(named))
    assert set(named) == shipped


def test_no_story_mixes_events(story_of: dict[str, str]) -> None:
    label = {path: story["label"] for story in GOLD["stories"] for path in story["articles"]}
    together: dict[str, set[str]] = {}
    for path, story in story_of.items():
        together.setdefault(story, set()).add(label.get(path, f"alone: {path}"))
    assert [labels for labels in together.values() if len(labels) > 1] == []


def test_every_story_is_found_and_most_of_its_articles(story_of: dict[str, str]) -> None:
    for story in GOLD["stories"]:
        found = [story_of[path] for path in story["articles"] if path in story_of]
        assert len(set(found)) == 1, story["label"]
        assert len(found) >= len(story["articles"]) - 1, story["label"]


def test_identical_copies_are_two_articles_of_one_story(story_of: dict[str, str]) -> None:
    for one, other in GOLD["identical"]:
        assert story_of[one] == story_of[other]
