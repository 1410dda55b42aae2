"""`newsreader config`: shows, checks and edits the user's file.

The file is written once, with the commented defaults, and only when the user asks to edit one that is not there.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import click

from newsreader.cli import output
from newsreader.cli.session import Session
from newsreader.config import DEFAULT_TEXT
from newsreader.errors import StorageError
from newsreader.library.file_status import file_status
from newsreader.library.output_file import write_private
from newsreader.library.private import make_private
from newsreader.text.clean import visible


@click.command("config")
@click.argument("action", type=click.Choice(["path", "check", "default", "edit"]), default="path")
@click.pass_obj
def config_command(session: Session, action: str) -> int:
    """Show where the configuration is, check it, print the commented default, or edit it."""
    path = session.locations.config
    if action == "path":
        output.write(f"{visible(str(path))}\n")
    elif action == "default":
        output.write(DEFAULT_TEXT)
    elif action == "edit":
        _edit(path)
    else:
        config = session.config()
        if not config.warnings:
            output.say(f"{path}: {'there is none, so the defaults hold' if file_status(path) is None else 'fine'}")
        return output.NO_MATCH if config.warnings else output.OK
    return output.OK


def _edit(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        if file_status(path) is None:
            make_private(path.parent)
            write_private(DEFAULT_TEXT.splitlines(), path)
        subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        raise StorageError(f"{path}: can't be edited with {editor!r} ({error})") from error
