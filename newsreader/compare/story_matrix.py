"""Statements × outlets: what each outlet of a story says, and who says what of its facts.

Outlets, not articles, are the columns: three updates of one outlet are one voice. Only where there is no other outlet
each article has a column, or there would be nothing to compare.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.article import Article, CancelCheck, FullArticle, never
from newsreader.compare.languages import languages_differ
from newsreader.compare.matrix_model import ColumnKind, MatrixColumn, StoryMatrix
from newsreader.compare.meaning import Encoder
from newsreader.compare.model import ComparedText
from newsreader.compare.nearness import nearest_elsewhere
from newsreader.compare.statements import find_statements
from newsreader.compare.story_facts import story_facts
from newsreader.compare.time_budget import Clock
from newsreader.compare.translated_statements import joined_statements, of_joined, with_joined
from newsreader.text.clean import visible

MEANING_SECONDS = 8.0
"""For what is said in several languages."""
MOST_COLUMNS = 10
"""Columns from which those that print only copies stand in the column of the one that they copy."""


def story_matrix(
    full: Sequence[FullArticle],
    documents: Sequence[ComparedText],
    *,
    left_out: int = 0,
    encoder: Encoder | None = None,
    cancelled: CancelCheck = never,
) -> StoryMatrix:
    """The matrix of some articles; `documents` are what of them is compared, `left_out` how many others there are.

    What is said in several languages is one statement if there is an `encoder` that knows it. Facts are told, and
    contradict each other, within a language only. Raises `Cancelled`, and what the encoder raises.
    """
    articles = tuple(one.article for one in full)
    found = find_statements(documents, cancelled=cancelled)
    published = [a.published if a.date_from != "file" else None for a in articles]
    facts, all_facts = story_facts(found, published, cancelled=cancelled)
    languages = _languages(documents)
    all_joined = True
    if encoder is not None and len(set(languages)) > 1:
        groups, all_joined = joined_statements(found, languages, encoder, Clock(MEANING_SECONDS, cancelled))
        found, facts = with_joined(found, groups), of_joined(facts, groups)
    outlets = {article.source or article.id for article in articles}
    kind: ColumnKind = "article" if len(outlets) == 1 < len(articles) else "outlet"
    columns = _columns(articles, found.originals, kind)
    column_of = {number: at for at, column in enumerate(columns) for number in column.articles}
    of_articles = [column_of[n] for n in range(len(articles))]
    nearest, all_near = nearest_elsewhere(found, of_articles, languages, cancelled=cancelled)
    complete = found.complete and all_facts and all_joined and all_near
    return StoryMatrix(articles, columns, kind, found, nearest, facts, complete, left_out)


def _languages(documents: Sequence[ComparedText]) -> list[int]:
    """For each text a number that texts of its language share."""
    if None not in (named := {document.language for document in documents}) and len(named) == 1:
        return [0] * len(documents)
    known: list[ComparedText] = []
    """The first of each language."""
    found = []
    for document in documents:
        named_so = (n for n, first in enumerate(known) if not _differ(document, first))
        found.append(next(named_so, len(known)))
        if found[-1] == len(known):
            known.append(document)
    return found


def _differ(one: ComparedText, other: ComparedText) -> bool:
    return languages_differ(one.paragraphs, other.paragraphs, (one.language, other.language))


def _columns(articles: Sequence[Article], originals: Sequence[int], kind: ColumnKind) -> tuple[MatrixColumn, ...]:
    """One for each outlet, or each article; if there are many, those whose every article is a copy go with the one
    that they copy."""
    owners: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        source = article.source if kind == "outlet" else None
        owners.setdefault(source or f"\0{number}", []).append(number)
    home = {number: owner for owner, numbers in owners.items() for number in numbers}
    copies: dict[str, list[str]] = {}
    if len(owners) > MOST_COLUMNS:
        for owner, numbers in owners.items():
            copied = {home[originals[number]] for number in numbers}
            if len(copied) == 1 and owner not in copied:
                copies.setdefault(copied.pop(), []).append(owner)
    folded = {owner for some in copies.values() for owner in some}
    names = [article.outlet for article in articles] if kind == "outlet" else _days(articles)
    found = []
    for owner, numbers in owners.items():
        if owner not in folded:
            others = copies.get(owner, [])
            held = sorted([*numbers, *(number for other in others for number in owners[other])])
            called = [names[owners[some][0]] for some in (owner, *others)]
            found.append(MatrixColumn(called[0], tuple(called[1:]), tuple(held)))
    return tuple(sorted(found, key=lambda column: column.articles))


def _days(articles: Sequence[Article]) -> list[str]:
    """What the articles of one outlet are called: by day, with the time where one tells more; the file if the text has
    no date."""
    years = {article.published.year for article in articles if article.published and article.date_from != "file"}
    days = [_day(article, len(years) > 1) for article in articles]
    found: list[str] = []
    for article, day in zip(articles, days, strict=True):
        times = days.count(day) > 1 and article.has_time and article.published is not None
        name = f"{day} {article.published:%H:%M}" if times else day
        again = found.count(name) + sum(other.startswith(f"{name} (") for other in found)
        found.append(f"{name} ({again + 1})" if again else name)
    return found


def _day(article: Article, with_year: bool) -> str:
    if article.published is None or article.date_from == "file":
        return visible(article.path.stem)
    return (
        f"{article.published.day} {article.published:%b %Y}"
        if with_year
        else f"{article.published.day} {article.published:%b}"
    )
