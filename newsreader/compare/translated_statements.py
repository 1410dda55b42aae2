"""Statements of a story that are made in several languages: those of each language, put together by what they mean.

Only statements in different languages are joined, and each with one of a language: what the words of one language tell
stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from newsreader.compare.matrix_model import Reading, Saying, Statement, Statements, StoryFact
from newsreader.compare.meaning import Encoder, paired_by_meaning, shared_names, without_names
from newsreader.compare.time_budget import Clock

MOST_PAIRED = 0.5
"""Share of the pairs of articles that make two statements in which these are paired, from which they are one."""


def joined_statements(
    found: Statements, languages: Sequence[int], encoder: Encoder, clock: Clock
) -> tuple[list[list[int]], bool]:
    """The statements (indices), those that are one in several languages together, by the first of each; and whether
    there was time for all.

    `languages` has a number for the language of each article. Texts are compared pair by pair, copies through their
    originals. Raises `Cancelled`.
    """
    clock.uncounted(encoder.ready)
    of_sentence = {
        (mention.article, index): number
        for number, statement in enumerate(found.statements)
        for mention in statement.mentions
        for index in mention.sentences
    }
    originals = [article for article, original in enumerate(found.originals) if article == original]
    similarities: dict[tuple[int, int], list[float]] = {}
    complete = True
    for one, other in combinations(sorted(set(languages)), 2):
        sides = [[article for article in originals if languages[article] == side] for side in (one, other)]
        names = shared_names(*([s.text for article in side for s in found.sentences[article]] for side in sides))
        texts = {a: [without_names(names, s.text) for s in found.sentences[a]] for side in sides for a in side}
        for a in sides[0]:
            for b in sides[1]:
                free = range(len(texts[a])), range(len(texts[b]))
                pairs, done = paired_by_meaning(
                    (texts[a], texts[b]), free, encoder, clock=clock, names=frozenset(), widen=False
                )
                complete = complete and done
                for pair in pairs:
                    if pair.kind == "reworded":
                        both = of_sentence[a, pair.left[0]], of_sentence[b, pair.right[0]]
                        similarities.setdefault(both, []).append(pair.similarity)
    return _joined(found, languages, similarities), complete


def _joined(
    found: Statements, languages: Sequence[int], similarities: dict[tuple[int, int], list[float]]
) -> list[list[int]]:
    """The likest first; of any two statements in different languages in a group most pairs of articles say that they
    are one."""
    makers = [[a for a in statement.articles if found.originals[a] == a] for statement in found.statements]
    sure = {
        frozenset(both): sum(paired) / len(paired)
        for both, paired in similarities.items()
        if len(paired) >= MOST_PAIRED * len(makers[both[0]]) * len(makers[both[1]])
    }
    groups = [[number] for number in range(len(makers))]
    for both in sorted(sure, key=lambda both: (-sure[both], sorted(both))):
        one, other = (groups[number] for number in sorted(both))
        spoken, also = ({languages[a] for n in group for a in found.statements[n].articles} for group in (one, other))
        if spoken.isdisjoint(also) and sure.keys() >= {frozenset(pair) for pair in product(one, other)}:
            one += other
            for number in other:
                groups[number] = one
    return sorted({id(group): sorted(group) for group in groups}.values())


def with_joined(found: Statements, groups: Sequence[Sequence[int]]) -> Statements:
    """The statements, those of each group as one."""
    merged = (
        Statement(tuple(sorted((m for n in group for m in found.statements[n].mentions), key=lambda m: m.article)))
        for group in groups
    )
    return replace(found, statements=tuple(merged))


def of_joined(facts: Sequence[StoryFact], groups: Sequence[Sequence[int]]) -> tuple[StoryFact, ...]:
    """Facts of statements as those of the groups."""
    now = {number: at for at, group in enumerate(groups) for number in group}

    def moved(reading: Reading) -> Reading:
        return Reading(tuple(Saying(s.article, now[s.statement], s.written) for s in reading.sayings))

    return tuple(replace(fact, readings=tuple(map(moved, fact.readings))) for fact in facts)
