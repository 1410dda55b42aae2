"""Runs that are killed, disks that fail, files that were damaged."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsreader.doctor import check
from newsreader.errors import NewsreaderError, StorageError
from newsreader.indexing.options import IndexOptions
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library
from tests.faults.injection import NUMBERED

POINTS = 12
"""Places where a run is killed, spread over all: `python -m tests.faults.injection DIRECTORY kill 1000` does all, with
`page`, `header` or `catalogue` behind it those of a doctor."""


@cache
def injected(home: Path, mode: str, *damage: str) -> Any:
    command = [sys.executable, "-m", "tests.faults.injection", str(home), mode, str(POINTS), *damage]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", ["kill", "fail"])
def test_fault_01_a_run_that_is_stopped_at_any_write_loses_nothing(tmp_path: Path, mode: str) -> None:
    """Also item 9: a disk on which nothing can be written any more is said in one sentence."""
    found = injected(tmp_path, mode)
    assert found["writes"] >= 20
    assert found["before"] != found["after"]
    assert {title: tags for _, _, title, tags in found["after"]["articles"] if "Notes" in title} == {
        f"2021-06-0{number + 1} Notes of {town}": [f"tag of 00{number}.txt"] for number, town in NUMBERED
    }
    assert len(found["outcomes"]) == POINTS
    for outcome in found["outcomes"]:
        where = f"{mode} at {outcome['at']} ({outcome['what']})"
        assert "trouble" not in (outcome["said"] or {}), where + outcome["said"]["trouble"]
        assert (outcome["code"] == -9) == (mode == "kill"), where
        assert outcome["marks"] in found["marks"], where
        assert outcome["marks after"] == found["marks"][1], where
        assert outcome["second"].get("said") is None, where
        assert outcome["mended"] == found["after"], where
        assert "trouble" not in outcome["seen"], where
        for query, names in outcome["seen"]["found"].items():  # old or new, or waiting for the next run; never wrong
            assert set(names) <= {*found["before"]["found"][query], *found["after"]["found"][query]}, where


@pytest.mark.timeout(600)
@pytest.mark.parametrize("damage", ["page", "header", "catalogue"])
@pytest.mark.parametrize("mode", ["kill", "fail"])
def test_fault_12_a_doctor_that_is_stopped_at_any_write_loses_nothing(tmp_path: Path, mode: str, damage: str) -> None:
    """The next one does the rest, whatever a run did meanwhile; what came after the dump is there if it can be read."""
    found = injected(tmp_path, mode, damage)
    assert found["writes"] >= 40
    assert ("~old%20note" if damage == "header" else "~new%20note") in "\n".join(found["after"]["lines"])
    assert ("+last" in "\n".join(found["after"]["lines"])) == (damage != "header")
    for outcome in found["outcomes"]:
        where = f"{mode} at {outcome['at']} ({outcome['what']})"
        assert "trouble" not in (outcome["said"] or {}), where + outcome["said"]["trouble"]
        assert (outcome["code"] == -9) == (mode == "kill"), where
        assert outcome["found"] == found["after"], where
        assert {level for level, _ in outcome["third"]} == {"ok"}, where


@pytest.fixture
def three(library: Library) -> Library:
    for name, text in {"a.txt": BUDGET, "b.txt": HARBOUR, "c.txt": ORCHARD}.items():
        library.write(name, text)
    library.index()
    library.engine.marking.tag([library.id("a.txt")], ["mine"])
    library.reopen()
    return library


def healed(library: Library) -> None:
    """A run, then the doctor, leave a whole library."""
    try:
        library.index()
    except NewsreaderError:
        assert library.engine.index(IndexOptions(rebuild=True)).added == 3
    levels = {finding.level for finding in check(library.engine)}
    assert "trouble" not in levels
    library.reopen()
    assert {finding.level for finding in check(library.engine)} == {"ok"}
    for query, name in (("council", "a.txt"), ("ferry", "b.txt"), ("orchards", "c.txt"), ("tag:mine", "a.txt")):
        assert library.found(query) == {name}


@pytest.mark.parametrize("how", ["empty", "zeros", "half"])
@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays", "*.column", "book.json", "epoch", "catalogue.sqlite*"])
def test_fault_02_power_lost_before_files_reached_the_disk(three: Library, pattern: str, how: str) -> None:
    three.engine.close()
    damaged = list(three.locations.cache.rglob(pattern))
    assert damaged
    for path in damaged:
        data = path.read_bytes()
        path.write_bytes({"empty": b"", "zeros": b"\0" * len(data), "half": data[: len(data) // 2]}[how])
    three.reopen()
    healed(three)


@pytest.mark.parametrize("how", [b"", b"\0" * 3_000, None])
@pytest.mark.parametrize("pattern", ["*.toc", "*.arrays"])
def test_fault_02_a_run_with_nothing_new_builds_a_damaged_index_anew(
    three: Library, pattern: str, how: bytes | None
) -> None:
    three.engine.close()
    for path in three.locations.cache.rglob(pattern):
        path.unlink() if how is None else path.write_bytes(how)
    three.reopen()
    assert "the index is damaged; it is built anew" in "\n".join(three.index().warnings)
    three.reopen()
    assert three.found("council") == {"a.txt"}
    assert not three.index().warnings


def test_fault_03_a_segment_that_the_index_names_is_not_there(three: Library) -> None:
    three.engine.close()
    (segment,) = three.locations.cache.rglob("*.arrays")
    segment.unlink()
    three.reopen()
    with pytest.raises(StorageError, match=r"index is damaged .*doctor` mends it"):
        three.found("council")
    three.write("d.txt", "2026-10-04 A fourth article\n\nIts text.")
    three.index()
    three.reopen()
    healed(three)


def test_fault_03_flipped_bytes_are_noticed_or_harmless(three: Library) -> None:
    """Every answer is right or an error; what a run doesn't mend, the doctor does."""
    rng = random.Random(3)
    three.engine.close()
    suffixes = (".arrays", ".toc", ".column")
    whole = {p: p.read_bytes() for p in three.locations.cache.rglob("*") if p.is_file() and p.stat().st_size}
    for _ in range(25):
        path = rng.choice([p for p in whole if p.suffix in suffixes or p.name in ("catalogue.sqlite", "book.json")])
        data = bytearray(whole[path])
        for _ in range(rng.choice((1, 1, 50))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        three.reopen()
        for query, name in (("council", "a.txt"), ("ferry", "b.txt")):
            try:
                found = three.found(query)
            except NewsreaderError:
                continue
            assert found <= {name}, path
        assert "trouble" not in {finding.level for finding in check(three.engine)}
        assert three.tags("a.txt") == ("mine",)
        if path.suffix == ".arrays":  # they have checksums
            three.reopen()
            assert (three.found("council"), three.found("ferry")) == ({"a.txt"}, {"b.txt"}), path
        three.engine.close()
        for old, content in whole.items():
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_bytes(content)


def test_fault_04_opening_while_another_process_commits(three: Library) -> None:
    loop = three.start("index", "--full", "--quiet")
    engine = three.engine
    while loop.poll() is None:
        three.reopen()
        assert three.found("ferry") <= {"b.txt"}
    assert loop.wait() == 0
    loop.communicate()
    assert engine is not three.engine
    assert three.found("ferry") == {"b.txt"}


@pytest.mark.parametrize("kilobytes", [0, 4, 40, 100])
def test_fault_09_files_that_cannot_grow(library: Library, kilobytes: int) -> None:
    """Full disks and quotas as SQLite and all else meets them: writing beyond so much fails."""
    for i in range(40):
        library.write(f"{i}.txt", f"Title {i}\n\n" + f"Sentence number {i} of many. " * 100)
    library.engine.add_folders([library.folder])
    library.engine.close()
    command = [sys.executable, "-m", "newsreader", *library.arguments(), "index"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024,) * 2),
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 74, done.stderr
    assert done.stderr.startswith("newsreader: ")
    library.reopen()
    assert library.engine.folders() == [library.folder]
    library.index()
    assert len(library.ids()) == 40
