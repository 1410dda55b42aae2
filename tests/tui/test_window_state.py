"""What a window remembers from one start to the next."""

from __future__ import annotations

from pathlib import Path

from newsreader.tui.window_state import WindowState, load_state, save_state, state_file


def test_window_state_survives_and_a_broken_one_is_forgotten(tmp_path: Path) -> None:
    state = WindowState(theme="newspaper-light", history=('tag:"long read"', "ferry"), sort="-date", list_share=50)
    save_state(tmp_path, state)
    assert load_state(tmp_path) == state
    for broken in ("{", "[1]", '{"sort": 3, "list_share": 1000, "query": "\\u001b[2J"}', "\x00"):
        state_file(tmp_path).write_text(broken)
        assert load_state(tmp_path) == WindowState()
    assert load_state(tmp_path / "nowhere") == WindowState()
