"""A dossier as one HTML document, for reading and for paper."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.export import dossier_parts as dossiers
from newsreader.export import html_page as page
from newsreader.export import matrix_html
from newsreader.export import matrix_parts as parts
from newsreader.export.dossier import Dossier, DossierArticle
from newsreader.export.wording import moment, place
from newsreader.text.clean import visible

_STYLE = """
.entries { padding: 0 0 0 1.6rem; border-top: 3px double var(--line); }
.entries > li { margin: 1rem 0; }
.entries .headline { font-size: 1.15rem; }
.note { margin: .4rem 0; padding: .3rem .8rem; background: var(--shade); white-space: pre-line; font-style: italic; }
h3 { font: 600 .9rem/1.4 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; margin: 1.8rem 0 .4rem; }
.items { list-style: none; padding: 0; margin: 0; }
.items > li { padding: .5rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.lead { margin: 0; font-weight: 600; }
blockquote { margin: .3rem 0 .6rem; padding-inline-start: .9rem; border-inline-start: 2px solid var(--line); }
blockquote p { margin: 0; }
mark { color: inherit; background: var(--new-wash); padding: 0 .1em; border-radius: .15em; }
cite { display: block; font-style: normal; font-size: .82rem; color: var(--muted); }
cite code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .95em; }
@media print { mark { -webkit-print-color-adjust: exact; print-color-adjust: exact; } h3 { break-after: avoid; } }
"""


def lines(value: Dossier) -> Iterator[str]:
    """The document: the articles, then for each story its table and what the articles say."""
    yield from page.head(value.title, matrix_html.STYLE + _STYLE)
    yield "<header>"
    yield "<h1>Dossier</h1>"
    yield f'<p class="headline" dir="auto">{page.text(value.title)}</p>'
    yield "</header>"
    yield "<main>"
    yield '<ol class="entries">'
    for entry in value.entries:
        yield from _entry(entry)
    yield "</ol>"
    for section in value.sections:
        yield "<section>"
        yield f"<h2>{page.text(section.title)}</h2>"
        yield from page.summary_and_note(
            parts.matrix_summary(section.matrix), None if section.matrix.complete else parts.CUT_SHORT
        )
        for group in dossiers.groups(section.matrix):
            yield f'<h3>{group.heading}</h3><ul class="items">'
            for item in group.items:
                yield from _item(item)
            yield "</ul>"
        yield "</section>"
    yield "</main>"
    yield from page.foot("Gathered by newsreader.")


def _entry(entry: DossierArticle) -> Iterator[str]:
    yield "<li>"
    yield from page.article(entry.article, entry.article.outlet)
    if entry.article.tags:
        yield f'<p class="meta">tags: {page.text(", ".join(entry.article.tags))}</p>'
    if entry.note:
        note = "\n".join(page.text(line) for line in entry.note.splitlines())
        yield f'<p class="note" dir="auto">{note}</p>'
    yield "</li>"


def _item(item: dossiers.Item) -> Iterator[str]:
    yield "<li>"
    if item.lead:
        yield f'<p class="lead" dir="auto">{page.text(item.lead)}</p>'
    for quotation in item.quotations:
        language = page.language(quotation.places[0].article)
        text = page.marked_html(quotation.text, quotation.marked, "mark")
        yield f'<blockquote><p dir="auto"{language}>{text}</p>'
        for found in quotation.places:
            about = page.text(f"{found.article.outlet}, {moment(found.article)}")
            path = page.text(visible(str(found.article.path)))
            yield f"<cite>{about}, <code>{path}</code>, {place(found.paragraph)}</cite>"
        yield "</blockquote>"
    yield "</li>"
