"""What a result consists of."""

from __future__ import annotations

from tests.builders import BUDGET, HARBOUR, ORCHARD, Library


def test_outlets_months_and_tags_of_a_result(library: Library) -> None:
    library.write("post/a.txt", f" date 2026-09-30 {BUDGET.lstrip()}")
    library.write("post/b.txt", f" date 2026-10-02 {HARBOUR.lstrip()}")
    library.write("wire/c.txt", f" date 2026-10-03 {ORCHARD.lstrip()}")
    library.index()
    library.engine.marking.tag([library.id("post/b.txt"), library.id("wire/c.txt")], ["sea"])
    found = library.engine.searching.facets(library.engine.searching.search(""))
    assert found.sources == (("post", 2), ("wire", 1))
    assert found.months == (("2026-10", 2), ("2026-09", 1))
    assert found.tags == (("sea", 2),)
    narrowed = library.engine.searching.facets(library.engine.searching.search("source:wire"))
    assert (narrowed.sources, narrowed.months, narrowed.tags) == ((("wire", 1),), (("2026-10", 1),), (("sea", 1),))


def test_nothing_found_has_no_facets(library: Library) -> None:
    library.write("post/a.txt", BUDGET)
    library.index()
    found = library.engine.searching.facets(library.engine.searching.search("nowhereatall"))
    assert (found.sources, found.months, found.tags) == ((), (), ())
