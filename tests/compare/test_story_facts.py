from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.matrix_model import StoryFact
from newsreader.compare.model import ComparedText
from newsreader.compare.statements import find_statements
from newsreader.compare.story_facts import story_facts
from newsreader.errors import Cancelled
from tests.examples import examples

WEDNESDAY = datetime(2026, 10, 7, tzinfo=UTC)


def facts_of(*texts: str, published: datetime | None = WEDNESDAY) -> list[StoryFact]:
    found = find_statements([ComparedText(None, (text,), published=published) for text in texts])
    facts, complete = story_facts(found, [published] * len(texts))
    assert complete
    for fact in facts:
        assert fact.readings
        for reading in fact.readings:
            for saying in reading.sayings:
                statement = found.statements[saying.statement]
                mention = next(m for m in statement.mentions if m.article == saying.article)
                assert saying.written in found.wording(mention)
    return list(facts)


def shown(
    facts: list[StoryFact], *, contested: bool
) -> list[tuple[str, list[tuple[tuple[str, ...], tuple[int, ...]]]]]:
    return [(f.kind, [(r.wordings, r.articles) for r in f.readings]) for f in facts if f.contested is contested]


def test_who_says_what() -> None:
    facts = facts_of(
        "The company puts its loss from the harbour fire at $46 million.",
        "The company puts its loss from the harbour fire at about 46 million dollars.",
        "The company puts its loss from the harbour fire at $40 million.",
    )
    assert shown(facts, contested=True) == [
        ("money", [(("$46 million", "about 46 million dollars"), (0, 1)), (("$40 million",), (2,))])
    ]
    assert shown(facts, contested=False) == []


def test_what_all_write_differently_is_one_reading() -> None:
    facts = facts_of(
        "Sales of the company rose 8% to 1.2 billion dollars in the quarter.",
        "Sales of the company rose by 8 per cent in the quarter, to $1.2bn.",
    )
    assert shown(facts, contested=True) == []
    assert sorted(shown(facts, contested=False)) == [
        ("money", [(("1.2 billion dollars", "$1.2bn"), (0, 1))]),
        ("percent", [(("8%", "8 per cent"), (0, 1))]),
    ]


def test_dates_are_counted_from_the_day_of_the_article() -> None:
    texts = ["The court will hear the case of the harbour company on Friday."] + [
        f"The court will hear the case of the harbour company on {day}." for day in ("9 October", "Monday")
    ]
    assert shown(facts_of(*texts), contested=True) == [
        ("date", [(("Friday", "9 October"), (0, 1)), (("Monday",), (2,))])
    ]
    assert shown(facts_of(*texts, published=None), contested=True) == [], "without one nobody knows"


def test_an_article_that_gives_both_contradicts_neither() -> None:
    facts = facts_of(
        "Rescuers pulled 12 people from the collapsed quarry on Tuesday. It had been 14 people, the owner said first.",
        "Rescuers pulled 14 people from the collapsed quarry on Tuesday.",
    )
    assert shown(facts, contested=True) == []


def test_the_same_figure_in_other_statements_is_the_same_fact() -> None:
    facts = facts_of(
        "The dam cost 30 million euros. Nobody expected that the mayor would resign.",
        "A scheme worth 30 million euros was bound to fail, the opposition said.",
    )
    assert shown(facts, contested=False) == [("money", [(("30 million euros",), (0, 1))])]


def test_numbers_come_with_what_they_count() -> None:
    facts = facts_of(
        "Six of the injured and 6,000 tonnes of grain were moved at 5:42 a.m. from the No. 2 elevator, or 7."
    )
    assert [wordings for _, [(wordings, _)] in shown(facts, contested=False)] == [
        ("6,000 tonnes",), ("7",), ("Six of the injured",),
    ]  # fmt: skip


