from __future__ import annotations

from tests.builders import Library


def test_the_demo_leaves_the_own_library_alone(library: Library) -> None:
    library.run("demo")
    assert not library.locations.data.exists()
    assert not library.locations.cache.exists()
