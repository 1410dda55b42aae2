"""What keeps the house readable and no linter knows: no import circles, and one meaning for every name.

Two modules that know each other can't be read, tested or moved one at a time, and such circles grow file by file; so
imports under TYPE_CHECKING and inside functions count here too. `python -m tests.test_structure` prints what there is.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import newsreader

PACKAGE = Path(newsreader.__file__).parent
MOST_AT_THE_ROOT = 10
"""Modules beside the packages: more than these nobody takes in at a glance."""


def modules() -> dict[str, ast.Module]:
    """Module → its source, read."""
    return {_dotted(path): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}


def _dotted(path: Path) -> str:
    return ".".join(["newsreader", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__")


def _imported(module: ast.Module, known: Set[str]) -> Iterator[str]:
    """The known modules that an import names, wherever in the file it stands."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from {name if name in known else node.module for name in names} & known
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known


def circle() -> list[str]:
    """The modules of one circle, each imported by the next; empty when there is none."""
    sources = modules()
    try:
        TopologicalSorter({name: {*_imported(source, sources.keys())} for name, source in sources.items()}).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def ambiguous() -> list[str]:
    """Public classes whose name another one has."""
    names = Counter(
        node.name
        for module in modules().values()
        for node in module.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return sorted(name for name, count in names.items() if count > 1)


def test_no_module_imports_itself_by_a_detour() -> None:
    assert not circle()


def test_a_class_s_name_means_one_thing() -> None:
    assert not ambiguous()


def test_few_modules_stand_beside_the_packages() -> None:
    assert len([*PACKAGE.glob("*.py")]) <= MOST_AT_THE_ROOT


if __name__ == "__main__":
    print("import circle:", " ← ".join(circle()) or "none")
    print("classes of one name:", ", ".join(ambiguous()) or "none")
