"""Whether two texts are in different languages: as each reads, else told by the small words that they share.

Files often don't name their language, and web pages that of their template. For languages that `text.language` does not
know no list of words is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newsreader.compare.features import UNSPACED
from newsreader.text.clean import words
from newsreader.text.language import guessed_language

ONE_LANGUAGE = 0.08
"""Share of the small words of each text that the other one has too, from which both are in one language. Texts on other
things in one of 20 languages share .1 (Finnish, Turkish, Russian) or more, in two languages .07 at most, but for
neighbours (Spanish and Portuguese or French .18)."""
NEIGHBOURS = 0.2
"""The same where both name their languages and these differ."""
FEWEST = 40
"""Small words without which a text is too short to tell: of unrelated English texts of 40 to 80, one pair in 150 shares
less than .08."""


def languages_differ(
    left: Sequence[str], right: Sequence[str], named: tuple[str | None, str | None] = (None, None)
) -> bool:
    """Whether two texts (their paragraphs) are in different languages; False for texts too short to tell. What their
    files name (ISO 639-1) only counts where there is doubt."""
    if (first := guessed_language("", left)) is not None and (second := guessed_language("", right)) is not None:
        return first != second
    one, other = (Counter(word for text in texts for word in _small_words(text)) for texts in (left, right))
    if min(one.total(), other.total()) < FEWEST:
        return False
    said_so = None not in named and named[0] != named[1]
    return min(_share(one, other), _share(other, one)) < (NEIGHBOURS if said_so else ONE_LANGUAGE)


def _small_words(text: str) -> Iterator[str]:
    """Words that are written small: names and figures are the same in many languages. Characters in scripts without
    blanks."""
    for word in words(text):
        if UNSPACED.search(word):
            yield from word
        elif not word[0].isupper() and not word[0].isdigit():
            yield word


def _share(one: Counter[str], other: Counter[str]) -> float:
    """How much of one's words the other has, 0..1."""
    return sum(count for word, count in one.items() if word in other) / one.total()
