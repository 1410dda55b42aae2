"""Runs, rebuildings and users at one library at the same time: seconds of `tests.benchmarks.concurrency`."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.concurrency import Commotion

SEED = 20210326


def test_nothing_that_was_acknowledged_is_lost_and_nobody_meets_half_a_library(tmp_path: Path) -> None:
    commotion = Commotion(tmp_path, files=12, seed=SEED, clients=2)

    def enough() -> bool:
        counts = commotion.counts()
        everything = (counts[what] for what in ("index --rebuild: 0", "tag", "star", "correct", "search"))
        return all(everything) and sum(counts[what] for what in counts if what.startswith("index")) >= 3

    commotion.last(enough)
    trouble = commotion.check()
    commotion.library.close()
    assert not trouble
