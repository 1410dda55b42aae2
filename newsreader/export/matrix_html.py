"""What the outlets of a story say, as one HTML document; each statement opens to its wordings."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.compare.matrix_model import Statement, StoryFact, StoryMatrix
from newsreader.export import html_page as page
from newsreader.export import matrix_parts as parts
from newsreader.export.wording import moment, place
from newsreader.text.clean import visible

STYLE = """
.sources { margin: 0; padding: 0 0 0 1.6rem; border-top: 3px double var(--line); padding-top: .6rem; }
.sources li { margin: .35rem 0; }
.sources .outlet { font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
.matrix { table-layout: auto; }
.matrix thead th { vertical-align: bottom; }
.matrix .cell { width: 2.2rem; min-width: 2rem; padding: .5rem .2rem; text-align: center; font-size: .9rem; }
.matrix thead .cell span {
  writing-mode: vertical-rl; transform: rotate(180deg); max-height: 11rem; overflow: hidden; white-space: nowrap;
  text-align: left;
}
.matrix tbody tr > * { border-top: 1px solid var(--line); }
.matrix tbody tr:hover > * { background: var(--shade); }
.matrix .silent { color: var(--line); }
.matrix .contested { color: var(--old); font-weight: 700; }
.matrix .all > .text { font-weight: 600; }
.matrix .one .said { color: var(--accent); }
.matrix details { margin: 0; }
.matrix summary { cursor: pointer; }
.matrix dl { margin: .4rem 0 .6rem 1rem; font-size: .92rem; font-weight: 400; }
.matrix dt { color: var(--accent); font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
.matrix dt { font-size: .82rem; margin-top: .4rem; }
.matrix dd { margin: 0; }
.facts .who { color: var(--muted); font-size: .88rem; }
.facts .reading { display: block; margin: .1rem 0; }
.facts .against { color: var(--old); font-weight: 700; }
@media print {
  .matrix details::details-content { content-visibility: visible; height: auto; display: block; }
  .matrix summary { list-style: none; }
}
"""


def lines(title: str, value: StoryMatrix) -> Iterator[str]:
    """The document: the articles, the facts that are contested, the matrix, the other facts."""
    yield from page.head(title, STYLE)
    yield "<header>"
    yield "<h1>What the outlets say</h1>"
    yield f'<p class="headline" dir="auto">{page.text(title)}</p>'
    yield from articles(value)
    note = None if value.complete else parts.CUT_SHORT
    yield from page.summary_and_note(parts.matrix_summary(value), note)
    yield "</header>"
    yield "<main>"
    yield from facts("Contested", value, contested=True)
    yield from statements(value)
    yield from facts("Figures, dates and quotations", value, contested=False)
    yield "</main>"
    yield from page.foot("Compared by newsreader.")


def articles(value: StoryMatrix) -> Iterator[str]:
    """The articles with outlet, date and path."""
    yield '<ol class="sources">'
    for article in value.articles:
        head = f'<span class="outlet">{page.text(article.outlet)}</span> <span class="meta">{page.date(article)}</span>'
        path = f'<span class="meta"><code>{page.text(visible(str(article.path)))}</code></span>'
        yield f'<li>{head}<br><span dir="auto"{page.language(article)}>{page.text(article.title)}</span><br>{path}</li>'
    yield "</ol>"


def facts(heading: str, value: StoryMatrix, *, contested: bool) -> Iterator[str]:
    """The facts that are contested, or the others."""
    wanted = [fact for fact in value.facts if fact.contested is contested]
    if not wanted:
        return
    yield f"<section><h2>{heading}</h2>"
    yield '<table class="facts"><tbody>'
    for fact in wanted:
        yield f'<tr><th scope="row" class="kind">{fact.kind}</th><td>{_readings(value, fact)}</td></tr>'
    yield "</tbody></table></section>"


def _readings(value: StoryMatrix, fact: StoryFact) -> str:
    shown = []
    for index, reading in enumerate(fact.readings):
        sign = f'<span class="against">{parts.CONTESTED}</span> ' if index and fact.contested else ""
        who = page.text(", ".join(parts.outlets(value, reading)))
        text = f'<span dir="auto">{page.text(parts.written(fact, reading))}</span>'
        shown.append(f'<span class="reading">{sign}{text} <span class="who">{who}</span></span>')
    if happened := value.happened(fact):
        shown.append(f'<span class="reading who" dir="auto">{page.text(happened)}</span>')
    return "".join(shown)


def statements(value: StoryMatrix) -> Iterator[str]:
    """The table of statements and outlets; each statement opens to the wording of each article."""
    yield "<section><h2>Statements</h2>"
    yield '<table class="matrix"><thead><tr><th scope="col">statement</th>'
    for column in value.columns:
        copied = f", copied by {', '.join(column.copied_by)}" if column.copied_by else ""
        name = page.text(parts.short(column.name) + copied)
        yield f'<th scope="col" class="cell" title="{name}"><span>{name}</span></th>'
    yield "</tr></thead><tbody>"
    contested = value.contested()
    for number, statement in enumerate(value.statements):
        yield f'<tr id="statement-{number + 1}" class="{value.reach(number)}"><td class="text">'
        yield from _wordings(value, statement)
        yield "</td>"
        for mark, column in zip(parts.cells(value, statement, contested.get(number, ())), value.columns, strict=True):
            kind = {parts.SILENT: "silent", parts.SAID: "said", parts.CONTESTED: "said contested"}[mark]
            yield f'<td class="cell {kind}" title="{page.text(column.name)}">{mark}</td>'
        yield "</tr>"
    yield "</tbody></table></section>"


def _wordings(value: StoryMatrix, statement: Statement) -> Iterator[str]:
    first = value.articles[statement.mentions[0].article]
    text = f'<span dir="auto"{page.language(first)}>{page.text(value.text(statement))}</span>'
    yield f"<details><summary>{text}</summary><dl>"
    for said in map(value.place, statement.mentions):
        where = f"{said.article.outlet}, {moment(said.article)}, {place(said.paragraph)}"
        yield f"<dt>{page.text(where)}</dt>"
        yield f'<dd dir="auto"{page.language(said.article)}>{page.text(said.text)}</dd>'
    yield "</dl></details>"
