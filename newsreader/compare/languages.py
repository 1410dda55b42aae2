"""Whether two texts are in different languages, told by the small words that texts of one language share.

Files often don't name their language, and web pages that of their template. No list of words is needed for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsreader.text.clean import fold, words

ONE_LANGUAGE = 0.15
"""Share of the running words of each text that the other one has too, from which both are in one language. Unrelated
articles in English, German or French have .18 to .4 of each other's; articles on one event in two languages .16 at
most, for texts full of names, French and Spanish ones .18."""
NEIGHBOURS = 0.25
"""The same where both name their languages and these differ: Spanish and Portuguese share many small words."""
FEWEST_WORDS = 40
"""Words without which a text has too few small ones to tell."""


def languages_differ(
    left: Sequence[str], right: Sequence[str], named: tuple[str | None, str | None] = (None, None)
) -> bool:
    """Whether two texts (their paragraphs) are in different languages; False for texts too short to tell. What their
    files name (ISO 639-1) only counts where there is doubt."""
    one, other = (Counter(fold(word) for text in texts for word in words(text)) for texts in (left, right))
    if min(one.total(), other.total()) < FEWEST_WORDS:
        return False
    said_so = None not in named and named[0] != named[1]
    return min(_share(one, other), _share(other, one)) < (NEIGHBOURS if said_so else ONE_LANGUAGE)


def _share(one: Counter[str], other: Counter[str]) -> float:
    """How much of the running words of one text the other has, 0..1."""
    return sum(count for word, count in one.items() if word in other) / one.total()
