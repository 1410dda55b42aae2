"""The collector rests for a while, or leaves out what is alive."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from newsreader.library import garbage_collection
from newsreader.library.garbage_collection import collect_everything, spare_collector, uncollected


def test_the_collector_rests_within_the_block() -> None:
    with uncollected(), uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_works_again_after_an_error() -> None:
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


class Node:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    threshold, callbacks = gc.get_threshold(), [*gc.callbacks]
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    gc.callbacks[:] = callbacks


@pytest.mark.usefixtures("_as_it_was")
def test_the_collector_passes_over_what_is_alive_and_takes_it_when_nobody_waits() -> None:
    node = Node()
    kept = weakref.ref(node)
    spare_collector()
    assert gc.get_freeze_count()
    del node
    gc.collect()
    assert kept() is not None, "it was set aside"
    collect_everything()
    assert kept() is None


@pytest.mark.usefixtures("_as_it_was")
def test_what_comes_after_it_was_spared_is_collected() -> None:
    spare_collector()
    node = Node()
    dropped = weakref.ref(node)
    del node
    gc.collect()
    assert dropped() is None


@pytest.mark.usefixtures("_as_it_was")
def test_what_is_alive_is_set_aside_once_looking_at_it_took_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    spare_collector()
    monkeypatch.setattr(garbage_collection, "LONGEST_COLLECTION", -1.0)
    set_aside, nodes = gc.get_freeze_count(), [Node() for _ in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() >= set_aside + len(nodes)
