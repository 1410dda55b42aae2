from __future__ import annotations

from itertools import permutations

import pytest

from newsreader.compare.matrix_model import Mention, Statement, Statements
from newsreader.compare.model import ComparedText
from newsreader.compare.statements import find_statements
from newsreader.compare.time_budget import Clock
from newsreader.compare.translated_statements import joined_statements, with_joined
from tests.compare.translated import ENGLISH, GERMAN, NEWS, Dictionary

ENGLISH_TOO = (*ENGLISH[1:3], "Keeper Holm, whose family did the repairs all winter, is glad of it.")


def said(texts: list[tuple[str, ...]], languages: list[int]) -> list[set[str]]:
    """Of each statement in several languages the beginnings of its wordings."""
    named = [("en", "de")[language] for language in languages]
    found = find_statements([ComparedText("", text, name) for text, name in zip(texts, named, strict=True)])
    groups, complete = joined_statements(found, languages, Dictionary(), Clock(60))
    assert complete
    assert sorted(n for group in groups for n in group) == list(range(len(found.statements)))
    joined = with_joined(found, groups)
    return [
        {joined.wording(mention)[:20] for mention in statement.mentions}
        for statement in joined.statements
        if len({languages[article] for article in statement.articles}) > 1
    ]


def test_what_two_languages_say_is_one_statement() -> None:
    assert said([ENGLISH, GERMAN], [0, 1]) == [
        {"The lighthouse on Ta", "Der Leuchtturm auf T"},
        {"The repairs cost 1.2", "Die Reparaturen kost"},
        {"Keeper Iris Holm fou", "Leuchtturmwärterin I"},
        {"Visitors will be let", "Sonntags werden Besu"},
    ]


def test_within_a_language_all_stays_as_it_was() -> None:
    texts = [ENGLISH, GERMAN, ENGLISH_TOO, NEWS]
    found = find_statements([ComparedText("", text) for text in texts])
    groups, _ = joined_statements(found, [0, 1, 0, 0], Dictionary(), Clock(60))
    languages = {number: {(0, 1, 0, 0)[a] for a in s.articles} for number, s in enumerate(found.statements)}
    for group in groups:
        assert sum(len(languages[n]) for n in group) == len(set().union(*(languages[n] for n in group)))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_articles_does_not_matter(order: tuple[int, ...]) -> None:
    texts, languages = [ENGLISH, GERMAN, ENGLISH_TOO], [0, 1, 0]
    expected = said(texts, languages)
    found = said([texts[n] for n in order], [languages[n] for n in order])
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))


def test_when_the_time_is_up_statements_stand_apart() -> None:
    found = find_statements([ComparedText("", ENGLISH), ComparedText("", GERMAN)])
    groups, complete = joined_statements(found, [0, 1], Dictionary(), Clock(-1))
    assert not complete
    assert groups == [[n] for n in range(len(found.statements))]


def test_joined_statements_have_the_mentions_of_all() -> None:
    statements = tuple(Statement((Mention(article, (0,)),)) for article in (2, 0, 1))
    found = Statements(((), (), ()), statements, (0, 1, 2), True)
    first, second = with_joined(found, [[0, 1], [2]]).statements
    assert first.articles == (0, 2)
    assert second.articles == (1,)
