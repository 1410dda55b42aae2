"""What the parts of a comparison look like as text and style: the only place that knows it.

Styles are component classes of `ComparisonView`; articles' words are only ever plain text here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from newsreader.article import Article
from newsreader.compare.model import Block, Comparison, Fact
from newsreader.export.comparison_parts import fact_relation, facts_to_read, language_note
from newsreader.text.clean import visible
from newsreader.text.plural import counted
from newsreader.text.spans import Span
from newsreader.tui import signs
from newsreader.tui.content import ACCENT, EMPTY, FAINT, HEADLINE, MUTED, edges, joined, long_date, marks_of, plain

CHANGE = "comparison--change"
TITLE = "comparison--title"
NOTE = "comparison--note"
SIGN = "comparison--sign"
QUIET = "comparison--quiet"
FOLD = "comparison--fold"
SPINE = "comparison--spine"
CURRENT = "comparison--current"
_KINDS = {kind: f"comparison--{kind}" for kind in ("same", "reworded", "related", "left-only", "right-only")}
COMPONENT_CLASSES = frozenset({*_KINDS.values(), CHANGE, TITLE, NOTE, SIGN, QUIET, FOLD, SPINE, CURRENT})

_SIGNS = {
    "same": " ",
    "reworded": signs.REWORDED,
    "related": signs.RELATED,
    "left-only": signs.LEFT_ONLY,
    "right-only": signs.RIGHT_ONLY,
}
_MOVED = (signs.MOVED_FROM, signs.MOVED_TO)
KIND_WIDTH = 9
"""Cells of the longest kind of fact, and a blank."""
RELATION_WIDTH = 11
"""Cells of the longest word for how quotations stand to each other."""
FACT_WIDTH = 30
"""Cells of a value on the line of facts, at most."""
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


def _cell_text(pieces: Iterable[tuple[str, tuple[str, ...], bool]]) -> CellText:
    """A cell of pieces, each with its classes, and whether it is the article's own."""
    texts, runs, own, at = [], [], [], 0
    for text, classes, is_own in pieces:
        if text:
            texts.append(text)
            runs.append(Run(at, at + len(text), classes))
            if is_own:
                own.append(Span(at, at + len(text)))
            at += len(text)
    return CellText("".join(texts).translate(_ONE_LINE), tuple(runs), tuple(own))


class ComparisonText:
    """A comparison as cells of text."""

    def __init__(self, comparison: Comparison, names: tuple[str, str], *, brackets: bool) -> None:
        self.comparison = comparison
        self.names = names
        """What the two sides are called."""
        self._brackets = signs.DIFFERENT if brackets else ("", "")
        self._blocks = {row: block for block in comparison.blocks for row in block.rows}

    def is_difference(self, row: int) -> bool:
        """Whether the two sides don't simply say the same there."""
        found = self.comparison.rows[row]
        return found.kind != "same" or found.moved

    def paragraph(self, sentence: int, side: int) -> int:
        sides = (self.comparison.left_sentences, self.comparison.right_sentences)
        return sides[side][sentence].paragraph

    def block(self, row: int) -> Block | None:
        """The passage that a row belongs to, if that stands elsewhere in the other text."""
        return self._blocks.get(row)

    def is_related(self, row: int) -> bool:
        """Whether the sides are only related: the signs of what is not sure are muted."""
        return self.comparison.rows[row].kind == "related"

    def has_moved(self, block: Block) -> bool:
        """Whether both texts say something of a passage; what is only related can't have moved."""
        return any(self.comparison.rows[row].moved for row in block.rows)

    def sign(self, row: int, side: int) -> str:
        """One character for the gutter."""
        found, block = self.comparison.rows[row], self.block(row)
        if block is None or (row == block.rows[0] and not self.has_moved(block)):
            return _SIGNS[found.kind]
        return _MOVED[side] if row == block.rows[0] else signs.RAIL

    def cell(self, row: int, side: int, sentences: tuple[int, ...] | None = None) -> CellText:
        """The sentences of a row's side, or those of them that are given, with what differs marked."""
        found = self.comparison.rows[row]
        texts = (self.comparison.left_sentences, self.comparison.right_sentences)[side]
        changes = (found.left_changes, found.right_changes)[side]
        pieces: list[tuple[str, tuple[str, ...], bool]] = []
        block = self.block(row)
        if side == 1 and block is not None and row == block.rows[0]:
            moved = "moved " if self.has_moved(block) else ""
            pieces.append((f"{moved}from {self.place(row, 1)}  ", self._note(block), False))
        opening, closing = self._brackets
        for index, number in enumerate((found.left, found.right)[side] if sentences is None else sentences):
            sentence = texts[number]
            base = (_KINDS[found.kind], TITLE) if sentence.paragraph < 0 else (_KINDS[found.kind],)
            if index:
                pieces.append((" ", base, True))
            at = 0
            for change in changes:
                if change.sentence == number:
                    pieces.append((sentence.text[at : change.start], base, True))
                    pieces.append((opening, (*base, CHANGE), False))
                    pieces.append((sentence.text[change.start : change.stop], (*base, CHANGE), True))
                    pieces.append((closing, (*base, CHANGE), False))
                    at = change.stop
            pieces.append((sentence.text[at:], base, True))
        return _cell_text(pieces)

    def place(self, row: int, side: int) -> str:
        """Where a row stands in one of the texts."""
        found = self.comparison.rows[row]
        paragraph = self.paragraph((found.left, found.right)[side][0], side)
        return "title" if paragraph < 0 else f"¶{paragraph + 1}"

    def stub(self, block: Block) -> CellText:
        """What stands where the right text has a passage that is shown beside its counterpart."""
        sentences = sum(len(self.comparison.rows[row].right) for row in block.rows)
        there, here = (self.place(block.rows[0], side) for side in (1, 0))
        text = f"{counted(sentences, 'sentence')} of {there}, shown beside {here}"
        return _cell_text([(text, self._note(block), False)])

    def _note(self, block: Block) -> tuple[str, ...]:
        return (NOTE,) if self.has_moved(block) else (NOTE, QUIET)


