"""The command line: a module for each command, named as the command is.

`root` knows the commands and turns errors into exit codes; `session` is what each command is given; `output` prints.
A command's module is loaded when the command is called, so that `--help` and a run with nothing to do stay quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its code."""
    from newsreader.cli.root import run

    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))
