"""What keeps the source readable and no linter knows: no import circles, one meaning for a name, a true table of tests.

Two modules that know each other can't be read, tested or moved one at a time, and such circles grow file by file; so
imports under TYPE_CHECKING and inside functions count here too. `python -m tests.test_structure` prints what there is.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import newsreader

PACKAGE = Path(newsreader.__file__).parent
MOST_AT_THE_ROOT = 10
"""Modules beside the packages: more than these nobody takes in at a glance."""

TESTS = Path(__file__).parent
FAULTS = TESTS / "faults"


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


def untrue_faults() -> list[str]:
    """What the table of faults names and is not there: files and folders, and words that are in no test's name."""
    rows = [line for line in (FAULTS / "README.md").read_text("utf-8").splitlines() if line.startswith("|")]
    named = [found for row in rows for found in re.findall(r"`([^`]+)`([^`;:(|]*)", row)]
    return [f"{file} {word}".strip() for file, words in named for word in _missing(file, re.findall(r"[\w[]+", words))]


def _missing(file: str, words: list[str]) -> list[str]:
    """Those of the words that no test of the file has in its name; one empty word when the file is not there."""
    path = next((folder / file for folder in (FAULTS, TESTS) if (folder / file).exists()), None)
    if path is None:
        return [""]
    tests = re.findall(r"def (test_\w+)", path.read_text("utf-8")) if path.is_file() else []
    return [word for word in words if not any(word.partition("[")[0] in test for test in tests)]


def test_no_module_imports_itself_by_a_detour() -> None:
    assert not circle()


def test_a_class_s_name_means_one_thing() -> None:
    assert not ambiguous()


def test_few_modules_stand_beside_the_packages() -> None:
    assert len([*PACKAGE.glob("*.py")]) <= MOST_AT_THE_ROOT


def test_the_table_of_faults_names_tests_that_are_there() -> None:
    assert not untrue_faults()


if __name__ == "__main__":
    print("import circle:", " ← ".join(circle()) or "none")
    print("classes of one name:", ", ".join(ambiguous()) or "none")
