"""`newsreader dirs`: where configuration, user data, cache and state of this library are."""

from __future__ import annotations

import click

from newsreader.cli import output
from newsreader.cli.session import Session
from newsreader.paths import OPTIONS
from newsreader.text.clean import visible


@click.command("dirs")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def dirs_command(session: Session, form: str) -> None:
    """Print where everything is kept."""
    rows = {kind: getattr(session.locations, kind) for kind in OPTIONS}
    if form == "json":
        output.print_json({name: str(path) for name, path in rows.items()})
        return
    for name, path in rows.items():
        output.write(f"{name:7} {visible(str(path))}\n")
