"""Which sentences of an article earlier ones have said already.

A sentence that repeats another with a new figure or date is news: likeness of words would hide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from time import monotonic

from newsreader.article import CancelCheck, never
from newsreader.compare.comparison import compare, sentences_of
from newsreader.compare.facts import ELLIPSIS
from newsreader.compare.features import Weights, rarities, stems
from newsreader.compare.model import ComparedText, Comparison, Fact, Sentence
from newsreader.compare.word_changes import plain
from newsreader.text.clean import words

FAMILIAR = 0.25
"""Share of a sentence's words from which its partner in an earlier article says the same. Of the partners in the sample
stories, judged by hand, 5 of 14 did so below, 9 of 14 up to .3 and 37 of 47 above: rows of a comparison show what
corresponds, and that may be half of a sentence."""
_FIGURES = ("number", "money", "percent")


@dataclass(frozen=True, slots=True)
class Said:
    """Where a sentence was said before."""

    earlier: int
    """Index of the earlier article."""
    text: str
    """Its sentence, or sentences."""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of the article."""

    sentence: Sentence
    said: Said | None
    """None: it is new."""


@dataclass(frozen=True, slots=True)
class Novelty:
    """What an article adds to earlier ones. Headlines are left out: they repeat what the text says."""

    statements: tuple[CheckedSentence, ...]
    """Every sentence of the text, in order."""
    new_share: float
    """Share of the text's words that are in new sentences, 0..1; 1 for an empty text."""
    complete: bool
    """False: the time was up; sentences may be called new that are not."""


def novelty(
    article: ComparedText, earlier: Iterable[ComparedText], *, budget: float = 2.0, cancelled: CancelCheck = never
) -> Novelty:
    """Compare an article with earlier ones, the earliest first, which wins where several have said a sentence.

    A sentence whose partner gives another figure or date is new, for what changed is the news; so is one most of whose
    words its partner lacks. Earlier articles are
    taken one by one, and no more of them than are needed. `budget` is in seconds; when it is up, the articles that
    are left are not looked at. Raises `Cancelled`.
    """
    deadline = monotonic() + budget
    text = _without_title(article)
    own = sentences_of(text)
    keys = [plain(sentence.text) for sentence in own]
    said: dict[str, Said] = {}
    complete = True
    for number, document in enumerate(earlier):
        if len(said) == len(set(keys)):
            break
        left = deadline - monotonic()
        if left <= 0:
            complete = False
            break
        comparison = compare(_without_title(document), text, budget=left, cancelled=cancelled)
        complete = complete and comparison.complete
        for index, as_said in _covered(comparison):
            said.setdefault(keys[index], Said(number, as_said))
    statements = tuple(CheckedSentence(sentence, said.get(key)) for sentence, key in zip(own, keys, strict=True))
    return Novelty(statements, _new_share(statements), complete)


def _without_title(document: ComparedText) -> ComparedText:
    """The text alone; the headline where there is nothing else."""
    return replace(document, title=None) if document.paragraphs else document


def _covered(comparison: Comparison) -> Iterator[tuple[int, str]]:
    """The right sentences that the left text has, and how it says them."""
    changed: dict[int, list[str]] = {}
    for fact in comparison.facts:
        if _is_news(fact) and fact.right is not None:
            changed.setdefault(fact.row, []).extend(fact.right.split(ELLIPSIS))
    left, right = comparison.left_sentences, comparison.right_sentences
    weight = rarities([stems(sentence.text) for sentence in (*left, *right)])
    for number, row in enumerate(comparison.rows):
        if row.kind == "related" or not row.left:
            continue
        text = " ".join(left[index].text for index in row.left)
        for index in row.right:
            own = right[index].text
            if row.kind == "same" or (
                not any(figure in own for figure in changed.get(number, ())) and _share(own, text, weight) >= FAMILIAR
            ):
                yield index, text


def _share(sentence: str, other: str, weight: Weights) -> float:
    """Share of a sentence's words that another text has, the rare ones counting most, 0..1."""
    own, others = set(stems(sentence)), set(stems(other))
    total = sum(weight[word] for word in own)
    return sum(weight[word] for word in own & others) / total if total else 0.0


def _is_news(fact: Fact) -> bool:
    """Whether the right side says something else: a date alone is news only if it stands against another one."""
    if not fact.differs:
        return False
    return fact.kind in _FIGURES or (fact.kind == "date" and fact.left is not None)


def _new_share(statements: Iterable[CheckedSentence]) -> float:
    lengths = [(len(words(statement.sentence.text)), statement.said is None) for statement in statements]
    total = sum(length for length, _ in lengths)
    return sum(length for length, new in lengths if new) / total if total else 1.0
