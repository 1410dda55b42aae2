"""Web addresses that pages state: whole ones that are safe to show, their parts.

Pages hold addresses that cannot be parsed, or that hide control characters; none of them may raise or be kept.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

LONGEST_ADDRESS = 2_000
"""Code points of an address."""


def is_address(text: str) -> bool:
    """Whether text is a whole web address without anything that could act on a terminal or deceive."""
    if len(text) > LONGEST_ADDRESS or any(c.isspace() or not c.isprintable() for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "." in (parts.hostname or "")
    except ValueError:
        return False


def joined(base: str, address: str) -> str:
    """A perhaps relative address made whole; empty when it is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def path_of(address: str) -> str:
    """Path and query; empty for a front page."""
    parts = urlsplit(address)
    return parts.path.strip("/") + parts.query


def host_of(address: str) -> str:
    """The host without www. and m.; empty when there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
