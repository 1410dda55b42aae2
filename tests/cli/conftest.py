from __future__ import annotations

import pytest

from tests.builders import BUDGET, HARBOUR, ORCHARD, REWRITE, Library


@pytest.fixture
def news(library: Library) -> Library:
    """Four articles, two of them of one story, indexed."""
    library.write("tarn-post/ferry.txt", HARBOUR)
    library.write("alder-review/sails.txt", REWRITE)
    library.write("alder-review/budget.txt", BUDGET)
    library.write("orchards.txt", ORCHARD)
    library.index()
    return library
