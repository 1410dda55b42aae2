"""What two articles have in common and where they differ, sentence by sentence.

Puts together the steps: alignment, moves, changes of words, facts, summary.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from newsreader.article import CancelCheck, never
from newsreader.compare.align import SentenceGroup, align
from newsreader.compare.blocks import find_blocks
from newsreader.compare.chain import heaviest_chain
from newsreader.compare.facts import RowText, compare_facts
from newsreader.compare.foreign_figures import compare_figures
from newsreader.compare.languages import languages_differ
from newsreader.compare.meaning import SAME, Encoder
from newsreader.compare.model import ComparedText, Comparison, Row, Sentence, Summary
from newsreader.compare.time_budget import Clock
from newsreader.compare.word_changes import changes, plain
from newsreader.text.clean import words
from newsreader.text.sentences import sentences


def compare(
    left: ComparedText,
    right: ComparedText,
    *,
    encoder: Encoder | None = None,
    budget: float = 2.0,
    cancelled: CancelCheck = never,
) -> Comparison:
    """Align two articles, mark the words that differ, list the facts.

    Texts in different languages are aligned by meaning, if there is an `encoder`: no words are marked then. Of their
    facts only figures are compared. `budget` is in seconds, without those that an encoder takes to be
    loaded. Symmetric and deterministic while the budget lasts. Raises `Cancelled`.
    """
    across = languages_differ(left.paragraphs, right.paragraphs, (left.language, right.language))
    reader = encoder if across else None
    clock = Clock(budget, cancelled)
    if reader is not None:
        clock.uncounted(reader.ready)
    a, b = sentences_of(left), sentences_of(right)
    keys_a, keys_b = [plain(s.text) for s in a], [plain(s.text) for s in b]
    alignment = align(
        [s.text for s in a],
        [s.text for s in b],
        keys_a,
        keys_b,
        titles=left.title is not None and right.title is not None,
        clock=clock,
        encoder=reader,
    )
    groups = _uncrossed(alignment.groups, keys_a, keys_b)
    away = _out_of_order(groups, keys_a, keys_b)
    paired = {_row(group, group in away, a, b, clock, reader is None): group in away for group in groups}
    rows = _ordered(paired, len(a), len(b), titled=left.title is not None)
    texts = [([a[i].text for i in row.left], [b[j].text for j in row.right]) for row in rows]
    if across:
        said = [sides if row.similarity >= SAME else ([], []) for row, sides in zip(rows, texts, strict=True)]
        facts, all_facts = compare_figures(said), True
    else:
        sure = [row.kind in ("same", "reworded") for row in rows]
        texts_of_rows = [RowText(*sides, same) for sides, same in zip(texts, sure, strict=True)]
        facts, all_facts = compare_facts(texts_of_rows, left.published, right.published, clock)
    blocks = find_blocks(rows, {index for index, row in enumerate(rows) if paired.get(row)})
    complete = alignment.complete and all_facts
    return Comparison(a, b, rows, facts, _summary(rows, a, b), complete, blocks, across, reader is not None)


def sentences_of(document: ComparedText) -> tuple[Sentence, ...]:
    """The sentences of a document in order, the title first."""
    title = [Sentence(document.title, -1)] if document.title is not None else []
    return tuple(
        title
        + [
            Sentence(text, number)
            for number, paragraph in enumerate(document.paragraphs)
            for text in sentences(paragraph, document.language)
        ]
    )


def _uncrossed(groups: Sequence[SentenceGroup], left: list[str], right: list[str]) -> tuple[SentenceGroup, ...]:
    """The groups with those that say the very same, word for word on both sides, paired in the order of their texts:
    nothing else could tell which of two such pairs moved."""
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[SentenceGroup]] = {}
    for group in groups:
        texts = tuple(left[i] for i in group.left), tuple(right[j] for j in group.right)
        alike.setdefault(texts, []).append(group)
    found = []
    for same in alike.values():
        lefts, rights = sorted(group.left for group in same), sorted(group.right for group in same)
        ranked = sorted(same, key=lambda group: (-group.similarity, group.kind != "same"))
        found += [replace(group, left=i, right=j) for group, i, j in zip(ranked, lefts, rights, strict=True)]
    return tuple(sorted(found, key=lambda group: group.left))


def _out_of_order(groups: Sequence[SentenceGroup], left: list[str], right: list[str]) -> set[SentenceGroup]:
    """The groups that the two texts don't have in the same order: those that say the same have moved.

    Related sentences give way: they are in order only where they fit in among what both texts say.
    """
    said = [group for group in groups if group.kind != "related"]
    chain = sorted(_in_order(said, left, right), key=lambda group: group.left)
    places = [[group.left[0] for group in chain], [group.right[0] for group in chain]]
    moved = {group for group in set(said) - set(chain) if _is_crossed(group, chain, places)}
    fitting = [
        group
        for group in groups
        if group.kind == "related" and bisect(places[0], group.left[0]) == bisect(places[1], group.right[0])
    ]
    stay = _in_order([*chain, *fitting], left, right)
    return moved | {group for group in groups if group.kind == "related"} - set(stay)


def _is_crossed(group: SentenceGroup, chain: Sequence[SentenceGroup], places: Sequence[Sequence[int]]) -> bool:
    """Whether all of a group stands before all of one of a chain in one text, and behind it in the other.

    Merged and split sentences may stand on either side of others, or around them, which moves nothing. `places` are the
    first sentences of the chain's groups in each text, ascending.
    """
    before = next((c for c in reversed(chain[: bisect(places[0], group.left[0])]) if c.left[-1] < group.left[0]), None)
    if before is not None and before.right[0] > group.right[-1]:
        return True
    before = next(
        (c for c in reversed(chain[: bisect(places[1], group.right[0])]) if c.right[-1] < group.right[0]), None
    )
    return before is not None and before.left[0] > group.left[-1]


def _in_order(groups: Sequence[SentenceGroup], left: list[str], right: list[str]) -> list[SentenceGroup]:
    """The heaviest chain of groups that is in order on both sides, weighed by their text.

    A checksum of the texts decides between chains of equal length, for mirrored texts alike.
    """
    weights = []
    for group in groups:
        texts = sorted((" ".join(left[i] for i in group.left), " ".join(right[j] for j in group.right)))
        weights.append((sum(map(len, texts)) << 40) + crc32("\n".join(texts).encode("utf-8", "surrogatepass")))
    stay = heaviest_chain([(g.left[0], g.right[0], w) for g, w in zip(groups, weights, strict=True)])
    return [group for index, group in enumerate(groups) if index in stay]


def _row(
    group: SentenceGroup, moved: bool, a: tuple[Sentence, ...], b: tuple[Sentence, ...], clock: Clock, marked: bool
) -> Row:
    """With the words that differ, if they are to be `marked`."""
    if group.kind == "related":
        return Row("related", group.left, group.right, group.similarity, False)
    if group.kind == "same":
        return Row("same", group.left, group.right, 1.0, moved)
    if not marked or clock.expired():
        return Row("reworded", group.left, group.right, group.similarity, moved)
    left, right = changes([(i, a[i].text) for i in group.left], [(j, b[j].text) for j in group.right])
    if not left and not right:
        return Row("same", group.left, group.right, 1.0, moved)
    return Row("reworded", group.left, group.right, group.similarity, moved, left, right)


def _ordered(paired: Mapping[Row, bool], left: int, right: int, *, titled: bool) -> tuple[Row, ...]:
    """All rows: what only the right side has follows the row of the right sentence before it, unless that is out of
    order, which `paired` says of each row with two sides. With `titled`, the left headline stands above all."""
    of_left = {i: row for row in paired for i in row.left}
    of_right = {j: row for row in paired for j in row.right}
    follow: dict[Row | None, list[Row]] = {}
    anchor: Row | None = None
    for j in range(right):
        if j not in of_right:
            follow.setdefault(anchor, []).append(Row("right-only", (), (j,), 0.0, False))
        elif not paired[of_right[j]]:
            anchor = of_right[j]
    headline = [Row("left-only", (0,), (), 0.0, False)] if titled and 0 not in of_left else []
    rows = [*headline, *follow.get(None, [])]
    for i in range(len(headline), left):
        if i not in of_left:
            rows.append(Row("left-only", (i,), (), 0.0, False))
        elif of_left[i].left[0] == i:
            rows.append(of_left[i])
            rows.extend(follow.get(of_left[i], []))
    return tuple(rows)


def _summary(rows: tuple[Row, ...], a: tuple[Sentence, ...], b: tuple[Sentence, ...]) -> Summary:
    kinds = [row.kind for row in rows]
    length = [[len(words(s.text)) for s in side] for side in (a, b)]
    shared = sum(
        sum(length[0][i] for i in row.left) + sum(length[1][j] for j in row.right)
        for row in rows
        if row.kind in ("same", "reworded")
    )
    total = sum(map(sum, length))
    return Summary(
        kinds.count("same"),
        kinds.count("reworded"),
        kinds.count("related"),
        kinds.count("left-only"),
        kinds.count("right-only"),
        sum(row.moved for row in rows),
        shared / total if total else 0.0,
    )
