"""What a window remembers from one start to the next."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.article import ArticleId
from newsreader.tui.trail import MainStop
from newsreader.tui.window_state import WindowState, load_state, save_state, state_file


def test_window_state_survives_and_a_broken_one_is_forgotten(tmp_path: Path) -> None:
    state = WindowState(theme="newspaper-light", history=('tag:"long read"', "ferry"), sort="-date", list_share=50)
    save_state(tmp_path, state)
    assert load_state(tmp_path) == state
    for broken in ("{", "[1]", '{"sort": 3, "list_share": 1000, "query": "\\u001b[2J"}', "\x00"):
        state_file(tmp_path).write_text(broken)
        assert load_state(tmp_path) == WindowState()
    assert load_state(tmp_path / "nowhere") == WindowState()


PLACE = MainStop(
    'tag:"long read" ferry',
    "stories",
    "-date",
    folded=False,
    cursor="f00d",
    anchor="beef",
    in_text=True,
    article=ArticleId("f00d"),
    text_at=70,
)


def test_the_place_survives_but_for_what_is_of_one_session(tmp_path: Path) -> None:
    place = replace(PLACE, opened=frozenset((1, 2)), after=("a", "b"), typing=True)
    save_state(tmp_path, WindowState(place=place, folded_groups=("Tags",)))
    assert load_state(tmp_path) == WindowState(place=PLACE, folded_groups=("Tags",))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("query", 3), ("query", "\x1b[2J"), ("query", "x" * 3000), ("kind", "windows"), ("sort", []), ("cursor", 1),
        ("anchor", {}), ("article", "a\nb"), ("text_at", -1), ("text_at", True), ("text_at", "7"),
    ],
)  # fmt: skip
def test_a_place_that_makes_no_sense_is_none(tmp_path: Path, field: str, wrong: object) -> None:
    save_state(tmp_path, WindowState(place=PLACE, sort="date"))
    said = json.loads(state_file(tmp_path).read_text())
    said["place"][field] = wrong
    state_file(tmp_path).write_text(json.dumps(said))
    assert load_state(tmp_path) == WindowState(sort="date")
