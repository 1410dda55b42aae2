"""Starting the interface: on the library, or on the sample articles with directories of their own.

The interface indexes in another process, by the command that is put together here.
"""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

from newsreader.cli import output
from newsreader.cli.arenas import share_arenas
from newsreader.cli.program import own_process
from newsreader.cli.session import Session
from newsreader.errors import UsageError
from newsreader.library.garbage_collection import spare_collector
from newsreader.library.locations import Locations
from newsreader.paths import as_options


def open_reader(session: Session, name: str = "library") -> None:
    """Open the interface. Raises `UsageError` where there is no terminal to draw on."""
    need_terminal()
    config = session.config()
    share_arenas()
    from newsreader.tui.app import NewsreaderApp

    app = NewsreaderApp(session.engine, config, index_command=index_command(session.locations), name=name)
    # what was asked for as the program closed never starts: Python would say so on the terminal, to no use
    warnings.filterwarnings("ignore", message="coroutine .* was never awaited", category=RuntimeWarning)
    spare_collector()  # before the first list: of what was imported nothing is garbage
    wanted = app.run()
    for words in app.parting_words:
        output.say(f"newsreader: {words}")
    if app.return_code:
        raise SystemExit(app.return_code)
    if wanted == "samples":
        open_samples(session)


def need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("the reader needs a terminal; `newsreader search` and the other commands do without")


def index_command(locations: Locations) -> Sequence[str]:
    """How another process is started that updates this library."""
    return (*own_process(), "index", "--json", "--progress-lines", *as_options(locations))


def samples() -> Path:
    """The bundled sample articles."""
    packaged = Path(__file__).parent.parent / "samples"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "assets" / "samples"


def open_samples(session: Session) -> None:
    """Open the reader on the samples, with directories of its own that are gone afterwards."""
    need_terminal()
    with tempfile.TemporaryDirectory(prefix="newsreader-demo-") as directory:
        home = Path(directory)
        demo = Session(Locations(session.locations.config, home / "data", home / "cache", home / "state"))
        demo.engine.add_folders([samples()])
        output.say("newsreader: preparing the sample articles …")
        demo.engine.index()
        open_reader(demo, name="samples")
        demo.engine.close()
