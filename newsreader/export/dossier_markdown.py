"""A dossier as Markdown, for note programs."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.compare.matrix_model import Citation
from newsreader.export import dossier_parts as dossiers
from newsreader.export import matrix_parts as parts
from newsreader.export.dossier import Dossier, DossierArticle
from newsreader.export.markdown import code, escape, marked_markdown
from newsreader.export.wording import moment, place
from newsreader.text.clean import visible


def lines(value: Dossier) -> Iterator[str]:
    """The document, line by line."""
    yield f"# {escape(value.title)}"
    yield ""
    yield "## Articles"
    yield ""
    for number, entry in enumerate(value.entries, 1):
        yield from _entry(number, entry)
    for section in value.sections:
        yield f"## {escape(section.title)}"
        yield ""
        yield escape(parts.matrix_summary(section.matrix))
        yield ""
        if not section.matrix.complete:
            yield parts.CUT_SHORT
            yield ""
        for group in dossiers.groups(section.matrix):
            yield f"### {group.heading}"
            yield ""
            for item in group.items:
                yield from _item(item)
            yield ""


def _entry(number: int, entry: DossierArticle) -> Iterator[str]:
    article = entry.article
    about = [article.outlet, moment(article), article.author or ""]
    yield f"{number}. **{escape(article.title)}**  "
    yield f"   {' · '.join(escape(part) for part in about if part)} · {code(visible(str(article.path)))}"
    if article.url:
        yield f"   {code(visible(article.url))}"
    if article.tags:
        yield f"   tags: {', '.join(escape(tag) for tag in article.tags)}"
    if entry.note:
        yield ""
        yield from (f"   > {escape(line)}  " for line in entry.note.splitlines())
    yield ""


def _item(item: dossiers.Item) -> Iterator[str]:
    if item.lead:
        yield f"- {escape(item.lead)}"
        if item.quotations:
            yield ""
    for index, quotation in enumerate(item.quotations):
        start = "- " if not index and not item.lead else "  "
        yield f"{start}> {marked_markdown(quotation.text, quotation.marked, '**')}  "
        yield from (f"  > — {_source(found)}  " for found in quotation.places)
        yield ""


def _source(found: Citation) -> str:
    """Outlet, date, path and paragraph."""
    article = found.article
    about = f"{escape(article.outlet)}, {escape(moment(article))}, {code(visible(str(article.path)))}"
    return f"{about}, {place(found.paragraph)}"
