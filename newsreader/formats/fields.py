"""What other programs call the parts of an article: one table for front matter and exports, to which users can add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

Names = Mapping[str, tuple[str, ...]]
"""Our field → their names, the preferred first. A name may be a path through objects, as in `fields.bodyText`."""

FIELDS: Names = {
    "title": ("title", "headline"),
    "date": ("date", "published", "pubdate", "published_at", "date_published", "created"),
    "source": ("source", "outlet", "publisher", "publication", "site", "site_name"),
    "author": ("author", "authors", "byline", "by"),
    "url": ("url", "link", "source_url", "canonical_url", "permalink"),
    "tags": ("tags", "keywords", "categories"),
    "language": ("language", "lang"),
}
"""Letter case, blanks, hyphens, underscores and colons in names don't count."""

_IGNORED = re.compile(r"[\s_:-]+")


def with_names(more: Mapping[str, Sequence[str]]) -> Names:
    """The table with a user's names before its own."""
    return {field: tuple(dict.fromkeys((*more.get(field, ()), *names))) for field, names in FIELDS.items()}


def found(record: Mapping[Any, Any], names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """(name as the record has it, value) of each of these names that the record has a value under, in their order."""
    here = _normalized(record)
    for name in names:
        key = normal(name)
        if key in here:
            yield here[key]
        elif "." in key:
            yield from _along(here, key)


def _along(here: Mapping[str, tuple[str, Any]], path: str) -> Iterator[tuple[str, Any]]:
    first, _, rest = path.partition(".")
    name, value = here.get(first, ("", None))
    if isinstance(value, dict):
        for inner, deeper in found(value, (rest,)):
            yield f"{name}.{inner}", deeper


def _normalized(record: Mapping[Any, Any]) -> dict[str, tuple[str, Any]]:
    result: dict[str, tuple[str, Any]] = {}
    for key, value in record.items():
        if value is not None:
            result.setdefault(normal(str(key)), (str(key), value))
    return result


@lru_cache(4096)
def normal(name: str) -> str:
    """A name without what doesn't count."""
    return _IGNORED.sub("", name).casefold()
