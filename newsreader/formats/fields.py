"""What other programs call the parts of an article: one table for front matter and exports, to which users can add.

Without it every exporter would need a reader of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

Names = Mapping[str, tuple[str, ...]]
"""Our field → their names, the preferred first. A name may be a path through objects, as in `fields.bodyText`."""

FIELDS: Names = {
    "title": (
        "title", "headline", "resolved_title", "given_title", "fields.headline", "web_title", "article_title",
        "news_title", "document_title", "book_title",
    ),
    "text": (
        "content_html", "html_content", "full_content", "full_text", "article_body", "body_text", "fields.body_text",
        "fields.body", "main_text", "text", "content_text", "content", "body", "article_text", "article", "story",
        "document", "html", "raw_text", "selection", "highlight",
    ),
    "summary": (
        "summary", "description", "excerpt", "abstract", "abstract_note", "snippet", "dek", "lead_paragraph", "lead",
        "trail_text", "fields.trail_text", "highlights",
    ),
    "date": (
        "date", "published", "pub_date", "published_at", "date_published", "publish_date", "publication_date",
        "published_date", "date_publish", "web_publication_date", "first_published", "published_on", "seen_date",
        "datetime", "date_gmt", "issued", "created", "created_at", "date_created", "saved_at", "saved_date", "saved",
        "time_added", "added_at", "date_added", "added", "highlighted_at", "timestamp", "updated_at",
        "updated", "date_modified", "modified", "last_interaction_date",
    ),
    "source": (
        "source", "outlet", "publisher", "publication", "publication_title", "newspaper", "site", "site_name",
        "source_name", "source_hostname", "container_title", "origin.title", "feed_title", "domain_metadata",
        "thread.site_full", "hostname", "domain_name", "domain", "source_domain",
    ),
    "author": (
        "author", "authors", "byline", "by", "creator", "creators", "dc:creator", "fields.byline", "published_by",
        "book_author", "writer",
    ),
    "url": (
        "url", "link", "canonical_url", "permalink", "resolved_url", "given_url", "web_url", "original_article_url",
        "original_url", "article_url", "page_url", "source_url", "canonical.href", "alternate.href", "external_url",
        "main_entity_of_page",
    ),
    "tags": ("tags", "keywords", "categories", "labels", "document_tags", "topics", "category", "folder", "section"),
    "language": ("language", "lang", "in_language", "locale"),
    "id": ("guid", "uuid", "_id", "id", "item_id", "article_id", "doc_id", "uri", "slug"),
}  # fmt: skip
"""Letter case, blanks, hyphens, underscores and colons in names don't count.

Dates of saving stand behind those of publication: they are better than the file's. Taken from what these write:
NewsAPI, trafilatura, news-please, newspaper3k, GDELT, the interfaces of the Guardian, the New York Times and WordPress,
schema.org, JSON Feed, Google Reader's streams, Wallabag, Pocket, Instapaper, Omnivore, Readwise, Raindrop, Matter,
Zotero.
"""

_IGNORED = re.compile(r"[\s_:-]+")


def with_names(more: Mapping[str, Sequence[str]]) -> Names:
    """The table with a user's names before its own."""
    return {field: tuple(dict.fromkeys((*more.get(field, ()), *names))) for field, names in FIELDS.items()}


class Record:
    """An object, a table's row or a block of front matter, asked by the names of the table."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self._values: dict[str, tuple[str, Any]] = {}
        for key, value in values.items():
            if value is not None:
                self._values.setdefault(_normal(str(key)), (str(key), value))

    def found(self, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """(name as the record has it, value) of each of these names that it has a value under, in their order."""
        for name in names:
            key = _normal(name)
            if key in self._values:
                yield self._values[key]
            elif "." in key:
                yield from self._along(key)

    def has(self, names: Sequence[str]) -> bool:
        return any(True for _ in self.found(names))

    def _along(self, path: str) -> Iterator[tuple[str, Any]]:
        first, _, rest = path.partition(".")
        name, value = self._values.get(first, ("", None))
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                for deeper, leaf in Record(inner).found((rest,)):
                    yield f"{name}.{deeper}", leaf


@lru_cache(4096)
def _normal(name: str) -> str:
    """A name without what doesn't count. Remembered: every row of an export has the same ones."""
    return _IGNORED.sub("", name).casefold()
