from __future__ import annotations

import os
from pathlib import Path

from tests.builders import Library, run


def test_dirs(library: Library) -> None:
    places = library.locations
    expected = {
        "config": str(places.config),
        "data": str(places.data),
        "cache": str(places.cache),
        "state": str(places.state),
    }
    assert library.run("dirs", "--format", "json").json == {"schema": 1, **expected}
    assert dict(line.split() for line in library.run("dirs").text.splitlines()) == expected
    assert not places.data.exists()


def test_the_environment_names_directories_and_flags_win(tmp_path: Path) -> None:
    names = {f"NEWSREADER_{kind}": f"/env/{kind}" for kind in ("CONFIG", "DATA_DIR", "CACHE_DIR", "STATE_DIR")}
    found = run(["dirs", "--cache-dir", str(tmp_path), "--format", "json"], env=names).json
    assert (found["config"], found["data"], found["cache"]) == ("/env/CONFIG", "/env/DATA_DIR", str(tmp_path))


def test_nothing_is_kept_in_the_real_home() -> None:
    found = run(["dirs", "--format", "json"]).json
    assert all(found[name].startswith(os.environ["HOME"]) for name in ("config", "data", "cache", "state"))
    assert "newsreader" in found["data"]
