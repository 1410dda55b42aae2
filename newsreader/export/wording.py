"""How articles and places in them are called in documents and lists: dates, times, paragraphs."""

from __future__ import annotations

from newsreader.article import Article


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
