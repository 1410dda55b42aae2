"""Less strict queries that are offered where one finds nothing, each with a key that is also a link."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from newsreader.index.result import Relaxation
from newsreader.tui.commands import main_key
from newsreader.tui.content import ACCENT, BETWEEN, EMPTY, FAINT, MUTED, plain

LABEL_CELLS = 44
"""Of an offer in a list; a long query would push the hits out of sight."""


def offer_lines(offers: Sequence[Relaxation]) -> list[Content]:
    """One below the other."""
    labels = [plain(offer.label).truncate(LABEL_CELLS, ellipsis=True) for offer in offers]
    width = max((label.cell_length for label in labels), default=0)
    return [
        _link(
            number,
            plain(f"{_key(number)}  ", ACCENT)
            + label.pad_right(width - label.cell_length)
            + plain(f"  {offer.hits:,}", FAINT),
        )
        for number, (offer, label) in enumerate(zip(offers, labels, strict=True), 1)
    ]


def offer_line(offers: Sequence[Relaxation], width: int) -> Content:
    """As many side by side as there is room for."""
    line = EMPTY
    for number, offer in enumerate(offers, 1):
        shown = plain(f"{_key(number)} ", ACCENT) + plain(offer.label, MUTED) + plain(f" {offer.hits:,}", FAINT)
        longer = (line + plain(BETWEEN, MUTED) if len(line) else EMPTY) + _link(number, shown)
        if longer.cell_length > width:
            break
        line = longer
    return line


def _key(number: int) -> str:
    return main_key(f"relax_{number}")


def _link(number: int, content: Content) -> Content:
    """A click does what the key does."""
    return content.stylize(Style.from_meta({"@click": f"screen.relax({number})"}))
