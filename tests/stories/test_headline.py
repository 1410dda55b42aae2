"""Which headline speaks for a story."""

from __future__ import annotations

import pytest

from newsreader.stories.headline import Headed, headline, plain_title
from newsreader.stories.term_vector import TermVector
from newsreader.terms.signature import read_signature, signature

MERGER = "Norrin Rail merges with Tarn Lines, both boards said; it is the largest merger since the rails were laid."
ASIDE = "A fisherman of Alder sold his boat and bought a goat, and says that he is happy with the goat and the fish."


def chosen(*titles: str, texts: tuple[str, ...] = (), published: tuple[float | None, ...] = ()) -> str:
    """The headline of articles with these titles, all of one text and an hour apart unless said otherwise."""
    moments = published or [n * 3_600.0 for n in range(len(titles))]
    shared = vector("", MERGER)
    return headline(
        [
            Headed(title, vector(plain_title(title)), vector("", texts[n]) if texts else shared, moments[n])
            for n, title in enumerate(titles)
        ]
    )


def vector(title: str, text: str = "") -> TermVector:
    return TermVector.of_signature(read_signature(signature(title, [text] if text else [])))


def test_the_most_central_headline_is_chosen() -> None:
    assert chosen("Good morning from the coast", "Norrin merges with Tarn", "You will not believe it") == (
        "Norrin merges with Tarn"
    )


def test_the_headline_of_an_article_beside_the_matter_is_not_chosen() -> None:
    titles = ("Norrin Rail merges with Tarn Lines", "Norrin and Tarn are one")
    assert chosen(*titles, titles[1], texts=(ASIDE, MERGER, MERGER)) == titles[1]


@pytest.mark.parametrize(
    "beside",
    [
        "FACTBOX: Merger of Norrin Rail and Tarn Lines",
        "Factbox - Merger of Norrin Rail and Tarn Lines",
        "FACTBOX-Merger of Norrin Rail and Tarn Lines",
        "INSTANT VIEW: Merger of Norrin Rail with Tarn Lines",
        "Instant View 2: Norrin Rail to merge with Tarn Lines",
        "TIMELINE: The merger of Norrin Rail and Tarn Lines",
        "Timeline of the merger of Norrin Rail and Tarn Lines",
        "Q&A: Merger of Norrin Rail and Tarn Lines",
        "Q+A-The merger of Norrin Rail and Tarn Lines",
        "HIGHLIGHTS: Boards of Norrin Rail and Tarn Lines on merger",
        "Highlights of the merger of Norrin Rail and Tarn Lines",
        "Norrin Rail declines comment on merger with Tarn Lines",
        "Norrin Rail declined to comment on merger with Tarn Lines",
        "SCENARIOS - Merger of Norrin Rail and Tarn Lines",
        "ANALYSTS' VIEW: Merger of Norrin Rail and Tarn Lines",
        "RPT-FACTBOX-Merger of Norrin Rail and Tarn Lines",
        "Merger of Norrin Rail and Tarn Lines: as it happened",
        "Merger of Norrin Rail and Tarn Lines – live",
        "Opinion | Merger of Norrin Rail and Tarn Lines",
        "Hintergrund: Merger Norrin Rail Tarn Lines",
    ],
)
def test_pieces_beside_the_news_give_way(beside: str) -> None:
    assert chosen(beside, "Norrin joins Tarn in largest merger") == "Norrin joins Tarn in largest merger"


def test_where_there_is_nothing_else_a_fact_box_stays() -> None:
    titles = ("FACTBOX: Merger of Norrin Rail and Tarn Lines", "TIMELINE: Norrin Rail")
    assert chosen(*titles) in titles
    assert chosen(titles[0], "Fine weather on all coasts") == titles[0]


@pytest.mark.parametrize(
    "title",
    [
        "Video-sharing of Norrin Rail merges with Tarn Lines",
        "Live music on Norrin Rail after merger with Tarn Lines",
        "Video of merger shows Norrin Rail, Tarn Lines boards",
    ],
)
def test_a_word_that_may_be_a_label_is_none_in_a_headline(title: str) -> None:
    assert chosen(title, "Norrin weather") == title


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("UPDATE 3-Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("RPT-UPDATE 1-Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("CORRECTED - Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("CORRECTED-(OFFICIAL)-Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("CORRECTED (OFFICIAL)-Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("WRAPUP 12-Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("Correction: Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("REFILE-Norrin merges with Tarn", "Norrin merges with Tarn"),
        ("Update your Norrin ticket", "Update your Norrin ticket"),
        ("Update-happy firm merges", "Update-happy firm merges"),
        ("UPDATE 1-", "UPDATE 1-"),
        ("Corrected", "Corrected"),
    ],
)
def test_the_marks_of_an_agency_are_no_part_of_a_headline(marked: str, plain: str) -> None:
    assert plain_title(marked) == plain
    assert chosen(marked) == plain


@pytest.mark.parametrize(
    "expectation",
    [
        "Norrin Rail in talks with Tarn Lines on merger",
        "Norrin Rail may merge with Tarn Lines",
        "Norrin Rail considering merger with Tarn Lines",
        "Norrin Rail to merge with Tarn Lines: sources",
        "Norrin Rail mulls merger with Tarn Lines",
        "Norrin Rail nears merger with Tarn Lines",
        "Norrin Rail merger with Tarn Lines: report",
        "Norrin Rail, Tarn Lines to announce merger",
        "Will Norrin Rail merge with Tarn Lines?",
    ],
)
def test_an_expectation_gives_way_to_what_came_of_it(expectation: str) -> None:
    outcome = "Norrin Rail merges with Tarn Lines in largest deal of the year"
    assert chosen(expectation, outcome) == outcome
    assert chosen(expectation, outcome, published=(0.0, 0.0)) == outcome
    assert chosen(expectation, outcome, published=(None, None)) == outcome
    assert chosen(expectation, "Fisherman at work on Monday") == expectation


def test_what_was_before_an_expectation_does_not_tell_its_outcome() -> None:
    expected, told = "Norrin Rail merges with Tarn Lines?", "Norrin Rail merges with Tarn: storms, whales, goats"
    assert chosen(told, expected) == expected
    assert chosen(expected, told) == told


def test_may_is_a_month_too() -> None:
    titles = ("Norrin Rail merges with Tarn Lines in May", "Norrin Rail, Tarn Lines are of one mind in June")
    assert chosen(*titles) == titles[0]


def test_of_equal_headlines_the_first_is_chosen() -> None:
    assert chosen("UPDATE 2-Norrin merges", "Norrin merges", "NORRIN MERGES") == "Norrin merges"
