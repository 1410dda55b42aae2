"""Content fingerprints: what makes an article the same article under another name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from newsreader.article import ArticleId


def fingerprint(title: str, paragraphs: Iterable[str]) -> str:
    """Thirty-two hexadecimal digits over title and text; spacing and line breaks don't count."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (title, *paragraphs):
        digest.update(" ".join(part.split()).encode("utf-8", "surrogatepass"))
        digest.update(b"\x00")
    return digest.hexdigest()


def article_id(content: str, copy: int = 0) -> ArticleId:
    """The id of the article with this fingerprint; `copy` parts files of identical content (0 is the first)."""
    if copy == 0:
        return ArticleId(content[:16])
    return ArticleId(hashlib.blake2b(f"{content}/{copy}".encode(), digest_size=8).hexdigest())
