"""Prints how often the comparison is right in what it asserts: python tests/benchmarks/bench_relations.py EVAL_DIR

`judged/*.jsonl` holds judgements by two readers who did not see the program's answer, on news of ECB+ and NeuS: whether
two sentences are one statement (1), in part (.5) or not (0); whether values contradict each other; whether a sentence
was said before; which sentences of two articles they would link. No text: articles are known by their ids, sentences by
checksums. A third is marked `kept`: it is for the end, not to choose thresholds by. An assertion is right where the
readers' mean is .75 or more. EVAL_DIR has the texts, `stories/ecbplus-dev.jsonl` and `stories/neus-dev.jsonl`, and
judgements with their texts in `relations/`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any
from zlib import crc32

from newsreader.compare.comparison import compare
from newsreader.compare.model import ComparedText, Comparison, Sentence
from newsreader.compare.novelty import novelty

JUDGED = Path(__file__).parent / "judged"
RIGHT = 0.75
SAME = ("same", "reworded")


class Texts:
    """Of the articles that were judged, by their ids."""

    def __init__(self, folder: Path) -> None:
        self._articles: dict[str, dict[str, Any]] = {}
        for name in ("ecbplus-dev", "neus-dev"):
            self._articles |= {article["id"]: article for article in lines(folder / "stories" / f"{name}.jsonl")}
        self.comparison = cache(self._comparison)

    def __getitem__(self, article: str) -> ComparedText:
        found = self._articles[article]
        return ComparedText(found["title"], tuple(p.strip() for p in found["paragraphs"] if p.strip()), "en")

    def _comparison(self, left: str, right: str) -> Comparison:
        return compare(self[left], self[right], budget=60)


class Score:
    def __init__(self) -> None:
        self._asserted: list[float] = []
        self._all: list[float] = []

    def add(self, label: float, *, asserted: bool) -> None:
        self._all.append(label)
        if asserted:
            self._asserted.append(label)

    def __str__(self) -> str:
        right, partly = _count(self._asserted, RIGHT), _count(self._asserted, 0.25)
        number, true = len(self._asserted), _count(self._all, RIGHT)
        return (
            f"{number:3d} of {len(self._all):3d} asserted; right {_share(right, number)}, at least in part "
            f"{_share(partly, number)}; of what is right {_share(right, true)} ({right} of {true})"
        )


def _count(labels: Iterable[float], least: float) -> int:
    return sum(label >= least for label in labels)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def sign(sentence: Sentence) -> int:
    """A sentence's checksum."""
    return crc32("".join(sentence.text.split()).encode())


def numbers(sentences: Sequence[Sentence], signs: Iterable[int]) -> set[int]:
    """Which sentences have these checksums."""
    wanted = set(signs)
    return {number for number, sentence in enumerate(sentences) if sign(sentence) in wanted}


def rows(texts: Texts, judged: Sequence[dict[str, Any]]) -> dict[str, Score]:
    scores = {"rows called the same": Score(), "rows called related": Score()}
    for one in judged:
        found = texts.comparison(one["left"], one["right"])
        left = numbers(found.left_sentences, one["left_sentences"])
        right = numbers(found.right_sentences, one["right_sentences"])
        kinds = {row.kind for row in found.rows if left & {*row.left} and right & {*row.right}}
        label = fmean(one["labels"])
        scores["rows called the same"].add(label, asserted=not kinds.isdisjoint(SAME))
        scores["rows called related"].add(label, asserted="related" in kinds)
    return scores


def values(texts: Texts, judged: Sequence[dict[str, Any]]) -> dict[str, Score]:
    scores = {"values that surely differ": Score()}
    for one in judged:
        found = texts.comparison(one["left"], one["right"])
        left = numbers(found.left_sentences, one["left_sentences"])
        right = numbers(found.right_sentences, one["right_sentences"])
        asserted = False
        for fact in found.facts:
            row = found.rows[fact.row]
            if not (fact.sure and fact.differs and fact.kind == one["kind"] and fact.left and fact.right):
                continue
            if left & {*row.left} and right & {*row.right}:
                written = one["values"] or (fact.left, fact.right)
                asserted |= _holds(fact.left, written[0]) and _holds(fact.right, written[1])
        label = fmean(one["labels"])
        scores["values that surely differ"].add(label, asserted=asserted)
        scores.setdefault(f"  {one['kind']}", Score()).add(label, asserted=asserted)
    return scores


def _holds(one: str, other: str) -> bool:
    return one in other or other in one


