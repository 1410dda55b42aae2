"""A comparison as lines for the terminal: the form of `newsreader diff` for reading.

What is said is made in `export.comparison_parts`, so that all forms say the same; here are only signs and colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsreader.cli.output import style
from newsreader.compare.model import Comparison, Fact, Row
from newsreader.engine.results import Compared
from newsreader.export import comparison_parts as parts
from newsreader.text.spans import runs
from newsreader.text.wrap import wrapped


def lines(compared: Compared, columns: int) -> Iterator[str]:
    """Both articles' names, the summary, the facts worth reading, then row after row."""
    comparison = compared.comparison
    yield style(f"−−− {parts.article_line(compared.left.article)}", bold=True)
    yield style(f"+++ {parts.article_line(compared.right.article)}", bold=True)
    yield parts.comparison_summary(comparison)
    if note := parts.language_note(comparison):
        yield style(note, dim=True)
    for heading, facts in parts.fact_sections(comparison):
        yield ""
        yield style(heading, bold=True)
        for fact in facts:
            yield from wrapped(_fact(fact), columns, f"  {fact.kind:8} ", " " * 11)
    if note := parts.left_out(comparison):
        yield style(f"  ({note})", dim=True)
    yield ""
    moves = parts.moves(comparison)
    for index, row in enumerate(comparison.rows):
        move = moves.get(index)
        if move is not None and move.first == index and (move.is_said or move.places[0] != move.places[1]):
            what = f"{parts.MOVED} moved" if move.is_said else f"{parts.SIGNS['related']} related"
            yield style(f"{what}, {move.shift}, {move.extent}:", fg="cyan")
        if row.kind == "related":
            yield from _related(row, comparison, columns)
            continue
        sign = f"{parts.SIGNS[row.kind] or ' '}{parts.MOVED if row.moved else ' '}"
        colour = {"left-only": "red", "right-only": "green"}.get(row.kind)
        yield style(
            "\n".join(wrapped(_body(row, comparison), columns, f"{sign} ", "   ")),
            fg=colour,
        )
    if not comparison.complete:
        yield f"({parts.CUT_SHORT})"


def _related(row: Row, comparison: Comparison, columns: int) -> Iterator[str]:
    """Both sides whole, one below the other: their words are nothing to compare."""
    for passages, side in zip(parts.passages(row, comparison), ("left-only", "right-only"), strict=True):
        text = " ".join(passage.text for passage in passages)
        yield "\n".join(wrapped(text, columns, f"{parts.SIGNS['related']}{parts.SIGNS[side]} ", "   "))


def _fact(fact: Fact) -> str:
    relation = parts.fact_relation(fact)
    if fact.left is None or fact.right is None:
        return f"{relation} {fact.left or fact.right}"
    return f"{fact.left}  {relation}  {fact.right}"


def _body(row: Row, comparison: Comparison) -> str:
    left, right = parts.passages(row, comparison)
    if row.kind == "reworded":
        return f"{_marked(left, '[-', '-]')}  ⇒  {_marked(right, '{+', '+}')}"
    return " ".join(passage.text for passage in left or right)


def _marked(passages: Sequence[parts.Passage], opening: str, closing: str) -> str:
    return " ".join(
        "".join(
            f"{opening}{passage.text[start:stop]}{closing}" if changed else passage.text[start:stop]
            for start, stop, changed in runs(len(passage.text), passage.changed)
        )
        for passage in passages
    )
