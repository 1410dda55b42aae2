from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.article import never
from newsreader.formats import READERS
from newsreader.library.ignore import LARGEST_IGNORE_FILE, MOST_PATTERNS, is_ignored, patterns
from newsreader.library.scan import Scan, scan

FILES = ("a.txt", "b.txt", "drafts/c.txt", "drafts/deep/d.txt", "news/e.txt", "news/keep.txt", "news/drafts/f.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Title\n\nText.")
    return tmp_path


def found_in(folder: Path, *ignore: str) -> Scan:
    return scan([folder], READERS, never, ignore)


def names(found: Scan, folder: Path) -> set[str]:
    return {os.path.relpath(os.fsdecode(path), folder) for path in found.files}


@pytest.mark.parametrize(
    ("lines", "left_out"),
    [
        ([], set()),
        (["# a comment", ""], set()),
        (["drafts/"], {"drafts/c.txt", "drafts/deep/d.txt", "news/drafts/f.txt"}),
        (["/drafts/"], {"drafts/c.txt", "drafts/deep/d.txt"}),
        (["b.*"], {"b.txt"}),
        (["*.txt", "!keep.txt"], set(FILES) - {"news/keep.txt"}),
        (["news/*.txt"], {"news/e.txt", "news/keep.txt"}),
        (["**/deep"], {"drafts/deep/d.txt"}),
        (["news", "!news/keep.txt"], {"news/e.txt", "news/keep.txt", "news/drafts/f.txt"}),  # as git has it
    ],
)
@pytest.mark.parametrize("in_a_file", [False, True])
def test_patterns_mean_what_they_mean_to_git(
    folder: Path, lines: list[str], left_out: set[str], in_a_file: bool
) -> None:
    if in_a_file:
        (folder / ".newsreaderignore").write_text("\n".join(lines))
    found = found_in(folder, *(() if in_a_file else lines))
    assert names(found, folder) == set(FILES) - left_out
    assert bool(left_out) == ("ignored" in found.skipped.values())
    assert (found.warnings, found.unavailable) == ([], {})


def test_the_innermost_file_decides(folder: Path) -> None:
    (folder / ".newsreaderignore").write_text("e.txt\nb.txt")
    (folder / "news" / ".newsreaderignore").write_text("!e.txt\nkeep.txt")
    assert names(found_in(folder, "f.txt"), folder) == set(FILES) - {"b.txt", "news/keep.txt", "news/drafts/f.txt"}


@pytest.mark.parametrize("line", ["!", "[z-a]", "\\", "a/" * 17, "a" * 1_001])
def test_what_means_nothing_is_said_once_and_the_rest_holds(folder: Path, line: str) -> None:
    found = scan([folder, folder / "news"], READERS, never, [line, "b.txt"])
    assert len(found.warnings) == 1
    assert repr(line[:80]) in found.warnings[0]
    assert b"b.txt" not in {os.path.basename(path) for path in found.files}


def test_an_ignore_file_that_cannot_be_read_leaves_all_as_it_is(folder: Path) -> None:
    os.mkfifo(folder / "news" / ".newsreaderignore")
    found = found_in(folder)
    assert names(found, folder) == {name for name in FILES if not name.startswith("news")}
    assert list(found.unavailable.values()) == [".newsreaderignore: not a regular file"]


def test_names_that_are_no_text_match_too(tmp_path: Path) -> None:
    held = patterns(os.fsencode(tmp_path), ["*.bak.txt"], "here", [])
    assert is_ignored(os.fsencode(tmp_path) + b"/\xff\xfe.bak.txt", False, [held])
    assert not is_ignored(os.fsencode(tmp_path) + b"/\xff\xfe.txt", False, [held])


@pytest.mark.parametrize(
    ("line", "matching", "other"),
    [
        ("*a*a*a*a*b", "aaaab", "aaaaa"),
        ("**/a/**/b", "x/a/y/z/b", "a"),
        ("**/a/**/b", "a/b", "b/a"),
        ("a/**", "a/b/c", "a"),
        ("a/*", "a/b", "a/b/c"),
        ("/a", "a", "b/a"),
        ("a?c", "abc", "ac"),
        ("[a-c]x", "bx", "dx"),
        ("[!a-c]x", "dx", "bx"),
        ("[^]]x", "dx", "]x"),
        ("[]-]x", "]x", "ax"),
        ("[[:digit:][:upper:]]x", "7x", "ax"),
        ("\\*", "*", "a"),
        ("\\#a", "#a", "a"),
        ("a\\ ", "a ", "a"),
        ("a  ", "a", "a "),
        ("[a", "[a", "a"),
        ("a***b", "axxb", "ax"),
        ("a.b", "a.b", "axb"),
    ],
)
def test_one_pattern(line: str, matching: str, other: str) -> None:
    held = [patterns(b"/", [line], "here", [])]
    assert is_ignored(b"/" + matching.encode(), False, held)
    assert not is_ignored(b"/" + other.encode(), False, held)


def test_patterns_that_tried_all_ways_through_a_path_took_hours() -> None:
    """Sixteen folders `a` in the pattern, and a thousand in the path."""
    lines = ["**/" + "a/**/" * 15 + "b", "*a" * 400 + "b"]
    held = [patterns(b"/", lines, "here", [])]
    assert len(held[0].patterns) == 2
    assert not is_ignored(b"/" + b"a/" * 1_000 + b"a" * 255, False, held)


def test_too_many_patterns_are_not_all_taken(folder: Path) -> None:
    (folder / ".newsreaderignore").write_text("x\n" * MOST_PATTERNS + "a.txt\n")
    (folder / "news" / ".newsreaderignore").write_text("e.txt\n")
    found = found_in(folder)
    assert names(found, folder) == set(FILES)
    assert [warning.rpartition("/")[0] for warning in sorted(found.warnings)] == [str(folder), str(folder / "news")]
    assert all("there are too many" in warning for warning in found.warnings)


def test_a_file_of_patterns_that_is_too_large_is_named_and_its_folder_left_as_it_is(folder: Path) -> None:
    (folder / "news" / ".newsreaderignore").write_bytes(b"x\n" * LARGEST_IGNORE_FILE)
    found = found_in(folder)
    assert names(found, folder) == {name for name in FILES if not name.startswith("news")}
    assert list(found.unavailable.values()) == [".newsreaderignore: larger than 1 MiB"]


def test_of_many_that_mean_nothing_some_are_named(folder: Path) -> None:
    (folder / ".newsreaderignore").write_text("".join(f"{number}[z-a]\n" for number in range(100)))
    assert len(found_in(folder).warnings) == 6


def test_a_run_that_is_to_end_does_not_look_at_the_rest_of_a_folder(folder: Path) -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert len(scan([folder], READERS, cancelled, ["x"]).files) < len(FILES)
