"""What tests of the index get: small indexes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.index.schema import IndexedArticle
from tests.index.corpus import Corpus

MakeCorpus = Callable[..., Corpus]


@pytest.fixture
def make(tmp_path: Path) -> MakeCorpus:
    """Makes an index of these documents."""

    def made(*documents: IndexedArticle) -> Corpus:
        return Corpus(tmp_path / "index", *documents)

    return made
