"""The headline that speaks for a story: of its articles' headlines the most central one that tells the news.

The words of a fact box or of a chronology are more central than any headline of the news itself, and so are those of
the first rumour: a story would be called "FACTBOX: Key facts on the merger", or be said to be uncertain when everyone
knows how it ended.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from newsreader.stories.term_vector import TermVector

OWN_WORDS = 0.3
"""Share of the highest centrality down to which a headline that tells news goes before one that is about them."""
SAME_MATTER = 0.45
"""Cosine of two headlines from which the one tells what the other expects: of 28 expectations that the stories of 5,000
Reuters articles would be named by, 15 are told better by the headline that this chooses, 8 as well, 5 worse."""

_AFTER_LABEL = r"\s*(?:[:|–—]\s*|\s-\s+|-(?=(?-i:[^a-z\s])))"
"""A hyphen only where a word with a capital follows: not in "video-sharing"."""
_WIRE_MARK = re.compile(
    r"(?:(?:update|wrapup|rpt|refile|corrected|correction)(?: ?\d+)?(?:[- ]?\((?:official|media)\))?"
    rf"{_AFTER_LABEL})+(?=\S)",
    re.IGNORECASE,
)
"""What a news agency puts before the headline of an article that it sends again."""
_ABOUT_THE_NEWS = re.compile(
    r"\W*(?:fact ?box|facts|instant view|time ?line|chronology|q ?(?:&|\+|and) ?a|quote ?box|scenarios?|snap analysis"
    r"|analysis|analysts?['’]? views?|market view|news ?maker|profile|preview|explainer|explained|text|live|live ?blog"
    r"|live updates?|live ?ticker|opinion|commentary|comment|column|editorial|letters?|podcast|video|highlights?"
    r"|key (?:facts|dates|events|quotes|points)|faktenbox|fakten|hintergrund|chronologie|analyse|kommentar|portr[äa]t"
    rf"|stichwort|zeittafel|fragen und antworten)\d?{_AFTER_LABEL}"
    r"|\W*(?:fact ?box|instant view|what we know)\b"
    r"|\W*(?:highlights|time ?line|chronology|comments|remarks|excerpts|quotes|key (?:facts|dates|events|quotes|points)"
    r"|text) (?:of|from|on)\b"
    r"|.*\bdeclin(?:es?|ed|ing) (?:to )?comment|.*\bno comment\b"
    r"|.*[-–—|:]\s*(?:as it happened|live|live updates|in pictures|video|explained|analysis|opinion|timeline)\W*$",
    re.IGNORECASE,
)
"""Pieces beside the news: lists, questions and answers, opinions, and that somebody says nothing."""
_EXPECTED = re.compile(
    r"\b(?:in (?:merger |takeover |advanced |early )?talks|may|might|could|consider(?:s|ing)?|mull(?:s|ing)?"
    r"|weigh(?:s|ing)|ponder(?:s|ing)?|reportedly|rumou?r(?:s|ed)?|speculation|said to|likely|expected|seen|poised"
    r"|prepared to|set to|nears?|nearing|close to|possibly|potential"
    r"|to (?:decide|name|unveil|announce|meet|consider|discuss|propose)"
    r"|erwägt|könnte|könnten|womöglich|offenbar|im gespräch)\b|\?|: ?reports?$|\bsources?\b|\binsider",
)
"""What is not certain yet. Small letters only: "May" is a month too."""


@dataclass(frozen=True, slots=True)
class Headed:
    """An article as what its headline says of the story."""

    title: str
    words: TermVector
    """Of the title; the same object for equal titles."""
    text: TermVector
    """The same object for equal texts."""
    published: float | None
    """Seconds since the epoch."""


def plain_title(title: str) -> str:
    """A headline without what an agency puts before it ("UPDATE 3-", "RPT-", "CORRECTED-")."""
    return title[mark.end() :] if (mark := _WIRE_MARK.match(title)) else title


def headline(articles: Sequence[Headed]) -> str:
    """The headline of a story with these articles, one at least, the first of several that are as good.

    A headline is as central as it and its article are near to the sum of all texts. One that only expects gives way to
    those that tell the same matter as news, unless they appeared before it.
    """
    centrality = _centralities(articles)
    titles = [plain_title(article.title) for article in articles]

    def most_central(places: Iterable[int]) -> int:
        return max(places, key=lambda place: (centrality[place], -place))

    least = OWN_WORDS * max(centrality)
    news = [at for at, title in enumerate(titles) if centrality[at] >= least and not _ABOUT_THE_NEWS.match(title)]
    chosen = most_central(news or range(len(titles)))
    if news and _EXPECTED.search(titles[chosen]):
        expectation = articles[chosen]
        told = [
            at
            for at in news
            if not _EXPECTED.search(titles[at])
            and not _is_before(articles[at], expectation)
            and articles[at].words.cosine(expectation.words) >= SAME_MATTER
        ]
        chosen = most_central(told or [chosen])
    return titles[chosen]


def _is_before(one: Headed, other: Headed) -> bool:
    return one.published is not None and other.published is not None and one.published < other.published


def _centralities(articles: Sequence[Headed]) -> list[float]:
    """Of each article the cosines of its title and of its text with the sum of all texts, multiplied."""
    whole: Counter[Any] = Counter()
    for article in articles:
        whole.update(article.text)
    cosines: dict[int, float] = {}  # of many equal titles and texts each once

    def cosine(vector: TermVector) -> float:
        if id(vector) not in cosines:
            cosines[id(vector)] = vector.cosine(whole)
        return cosines[id(vector)]

    return [cosine(article.words) * cosine(article.text) for article in articles]
