"""Statements × outlets: what each outlet of a story says, and who says what of its facts.

Outlets, not articles, are the columns: three updates of one outlet are one voice.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.article import Article, CancelCheck, FullArticle, never
from newsreader.compare.matrix_model import OutletColumn, StoryMatrix
from newsreader.compare.model import ComparedText
from newsreader.compare.statements import find_statements
from newsreader.compare.story_facts import story_facts

MOST_COLUMNS = 10
"""Outlets from which those that print only copies stand in the column of the outlet that they copy."""


def story_matrix(
    full: Sequence[FullArticle], documents: Sequence[ComparedText], *, left_out: int = 0, cancelled: CancelCheck = never
) -> StoryMatrix:
    """The matrix of some articles; `documents` are what of them is compared, `left_out` how many others there are.
    Raises `Cancelled`."""
    articles = tuple(one.article for one in full)
    found = find_statements(documents, cancelled=cancelled)
    published = [a.published if a.date_from != "file" else None for a in articles]
    facts, all_facts = story_facts(found, published, cancelled=cancelled)
    columns = _columns(articles, found.originals)
    return StoryMatrix(articles, columns, found, facts, found.complete and all_facts, left_out)


def _columns(articles: Sequence[Article], originals: Sequence[int]) -> tuple[OutletColumn, ...]:
    """One for each outlet; if there are many, those whose every article is a copy go with the one that they copy."""
    outlets: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        outlets.setdefault(article.source or f"\0{number}", []).append(number)
    home = {number: outlet for outlet, numbers in outlets.items() for number in numbers}
    copies: dict[str, list[str]] = {}
    if len(outlets) > MOST_COLUMNS:
        for outlet, numbers in outlets.items():
            copied = {home[originals[number]] for number in numbers}
            if len(copied) == 1 and outlet not in copied:
                copies.setdefault(copied.pop(), []).append(outlet)
    folded = {outlet for some in copies.values() for outlet in some}
    found = []
    for outlet, numbers in outlets.items():
        if outlet not in folded:
            others = copies.get(outlet, [])
            held = sorted([*numbers, *(number for other in others for number in outlets[other])])
            names = [articles[outlets[some][0]].outlet for some in (outlet, *others)]
            found.append(OutletColumn(names[0], tuple(names[1:]), tuple(held)))
    return tuple(sorted(found, key=lambda column: column.articles))
