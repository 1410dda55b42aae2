"""Articles that nobody wrote, to be grouped."""

from __future__ import annotations

import random

from newsreader.article import ArticleId
from newsreader.stories.entry import BookEntry
from newsreader.terms.signature import signature

DAY = 86_400.0


def entry(number: int, article: tuple[str, str], day: float | None = 0.0) -> BookEntry:
    title, text = article
    seconds = None if day is None else day * DAY
    identity = ArticleId(f"{(number + 1) * 0x9E3779B97F4A7C15 % 2**64:016x}")
    return BookEntry(number, identity, None, seconds, False, signature(title, [text]))


SUBJECTS = [[f"{name}{n}" for n in range(14)] for name in ("Alba", "Brenn", "Corvo", "Dorna")]


def invented(seed: int) -> BookEntry:
    """One of many articles, some of which share events, copies, names or nothing."""
    text = seed % 7 if seed % 3 == 0 else seed  # every third is one of a few texts, word for word
    number, rng = seed, random.Random(text)
    published = random.Random(seed).choice([None, 0, 0, 1, 4, 8, 20, 45])
    seed = text
    subject = rng.choice(SUBJECTS)
    words = rng.sample(subject, 7) + rng.sample(SUBJECTS[rng.randrange(4)], 2) + [f"own{seed}x{n}" for n in range(3)]
    written = " ".join(rng.choices(words, k=30)) if seed % 5 else " ".join(subject)
    return entry(number, (" ".join(words[:4]), written), published)
