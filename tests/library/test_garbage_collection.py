"""The collector rests for a while, or leaves out what is alive."""

from __future__ import annotations

import gc
import weakref

import pytest

from newsreader.library.garbage_collection import spare_collector, uncollected


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


def test_the_collector_passes_over_what_is_alive_and_takes_it_when_it_is_garbage() -> None:
    try:
        garbage, living = Node(), Node()
        dropped, kept = weakref.ref(garbage), weakref.ref(living)
        del garbage
        spare_collector()
        assert dropped() is None
        assert kept() is living
        assert gc.get_freeze_count()
        del living
        gc.collect()
        assert kept() is not None, "it was set aside"
        spare_collector()
        assert kept() is None
    finally:
        gc.unfreeze()
