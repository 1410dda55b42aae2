from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.matrix_model import Statements
from newsreader.compare.model import ComparedText
from newsreader.compare.statements import find_statements
from newsreader.errors import Cancelled
from tests.examples import examples

FERRY = "The harbour ferry will run through the winter, the town council of Brenhaven said on Tuesday."
FERRY_REWORDED = "Brenhaven’s town council said on Tuesday that the harbour ferry will run through the winter."
FERRY_AGAIN = "On Tuesday the council of Brenhaven said: the ferry in the harbour will run through winter."
COST = "Repairs of its engine will cost the town 1.2 million crowns, the treasurer told the meeting."
STORM = "A storm tore the roof off the fish market in the night."
APPLES = "Growers in the valley expect half of last year's apples."
BOTH = (
    "The storm tore the roof off the fish market in the night, and growers in the valley expect half of last"
    " year's apples."
)


def document(*paragraphs: str, title: str | None = None) -> ComparedText:
    return ComparedText(title, paragraphs, published=datetime(2024, 11, 20, tzinfo=UTC))


def shown(found: Statements) -> list[list[tuple[int, str]]]:
    """For each statement the articles that make it, and how."""
    return [[(m.article, found.wording(m)) for m in statement.mentions] for statement in found.statements]


def grouping(found: Statements) -> set[frozenset[str]]:
    """Which sentences go together, whoever says them."""
    return {
        frozenset(found.sentences[m.article][i].text for m in statement.mentions for i in m.sentences)
        for statement in found.statements
    }


def check(found: Statements) -> None:
    """Every sentence of every article is in exactly one statement; mentions are in order."""
    placed = [(m.article, i) for statement in found.statements for m in statement.mentions for i in m.sentences]
    assert sorted(placed) == [(a, i) for a, text in enumerate(found.sentences) for i in range(len(text))]
    for statement in found.statements:
        assert statement.mentions
        assert list(statement.articles) == sorted(set(statement.articles))
        assert all(list(m.sentences) == sorted(m.sentences) for m in statement.mentions)


def test_reworded_sentences_are_one_statement() -> None:
    found = find_statements([document(FERRY, COST), document(STORM, FERRY_REWORDED), document(FERRY_AGAIN, APPLES)])
    check(found)
    assert found.complete
    assert shown(found) == [
        [(1, STORM)],
        [(0, FERRY), (1, FERRY_REWORDED), (2, FERRY_AGAIN)],
        [(2, APPLES)],
        [(0, COST)],
    ]


def test_articles_that_share_nothing_follow_each_other() -> None:
    assert shown(find_statements([document(FERRY, COST), document(STORM), document(APPLES)])) == [
        [(0, FERRY)], [(0, COST)], [(1, STORM)], [(2, APPLES)],
    ]  # fmt: skip


def test_what_an_article_adds_follows_what_it_says_before() -> None:
    found = find_statements([document(FERRY, COST), document(FERRY, STORM, COST), document(APPLES, FERRY)])
    assert shown(found) == [
        [(2, APPLES)],
        [(0, FERRY), (1, FERRY), (2, FERRY)],
        [(1, STORM)],
        [(0, COST), (1, COST)],
    ]


def test_a_merged_sentence_holds_both() -> None:
    found = find_statements([document(f"{FERRY} {STORM} {APPLES}"), document(FERRY, BOTH)])
    assert [(0, f"{STORM} {APPLES}"), (1, BOTH)] in shown(found)


def test_two_sentences_of_an_article_are_two_statements() -> None:
    first, second = "The ferry sank off Brenhaven on Monday.", "The ferry sank off Brenhaven on Sunday."
    found = find_statements([document(first, second), document(second, first)])
    assert sorted(map(len, shown(found))) == [2, 2]


def test_headlines_are_left_out_unless_there_is_nothing_else() -> None:
    found = find_statements([document(FERRY, title="Ferry runs"), document(title="Ferry runs all winter")])
    assert [text for row in shown(found) for _, text in row] == [FERRY, "Ferry runs all winter"]
    assert found.paragraph(found.statements[0].mentions[0]) == 0
    assert found.paragraph(found.statements[1].mentions[0]) == -1


def test_credits_are_no_statements() -> None:
    credit = "(Reporting by Ilse Maar; editing by Jon Verrick)"
    found = find_statements([document(FERRY, credit), document(STORM, f"{COST} {credit}"), document(credit)])
    check(found)
    assert {text for row in shown(found) for _, text in row} == {STORM, FERRY, COST, credit}
    assert [len(text) for text in found.sentences] == [1, 2, 1]


def test_one_article_and_none() -> None:
    assert shown(find_statements([document(FERRY, COST)])) == [[(0, FERRY)], [(0, COST)]]
    assert find_statements([]).statements == ()
    assert find_statements([document(), document(FERRY)]).statements[0].articles == (1,)


def test_what_is_repeated_is_one_mention() -> None:
    found = find_statements([document(STORM, FERRY, STORM), document(STORM)])
    assert found.statements[0].mentions[0].sentences == (0, 2)
    assert found.statements[0].articles == (0, 1)


def test_the_order_of_the_articles_does_not_matter() -> None:
    documents = [document(FERRY, COST, STORM), document(BOTH, FERRY_REWORDED), document(FERRY_AGAIN, APPLES, COST)]
    groupings = [grouping(find_statements(list(order))) for order in permutations(documents)]
    assert all(found == groupings[0] for found in groupings)


def test_time_and_patience() -> None:
    documents = [document(FERRY, COST), document(STORM, FERRY_REWORDED), document(FERRY, APPLES)]
    found = find_statements(documents, budget=0.0)
    check(found)
    assert not found.complete
    assert [(0, FERRY), (2, FERRY)] in shown(found), "what is equal needs no time"
    with pytest.raises(Cancelled):
        find_statements(documents, cancelled=lambda: True)


WORDS = [
    "ferry",
    "harbour",
    "council",
    "winter",
    "storm",
    "roof",
    "night",
    "Brenhaven",
    "12",
    "1.2",
    "million",
    "on",
    "the",
]
sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: f"A {' '.join(words)}.")
documents = st.lists(st.lists(sentence, max_size=6).map(lambda found: document(*found)), max_size=5)


@examples(60)
@given(documents)
def test_properties(found: list[ComparedText]) -> None:
    first = find_statements(found, budget=60)
    check(first)
    assert find_statements(found, budget=60) == first
    turned = find_statements(found[::-1], budget=60)
    check(turned)
    assert grouping(turned) == grouping(first)


@examples(30)
@given(st.lists(st.text(max_size=80).map(lambda text: document(text)), max_size=4))
def test_any_text(found: list[ComparedText]) -> None:
    check(find_statements(found, budget=60))


@pytest.mark.parametrize(
    "text", ["word " * 100_000, "x" * 200_000, "no end " + "of, it; " * 20_000, "? ! " * 5_000], ids=range(4)
)
def test_hostile_texts(text: str) -> None:
    others = [document(FERRY, text[: len(text) // 2]), document(text), document(FERRY_REWORDED, COST)]
    found = find_statements(others)
    check(found)
    assert {(0, FERRY), (2, FERRY_REWORDED)} <= {entry for row in shown(found) for entry in row}
