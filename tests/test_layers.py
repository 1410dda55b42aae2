"""What loads what: starting must not cost more than the command needs. Each in a fresh interpreter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsreader
from tests.builders import BUDGET, Library

HEAVY = (
    "textual",
    "whoosh",
    "numpy",
    "rich",
    "yaml",
    "dateutil",
    "charset_normalizer",
    "markdown_it",
    "rapidfuzz",
    "sentencex",
)
LOADED = (
    "; import sys, json; sys.stderr.write('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
)


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are there after running the code."""
    done = subprocess.run([sys.executable, "-c", code + LOADED], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stderr.splitlines()[-1]))


def loaded_by_command(*arguments: str) -> set[str]:
    return loaded_by(f"from newsreader.cli.root import run; code = run({list(arguments)!r}); assert code == 0, code")


@pytest.fixture
def indexed(library: Library) -> Library:
    library.write("a.txt", BUDGET)
    library.run("index", str(library.folder))  # with the encoder of the extra, if it is there, as the commands have it
    return library


def test_a_run_with_nothing_to_do_loads_nothing_heavy(indexed: Library) -> None:
    assert not loaded_by_command(*indexed.arguments(), "index") & set(HEAVY)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["dirs"], ["config", "path"], ["index", "--help"]])
def test_asking_for_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not loaded_by_command(*arguments) & set(HEAVY)


@pytest.mark.parametrize("command", ["search", "show", "stories", "tag"])
def test_commands_load_no_interface(indexed: Library, command: str) -> None:
    arguments: dict[str, list[str]] = {
        "search": ["council"], "show": [indexed.id("a.txt")], "stories": [], "tag": ["+a", "--", "council"],
    }  # fmt: skip
    assert not loaded_by_command(*indexed.arguments(), command, *arguments[command]) & {"textual", "rich"}


def test_indexing_loads_no_interface(library: Library) -> None:
    library.write("a.txt", BUDGET)
    assert not loaded_by_command(*library.arguments(), "index", str(library.folder)) & {"textual", "rich"}


def test_the_engine_loads_no_interface_and_no_command_line() -> None:
    loaded = loaded_by(
        "import newsreader.engine.core, newsreader.engine.unindexed, newsreader.indexing.run;"
        "import newsreader.stories.update, newsreader.doctor"
    )
    assert not loaded & {"textual", "rich", "click"}


def test_every_module_below_the_interface_loads_without_it() -> None:
    import pkgutil

    import newsreader

    names = [
        module.name
        for module in pkgutil.walk_packages(newsreader.__path__, "newsreader.")
        if not module.name.startswith(("newsreader.tui", "newsreader.cli", "newsreader.__main__"))
    ]
    assert len(names) > 40
    assert not loaded_by("import " + ", ".join(names)) & {"textual", "rich", "click"}


def test_showing_values_loads_nothing_of_their_making() -> None:
    loaded = loaded_by(
        "import newsreader.cli.json_documents, newsreader.cli.stories, newsreader.cli.diff, newsreader.cli.csv_tables;"
        "import newsreader.export.comparison_html, newsreader.export.matrix_html, newsreader.engine.results"
    )
    assert not loaded & set(HEAVY)


def test_only_the_workers_are_other_processes() -> None:
    """Whatever else is forked keeps the library's lock open, and SQLite's state, when the run is killed."""
    package = Path(newsreader.__file__).parent
    forking = re.compile(r"\b(?:os\.fork|ProcessPoolExecutor|multiprocessing)\b")
    found = {
        str(path.relative_to(package)) for path in package.rglob("*.py") if forking.search(path.read_text("utf-8"))
    }
    assert found == {"library/workers.py"}


def test_the_interface_is_there_before_the_index_is_loaded() -> None:
    assert not loaded_by("import newsreader.tui.app") & {"whoosh"}
