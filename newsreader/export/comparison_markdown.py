"""A comparison as Markdown for notes: the articles, the facts worth reading, the differences with quotations."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.article import Article
from newsreader.compare.model import Comparison, Row
from newsreader.engine.results import Compared
from newsreader.export import comparison_parts as parts
from newsreader.export.markdown import code, escape, marked_markdown
from newsreader.export.wording import moment, place
from newsreader.text.clean import visible
from newsreader.text.spans import Span

_LABELS = {"same": "The same", "reworded": "Reworded", "related": "Related"}


def lines(compared: Compared) -> Iterator[str]:
    """The document, line by line."""
    left, right, comparison = compared.left.article, compared.right.article, compared.comparison
    names = parts.outlet(left, right, "left"), parts.outlet(right, left, "right")
    yield f"# {escape(left.title)} ⇄ {escape(right.title)}"
    yield ""
    yield f"- {_about(left, names[0])} · what only it says: ~~so~~"
    yield f"- {_about(right, names[1])} · what only it says: **so**"
    yield ""
    yield parts.comparison_summary(comparison)
    yield ""
    if note := parts.language_note(comparison):
        yield note
        yield ""
    yield from _facts(comparison, names)
    yield "## Differences"
    yield ""
    moves = parts.moves(comparison)
    differing = [index for index, row in enumerate(comparison.rows) if row.kind != "same" or row.moved]
    for index in differing:
        yield from _item(comparison.rows[index], comparison, names, moves.get(index), index)
    if not differing:
        yield "None."
        yield ""
    if not comparison.complete:
        yield parts.CUT_SHORT
        yield ""


def _about(article: Article, name: str) -> str:
    about = [name, moment(article), article.author or ""]
    return " · ".join((*(escape(part) for part in about if part), code(visible(str(article.path)))))


def _facts(comparison: Comparison, names: tuple[str, str]) -> Iterator[str]:
    for heading, facts in parts.fact_sections(comparison):
        yield f"## {heading}"
        yield ""
        yield f"| | {escape(names[0])} | | {escape(names[1])} |"
        yield "| --- | --- | :-: | --- |"
        for fact in facts:
            values = [escape(value) if value is not None else "–" for value in (fact.left, fact.right)]
            yield f"| {fact.kind} | {values[0]} | {parts.fact_relation(fact)} | {values[1]} |"
        yield ""
    if note := parts.left_out(comparison):
        yield f"{note}."
        yield ""


def _item(
    row: Row, comparison: Comparison, names: tuple[str, str], move: parts.Move | None, index: int
) -> Iterator[str]:
    """A row as an item of the list: what it is, then the sentences as quotations. A passage that moved is one item."""
    left, right = parts.passages(row, comparison)
    if move is not None and move.sentences > 1:
        if move.first == index:
            yield f"- {f'{parts.MOVED} Moved' if move.is_said else 'Related,'} {move.shift}, {move.extent}"
    elif left and right:
        yield f"- {_LABELS[row.kind]}, {f'{parts.MOVED} moved ' if row.moved else ''}{parts.shift(left, right)}"
    else:
        yield f"- Only in {escape(names[0] if left else names[1])}, {place((left or right)[0].paragraph)}"
    alone = row.kind in ("left-only", "right-only")
    goes_on = move is not None and move.sentences > 1 and move.first != index
    for passages, mark in ((left, "~~"), (right if row.kind != "same" else [], "**")):
        if passages:
            if not goes_on:
                yield ""
            goes_on = False
            yield "  > " + " ".join(_passage(passage, mark, alone) for passage in passages)
    yield ""


def _passage(passage: parts.Passage, mark: str, alone: bool) -> str:
    """A sentence with its changes marked; all of it if it stands alone."""
    text = passage.text
    return marked_markdown(text, (Span(0, len(text)),) if alone else passage.changed, mark)
