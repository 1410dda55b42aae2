"""What several articles say: every statement once, and which of them make it in which words.

Articles are aligned two by two, and what the alignments join is grouped; copies of one text are aligned once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, combinations, product, starmap

from newsreader.article import CancelCheck, never
from newsreader.compare.align import align
from newsreader.compare.comparison import sentences_of
from newsreader.compare.credits import is_credit
from newsreader.compare.features import Profile, rarities, small_words, stems
from newsreader.compare.linkage import average_link, cosine, unit_vector
from newsreader.compare.matrix_model import Mention, Statement, Statements
from newsreader.compare.model import ComparedText, Sentence
from newsreader.compare.time_budget import Clock
from newsreader.compare.word_changes import plain

ALIKE = 0.25
"""Mean cosine from which sentences are one statement: of the reworded links found in the development pairs, 65 of 66
right ones have it; from .3 it would lose 9 of them, and 3 of 5 wrong ones."""
LIKE = 0.45
"""Cosine of any two sentences of one statement that no alignment paired: a chain of three or more, each surely the same
as the next, ended at one that said something else in most of 400 cases below."""
COPY = 0.9
"""Share of an article's text that stands word for word in a longer one, from which only that one is compared with all
others."""


def find_statements(
    documents: Sequence[ComparedText], *, budget: float = 8.0, cancelled: CancelCheck = never
) -> Statements:
    """Align the articles of a story pair by pair, and group what the alignments say is the same.

    `budget` is in seconds. Which sentences go together does not depend on the order of the documents while the budget
    lasts. Raises `Cancelled`.
    """
    clock = Clock(budget, cancelled)
    sentences = [_text(document) for document in documents]
    keys = [[plain(sentence.text) for sentence in text] for text in sentences]
    nodes = {key: number for number, key in enumerate(sorted({key for text in keys for key in text}))}
    texts = [[nodes[key] for key in text] for text in keys]
    originals = _originals(texts, list(nodes))
    wordings = [[sentence.text for sentence in text] for text in sentences]
    small = small_words(text for some in wordings for text in some)
    profiles: dict[int, Profile] = {}
    links: set[tuple[int, int]] = set()
    siblings: set[tuple[int, int]] = set()
    complete = True
    for a, b in _pairs(originals):
        if clock.expired():
            complete = False
            break
        for article in (a, b):
            if article not in profiles:
                profiles[article] = Profile(wordings[article], small=small, credited=frozenset())
        both = profiles[a], profiles[b]
        alignment = align(wordings[a], wordings[b], keys[a], keys[b], clock=clock, profiles=both)
        complete = complete and alignment.complete
        for group in alignment.groups:
            if group.kind == "related":
                continue
            left, right = [texts[a][i] for i in group.left], [texts[b][j] for j in group.right]
            links.update(starmap(_pair, product(left, right)))
            siblings.update(starmap(_pair, chain(combinations(left, 2), combinations(right, 2))))
    groups, all_grouped = _grouped(list(nodes), texts, links, siblings, clock)
    statements = tuple(_ordered(groups, texts))
    return Statements(tuple(sentences), statements, tuple(originals), complete and all_grouped)


def _text(document: ComparedText) -> tuple[Sentence, ...]:
    """The sentences below the headline but credits, which state nothing; all of them where there are no others."""
    found = sentences_of(document)
    return tuple(s for s in found if s.paragraph >= 0 and not is_credit(s.text)) or found


def _pair(x: int, y: int) -> tuple[int, int]:
    """The same whichever of the two comes first."""
    return (x, y) if x <= y else (y, x)


def _originals(texts: Sequence[Sequence[int]], keys: Sequence[str]) -> list[int]:
    """For every article the one that it is compared through: itself, or a longer one that it is copied from."""
    lengths = [sum(len(keys[node]) for node in text) for text in texts]
    found: list[int] = [*range(len(texts))]
    chosen: list[tuple[int, set[int]]] = []
    for article in sorted(range(len(texts)), key=lambda a: (-lengths[a], texts[a])):
        needed = COPY * lengths[article]
        for original, has in chosen:
            if sum(len(keys[node]) for node in texts[article] if node in has) >= needed:
                found[article] = original
                break
        else:
            chosen.append((article, set(texts[article])))
    return found


def _pairs(originals: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Copies with their originals, then originals with each other, those nearest in the story first."""
    yield from ((original, article) for article, original in enumerate(originals) if original != article)
    kept = [article for article, original in enumerate(originals) if original == article]
    for distance in range(1, len(kept)):
        yield from zip(kept, kept[distance:], strict=False)


def _grouped(
    keys: Sequence[str],
    texts: Sequence[Sequence[int]],
    links: Collection[tuple[int, int]],
    siblings: Collection[tuple[int, int]],
    clock: Clock,
) -> tuple[list[list[int]], bool]:
    """Groups of nodes (distinct sentences), and whether there was time for all."""
    words = [stems(key) for key in keys]
    weights = rarities(words)
    homes: list[set[int]] = [set() for _ in keys]
    for article, text in enumerate(texts):
        for node in text:
            homes[node].add(article)
    done = True

    def stop() -> bool:
        nonlocal done
        done = not clock.expired()
        return not done

    vectors = [unit_vector(found, weights) for found in words]

    def may_be_one(x: int, y: int) -> bool:
        """Two sentences of one article are one statement only where another article says both in one; those of several
        only if they are surely the same, or like enough to each other."""
        if not homes[x].isdisjoint(homes[y]):
            return _pair(x, y) in siblings
        return _pair(x, y) in links or cosine(vectors[x], vectors[y]) >= LIKE

    def may_join(one: Sequence[int], other: Sequence[int]) -> bool:
        return all(may_be_one(x, y) for x in one for y in other)

    groups = average_link(vectors, sorted(links), least=ALIKE, may_join=may_join, stop=stop)
    return groups, done


def _ordered(groups: Collection[Sequence[int]], texts: Sequence[Sequence[int]]) -> Iterator[Statement]:
    """The statements: what an article adds follows what it says before, or else goes before what it says next."""
    group_of = {node: number for number, group in enumerate(groups) for node in group}
    mentions: list[dict[int, list[int]]] = [{} for _ in groups]
    following = {_EDGE: _EDGE}
    for article, text in enumerate(texts):
        known = next((group_of[node] for node in text if mentions[group_of[node]]), _EDGE)
        before = next(group for group in _chain(following) if following[group] == known)
        for index, node in enumerate(text):
            group = group_of[node]
            if not mentions[group]:
                following[group], following[before] = following[before], group
            mentions[group].setdefault(article, []).append(index)
            before = group
    for group in _chain(following):
        if group != _EDGE:
            yield Statement(tuple(Mention(article, tuple(found)) for article, found in sorted(mentions[group].items())))


_EDGE = -1
"""Before the first statement and after the last."""


def _chain(following: Mapping[int, int]) -> Iterator[int]:
    """The edge, then every statement in order."""
    yield _EDGE
    group = following[_EDGE]
    while group != _EDGE:
        yield group
        group = following[group]
