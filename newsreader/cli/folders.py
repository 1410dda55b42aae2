"""`newsreader folders`: the folders of the library, and taking one out. `newsreader index` adds them."""

from __future__ import annotations

from pathlib import Path

import click

from newsreader.cli import output
from newsreader.cli.session import Session
from newsreader.library.scan import away
from newsreader.text.clean import visible


@click.command("folders")
@click.option("--remove", type=click.Path(path_type=Path), metavar="PATH", help="Take a folder out of the library.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def folders_command(session: Session, remove: Path | None, form: str) -> None:
    """List the library's folders (`newsreader index FOLDER` adds one)."""
    engine = session.engine
    if remove is not None:
        engine.remove_folder(remove)
        output.say("removed; the next `newsreader index` takes its articles out, tags and marks are kept")
        return
    folders = engine.folders()
    if form == "json":
        output.print_json({"folders": [str(folder) for folder in folders]})
        return
    for folder in folders:
        how = away(folder)
        output.write(f"{visible(str(folder))}{f'  ({how})' if how else ''}\n")
    if not folders:
        output.say("The library has no folder yet; `newsreader index FOLDER` adds one.")
