"""How a list shows that copies are folded under a row, or stand beneath it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from newsreader.text.plural import counted
from newsreader.tui import signs
from newsreader.tui.content import ACCENT, FAINT, edges, plain
from newsreader.tui.lists.listing import ArticleRow

BENEATH = f"{signs.RAIL} "


def room_for(row: ArticleRow, width: int) -> int:
    """Cells for the row's lines."""
    return width - len(BENEATH) if row.moved_in else width


def with_fold(row: ArticleRow, width: int, lines: Sequence[Content]) -> Sequence[Content]:
    """The row's lines with the number of its copies at the end of the last, moved in where it belongs to the row
    above."""
    if row.copies:
        sign = signs.UNFOLDED if row.unfolded else "+"
        mark = plain(f"{sign}{counted(row.copies, 'copy', 'copies')}", ACCENT)
        mark = mark.stylize(Style.from_meta({"@click": f"screen.fold_named({row.fold})"}))
        lines = [*lines[:-1], edges(lines[-1], mark, room_for(row, width))]
    return [plain(BENEATH, FAINT) + line for line in lines] if row.moved_in else lines
