"""The link by which a newsletter offers its web version: the article's address, where the mail states no other."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsreader.formats.web.html_events import send_events
from newsreader.text.clean import one_line

LONGEST_ADDRESS = 2_000
LONGEST_WORDS = 120
"""Code points of a link's words that are looked at."""

_OFFERS = re.compile(
    r"\b(?:browser|web ?version|webversion|web ?site version|view (?:it |this )?online|read (?:it |this )?online"
    r"|online (?:ansehen|lesen|version|anzeigen)|onlineversion|web ?ansicht|en ligne|version web|navigateur|navegador"
    r"|view on the web|view as a web ?page|read in (?:the )?app|read on the web|open online)\b",
    re.IGNORECASE,
)


def web_version(markup: str) -> str | None:
    """The address of the first link whose words offer the text in a browser; None when there is none."""
    found: str | None = send_events(markup, _Finder())
    return found


class _Finder:
    """Receives the parser's events; links don't nest in HTML."""

    def __init__(self) -> None:
        self._found: str | None = None
        self._address = ""
        self._words = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "a":
            address = one_line(attributes.get("href", ""))
            is_web = address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS
            self._address = address if is_web and " " not in address else ""
            self._words = ""

    def data(self, text: str) -> None:
        if self._address and len(self._words) < LONGEST_WORDS:
            self._words += text

    def end(self, tag: str) -> None:
        if tag == "a" and self._address:
            if self._found is None and _OFFERS.search(one_line(self._words[:LONGEST_WORDS])):
                self._found = self._address
            self._address = ""

    def close(self) -> str | None:
        return self._found