def fold_text(sentences: int) -> CellText:
    """What stands for sentences that both sides say."""
    text = f"· {counted(sentences, 'sentence')} both say ·"
    return _cell_text([(text, (FOLD,), False)])


def heading_text(name: str, side: int) -> CellText:
    """What stands above a side that is shown whole."""
    text = f"{signs.SIDES[side]} {name}"
    return _cell_text([(text, (FOLD,), False)])


# above the texts


def side_names(left: Article, right: Article) -> tuple[str, str]:
    """What the sides are called: outlets, told apart by day or file where they are the same; versions of one article by
    their numbers."""
    if left.id == right.id and (left.version or right.version):
        return _version_name(left), _version_name(right)
    names = [article.outlet for article in (left, right)]
    if names[0] == names[1]:
        days = [f"{a.published.day} {a.published:%b %Y}" if a.published else "" for a in (left, right)]
        ends = days if days[0] != days[1] else [visible(article.path.name) for article in (left, right)]
        names = [f"{name}, {end}" if end else name for name, end in zip(names, ends, strict=True)]
    return names[0], names[1]


def _version_name(article: Article) -> str:
    return "the text now" if article.version is None else f"version {article.version.number}"


def head_line(article: Article, width: int, *, headline: bool, side: str = "") -> Content:
    """A column's head: outlet and time, and the headline where the text's own is out of sight."""
    outlet = plain(f"{side} " if side else "", ACCENT) + plain(article.source or visible(article.path.name), HEADLINE)
    when = EMPTY
    if article.published is not None:
        about = "~" if article.date_from == "file" else ""
        when = plain(about + long_date(article.published, article.has_time), MUTED)
    if article.version is not None:
        until = long_date(article.version.until.astimezone(), True)
        when = plain(f"{_version_name(article)}, until {until}", ACCENT)
    head = joined([outlet, marks_of(article), when], "  ")
    if headline:
        head = head + "  " + plain(article.title, "italic")
    return head.truncate(width, ellipsis=True)


def summary_line(comparison: Comparison, names: tuple[str, str], place: Content, width: int) -> Content:
    """How much the two share, what differs, and where the reader is."""
    found = comparison.summary
    start = plain(f"{found.overlap:.0%} shared".replace("%", " %"), HEADLINE)
    counts = ((found.reworded, "reworded"), (found.moved, "moved"), (found.related, "related"))
    middle = [plain(f"{n} {what}" if n or what == "reworded" else "", MUTED) for n, what in counts]
    only = (found.left_only, found.right_only)
    long = [plain(f"{n} only in {name}" if n else "", MUTED) for n, name in zip(only, names, strict=True)]
    short = [
        plain(f"{sign}{n}" if n else "", MUTED)
        for n, sign in zip(only, (signs.LEFT_ONLY, signs.RIGHT_ONLY), strict=True)
    ]
    partial = plain("" if comparison.complete else "long texts: not every pair was looked for", "$warning")
    notes = language_note(comparison), "by meaning" if comparison.by_meaning else "other languages"
    for ends, note in zip((long, short), notes, strict=True):
        languages = plain(note or "" if comparison.languages_differ else "", FAINT)
        line = joined([start, *middle, *ends, partial, languages])
        if line.cell_length + place.cell_length + 2 <= width:
            break
    return edges(line, place, width)


# facts


def ordered_facts(facts: Sequence[Fact]) -> list[Fact]:
    """Those to read, then those that agree, then the minor ones."""
    agreed, minor = [f for f in facts if not f.differs], [f for f in facts if f.differs and f.minor]
    return [*facts_to_read(facts), *agreed, *minor]


def fact_content(fact: Fact) -> Content:
    """A fact in as few cells as possible."""
    left, right = _value(fact, fact.left), _value(fact, fact.right)
    relation = plain(f"{fact_relation(fact)} ", _relation_style(fact))
    if fact.left is None or fact.right is None:
        return relation + left + right
    return left + " " + relation + right


def _value(fact: Fact, value: str | None) -> Content:
    shown = f"“{value}”" if value is not None and fact.kind == "quote" else value or ""
    return plain(shown).truncate(FACT_WIDTH, ellipsis=True)


def _relation_style(fact: Fact) -> str:
    """Only contradictions, and what one side lacks, stand out."""
    is_stated_by_both = fact.left is not None and fact.right is not None
    return MUTED if not fact.differs or fact.minor or (is_stated_by_both and not fact.sure) else ACCENT


def fact_columns(fact: Fact, width: int) -> Content:
    """A fact as a line of a table: kind, left, how they stand to each other, right."""
    room = max((width - KIND_WIDTH - RELATION_WIDTH - 2) // 2, 4)
    style = MUTED if not fact.differs or fact.minor else ""
    shown = fact.quoted or fact_relation(fact)
    relation = plain(f" {shown.center(RELATION_WIDTH)} ", _relation_style(fact))
    sides = [plain(value or "", style).truncate(room, ellipsis=True, pad=True) for value in (fact.left, fact.right)]
    return plain(fact.kind.ljust(KIND_WIDTH), FAINT) + sides[0] + relation + sides[1]