def said_before(texts: Texts, judged: Sequence[dict[str, Any]]) -> dict[str, Score]:
    scores = {"sentences said before": Score(), "  leads": Score()}
    for one in judged:
        found = novelty(texts[one["right"]], [texts[one["left"]]], budget=60)
        asserted = any(s.said is not None and sign(s.sentence) in one["right_sentences"] for s in found.statements)
        for name in ["sentences said before", "  leads"][: 1 + one["lead"]]:
            scores[name].add(fmean(one["labels"]), asserted=asserted)
    return scores


def links(texts: Texts, judged: Sequence[dict[str, Any]]) -> list[str]:
    asserted = drawn = sure = sure_found = any_link = any_found = 0
    for one in judged:
        readers = [
            ({(a, b) for a, b in same}, {(a, b) for a, b in partly})
            for same, partly in zip(one["same"], one["partly"], strict=True)
        ]
        found = texts.comparison(one["left"], one["right"])
        signs = [[sign(s) for s in side] for side in (found.left_sentences, found.right_sentences)]
        made = {
            kind: {
                (signs[0][i], signs[1][j])
                for row in found.rows
                if row.kind in kinds
                for i in row.left
                for j in row.right
            }
            for kind, kinds in {"same": SAME, "any": (*SAME, "related")}.items()
        }
        both_same = set.intersection(*(same for same, _ in readers))
        both = set.intersection(*(same | partly for same, partly in readers))
        either = set.union(*(same | partly for same, partly in readers))
        asserted += len(made["any"])
        drawn += len(made["any"] & either)
        sure += len(both_same)
        sure_found += len(both_same & made["same"])
        any_link += len(both)
        any_found += len(both & made["any"])
    return [
        f"links: {asserted} with the related ones, of which a reader draws {_share(drawn, asserted)}",
        f"links that both readers draw, found with the related ones: {_share(any_found, any_link)} of {any_link}",
        f"links that both call the same, called the same: {_share(sure_found, sure)} of {sure}",
    ]


def alone(relations: Path) -> dict[str, Score]:
    """Pairs of sentences that were judged by themselves: each is compared as two texts of one sentence."""
    scores = {name: Score() for name in ("alone: rows", "alone: values", "alone: said before", "alone: leads")}

    def text(sentence: str, day: str | None = None, title: str | None = None) -> ComparedText:
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
        return ComparedText(title, (sentence,), "en", moment)

    for one in lines(relations / "rows-dev.jsonl"):
        found = compare(text(one["left"]), text(one["right"]), budget=60)
        scores["alone: rows"].add(one["label"], asserted=any(row.kind in SAME for row in found.rows))
    for one in lines(relations / "facts-dev.jsonl"):
        sides = text(one["left_sentence"], one["left_date"]), text(one["right_sentence"], one["right_date"])
        facts = [f for f in compare(*sides, budget=60).facts if f.sure and f.differs and f.kind == one["kind"]]
        asserted = any(f.left and f.right and f.left in one["left"] and f.right in one["right"] for f in facts)
        scores["alone: values"].add(one["label"], asserted=asserted)
    for number, one in enumerate(lines(relations / "novelty-dev.jsonl")):
        title = one["title"] if number < LEADS else None
        found = novelty(text(one["sentence"], title=title), [text(one["earlier"])], budget=60)
        asserted = all(statement.said is not None for statement in found.statements)
        scores["alone: said before"].add(one["label"], asserted=asserted)
        if number < LEADS:
            scores["alone: leads"].add(one["label"], asserted=asserted)
    return scores


LEADS = 75
"""The first sentences of `novelty-dev.jsonl` are leads."""

SETS: dict[str, Callable[[Texts, Sequence[dict[str, Any]]], dict[str, Score]]] = {
    "rows": rows,
    "values": values,
    "novelty": said_before,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("eval_dir", type=Path)
    options.add_argument("--kept", action="store_true", help="the third that is for the end")
    chosen = options.parse_args()
    texts = Texts(chosen.eval_dir)
    for name, judge in SETS.items():
        judged = [one for one in lines(JUDGED / f"{name}.jsonl") if one["kept"] == chosen.kept]
        for what, score in judge(texts, judged).items():
            print(f"{what}: {score}")
    print("\n".join(links(texts, [one for one in lines(JUDGED / "links.jsonl") if one["kept"] == chosen.kept])))
    for what, score in alone(chosen.eval_dir / "relations").items():
        print(f"{what}: {score}")


if __name__ == "__main__":
    main()
