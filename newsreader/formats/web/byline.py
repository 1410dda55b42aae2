"""Takes the author's name out of a byline: "By Jane Doe" is "Jane Doe".

Pages put links, handles and whole biographies where the name should be. Taken as they are, they would stand beside the
headlines, and `author:` would find one person under several names.
"""

from __future__ import annotations

import re

from newsreader.text.clean import one_line

LONGEST_NAME = 200
"""Code points of an author or source; what is longer is a biography or a list of links."""

_BY = re.compile(r"^(?:by|von|par|por|di|door|av|od|words by|written by)[ :]\s*", re.IGNORECASE)
_PERSONS_PAGE = re.compile(r" [(<\[]?https?://\S+$")


def name_in_byline(text: str) -> str | None:
    """A name as a byline has it; None for addresses, handles and whole sentences."""
    text = _PERSONS_PAGE.sub("", _BY.sub("", one_line(text))).strip(" ,;|")
    if (
        not text
        or len(text) > LONGEST_NAME
        or "://" in text
        or text.startswith("@")
        or ("@" in text and " " not in text)
    ):
        return None
    if not any(c.isalpha() for c in text) or text.lower() in ("admin", "administrator", "none", "null", "undefined"):
        return None
    return text
