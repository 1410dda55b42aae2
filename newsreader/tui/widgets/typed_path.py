"""A path as somebody typed or pasted it, as the path that is meant.

Terminals and file managers paste paths with quotes, backslashes, as addresses, and behind what stands in the line
already; taken by the letter, each would be a folder that does not exist.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_BEGUN_ANEW = re.compile(r"""~/\s*(?=[/~'"]|file:)""")
"""What stood in the line before a whole path was pasted behind it."""
_ESCAPED = re.compile(r"\\([^A-Za-z0-9])")
"""As shells want blanks and signs in names."""


def typed_path(typed: str) -> str:
    """Without quotes, escapes, blanks around it, and what it was pasted behind; of a `file:` address its path."""
    path = typed.strip()
    while begun := _BEGUN_ANEW.match(path):
        path = path[begun.end() :]
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        return path[1:-1]
    if path.startswith("file:"):
        return unquote(urlsplit(path).path)
    return _ESCAPED.sub(r"\1", path)
