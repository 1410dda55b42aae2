"""`newsreader folders`, `dirs`, `config` and `completions`."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from newsreader.cli import json_documents as documents
from newsreader.cli import report
from newsreader.cli.root import Session
from newsreader.errors import StorageError, UsageError
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
        report.say("removed; the next `newsreader index` takes its articles out, tags and marks are kept")
        return
    folders = engine.folders()
    if form == "json":
        documents.print_json({"folders": [str(folder) for folder in folders]})
        return
    for folder in folders:
        how = away(folder)
        report.write(f"{visible(str(folder))}{f'  ({how})' if how else ''}\n")
    if not folders:
        report.say("The library has no folder yet; `newsreader index FOLDER` adds one.")


@click.command("dirs")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def dirs_command(session: Session, form: str) -> None:
    """Print where everything is kept."""
    places = session.locations
    rows = {"config": places.config, "data": places.data, "cache": places.cache, "state": places.state}
    if form == "json":
        documents.print_json({name: str(path) for name, path in rows.items()})
        return
    for name, path in rows.items():
        report.write(f"{name:7} {visible(str(path))}\n")


@click.command("config")
@click.argument("action", type=click.Choice(["path", "check", "default", "edit"]), default="path")
@click.pass_obj
def config_command(session: Session, action: str) -> int:
    """Show where the configuration is, check it, print the commented default, or edit it."""
    from newsreader.config import DEFAULT_TEXT

    path = session.locations.config
    if action == "path":
        report.write(f"{visible(str(path))}\n")
    elif action == "default":
        report.write(DEFAULT_TEXT)
    elif action == "edit":
        _edit(path, DEFAULT_TEXT)
    else:
        config = session.config()
        if not config.warnings:
            report.say(f"{path}: {'fine' if path.exists() else 'there is none, so the defaults hold'}")
        return report.NO_MATCH if config.warnings else report.OK
    return report.OK


def _edit(path: Path, default: str) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(default, encoding="utf-8")
        subprocess.run([*shlex.split(editor), str(path)], check=False)
    except (OSError, ValueError) as error:
        raise StorageError(f"{path}: can't be edited with {editor!r} ({error})") from error


@click.command("completions")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completions_command(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL, as in: newsreader completions bash >> ~/.bashrc"""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"no completions for {shell}")
    sys.stdout.write(kind(context.find_root().command, {}, "newsreader", "_NEWSREADER_COMPLETE").source() + "\n")
