from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.checkup import check
from tests.builders import BUDGET, DAMAGED, HARBOUR, Library


@pytest.fixture
def healthy(library: Library) -> Library:
    library.write("a.txt", BUDGET)
    library.write("b.txt", HARBOUR)
    library.index()
    library.engine.tag([library.id("a.txt")], ["mine"])
    library.reopen()
    return library


def levels(library: Library) -> dict[str, str]:
    """What was found → its level."""
    return {finding.what: finding.level for finding in check(library.engine)}


def test_all_is_well(healthy: Library) -> None:
    assert set(levels(healthy).values()) == {"ok"}


def test_an_empty_library_is_well_too(library: Library) -> None:
    found = levels(library)
    assert set(found.values()) == {"ok", "note"}
    assert any("no folder yet" in what for what in found)


def no_catalogue(library: Library) -> None:
    library.locations.catalogue.unlink()


def bad_catalogue(library: Library) -> None:
    for path in library.locations.cache.glob("catalogue.sqlite*"):
        path.unlink()
    library.locations.catalogue.write_bytes(b"no database at all " * 100)


def no_index(library: Library) -> None:
    shutil.rmtree(library.locations.index)


def bad_index(library: Library) -> None:
    for path in library.locations.index.rglob("*.toc"):
        path.write_bytes(b"\x00" * 10)


def old_index(library: Library) -> None:
    """The index of an hour ago, as from a backup."""
    kept = library.home / "kept"
    shutil.copytree(library.locations.index, kept)
    library.write("c.txt", "New\n\nText.")
    library.index()
    library.engine.close()
    shutil.rmtree(library.locations.index)
    kept.rename(library.locations.index)
    (library.folder / "c.txt").unlink()


@pytest.mark.parametrize("damage", [no_catalogue, bad_catalogue, no_index, bad_index, old_index])
def test_a_damaged_cache_is_mended(healthy: Library, damage: Callable[[Library], None]) -> None:
    healthy.engine.close()
    damage(healthy)
    healthy.reopen()
    assert "mended" in levels(healthy).values()
    healthy.reopen()
    assert healthy.found("ferry") == {"b.txt"}
    assert healthy.tags("a.txt") == ("mine",)
    assert set(levels(healthy).values()) == {"ok"}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damaged_user_data_is_trouble_and_left_alone(healthy: Library, damage: bytes) -> None:
    healthy.engine.close()
    for path in healthy.locations.data.iterdir():
        path.unlink()
    healthy.locations.userdata.write_bytes(damage)
    healthy.reopen()
    assert "trouble" in levels(healthy).values()
    assert healthy.locations.userdata.read_bytes() == damage


def test_a_missing_folder_is_trouble(healthy: Library) -> None:
    shutil.rmtree(healthy.folder)
    found = levels(healthy)
    assert any(level == "trouble" and str(healthy.folder) in what for what, level in found.items())
    assert healthy.found("ferry") == {"b.txt"}


def test_articles_that_left_are_noted_with_their_tags_kept(healthy: Library) -> None:
    (healthy.folder / "a.txt").unlink()
    healthy.index()
    found = levels(healthy)
    assert any(level == "note" and healthy.path("a.txt") in what for what, level in found.items())
    assert "trouble" not in found.values()


def test_directories_open_to_others_are_closed(healthy: Library) -> None:
    healthy.locations.cache.chmod(0o777)
    found = levels(healthy)
    assert any(level == "mended" and str(healthy.locations.cache) in what for what, level in found.items())
    assert healthy.locations.cache.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("text", ["[reading]\nwidht = 3", "[reading", "[reading]\nwidth = 3"])
def test_a_bad_configuration_is_trouble(healthy: Library, text: str) -> None:
    healthy.locations.config.write_text(text)
    found = levels(healthy)
    assert any(level == "trouble" and str(healthy.locations.config) in what for what, level in found.items())
    assert any("2 articles" in what for what in found)  # the rest is checked all the same


def test_unreadable_files_are_noted(healthy: Library) -> None:
    path: Path = healthy.write("empty.txt", "")
    healthy.index()
    assert levels(healthy)[f"{path}: empty"] == "note"
