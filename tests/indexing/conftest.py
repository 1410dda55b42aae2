from __future__ import annotations

import pytest

from tests.builders import BUDGET, HARBOUR, ORCHARD, Library

THREE = {"a.txt": BUDGET, "b.txt": HARBOUR, "c.txt": ORCHARD}


@pytest.fixture
def three(library: Library) -> Library:
    """A library of three tagged articles, indexed."""
    for name, text in THREE.items():
        library.write(name, text)
    library.index()
    for name in THREE:
        library.engine.marking.tag([library.id(name)], [f"tag of {name}"])
    return library
