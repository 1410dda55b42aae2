"""Prints the quality of the sentence alignment: python tests/benchmarks/bench_alignment.py EVAL_DIR

Links on the hand-aligned development pairs, passages and false alarms on PAN 2013, and how far the similarity of two
sentences tells paraphrases (MSRP), all scored by the functions of EVAL_DIR/evaluate.py, without the command line.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path
from typing import Any

from newsreader.compare.compared_text import compared_text
from newsreader.compare.comparison import compare
from newsreader.compare.features import rarities, stems
from newsreader.compare.linkage import unit_vector
from newsreader.compare.model import Comparison
from newsreader.engine.unindexed import read_single
from newsreader.library.rules import ReadingRules


class InProcess:
    """Stands for the program in evaluate.py: answers `diff --format json A B`."""

    def json(self, *words: str, ok: tuple[int, ...] = (0,)) -> dict[str, Any]:
        left, right = (compared_text(read_single(Path(name), ReadingRules())) for name in words[-2:])
        found: Comparison = compare(left, right, budget=60)
        return {
            "left_sentences": [{"text": sentence.text} for sentence in found.left_sentences],
            "right_sentences": [{"text": sentence.text} for sentence in found.right_sentences],
            "rows": [{"kind": row.kind, "left": row.left, "right": row.right} for row in found.rows],
        }


def similarity(one: str, other: str) -> float:
    """The cosine of two sentences that are compared alone."""
    left, right = stems(one), stems(other)
    weights = rarities([left, right])
    vectors = unit_vector(left, weights), unit_vector(right, weights)
    return sum(weight * vectors[1].get(word, 0.0) for word, weight in vectors[0].items())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("eval_dir", type=Path)
    folder: Path = options.parse_args().eval_dir
    spec = importlib.util.spec_from_file_location("evaluate", folder / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    evaluate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluate)

    with tempfile.TemporaryDirectory() as home:
        links = evaluate.align(InProcess(), home, folder / "align/pairs-dev.jsonl")
        for name in ("all", "reworded", "with_related"):
            print(f"links, {name}:", json.dumps({key: round(value, 3) for key, value in links[name].items()}))
        print("passages:", json.dumps(evaluate.passages(InProcess(), home, folder / "passages/pan13-train-240.jsonl")))

    rows = [line.split("\t") for line in (folder / "align/msrp-train.tsv").read_text(encoding="utf-8").splitlines()]
    pairs = [(row[0] == "1", similarity(row[-2], row[-1])) for row in rows if row[0] in ("0", "1")]
    for percent in range(25, 65, 5):
        right = sum(truth == (value >= percent / 100) for truth, value in pairs)
        print(f"paraphrases, similarity from .{percent}: {right / len(pairs):.3f} of {len(pairs):,} pairs told right")


if __name__ == "__main__":
    main()
