"""A dossier in either form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsreader.export import dossier_html, dossier_markdown
from newsreader.export.files import Form

if TYPE_CHECKING:
    from newsreader.export.dossier import Dossier


def dossier_lines(value: Dossier, form: Form) -> Iterator[str]:
    """The document, line by line."""
    return dossier_html.lines(value) if form == "html" else dossier_markdown.lines(value)
