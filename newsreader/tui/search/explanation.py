"""How a query was taken, in a line under it; and what is offered where it finds nothing."""

from __future__ import annotations

from textual.content import Content

from newsreader.index.result import Clause, Relaxation, Result
from newsreader.tui.commands import main_key
from newsreader.tui.content import ACCENT, EMPTY, ERROR, FAINT, MUTED, joined, plain
from newsreader.tui.search.offers import offer_lines


def explained(result: Result) -> Content:
    """What was looked for, with the hits of each part where there are several."""
    parts = result.clauses
    meaning = plain(result.interpretation, MUTED)
    if len(parts) > 1:
        meaning = joined([_clause(part, part == result.blocker) for part in parts])
    if result.partial:
        meaning = plain("none has all of it, these have some: ", ACCENT) + meaning
    elif not len(result.numbers):
        meaning = plain("nothing matches: ", ACCENT) + meaning
    return meaning + plain(f"  ({'; '.join(result.query.notes)})", MUTED) if result.query.notes else meaning


def _clause(clause: Clause, blocks: bool) -> Content:
    style = ERROR if blocks else MUTED
    return plain(clause.meaning, style) + plain(f" {clause.hits:,}", style if blocks else FAINT)


def offered(result: Result) -> tuple[Relaxation, ...]:
    """Less strict queries; "any of the words" is what partial matches are already."""
    shown = len(result.numbers)
    return tuple(offer for offer in result.relaxations if not (shown == offer.hits and " OR " in offer.query))


def empty_list(result: Result) -> Content:
    """Instead of a list: which part of the query empties it, and what else could be asked."""
    lines = [plain("Nothing here matches.", MUTED)]
    blocker = result.blocker
    if blocker is not None and len(result.clauses) > 1:
        finds = "leaves nothing of the rest." if blocker.hits else "finds nothing."
        lines.append(plain(f"{blocker.meaning} {finds}", MUTED))
    if offers := offered(result):
        lines += [EMPTY, *offer_lines(offers)]
    lines += [EMPTY, plain(main_key("clear"), ACCENT) + plain(" all articles again", MUTED)]
    return plain("\n").join(lines)
