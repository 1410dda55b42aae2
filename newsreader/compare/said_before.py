"""Whether an earlier text says what a sentence reports, and where.

Containment of words, not likeness of sentences: an earlier sentence may say much more, and still have said it. Of two
sentences that share only names, frames like "told reporters in Berlin" and words of the subject, neither says the
other: most of what is news in a story that goes on for days would be taken for old.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from newsreader.compare.amounts import values
from newsreader.compare.compatible import comparable, compatible
from newsreader.compare.content_words import content_words, names_apart, reported
from newsreader.compare.credits import is_credit
from newsreader.compare.features import small_words, stems, without_dateline
from newsreader.compare.model import ComparedText, Sentence
from newsreader.compare.opposites import denies, foresees, is_opposed
from newsreader.compare.quotations import quotations, spoken
from newsreader.compare.value import Value
from newsreader.compare.word_changes import plain

ENOUGH = 0.4
"""Share of a sentence's content words that an earlier sentence has if it says it. With the other conditions here, of
133 sentences of Reuters stories that an outside reader judged, 97 % of those called said before are so at least in part
(97 % of the first sentences as well), and 75 % of the right ones are kept; of 90 of ECB+, judged by two readers, 98 %,
keeping 62 %. At .35 it is 94 % of the 133; at .45, .72 are kept."""
ENOUGH_OF_TWO = 0.55
"""The same for two earlier sentences together: of two long ones, some hold any words. At .4, one in four of the first
sentences that were called said before in 300 stories of Reuters was news."""
RUNS = 0.17
"""And share of its pairs of neighbouring words that stand together there as well: of long sentences about one subject
some share words enough by chance, but not in this order. Without it, half of what is found in those stories only by
looking everywhere is news."""
LONG = 50
"""Different words of a sentence from which it counts as two."""
NEARLY_ALL = 0.7
"""Share of the content words from which their order doesn't count: it is said in other words."""
LEAST = 3
"""Content words that are shared: two are chance. In a sentence of few words, names count as well if most words
(`FEW`, a share) are there."""
FEW = 0.6
TITLE = 0.5
"""Share of the words of an article's title that the earlier text has if it says the article's first sentence, unless
nearly all of that is there: a title says what is new. Of the 12 first sentences that only this makes new in 300 stories
of Reuters, 8 were at least partly news."""
MAIN = 0.5
"""Share of the content words of what it reports alone (`reported`), where that is not all of it: a later article tells
again who somebody is, before it says what he did. Asked of all sentences it would be another `ENOUGH`: of 47 sentences
of ECB+ called said before, 37 right and the others in part, 43 would be left, 36 right."""
QUOTED = 0.6
"""Share of a quotation's pairs of neighbouring words that stand in the earlier sentence: who is asked again says
something else, and echoes what was said. Without it three of nine wrong answers on 15 articles written for the purpose
are quotations; of 129 judged sentences called said before it costs one."""
CANDIDATES = 5
"""Earlier sentences, those that share most words, that are looked at closely."""
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True)
class Claim:
    """A sentence and what can be looked for of it, which is worked out when it is asked for: texts of any length are
    read, as far as the time goes."""

    sentence: Sentence
    title: tuple[str, ...]
    """Content words of the article's title if the sentence is the first of its text."""
    small: frozenset[str]
    """The `small_words` of the article."""
    published: datetime | None

    @cached_property
    def key(self) -> str:
        """Equal for sentences that are the same but for case and typography."""
        return plain(self.sentence.text)

    @property
    def content(self) -> tuple[str, ...]:
        """Its content words, each once."""
        return self._words[0]

    @property
    def names(self) -> tuple[str, ...]:
        return self._words[1]

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        content, names = names_apart(self.sentence.text, self.small)
        return tuple(dict.fromkeys(content)), tuple(dict.fromkeys(names))

    @cached_property
    def main(self) -> tuple[str, ...]:
        """The content words of what it reports, apart from who says it and what is put in between."""
        text = self.sentence.text
        main = reported(text)
        return self.content if main == text else tuple(dict.fromkeys(content_words(main, self.small)))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Its words, each with the next one."""
        return frozenset(pairwise(stems(without_dateline(self.sentence.text))))

    @cached_property
    def codes(self) -> frozenset[str]:
        """Its words of figures and something else: 3-1, 12th."""
        return frozenset(word for pair in self.pairs for word in pair if word[0].isdigit() and not word.isdigit())

    @cached_property
    def values(self) -> tuple[Value, ...]:
        return tuple(values(without_dateline(self.sentence.text), self.published))


def claims(article: ComparedText, sentences: Sequence[Sentence]) -> list[Claim]:
    """What the sentences of an article's text say."""
    small = small_words(sentence.text for sentence in sentences)
    title = dict.fromkeys(content_words(article.title, small)) if article.title and article.paragraphs else ()
    return [
        Claim(sentence, () if number else tuple(title), small, article.published)
        for number, sentence in enumerate(sentences)
    ]


