"""Which article of a file is which: names that stay when other articles of the file come, go or change places.

Tags hang on them. Counted by their place, the articles of a feed would pass their tags on with every new entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from newsreader.article import ParsedArticle, fingerprint
from newsreader.text.clean import one_line

LONGEST_PART = 200
"""Code points; of longer identifiers the digest is used."""
_SHORTEST_NUMBER = 6
"""Digits from which a number is taken for an identifier: shorter ones may count rows, and name others tomorrow."""


def with_parts(keyed: Sequence[tuple[ParsedArticle, str | None]]) -> tuple[ParsedArticle, ...]:
    """The articles with their `part`: the key that the file gives each; the content's digest where it gives none.

    Where several have one key (feeds whose every entry has the same guid), the digest is added to all of them:
    the first would be another one tomorrow.
    """
    contents = [digest(fingerprint(article.title, article.paragraphs)) for article, _ in keyed]
    named = [_part(key) if key else content for (_, key), content in zip(keyed, contents, strict=True)]
    repeated = {part for part, count in Counter(named).items() if count > 1}
    seen: Counter[str] = Counter()
    result = []
    for (article, _), part, content in zip(keyed, named, contents, strict=True):
        if part in repeated and part != content:
            part = f"{part}#{content}"
        seen[part] += 1
        result.append(replace(article, part=part if seen[part] == 1 else f"{part}#{seen[part]}"))
    return tuple(result)


def key_of(identifier: str | None, url: str | None) -> str | None:
    """What names an article of its file: its identifier, unless that may be a row number; else its address."""
    if identifier and not (identifier.isdigit() and len(identifier) < _SHORTEST_NUMBER):
        return identifier
    return url or None


def _part(key: str) -> str:
    line = one_line(key)
    return line if 0 < len(line) <= LONGEST_PART else digest(key)


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that tell one text from others of its file."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
