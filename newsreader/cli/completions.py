"""`newsreader completions`: the script by which a shell completes commands and options."""

from __future__ import annotations

import sys

import click

from newsreader.errors import UsageError


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
