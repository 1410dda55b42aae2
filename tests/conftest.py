"""What every test gets: a home of its own, and libraries to try things on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Library
from tests.examples import register_profiles

register_profiles()

SHARED = Path(os.environ.get("NEWSREADER_SHARED") or Path(__file__).parents[2] / "shared")
"""Files that the repository does not ship; tests that want them are marked `shared`."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "shared: needs files beside the repository; skipped where they are absent")
    config.addinivalue_line("norecursedirs", ".*")  # .hypothesis, .venv and the like


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not SHARED.is_dir():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason=f"{SHARED} is not there"))


@pytest.fixture(autouse=True)
def _sealed_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the real home: not this process, and none that it starts."""
    home = tmp_path_factory.mktemp("home")
    for name in [*os.environ]:
        if name.startswith(("NEWSREADER_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, below in (
        ("CONFIG", ".config"),
        ("DATA", ".local/share"),
        ("CACHE", ".cache"),
        ("STATE", ".local/state"),
    ):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / below))
    for name in ("NO_COLOR", "FORCE_COLOR", "VISUAL", "EDITOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library folder with an engine on it."""
    made = Library(tmp_path)
    yield made
    made.close()


@pytest.fixture
def shared_articles() -> Path:
    """The two real articles of one story; only for tests marked `shared`."""
    return SHARED / "articles"
