"""Somebody who types, pastes, clicks and resizes at random, for some seconds; by hand it is done for minutes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.monkey import Monkey

SECONDS = 8.0


@pytest.fixture
def monkey(tmp_path: Path) -> Iterator[Monkey]:
    made = Monkey(tmp_path, seed=14)
    yield made
    made.library.close()


@pytest.mark.timeout(600)
def test_nothing_ends_or_freezes_a_reader(monkey: Monkey) -> None:
    monkey.play(SECONDS)
    assert not monkey.trouble
