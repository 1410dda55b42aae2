from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.errors import ConfigError
from newsreader.library.locations import Locations
from newsreader.paths import as_environment, as_options, find_locations


def test_the_systems_custom() -> None:
    home = Path(os.environ["HOME"])
    assert find_locations(environment={}) == Locations(
        home / ".config/newsreader/config.toml",
        home / ".local/share/newsreader",
        home / ".cache/newsreader",
        home / ".local/state/newsreader",
    )


def test_xdg_variables_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", f"/x/{kind.lower()}")
    places = find_locations(environment={})
    assert places.config == Path("/x/config/newsreader/config.toml")
    assert (places.data, places.cache, places.state) == tuple(
        Path(f"/x/{kind}/newsreader") for kind in ("data", "cache", "state")
    )


def test_own_variables_and_then_flags_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    environment = {
        "NEWSREADER_CONFIG": "~/mine.toml",
        "NEWSREADER_DATA_DIR": "/env/data",
        "NEWSREADER_CACHE_DIR": "/env/cache",
        "NEWSREADER_STATE_DIR": "",
    }
    places = find_locations(cache=Path("here/cache"), environment=environment)
    assert places.config == Path(os.environ["HOME"]) / "mine.toml"
    assert places.data == Path("/env/data")
    assert places.cache == tmp_path / "here" / "cache"
    assert places.state.is_relative_to(os.environ["HOME"])


def test_nothing_is_created(tmp_path: Path) -> None:
    find_locations(data=tmp_path / "data", cache=tmp_path / "cache", environment={})
    assert list(tmp_path.iterdir()) == []


def test_no_home_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> object:
        raise KeyError(uid)

    for name in [*os.environ]:
        if name == "HOME" or name.startswith("XDG_"):
            monkeypatch.delenv(name)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    with pytest.raises(ConfigError, match="set HOME"):
        find_locations(environment={})
    given = {f"NEWSREADER_{name}": f"/x/{name}" for name in ("CONFIG", "DATA_DIR", "CACHE_DIR", "STATE_DIR")}
    assert find_locations(environment=given).cache == Path("/x/CACHE_DIR")


def test_what_lies_where() -> None:
    places = Locations(Path("/c"), Path("/data"), Path("/cache"), Path("/state"))
    assert places.userdata.parent == places.data
    assert {path.parent for path in (places.catalogue, places.index, places.stories, places.lock)} == {places.cache}


def test_another_process_finds_the_same_library(tmp_path: Path) -> None:
    names = {name: tmp_path / name for name in ("config", "data", "cache", "state")}
    places = find_locations(**names, environment={})
    assert find_locations(environment=as_environment(places)) == places
    options = as_options(places)
    assert options == [
        "--config", str(names["config"]), "--data-dir", str(names["data"]),
        "--cache-dir", str(names["cache"]), "--state-dir", str(names["state"]),
    ]  # fmt: skip
    assert as_options(places, ["data"]) == ["--data-dir", str(names["data"])]
