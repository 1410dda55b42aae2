from __future__ import annotations

import pytest

from newsreader.compare import time_budget
from newsreader.compare.time_budget import Clock
from newsreader.errors import Cancelled


def test_what_is_not_counted_takes_nothing_of_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time_budget, "monotonic", lambda: now[0])

    def load() -> None:
        now[0] += 30

    clock = Clock(2)
    clock.uncounted(load)
    assert not clock.expired()
    now[0] += 2
    assert clock.expired()


def test_a_caller_who_gave_up_stops_it() -> None:
    with pytest.raises(Cancelled):
        Clock(2, lambda: True).expired()
