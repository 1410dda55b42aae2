"""A comparison as one HTML document: both texts side by side, with the facts worth reading above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsreader.article import Article
from newsreader.compare.model import Fact, Row
from newsreader.engine.results import Compared
from newsreader.export import comparison_parts as parts
from newsreader.export import html_page as page

_LABELS = {
    "same": "same",
    "reworded": "reworded",
    "related": "related",
    "left-only": "only left",
    "right-only": "only right",
}
_STYLE = """
.articles { display: grid; grid-template-columns: 1fr 1fr; gap: 0 4rem; border-top: 3px double var(--line); }
.articles > section { padding: .9rem 0; }
.rows thead th.spine, .rows .spine { width: 5.8rem; text-align: center; }
.rows .spine { padding: .5rem 0; font-weight: 400; font-size: .7rem; line-height: 1.3; color: var(--muted); }
.rows .spine .sign { display: block; font-size: 1.15rem; line-height: 1.45rem; }
.rows tr.begins > * { border-top: 1px solid var(--line); }
.same td { color: var(--muted); }
.left-only td.left { background: var(--old-wash); }
.right-only td.right { background: var(--new-wash); }
.left-only .sign { color: var(--old); }
.right-only .sign { color: var(--new); }
.moved .spine .move { display: block; color: var(--accent); white-space: nowrap; }
.moved td { border-inline-start: 2px solid var(--accent); }
.stub td { padding: .2rem .6rem; font-size: .82rem; color: var(--muted); }
.stub td.spine { color: var(--accent); }
.stub td.right { border-inline-start: 2px dotted var(--accent); }
.title { font-weight: 700; }
del, ins { padding: 0 .1em; border-radius: .15em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
del, ins { text-underline-offset: .18em; }
del { color: var(--old); background: var(--old-wash); text-decoration: underline dotted 1px; }
ins { color: var(--new); background: var(--new-wash); text-decoration: underline 1px; }
@media screen and (max-width: 44rem) {
  .articles { grid-template-columns: 1fr; }
  .rows thead { display: none; }
  .rows, .rows tbody, .rows tr, .rows td, .rows .spine { display: block; width: auto; }
  .rows tr { border-top: 1px solid var(--line); padding: .4rem 0; }
  .rows .spine { text-align: start; padding: .2rem .6rem; }
  .rows .spine .sign, .moved .spine .move { display: inline; }
  .rows td:empty { display: none; }
  .rows td::before { content: attr(data-outlet); display: block; font-size: .75rem; color: var(--muted); }
}
@media print {
  .articles { break-inside: avoid; }
  del, ins, .left-only td, .right-only td { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def lines(compared: Compared) -> Iterator[str]:
    """The document: both articles, the facts worth reading, the texts side by side, the other facts."""
    left, right, comparison = compared.left.article, compared.right.article, compared.comparison
    names = parts.outlet(left, right, "left"), parts.outlet(right, left, "right")
    yield from page.head(f"{left.title} ⇄ {right.title}", _STYLE)
    yield "<header>"
    yield "<h1>Two articles compared</h1>"
    yield '<div class="articles">'
    yield from page.article(left, names[0])
    yield from page.article(right, names[1])
    yield "</div>"
    notes = [parts.language_note(comparison), None if comparison.complete else parts.CUT_SHORT]
    yield from page.summary_and_note(parts.comparison_summary(comparison), " ".join(filter(None, notes)) or None)
    yield "</header>"
    yield "<main>"
    for heading, facts in parts.fact_sections(comparison):
        yield from _facts(heading, facts, names)
    yield from _rows(compared, names)
    yield from _facts("Facts they share", parts.shared_facts(comparison), names)
    yield from _facts("Minor facts", parts.minor_facts(comparison), names)
    yield "</main>"
    yield from page.foot("Compared by newsreader.")


def _facts(heading: str, facts: Sequence[Fact], names: tuple[str, str]) -> Iterator[str]:
    if not facts:
        return
    yield "<section>"
    yield f"<h2>{heading}</h2>"
    yield '<table class="facts">'
    yield (
        f'<thead><tr><th scope="col" class="kind">kind</th><th scope="col">{page.text(names[0])}</th>'
        f'<th scope="col" class="sign"><span class="hidden">how they compare</span></th>'
        f'<th scope="col">{page.text(names[1])}</th></tr></thead>'
    )
    yield "<tbody>"
    for fact in facts:
        yield (
            f'<tr><th scope="row" class="kind"><a href="#row-{fact.row + 1}">{fact.kind}</a></th>'
            f'{_value(fact.left)}<td class="sign">{parts.fact_relation(fact)}</td>{_value(fact.right)}</tr>'
        )
    yield "</tbody></table>"
    yield "</section>"


def _value(value: str | None) -> str:
    return '<td class="none">–</td>' if value is None else f'<td dir="auto">{page.text(value)}</td>'


def _rows(compared: Compared, names: tuple[str, str]) -> Iterator[str]:
    yield "<section>"
    yield "<h2>Sentence by sentence</h2>"
    yield '<table class="rows">'
    yield (
        f'<thead><tr><th scope="col">{page.text(names[0])}</th>'
        f'<th scope="col" class="spine"><span class="hidden">how they compare</span></th>'
        f'<th scope="col">{page.text(names[1])}</th></tr></thead>'
    )
    yield "<tbody>"
    articles = compared.left.article, compared.right.article
    moves = parts.moves(compared.comparison)
    elsewhere: dict[int, list[parts.Move]] = {}
    for move in dict.fromkeys(moves.values()):
        elsewhere.setdefault(move.after, []).append(move)
    yield from _stubs(elsewhere.get(-1, ()))
    paragraph = -1
    for number, row in enumerate(compared.comparison.rows, 1):
        left, right = parts.passages(row, compared.comparison)
        begins = bool(left) and left[0].paragraph != paragraph
        paragraph = left[-1].paragraph if left else paragraph
        yield f'<tr id="row-{number}" class="{_classes(row, begins)}">'
        yield _cell(left, "left", "del", articles[0], names[0])
        yield _spine(row, moves.get(number - 1), number)
        yield _cell(right, "right", "ins", articles[1], names[1])
        yield "</tr>"
        yield from _stubs(elsewhere.get(number - 1, ()))
    yield "</tbody></table>"
    yield "</section>"


def _stubs(moves: Sequence[parts.Move]) -> Iterator[str]:
    """Where the right text has a passage that is shown beside its counterpart in the left one."""
    for move in sorted(moves, key=lambda move: move.right):
        yield (
            f'<tr class="stub"><td class="left"></td><td class="spine">{parts.MOVED}</td><td class="right">'
            f'<a href="#row-{move.first + 1}">{move.extent} of {move.places[1]}, shown beside {move.places[0]}</a>'
            "</td></tr>"
        )


def _classes(row: Row, begins: bool) -> str:
    return " ".join((row.kind, *(["moved"] if row.moved else []), *(["begins"] if begins else [])))


def _spine(row: Row, move: parts.Move | None, number: int) -> str:
    """Between the sides: how they compare, as a sign and in words."""
    sign = f'<span class="sign" aria-hidden="true">{parts.SIGNS[row.kind]}</span>' if parts.SIGNS[row.kind] else ""
    hidden = ' class="hidden"' if row.kind == "same" else ""
    label = f"<span{hidden}>{_LABELS[row.kind]}</span>"
    if move is not None and move.first == number - 1:
        label += f' <span class="move">{parts.MOVED} moved</span>' if move.is_said else ""
        label += f' <span class="move">{move.shift}</span>'
    return f'<th scope="row" class="spine">{sign}{label}</th>'


def _cell(passages: Sequence[parts.Passage], side: str, mark: str, article: Article, name: str) -> str:
    if not passages:
        return f'<td class="{side}"></td>'
    body = " ".join(_passage(passage, mark) for passage in passages)
    return f'<td class="{side}" dir="auto" data-outlet="{page.text(name)}"{page.language(article)}>{body}</td>'


def _passage(passage: parts.Passage, mark: str) -> str:
    text = page.marked_html(passage.text, passage.changed, mark)
    return f'<strong class="title">{text}</strong>' if passage.paragraph < 0 else text
