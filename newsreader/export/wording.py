"""How articles, places in them and their edits are called in documents and lists."""

from __future__ import annotations

from newsreader.article import Article
from newsreader.compare.model import Summary


def day(article: Article) -> str:
    """The date as a reader wants it; with ~ when it is only the file's."""
    if article.published is None:
        return "no date    "
    shown = f"{article.published.day:>2} {article.published:%b %Y}"
    return shown + ("~" if article.date_from == "file" else "")


def moment(article: Article) -> str:
    """The date, with the time of day where the article states one."""
    shown = day(article).strip()
    return f"{shown}, {article.published:%H:%M}" if article.published and article.has_time else shown


def place(paragraph: int) -> str:
    """Where in its article something stands."""
    return "title" if paragraph < 0 else f"¶ {paragraph + 1}"


def edit(summary: Summary) -> str:
    """What one text changed of the one before it, in sentences; one in the place of a related one is another."""
    counts = (
        (summary.reworded, "reworded"),
        (summary.right_only + summary.related, "added"),
        (summary.left_only + summary.related, "removed"),
        (summary.moved, "moved"),
    )
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "only its layout changed"
