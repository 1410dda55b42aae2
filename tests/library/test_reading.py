from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.article import never
from newsreader.library import reading
from newsreader.library.reading import ReadArticle, read_many, read_one
from newsreader.library.rules import ReadingRules
from tests.builders import BUDGET

RULES = ReadingRules()


def path_of(folder: Path, name: str, data: bytes) -> bytes:
    (folder / name).write_bytes(data)
    return os.fsencode(folder / name)


def test_a_file_becomes_a_record(tmp_path: Path) -> None:
    read = read_one(path_of(tmp_path, "a.txt", BUDGET.encode()), RULES)
    (record,) = read.records
    assert read.failure is None
    assert record.article.title == "Council passes budget after long night"
    assert record.article.date_from == "header"
    assert record.words == sum(len(text.split()) for text in (record.article.title, *record.article.paragraphs))
    assert len(record.fingerprint) == 32
    assert record.signature


def test_without_a_stated_date_the_file_dates_the_article(tmp_path: Path) -> None:
    path = path_of(tmp_path, "a.txt", b"Title\n\nText.")
    os.utime(path, ns=(0, 1_616_750_040_000_000_000))
    (record,) = read_one(path, RULES).records
    assert record.article.published == datetime(2021, 3, 26, 9, 14, tzinfo=UTC)
    assert (record.article.date_from, record.article.has_time) == ("file", True)


def test_a_file_from_a_time_that_64_bits_of_nanoseconds_do_not_hold_is_read(tmp_path: Path) -> None:
    path = path_of(tmp_path, "a.txt", b"Title\n\nText.")
    late = datetime(2400, 1, 1, tzinfo=UTC)
    os.utime(path, (0, late.timestamp()))
    if os.stat(path).st_mtime < late.timestamp():
        pytest.skip("this file system has no such time")
    assert read_one(path, RULES).records[0].article.published == late


def test_a_file_from_no_time_at_all_is_undated(tmp_path: Path) -> None:
    path = path_of(tmp_path, "a.txt", b"Title\n\nText.")
    try:
        os.utime(path, (0, 2**40))
    except (OSError, OverflowError):
        pytest.skip("this file system has no such time")
    if os.stat(path).st_mtime < 2**39:
        pytest.skip("this file system has no such time")
    assert read_one(path, RULES).records[0].article.published is None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x00" * 64, "not text (it holds NUL bytes)"),
        ("a.md", b"---\na: b\n---\n", "empty"),
    ],
)
def test_what_cannot_be_read_is_a_failure_with_its_stamp(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    read = read_one(path_of(tmp_path, name, data), RULES)
    assert (read.failure, read.records) == (reason, ())
    assert read.stamp is not None


def test_a_file_that_is_gone_is_a_failure_without_stamp(tmp_path: Path) -> None:
    read = read_one(os.fsencode(tmp_path / "gone.txt"), RULES)
    assert (read.failure, read.stamp) == ("no such file or directory", None)


def test_a_bug_in_a_parser_costs_one_file_only(tmp_path: Path) -> None:
    read = read_one(path_of(tmp_path, "a.xyz", b"x"), RULES)  # a suffix that the scan would not have let through
    assert read.failure is not None
    assert read.failure.startswith("can't be parsed (KeyError")


def titles(records: Sequence[ReadArticle]) -> list[str]:
    assert all(record.tokens is not None and len(record.tokens.title) == 2 for record in records)
    return [record.article.title for record in records]


def test_few_files_and_many_are_read_alike_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [path_of(tmp_path, f"{i:03}.txt", f"Title {i}\n\nText {i}.".encode()) for i in range(80)]
    monkeypatch.setattr(reading, "CHUNK", 32)
    here = list(read_many(paths, RULES, titles, never))
    monkeypatch.setattr(reading, "WORKERS_FROM", 10)
    there = list(read_many(paths, RULES, titles, never))
    for chunks in (here, there):
        assert len(chunks) >= 3
        assert all(len(chunk.reads) <= 32 for chunk in chunks)
        assert [read.path for chunk in chunks for read in chunk.reads] == paths
        assert [title for chunk in chunks for title in chunk.digest] == [f"Title {i}" for i in range(80)]
    assert [r.records for chunk in there for r in chunk.reads] == [r.records for chunk in here for r in chunk.reads]
    assert all(record.tokens is None for chunk in here for read in chunk.reads for record in read.records)


def test_reading_stops_when_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK", 1)
    paths = [path_of(tmp_path, f"{i}.txt", b"Title\n\nText.") for i in range(5)]
    taken: list[object] = []
    for chunk in read_many(paths, RULES, len, lambda: len(taken) == 2):
        taken.append(chunk)
    assert len(taken) == 2