def test_quotations() -> None:
    facts = facts_of(
        'The mayor said: "We will not close the harbour school this year."',
        'The mayor said: "We will not close the island school this year."',
        'The mayor said: "We will not close the harbour school".',
    )
    [(kind, readings)] = shown(facts, contested=True)
    assert kind == "quote"
    assert sorted(articles for _, articles in readings) == [(0,), (1,), (2,)]


def test_quotations_of_one_article_never_contest_each_other() -> None:
    facts = facts_of(
        'The council calls it the "Harbour Street Market Hall", which was the "Harbour Street Fish Hall" before.',
        'The council calls it the "Harbour Street Market Hall" now.',
    )
    assert shown(facts, contested=True) == []


def test_dates_are_shared_inside_a_statement_only() -> None:
    facts = facts_of(
        "The mayor resigned on Monday. A storm tore the roof off the fish market on Friday.",
        "The mayor resigned on Monday. Growers in the valley will meet on Friday.",
    )
    assert shown(facts, contested=True) == []
    assert sorted(shown(facts, contested=False)) == [
        ("date", [(("Friday",), (0,))]),
        ("date", [(("Friday",), (1,))]),
        ("date", [(("Monday",), (0, 1))]),
    ]


def test_a_trimmed_quotation_is_not_contested() -> None:
    facts = facts_of(
        'The mayor said: "We will not close the harbour school this year."',
        'The mayor said: "We will not close the harbour school".',
    )
    assert [len(f.readings) for f in facts if f.kind == "quote"] == [2]
    assert shown(facts, contested=True) == []


@pytest.mark.parametrize(
    ("one", "other", "contested"),
    [
        ("4.1 percent", "4.09 percent", False),
        ("6.14 million people", "6.137 million people", False),
        ("4.1 percent", "4.3 percent", True),
        ("120 people", "123 people", False),
        ("112 people", "123 people", True),
    ],
)
def test_a_rounded_figure_contradicts_nothing(one: str, other: str, contested: bool) -> None:
    texts = [
        f"Claims for the jobless benefits of the northern state rose by {figure} in the week to April."
        for figure in (one, other)
    ]
    assert bool(shown(facts_of(*texts), contested=True)) is contested


def test_money_of_nobody_in_particular_contradicts_nothing() -> None:
    texts = [
        f"Sales fell {percent} percent to ${total} billion in the quarter."
        for percent, total in ((1.5, 11.8), (9.7, 16.2))
    ]
    assert shown(facts_of(*texts), contested=True) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the pier and another three wharves there", "the pier and 14 wharves there"),
        ("the pier and the other 30 wharves there", "the pier and all 50 wharves there"),
        ("what 17 analysts asked by the Meridian forecast", "what 20 analysts asked by the Meridian forecast"),
    ],
)
def test_parts_and_polls_contradict_nothing(one: str, other: str) -> None:
    facts = facts_of(*(f"The harbour company of Brenhaven plans to close {what} next year." for what in (one, other)))
    assert shown(facts, contested=True) == []


def test_times_before_and_after_something_contradict_nothing() -> None:
    facts = facts_of(
        "Olu Brandt of Osmere scored from a corner for his team after 81 minutes of the final on Sunday.",
        "Olu Brandt of Osmere scored from a corner for his team nine minutes from the end of the final on Sunday.",
    )
    assert shown(facts, contested=True) == []


def test_of_several_figures_of_a_kind_nobody_knows_which_contradict_each_other() -> None:
    facts = facts_of(
        "The owner of the Brenhaven ferry lost $132 million last year, or $2 for every ticket that it sold there.",
        "The owner of the Brenhaven ferry lost $140 million last year, or $3 for every ticket that it sold there.",
    )
    assert shown(facts, contested=True) == []


def test_dates_of_what_has_other_figures_contradict_nothing() -> None:
    texts = [
        f"The harbour company lost {loss} million euros in the quarter that ended on {day} April, its owner said."
        for loss, day in ((12, 3), (40, 28))
    ]
    assert "date" not in [kind for kind, _ in shown(facts_of(*texts), contested=True)]


