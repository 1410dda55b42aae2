"""How much of each article of a story is agency copy: text that several outlets carry word for word."""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.terms.signature import SHINGLE_WORDS, shingle_words, word_runs

OUTLETS = 3
"""From so many outlets on, text that stands in all of them word for word is nobody's own."""


def agency_shares(texts: Sequence[tuple[str | None, Sequence[str]]]) -> list[float]:
    """For each text (outlet, paragraphs) the share of its words, 0 to 1, inside runs of five that stand in articles
    of three outlets or more, its own among them. Articles without an outlet count for none."""
    words = [shingle_words(" ".join(paragraphs)) for _, paragraphs in texts]
    runs = [word_runs(found) if len(found) >= SHINGLE_WORDS else [] for found in words]
    outlets: dict[int, set[str]] = {}
    for (outlet, _), found in zip(texts, runs, strict=True):
        if outlet:
            for run in found:
                outlets.setdefault(run, set()).add(outlet)
    shared = {run for run, carriers in outlets.items() if len(carriers) >= OUTLETS}
    return [_covered(found, shared) / max(1, len(text)) for found, text in zip(runs, words, strict=True)]


def _covered(runs: Sequence[int], shared: set[int]) -> int:
    """How many words are inside a shared run."""
    covered, stop = 0, 0
    for start, run in enumerate(runs):
        if run in shared:
            covered += start + SHINGLE_WORDS - max(start, stop)
            stop = start + SHINGLE_WORDS
    return covered
