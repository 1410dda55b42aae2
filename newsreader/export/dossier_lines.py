"""Writes a dossier as HTML or as Markdown, whichever form is asked for.

The command line and the reader both offer the two forms; the choice is made here, so that they can't come to differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.export import dossier_html, dossier_markdown
from newsreader.export.dossier import Dossier
from newsreader.export.files import Form


def dossier_lines(value: Dossier, form: Form) -> Iterator[str]:
    """The document, line by line."""
    return dossier_html.lines(value) if form == "html" else dossier_markdown.lines(value)
