"""A dossier in either form, by its name: the command and the reader offer both."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.export import dossier_html, dossier_markdown
from newsreader.export.dossier import Dossier
from newsreader.export.files import Form


def dossier_lines(value: Dossier, form: Form) -> Iterator[str]:
    """The document, line by line."""
    return dossier_html.lines(value) if form == "html" else dossier_markdown.lines(value)
