from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.comparison import sentences_of
from newsreader.compare.model import ComparedText
from newsreader.compare.novelty import Novelty, novelty
from newsreader.errors import Cancelled
from tests.compare.translated import ENGLISH, GERMAN, NEWS, Dictionary
from tests.examples import examples

FERRY = "The harbour ferry will run through the winter, the town council of Brenhaven said on Tuesday."
FERRY_REWORDED = "Brenhaven’s town council said on Tuesday that the harbour ferry will run through the winter."
COST = "Repairs of its engine will cost the town 1.2 million crowns, the treasurer told the meeting."
COST_RAISED = "Repairs of its engine will cost the town 1.9 million crowns, the treasurer told the meeting."
STORM = "A storm tore the roof off the fish market in the night."
APPLES = "Growers in the valley expect half of last year's apples."


def document(*paragraphs: str, title: str | None = None) -> ComparedText:
    return ComparedText(title, paragraphs, published=datetime(2024, 11, 20, tzinfo=UTC))


def said(found: Novelty) -> list[tuple[int, str] | None]:
    return [(s.said.earlier, s.said.text) if s.said else None for s in found.statements]


def test_tells_where_each_sentence_was_said_before() -> None:
    found = novelty(document(f"{FERRY_REWORDED} {STORM}", COST), [document(APPLES, FERRY), document(COST)])
    assert said(found) == [(0, FERRY), None, (1, COST)]
    assert [(s.sentence.text, s.sentence.paragraph) for s in found.statements] == [
        (FERRY_REWORDED, 0),
        (STORM, 0),
        (COST, 1),
    ]
    assert found.complete


def test_what_an_article_repeats_of_others_is_not_new() -> None:
    found = novelty(document(f"{STORM} {APPLES}", STORM), [document(STORM)])
    assert said(found) == [(0, STORM), None, (0, STORM)]


def test_the_share_is_of_words() -> None:
    found = novelty(document("One two three.", "Four."), [document("Four.")])
    assert found.new_share == 3 / 4


def test_the_earliest_that_has_it_wins() -> None:
    found = novelty(document(FERRY), [document(STORM), document(FERRY_REWORDED), document(FERRY)])
    assert said(found) == [(1, FERRY_REWORDED)]


def test_a_changed_figure_is_news_until_another_article_has_it() -> None:
    assert said(novelty(document(COST_RAISED), [document(COST)])) == [None]
    assert said(novelty(document(COST_RAISED), [document(COST), document(COST_RAISED)])) == [(1, COST_RAISED)]


def test_a_partner_that_shares_only_part_of_a_sentence_did_not_say_it() -> None:
    shares = "Shares in the ferry's owner lost 14 per cent, their steepest fall in nine years, after the ferry sank."
    assert said(novelty(document(shares), [document("The ferry sank off Brenhaven early on Tuesday.")])) == [None]


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        # only who and where are the same
        (
            "BRENHAVEN (Reuters) - Finance minister Mara Lund said on Monday the harbour tax would be abolished.",
            "BRENHAVEN (Reuters) - Finance minister Mara Lund said on Monday she was not going to resign.",
        ),
        # denied, turned round
        ("The town council will not close the harbour school.", "The town council will close the harbour school."),
        ("The union rejected the board's offer of talks.", "The union accepted the board's offer of talks."),
        ("Oro raised its price for winter grain on Monday.", "Oro cut its price for winter grain on Monday."),
        # another figure, another day
        ("The ferry carried 410 passengers through the storm.", "The ferry carried 380 passengers through the storm."),
        ("Six of the injured are still in hospital.", "Five of the injured are still in hospital."),
        ("The new bridge will open to traffic on 3 May.", "The new bridge will open to traffic on 9 June."),
        # few words
        ("Oro declined to comment.", "Tallis declined to comment on the talks about the harbour."),
        ("We want to solve it politically.", "The crisis must be solved politically, by more work together."),
        # words by chance, in two long sentences
        (
            "Growers fear that the storm will cost them the early harvest and their credit at the bank.",
            "The bank lost money in the storm year, the treasurer told the meeting. Early in the harvest, growers had "
            "asked for lower rates and the director had said that their fears were not his.",
        ),
    ],
)  # fmt: skip
def test_what_shares_words_but_reports_something_else_is_new(sentence: str, earlier: str) -> None:
    assert said(novelty(document(sentence), [document(earlier)])) == [None]