class EarlierText:
    """The sentences of an article that may have said something before; credits are none."""

    def __init__(self, article: ComparedText, sentences: Sequence[Sentence]) -> None:
        self._published = article.published
        self._texts = [sentence.text for sentence in sentences if not is_credit(sentence.text)]
        self._by_key = {plain(text): text for text in reversed(self._texts)}
        self._words = [stems(without_dateline(text)) for text in self._texts]
        self._places: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            for word in set(words):
                self._places.setdefault(word, []).append(number)
        self._title = frozenset(stems(article.title or ""))

    @cached_property
    def _values(self) -> list[list[Value]]:
        return [values(without_dateline(text), self._published) for text in self._texts]

    def says(self, claim: Claim) -> str | None:
        """The sentence, or the two that follow each other, that say it; None if none do.

        The same sentence, or one with enough of its content words, most of them in the same order, no other figure,
        no denial, and not only foreseen. Of several that which has most of the words.
        """
        if claim.key in self._by_key:
            return self._by_key[claim.key]
        best, found = 0, None
        for passage in self._passages(claim):
            words = {word for number in passage for word in self._words[number]}
            shared = sum(word in words for word in claim.content)
            if shared > best and self._says_all(claim, passage, words, shared):
                best, found = shared, " ".join(self._texts[number] for number in passage)
        return found

    def _has_title(self, title: Sequence[str]) -> bool:
        """Whether the text has enough of a title's words; True for none."""
        known = sum(word in self._places or word in self._title for word in title)
        return known >= TITLE * len(title)

    def _passages(self, claim: Claim) -> Iterator[range]:
        """The sentences that share most words with it, each alone, then with a neighbour."""
        counts = Counter(number for word in claim.content for number in self._places.get(word, ()))
        likely = [number for number, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]]
        yield from (range(number, number + 1) for number in likely)
        yield from (
            range(first, first + 2)
            for number in likely
            for first in (number - 1, number)
            if 0 <= first < len(self._texts) - 1
        )

    def _says_all(self, claim: Claim, passage: range, words: Collection[str], shared: int) -> bool:
        """Whether a passage that has these words, and `shared` of the content words, says it."""
        share = shared / len(claim.content)
        telling = {*claim.content, *claim.names}
        known = sum(word in words for word in telling)
        has_most = known >= FEW * len(telling)
        if share < NEARLY_ALL and not self._has_title(claim.title):
            return False
        is_long = len(passage) > 1 or len(words) > LONG
        if share < (ENOUGH_OF_TWO if is_long else ENOUGH):
            return False
        if claim.main != claim.content and sum(word in words for word in claim.main) < MAIN * len(claim.main):
            return False
        if shared < LEAST and not (has_most and known >= LEAST and share >= FEW):
            return False
        pairs = {pair for number in passage for pair in pairwise(self._words[number])}
        if len(claim.pairs & pairs) < RUNS * len(claim.pairs) and not (has_most and share >= NEARLY_ALL):
            return False
        if self._has_other_values(claim.values, passage) or _has_other_codes(claim.codes, words):
            return False
        own, told = claim.sentence.text, " ".join(self._texts[number] for number in passage)
        if not all(_is_quoted(quotation, told) for quotation in quotations(own)):
            return False
        return not (is_opposed(own, told) or denies(own, told) or denies(told, own) or foresees(told, own))

    def _has_other_values(self, own: Sequence[Value], passage: range) -> bool:
        """Whether a figure of a sentence is nowhere in the text, or another stands in its place; or no date of it is
        there, but others are.

        Small numbers in letters come and go with the wording: they are only news where another one stands.
        """
        here = [value for number in passage for value in self._values[number]]
        dates = [(a, b) for a in own for b in here if a.kind == "date" and comparable(a, b)]
        if dates and not any(compatible(a, b) for a, b in dates):
            return True
        for value in own:
            if value.kind == "date" or any(_is_same(value, other) for other in here):
                continue
            if any(comparable(value, other) for other in here):
                return True
            if not value.spelled and not any(_is_same(value, other) for line in self._values for other in line):
                return True
        return False


def _is_quoted(quotation: str, told: str) -> bool:
    quoted = {*pairwise(spoken(quotation))}
    return len(quoted & {*pairwise(spoken(told))}) >= QUOTED * len(quoted)


def _has_other_codes(own: Collection[str], words: Collection[str]) -> bool:
    """Whether some words hold another score or the like in the place of one of these: 3-2 for 3-1."""
    forms = {_FIGURES.sub("0", word) for word in words if word[0].isdigit()}
    return any(word not in words and _FIGURES.sub("0", word) in forms for word in own)


def _is_same(value: Value, other: Value) -> bool:
    """Whether two figures can be the same: one rounds the other, or they are equal, whatever they are said to count.
    "About" and "more than" don't make them wider: the next figure is still another one."""
    if value.kind == "number" and value.step < other.step and not value.equals(other):
        return False  # 120, then 123: what is known more exactly is news
    if not comparable(value, other):
        return value.kind == other.kind and bool(value.bounds) and value.bounds == other.bounds
    return compatible(replace(value, qualifier=""), replace(other, qualifier=""))
