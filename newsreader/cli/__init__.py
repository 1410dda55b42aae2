"""The command line. Each command's module is loaded when the command is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code."""
    from newsreader.cli.root import run

    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))
