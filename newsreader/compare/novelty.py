"""Which sentences of an article earlier ones have said already.

Only what a sentence reports counts: an article that names the same people in the same place as an earlier one may
still bring the news of the day, and a reader who has what was said before dimmed would miss it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsreader.article import CancelCheck, never
from newsreader.compare.comparison import sentences_of
from newsreader.compare.credits import credits_among
from newsreader.compare.languages import languages_differ
from newsreader.compare.meaning import Encoder, said_by_meaning
from newsreader.compare.model import ComparedText, Sentence
from newsreader.compare.said_before import EarlierText, claims
from newsreader.compare.time_budget import Clock
from newsreader.text.clean import words


@dataclass(frozen=True, slots=True)
class Said:
    """Where a sentence was said before."""

    earlier: int
    """Index of the earlier article."""
    text: str
    """Its sentence, or two that follow each other."""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of the article."""

    sentence: Sentence
    said: Said | None
    """None: no earlier article has it."""
    is_credit: bool = False
    """It reports nothing: neither new nor said before."""

    @property
    def is_new(self) -> bool:
        return self.said is None and not self.is_credit


@dataclass(frozen=True, slots=True)
class Novelty:
    """What an article adds to earlier ones. Headlines are left out: they repeat what the text says."""

    statements: tuple[CheckedSentence, ...]
    """Every sentence of the text, in order."""
    new_share: float
    """Share of the text's words that are in new sentences, 0..1; credits don't count. 1 for an empty text."""
    complete: bool
    """False: the time was up; sentences may be called new that are not."""


def novelty(
    article: ComparedText,
    earlier: Iterable[ComparedText],
    *,
    encoder: Encoder | None = None,
    budget: float = 2.0,
    cancelled: CancelCheck = never,
) -> Novelty:
    """Look for what an article says in earlier ones, the earliest first, which wins where several have said a sentence.

    Earlier articles are taken one by one, and no more of them than are needed; those in another language are read with
    the `encoder`, if there is one. `budget` is in seconds, without those that an encoder takes to be loaded; when it
    is up, what is left is not looked at. Raises `Cancelled`.
    """
    clock = Clock(budget, cancelled)
    text = _without_title(article)
    own = claims(article, sentences_of(text))
    credited = credits_among([claim.sentence.text for claim in own])
    wanted = [claim for number, claim in enumerate(own) if number not in credited]
    said: dict[str, Said] = {}
    complete = True
    for number, document in enumerate(earlier):
        if not wanted or not complete:
            break
        sentences = sentences_of(_without_title(document))
        if encoder is not None and _in_another_language(document, article):
            clock.uncounted(encoder.ready)
            texts = [sentence.text for sentence in sentences], [claim.sentence.text for claim in wanted]
            translated, complete = said_by_meaning(*texts, encoder, clock=clock)
            said |= {wanted[index].key: Said(number, text) for index, text in translated.items()}
            wanted = [claim for claim in wanted if claim.key not in said]
            continue
        earlier_text = EarlierText(document, sentences)
        for claim in wanted:
            if clock.expired():
                complete = False
                break
            found = earlier_text.says(claim)
            if found is not None:
                said[claim.key] = Said(number, found)
        wanted = [claim for claim in wanted if claim.key not in said]
    statements = tuple(
        CheckedSentence(claim.sentence, said.get(claim.key), number in credited) for number, claim in enumerate(own)
    )
    return Novelty(statements, _new_share(statements), complete)


def _in_another_language(one: ComparedText, other: ComparedText) -> bool:
    return languages_differ(one.paragraphs, other.paragraphs, (one.language, other.language))


def _without_title(document: ComparedText) -> ComparedText:
    """The text alone; the headline where there is nothing else."""
    return replace(document, title=None) if document.paragraphs else document


def _new_share(statements: Iterable[CheckedSentence]) -> float:
    lengths = [(len(words(s.sentence.text)), s.is_new) for s in statements if not s.is_credit]
    total = sum(length for length, _ in lengths)
    return sum(length for length, new in lengths if new) / total if total else 1.0
