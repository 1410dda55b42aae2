"""Comparisons as tests want them, and a bare app to show them in."""

from __future__ import annotations

from pathlib import Path

from textual.app import App, ComposeResult

import newsreader.tui.comparison
from newsreader.compare.blocks import find_blocks
from newsreader.compare.model import Comparison, Fact, Row, Sentence, Summary, WordChange
from newsreader.tui.comparison.content import ComparisonText
from newsreader.tui.comparison.view import ComparisonView

STYLES = Path(newsreader.tui.comparison.__file__).parent

NAMES = ("wire", "post")


def comparison() -> Comparison:
    """Titles that are no pair, then: same, reworded, left-only, moved down two, same, same, right-only."""
    left = [
        "Left title",
        "Both say this.",
        "It cost 40 crowns.",
        "Only the left.",
        "It moved.",
        "Equal one.",
        "Equal two.",
    ]
    right = [
        "Right title",
        "Both say this.",
        "It cost 46 crowns.",
        "Equal one.",
        "Equal two.",
        "It moved.",
        "New at last.",
    ]
    rows = (
        Row("right-only", (), (0,), 0.0, False),
        Row("left-only", (0,), (), 0.0, False),
        Row("same", (1,), (1,), 1.0, False),
        Row("reworded", (2,), (2,), 0.8, False, (WordChange(2, 8, 10),), (WordChange(2, 8, 10),)),
        Row("left-only", (3,), (), 0.0, False),
        Row("same", (4,), (5,), 1.0, True),
        Row("same", (5,), (3,), 1.0, False),
        Row("same", (6,), (4,), 1.0, False),
        Row("right-only", (), (6,), 0.0, False),
    )
    return Comparison(
        tuple(Sentence(text, number - 1 if number < 3 else 2) for number, text in enumerate(left)),
        tuple(Sentence(text, number - 1 if number < 3 else 2) for number, text in enumerate(right)),
        rows,
        (Fact("number", "40", "46", 3, True), Fact("number", "1", "1", 2, False)),
        Summary(4, 1, 0, 2, 2, 1, 0.7),
        True,
        find_blocks(rows, {5}),
    )


def long_comparison(rows: int) -> Comparison:
    """Every tenth row differs."""
    texts = tuple(
        Sentence(f"Sentence {n} of a text that is long enough to be wrapped at least once.", n) for n in range(rows)
    )
    change = {n: (WordChange(n, 0, 8),) for n in range(0, rows, 10)}
    return Comparison(
        texts,
        texts,
        tuple(
            Row("reworded" if n in change else "same", (n,), (n,), 0.9, False, change.get(n, ()), change.get(n, ()))
            for n in range(rows)
        ),
        (),
        Summary(rows - len(change), len(change), 0, 0, 0, 0, 1.0),
        True,
    )


def as_text(found: Comparison, brackets: bool = False) -> ComparisonText:
    return ComparisonText(found, NAMES, brackets=brackets)


class ViewApp(App[None]):
    """A comparison and nothing else."""

    CSS_PATH = STYLES / "comparison.tcss"

    def __init__(self, found: Comparison, measure: int = 80) -> None:
        super().__init__()
        self._found = found
        self._measure = measure

    def compose(self) -> ComposeResult:
        yield ComparisonView(self._measure)

    def on_mount(self) -> None:
        self.view.show(self._found, NAMES)

    @property
    def view(self) -> ComparisonView:
        return self.query_one(ComparisonView)

    def lines(self) -> list[str]:
        """What is on the screen."""
        return [strip.text.rstrip() for strip in self.view.render_lines(self.view.size.region)]
