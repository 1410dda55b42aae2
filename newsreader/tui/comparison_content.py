"""What the parts of a comparison look like as text and style: the only place that knows it.

Styles are component classes of `ComparisonView`; articles' words are only ever plain text here.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsreader.compare.comparison import Comparison, Row
from newsreader.spans import Span

SAME, REWORDED, LEFT_ONLY, RIGHT_ONLY = (
    "comparison--same",
    "comparison--reworded",
    "comparison--left-only",
    "comparison--right-only",
)
CHANGE, TITLE, NOTE, SIGN, FOLD, SPINE, CURRENT = (
    "comparison--change",
    "comparison--title",
    "comparison--note",
    "comparison--sign",
    "comparison--fold",
    "comparison--spine",
    "comparison--current",
)
COMPONENT_CLASSES = frozenset(
    {SAME, REWORDED, LEFT_ONLY, RIGHT_ONLY, CHANGE, TITLE, NOTE, SIGN, FOLD, SPINE, CURRENT}
)

_SIGNS = {"same": " ", "reworded": "≈", "left-only": "−", "right-only": "+"}
_MOVED = ("↕", "⤷")
_STYLES = {"same": SAME, "reworded": REWORDED, "left-only": LEFT_ONLY, "right-only": RIGHT_ONLY}
SIDES = ("◂", "▸")
"""What marks the two sides where they share a column."""
_ONE_LINE = str.maketrans("\n\t", "  ")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell's text in one style."""

    start: int
    stop: int
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell shows."""

    text: str
    runs: tuple[Run, ...]
    """In order, covering the text."""
    own: tuple[Span, ...]
    """What of the text is the article's, and not our mark-up."""


class _Builder:
    """Collects the pieces of a cell."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.own: list[Span] = []
        self.length = 0

    def add(self, text: str, *classes: str, own: bool = False) -> None:
        if not text:
            return
        stop = self.length + len(text)
        self.pieces.append(text)
        self.runs.append(Run(self.length, stop, classes))
        if own:
            self.own.append(Span(self.length, stop))
        self.length = stop

    def build(self) -> CellText:
        return CellText("".join(self.pieces).translate(_ONE_LINE), tuple(self.runs), tuple(self.own))


class ComparisonText:
    """A comparison as cells of text."""

    def __init__(self, comparison: Comparison, names: tuple[str, str], *, brackets: bool) -> None:
        self.comparison = comparison
        self.names = names
        """What the two sides are called."""
        self._brackets = ("‹", "›") if brackets else ("", "")
        self._moves = _moves(comparison.rows)

    def is_difference(self, row: int) -> bool:
        """Whether the two sides don't simply say the same there."""
        found = self.comparison.rows[row]
        return found.kind != "same" or found.moved

    def paragraph(self, sentence: int, side: int) -> int:
        sides = (self.comparison.left_sentences, self.comparison.right_sentences)
        return sides[side][sentence].paragraph

    def sign(self, row: int, side: int) -> str:
        """One character for the gutter."""
        found = self.comparison.rows[row]
        return _MOVED[side] if found.moved else _SIGNS[found.kind]

    def cell(self, row: int, side: int, sentences: tuple[int, ...] | None = None) -> CellText:
        """The sentences of a row's side, or those of them that are given, with what differs marked."""
        found = self.comparison.rows[row]
        texts = (self.comparison.left_sentences, self.comparison.right_sentences)[side]
        changes = (found.left_changes, found.right_changes)[side]
        builder = _Builder()
        if side == 1 and found.moved:
            builder.add(self._moved_note(row), NOTE)
        opening, closing = self._brackets
        for number in (found.left, found.right)[side] if sentences is None else sentences:
            sentence = texts[number]
            base = (_STYLES[found.kind], TITLE) if sentence.paragraph < 0 else (_STYLES[found.kind],)
            if builder.own:
                builder.add(" ", *base, own=True)
            at = 0
            for change in changes:
                if change.sentence == number:
                    builder.add(sentence.text[at : change.start], *base, own=True)
                    builder.add(opening, *base, CHANGE)
                    builder.add(sentence.text[change.start : change.stop], *base, CHANGE, own=True)
                    builder.add(closing, *base, CHANGE)
                    at = change.stop
            builder.add(sentence.text[at:], *base, own=True)
        return builder.build()

    def _moved_note(self, row: int) -> str:
        distance = self._moves[row]
        if not distance:
            return "moved  "
        return f"moved {'up' if distance > 0 else 'down'} {abs(distance)}  "


def fold_text(sentences: int) -> CellText:
    """What stands for sentences that both sides say."""
    text = f"· {sentences} sentence{'s' if sentences != 1 else ''} both say ·"
    return CellText(text, (Run(0, len(text), (FOLD,)),), ())


def heading_text(name: str, side: int) -> CellText:
    """What stands above a side that is shown whole."""
    text = f"{SIDES[side]} {name}"
    return CellText(text, (Run(0, len(text), (FOLD,)),), ())


def _moves(rows: tuple[Row, ...]) -> dict[int, int]:
    """For moved rows: how many shared passages earlier (positive) or later the right text has it."""
    paired = [index for index, row in enumerate(rows) if row.left and row.right]
    in_right = sorted(paired, key=lambda index: rows[index].right)
    place = {index: position for position, index in enumerate(in_right)}
    return {index: position - place[index] for position, index in enumerate(paired) if rows[index].moved}
