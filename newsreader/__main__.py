"""`python -m newsreader`, and the file by which this program starts itself (`cli/program.py`).

Only what Python has loaded by itself may be imported before the directory that it was started in is off the path.
"""

import os
import sys


def _keep_to_what_is_installed() -> None:
    if not __package__:  # run as a file: the package is the one that this file is in
        sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        import newsreader  # noqa: F401 - from there, while it is first

        del sys.path[0]
    elif not sys.flags.safe_path and sys.path and sys.path[0] != os.path.dirname(sys.modules[__package__].__path__[0]):
        del sys.path[0]  # which `-m` has put there: a `click.py` in it would run


if __name__ == "__main__":
    _keep_to_what_is_installed()
    from newsreader.cli import main

    main()
