"""`newsreader demo`: the reader on the sample articles, for whoever has none yet."""

from __future__ import annotations

import click

from newsreader.cli.launch import open_samples
from newsreader.cli.session import Session


@click.command("demo")
@click.pass_obj
def demo_command(session: Session) -> None:
    """Open the reader on the sample articles; what you do there is forgotten, and your library is left alone."""
    open_samples(session)
