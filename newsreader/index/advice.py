"""What to tell a person whose query finds nothing: which part is to blame, and what would find something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from newsreader.index import analysis
from newsreader.index.array_queries import near_terms
from newsreader.index.describe import describe
from newsreader.index.evaluate import SegmentSearcher
from newsreader.index.query import And, Node, Or, Query, Term, is_word, leaves
from newsreader.index.result import Clause, Relaxation

MOST_COUNTED = 12
"""Parts of a query whose hits are counted one by one: what fits under a search box."""
MOST_RELAXATIONS = 4

Count = Callable[[Node], int]
"""How many articles a tree finds."""


def clauses(root: And, count: Count) -> tuple[Clause, ...]:
    """What joins to the query, each with its own hits."""
    return tuple(Clause(p.start, p.stop, describe(p), count(p)) for p in root.parts[:MOST_COUNTED])


def blocker(found: Sequence[Clause], root: Node, count: Count) -> Clause | None:
    """The part that empties the result: one that finds nothing itself, else the one without which most is found."""
    nothing = next((clause for clause in found if not clause.hits), None)
    if nothing is not None or not isinstance(root, And) or len(found) < 2:
        return nothing
    gains = [count(_without(root, place)) for place in range(len(found))]
    return found[gains.index(max(gains))] if max(gains) else None


def relaxations(
    query: Query, suggestion: str | None, count: Count, count_text: Callable[[str], int]
) -> Iterator[Relaxation]:
    """Ways to find something, at most `MOST_RELAXATIONS`: a spelling, a word less, any of the words; after those that
    keep every filter, a filter less."""
    offered: list[Relaxation] = []
    if suggestion is not None and (hits := count_text(suggestion)):
        offered.append(Relaxation(f"search for {suggestion}", suggestion, hits))
    root = query.root
    if isinstance(root, And) and len(root.parts) <= MOST_COUNTED:
        dropped = [
            (is_word(part), Relaxation(_label(part), _cut(query.text, part), hits))
            for place, part in enumerate(root.parts)
            if (hits := count(_without(root, place)))
        ]
        dropped.sort(key=lambda found: -found[1].hits)
        offered += [relaxation for of_word, relaxation in dropped if of_word]
        words = [part for part in root.parts if is_word(part)]
        others = [part for part in root.parts if not is_word(part)]
        if len(words) > 1:
            tree = And(root.start, root.stop, (Or(root.start, root.stop, tuple(words)), *others))
            text = " OR ".join(query.text[word.start : word.stop] for word in words)
            rest = [query.text[slice(*_span(query.text, part))] for part in others]
            if hits := count(tree):
                offered.append(Relaxation("any of the words", " ".join([f"({text})" if rest else text, *rest]), hits))
        offered += [relaxation for of_word, relaxation in dropped if not of_word]
    yield from offered[:MOST_RELAXATIONS]


def _label(part: Node) -> str:
    """Whoever drops a filter has to know it."""
    filters = any(not is_word(leaf) for leaf in leaves(part))
    return f"without {'the filter ' if filters else ''}{describe(part)}"


def _without(root: And, place: int) -> Node:
    parts = root.parts[:place] + root.parts[place + 1 :]
    return parts[0] if len(parts) == 1 else And(root.start, root.stop, parts, root.implicit)


def _span(text: str, part: Node) -> tuple[int, int]:
    """Where a part stands, with the parentheses that are around nothing else."""
    start, stop = part.start, part.stop
    while (before := text[:start].rstrip()).endswith("(") and (after := text[stop:].lstrip()).startswith(")"):
        start, stop = len(before) - 1, len(text) - len(after) + 1
    return start, stop


def _cut(text: str, part: Node) -> str:
    """The query without one of its parts, and without an AND that then joins nothing."""
    start, stop = _span(text, part)
    before, after = text[:start].split(), text[stop:].split()
    if before and before[-1] == "AND":
        before.pop()
    elif after and after[0] == "AND":
        after.pop(0)
    return " ".join([*before, *after])


def respelt(query: Query, segments: Sequence[SegmentSearcher], fields: Sequence[str]) -> str | None:
    """The query with each word that the index does not know replaced by the nearest that it does; None if there is
    none."""
    text, changed = query.text, False
    for leaf in reversed(list(leaves(query.root))):
        if isinstance(leaf, Term) and leaf.mode == "word" and leaf.field != "path":
            names = (leaf.field,) if leaf.field in ("source", "author") else fields
            better = nearest_word(leaf.text, segments, names)
            if better is not None:
                text, changed = text[: leaf.stop - len(leaf.text)] + better + text[leaf.stop :], True
    return text if changed else None


def nearest_word(word: str, segments: Sequence[SegmentSearcher], fields: Sequence[str]) -> str | None:
    """The most frequent of the index's words nearest to this one; None when it knows the word itself."""
    words = analysis.sought(word)
    if len(words) != 1 or not words[0].exact.isalpha():
        return None
    exact = words[0].exact
    known = [field for segment in segments for field in map(segment.field, fields) if field is not None]
    if any(field.terms.find(exact.encode("utf-8")) >= 0 for field in known):
        return None
    edits: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for field in known:
        for place, term, distance in near_terms(field, exact, 1 if len(exact) < 5 else 2):
            edits[term] = distance
            counts[term] += len(field.docs_of(place))
    return min(edits, key=lambda term: (edits[term], -counts[term], term), default=None)
