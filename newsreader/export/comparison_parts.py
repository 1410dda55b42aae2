"""What every form of a comparison is made of: passages, signs, facts and phrases, without any mark-up.

The terminal, HTML and Markdown tell the same differences in the same words because all of them begin here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsreader.article import Article
from newsreader.compare.model import Comparison, Fact, Row, Sentence, WordChange
from newsreader.export.wording import day, place
from newsreader.text.plural import counted
from newsreader.text.spans import Span, merge_spans

SIGNS = {"same": "", "reworded": "≈", "related": "~", "left-only": "−", "right-only": "+"}
MOVED = "↕"
CONTRADICTIONS = "Facts that contradict each other"
OTHER_FACTS = "Other facts"
CUT_SHORT = "The texts are long: the rest was compared only roughly."
BY_MEANING = "Different languages, compared by meaning."
NOT_BY_MEANING = "Different languages: with newsreader-tui[meaning] they are compared by meaning."


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one side of a row."""

    text: str
    paragraph: int
    """Index into the article's paragraphs; -1: the title."""
    changed: tuple[Span, ...]
    """What the other side does not have; nothing in sentences that stand alone."""


def passages(row: Row, comparison: Comparison) -> tuple[list[Passage], list[Passage]]:
    """The left and the right side of a row."""
    return (
        _passages(row.left, comparison.left_sentences, row.left_changes),
        _passages(row.right, comparison.right_sentences, row.right_changes),
    )


def _passages(indices: Sequence[int], sentences: Sequence[Sentence], changes: Sequence[WordChange]) -> list[Passage]:
    return [
        Passage(
            sentences[index].text,
            sentences[index].paragraph,
            merge_spans(Span(change.start, change.stop) for change in changes if change.sentence == index),
        )
        for index in indices
    ]


def article_line(article: Article) -> str:
    """Outlet, day and title on one line."""
    parts = (article.source, day(article).strip(), article.title, former(article))
    return " · ".join(part for part in parts if part)


def former(article: Article) -> str:
    """Which former text it is, and until when it stood; nothing for the text as it is now."""
    version = article.version
    return "" if version is None else f"version {version.number}, until {version.until.astimezone():%Y-%m-%d %H:%M}"


def outlet(article: Article, other: Article, fallback: str) -> str:
    """What to call one side of a comparison: its outlet, unless that does not tell it from the other."""
    if article.id == other.id and (article.version or other.version):
        return "the text now" if article.version is None else f"version {article.version.number}"
    if article.source is None:
        return fallback
    return article.source if article.source != other.source else f"{article.source}, {fallback}"


@dataclass(frozen=True, slots=True)
class Move:
    """A passage that stands elsewhere in the other text."""

    first: int
    """Its first row."""
    right: int
    """Its first sentence in the right text."""
    places: tuple[str, str]
    """Where it stands in the left text, and in the right one."""
    sentences: int
    """Of its longer side."""
    after: int
    """The row below which the right text has it; -1: at its beginning."""
    is_said: bool
    """Both texts say it, or something of it; else it is only related, and nothing moved."""

    @property
    def shift(self) -> str:
        return " → ".join(self.places)

    @property
    def extent(self) -> str:
        return counted(self.sentences, "sentence")


def moves(comparison: Comparison) -> dict[int, Move]:
    """For each row of a passage that stands elsewhere in the other text, the passage."""
    found = {}
    for block in comparison.blocks:
        rows = [comparison.rows[index] for index in block.rows]
        left, right = passages(rows[0], comparison)
        length = max(sum(len(row.left) for row in rows), sum(len(row.right) for row in rows))
        places = place(left[0].paragraph), place(right[0].paragraph)
        move = Move(block.rows[0], rows[0].right[0], places, length, block.after, any(row.moved for row in rows))
        found.update(dict.fromkeys(block.rows, move))
    return found


def shift(left: Sequence[Passage], right: Sequence[Passage]) -> str:
    """How paragraphs of the two texts go together."""
    return f"{place(left[0].paragraph)} → {place(right[0].paragraph)}"


def comparison_summary(comparison: Comparison) -> str:
    """The comparison in one line."""
    s = comparison.summary
    return (
        f"{s.overlap:.0%} shared · {s.same} same · {s.reworded} reworded · {s.moved} moved · {s.related} related"
        f" · −{s.left_only} +{s.right_only}"
    )


def language_note(comparison: Comparison) -> str | None:
    """What to say of two texts in different languages."""
    if not comparison.languages_differ:
        return None
    return BY_MEANING if comparison.by_meaning else NOT_BY_MEANING


def fact_sections(comparison: Comparison) -> list[tuple[str, list[Fact]]]:
    """The facts for reading, under headings: contradictions, then what is worth a look; no section is empty."""
    facts = facts_to_read(comparison.facts)
    parted = {CONTRADICTIONS: [f for f in facts if f.sure], OTHER_FACTS: [f for f in facts if not f.sure]}
    return [(heading, found) for heading, found in parted.items() if found]


def facts_to_read(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that differ and are not minor: contradictions, what both sides state, then what one side lacks."""
    return sorted((fact for fact in facts if fact.differs and not fact.minor), key=_importance)


def _importance(fact: Fact) -> tuple[bool, bool, bool, bool]:
    return (
        not fact.sure,
        fact.kind == "quote" and not fact.quoted,
        fact.left is None or fact.right is None,
        not fact.quoted,
    )


def minor_facts(comparison: Comparison) -> list[Fact]:
    """The facts that differ, but are left out of the list for reading."""
    return sorted((fact for fact in comparison.facts if fact.differs and fact.minor), key=_importance)


def left_out(comparison: Comparison) -> str:
    """How many minor facts there are; nothing without."""
    number = len(minor_facts(comparison))
    return f"{counted(number, 'minor fact')} left out" if number else ""


def shared_facts(comparison: Comparison) -> list[Fact]:
    """Facts that both articles have, perhaps in other words."""
    return [fact for fact in comparison.facts if not fact.differs]


def fact_relation(fact: Fact) -> str:
    """How the two sides of a fact stand to each other, as a sign or in words; ≈ is the same value, but for an "about".

    Only what surely contradicts each other is said to: else both are given.
    """
    if fact.left is None or fact.right is None:
        return SIGNS["left-only"] if fact.right is None else SIGNS["right-only"]
    if fact.differs:
        return "≠" if fact.sure else f"quoted {fact.quoted}" if fact.quoted else "also"
    return "≈" if fact.requalified else "="
