"""Which facts are worth a place in a short list.

What only one of two articles has is nearly all that differs: dozens of facts, all true, that nobody reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsreader.compare.features import rarities, stems
from newsreader.compare.model import Fact
from newsreader.text.clean import fold

LENGTH = 10
"""Facts in the list beside those on which both sides have a say."""


def shortened(facts: Sequence[Fact], texts: Sequence[str]) -> tuple[Fact, ...]:
    """The facts with those marked `minor` that are not among the rarest, or that another one says already.

    `texts` are those that the facts are from: a fact is rare if its words are. Contradictions and different quotations
    stay; quotations fill what places the others leave.
    """
    chosen: set[int] = set()
    said: set[tuple[object, ...]] = set()
    for number, fact in enumerate(facts):
        key = (fact.kind, *(fold(value) if value is not None else None for value in (fact.left, fact.right)))
        if fact.differs and not fact.minor and key not in said:
            said.add(key)
            chosen.add(number)
    open_ = [number for number in chosen if not (facts[number].sure or facts[number].quoted)]
    if len(open_) > LENGTH:
        weight = rarities([stems(text) for text in texts])

        def rank(number: int) -> tuple[bool, float, str]:
            shown = f"{facts[number].left or ''} {facts[number].right or ''}"
            found = [weight[stem] for stem in stems(shown) if stem in weight]
            return (
                facts[number].kind == "quote",
                -sum(found) / max(1, len(found)),
                fold(" ".join(sorted(shown.split()))),
            )

        chosen.difference_update(sorted(open_, key=rank)[LENGTH:])
    return tuple(
        fact if number in chosen or not fact.differs else replace(fact, minor=True) for number, fact in enumerate(facts)
    )