@pytest.mark.parametrize(
    ("sentence", "earlier"),
    [
        # who says it, and how the place is called, makes no news
        (
            "BRENHAVEN (Reuters) - The harbour tax will be abolished next year, Mara Lund told reporters.",
            "PORT OSTER (AP) - Norland's finance minister said on Monday the harbour tax would be abolished next year.",
        ),
        # an earlier sentence may say more
        (
            "The ferry has a new engine from Tarn.",
            "After eleven weeks the ferry has a new engine from Tarn, and the timetable of last summer holds.",
        ),
        # in two sentences
        (
            "The ferry has a new engine, and the timetable of last summer holds again until the autumn.",
            "The ferry has a new engine. The timetable of last summer holds again until the autumn.",
        ),
        # a figure written or rounded otherwise
        ("The new ferry cost 13.6 million crowns.", "The new ferry cost 13,625,777 crowns, the treasurer said."),
        ("Nobody was hurt, and the ferry did not sink.", "The ferry did not sink, and nobody was hurt."),
    ],
)  # fmt: skip
def test_what_was_reported_in_other_words_is_not_new(sentence: str, earlier: str) -> None:
    assert said(novelty(document(sentence), [document(earlier)])) == [(0, earlier)]


def test_a_first_sentence_is_new_if_the_earlier_text_knows_little_of_its_title() -> None:
    lead = "The ferry that broke down in March, after repairs of eleven weeks, has been sold to a museum in Tarn."
    earlier = document("The ferry broke down in March, after repairs of eleven weeks.")
    assert said(novelty(document(lead, title="Museum buys ferry for its collection"), [earlier])) == [None]
    assert said(novelty(document(lead, title="Repairs of the ferry took weeks"), [earlier])) == [
        (0, earlier.paragraphs[0])
    ]


def test_credits_are_neither_new_nor_said() -> None:
    credit = "(Reporting by Mara Lund; Editing by Ole Tamm)"
    found = novelty(document(FERRY, STORM, credit), [document(STORM, credit)])
    assert said(found) == [None, (0, STORM), None]
    assert [statement.is_new for statement in found.statements] == [True, False, False]
    assert [statement.is_credit for statement in found.statements] == [False, False, True]
    assert found.new_share == novelty(document(FERRY, STORM), [document(STORM)]).new_share


def test_without_earlier_articles_all_is_new() -> None:
    found = novelty(document(FERRY, STORM), [])
    assert (said(found), found.new_share, found.complete) == ([None, None], 1.0, True)
    assert novelty(document(), []).new_share == 1.0


def test_headlines_count_only_where_there_is_no_text() -> None:
    found = novelty(document(FERRY, title="Ferry to sail"), [document(STORM, title="Ferry to sail")])
    assert said(found) == [None]
    assert said(novelty(document(title="Ferry to sail"), [document(title="Ferry to sail")])) == [(0, "Ferry to sail")]


def test_reads_no_more_articles_than_it_needs() -> None:
    read = []

    def earlier() -> Iterator[ComparedText]:
        for text in (FERRY, STORM, APPLES):
            read.append(text)
            yield document(text)

    novelty(document(FERRY), earlier())
    assert APPLES not in read


@pytest.mark.timeout(30)
def test_stops_when_the_time_is_up() -> None:
    found = novelty(document(FERRY), [document(FERRY)], budget=0)
    assert (said(found), found.complete) == ([None], False)
    long = [document(" ".join(f"w{i % 977}" for i in range(50_000 + n))) for n in range(20)]
    assert not novelty(document(" ".join(f"w{i % 983}" for i in range(50_000))), long, budget=0.5).complete


def test_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        novelty(document(FERRY), [document(FERRY_REWORDED)], cancelled=lambda: True)


SENTENCES = st.lists(st.sampled_from([FERRY, FERRY_REWORDED, COST, COST_RAISED, STORM, APPLES]), max_size=5)
DOCUMENT = st.lists(SENTENCES.map(" ".join).filter(bool), max_size=3).map(lambda texts: document(*texts))


@examples(40)
@given(DOCUMENT, st.lists(DOCUMENT, max_size=3))
def test_covers_every_sentence_and_points_into_the_earlier_ones(
    article: ComparedText, earlier: list[ComparedText]
) -> None:
    found = novelty(article, earlier, budget=60)
    assert tuple(s.sentence for s in found.statements) == sentences_of(article)
    assert 0 <= found.new_share <= 1
    texts = {s.text for document in earlier for s in sentences_of(document)}
    for statement in found.statements:
        if statement.said is None:
            assert statement.sentence.text not in texts
        else:
            source = {s.text for s in sentences_of(earlier[statement.said.earlier])}
            assert any(statement.said.text.startswith(text) for text in source)
    assert novelty(article, [*earlier, article], budget=60).new_share == 0 or not found.statements


def test_what_an_article_in_another_language_said_is_not_new() -> None:
    article, earlier = ComparedText(None, GERMAN, "de"), ComparedText("Lighthouse lit again", ENGLISH, "en")
    found = novelty(article, [earlier], encoder=Dictionary())
    said = [statement.said.text[:14] if statement.said else None for statement in found.statements]
    assert said == ["The lighthouse", "Visitors will ", "Keeper Iris Ho", "The repairs co", None]
    assert found.complete
    assert all(statement.is_new for statement in novelty(article, [earlier]).statements)
    other = novelty(article, [ComparedText(None, NEWS)], encoder=Dictionary())
    assert all(statement.is_new for statement in other.statements)