def test_a_contradiction_is_shown_with_its_own_sentences_only() -> None:
    facts = facts_of(
        "Rescuers pulled 12 people from the collapsed quarry on Tuesday. It had room for 12 people, its owner said.",
        "Rescuers pulled 17 people from the collapsed quarry on Tuesday. Nobody else was there.",
    )
    [fact] = [fact for fact in facts if fact.contested]
    assert [[s.statement for s in reading.sayings] for reading in fact.readings] == [[0], [0]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The creditworthy sailors get a loan of ours", "The credit-worthy sailors get a loan of ours"),
        ("The fibre was realised by our harbour men", "The fiber was realized by our harbor men"),
        ("We will go to sea at dawn with them", "We will go to sea (again) at dawn with them"),
        ("I think we will go to sea at dawn", "We will go to sea at the dawn"),
    ],
)
def test_a_quotation_written_otherwise_is_not_contested(one: str, other: str) -> None:
    facts = facts_of(*(f'"{quote}," the captain of the Brenhaven ferry said on Monday.' for quote in (one, other)))
    assert shown(facts, contested=True) == []


def test_other_names_are_another_matter() -> None:
    facts = facts_of(
        "Swedish sales of Saab fell 35 percent in the first half of the year, the dealers said.",
        "Swedish sales of Volvo fell 37 percent in the first half of the year, the dealers said.",
    )
    assert shown(facts, contested=True) == []


def test_contested_facts_come_first_and_then_what_most_say() -> None:
    facts = facts_of(
        "The ferry with 212 people ran aground. Its owner has 9 ships. Brenhaven fined it $5 million for the fog.",
        "The ferry with 212 people ran aground. Its owner has 9 ships. Brenhaven fined it $7 million for the fog.",
        "The ferry with 212 people ran aground. A storm is expected.",
    )
    assert [(f.kind, f.contested, f.articles) for f in facts] == [
        ("money", True, (0, 1)),
        ("number", False, (0, 1, 2)),
        ("number", False, (0, 1)),
    ]


def test_the_order_of_the_articles_does_not_matter() -> None:
    texts = [
        "The company puts its loss from the harbour fire at $46 million.",
        "The company puts its loss from the harbour fire at $40 million on Friday.",
        "On Friday the company put its loss from the harbour fire at 46 million dollars.",
    ]
    found = [
        {(f.kind, f.contested, frozenset(frozenset(s.written for s in r.sayings) for r in f.readings)) for f in facts}
        for facts in (facts_of(*order) for order in permutations(texts))
    ]
    assert all(facts == found[0] for facts in found)


def test_time_and_patience() -> None:
    found = find_statements([ComparedText(None, ("Prices rose 8 per cent.",))])
    assert story_facts(found, [None], budget=0.0) == ((), False)
    with pytest.raises(Cancelled):
        story_facts(found, [None], cancelled=lambda: True)


PIECES = [
    "$40 million",
    "46",
    "8%",
    "8 per cent",
    "Friday",
    "9 October",
    '"We will not go there"',
    "ferry",
    "loss",
    "people",
]
texts = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=4)


@examples(60)
@given(texts)
def test_properties(found: list[str]) -> None:
    facts = facts_of(*found)
    assert facts == facts_of(*found)
    for fact in facts:
        assert not fact.contested or len(fact.readings) > 1
        sayings = [set(reading.sayings) for reading in fact.readings]
        assert fact.kind == "quote" or len(set.union(*sayings)) == sum(map(len, sayings)), "no value is two readings"
        assert set(fact.articles) <= set(range(len(found)))


def test_tables() -> None:
    """Thousands of figures in articles that are alike: no quadratic work without an end."""
    tables = [" ".join(f"{n * k} points 3.{n} per cent," for n in range(2_000)) for k in range(1, 5)]
    found = find_statements([ComparedText(None, (text,)) for text in tables], budget=2.0)
    facts, _ = story_facts(found, [None] * 4, budget=2.0)
    assert all(set(fact.articles) <= {0, 1, 2, 3} for fact in facts)
