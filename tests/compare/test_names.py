from __future__ import annotations

import pytest

from newsreader.compare.names import abbreviations, initials, last_word, name_words, names, telling_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lawyers of the Federal Election Commission met.", ["Federal Election Commission"]),
        ("The Bank of America sold its boats.", ["Bank of America"]),
        ("They hired Shearman & Sterling LLP as advisers.", ["Shearman & Sterling LLP"]),
        ("It is Al Gore's second book on Trinity Mirror’s boats.", ["Al Gore", "Trinity Mirror"]),
        ("Mayor Ilse Tamm spoke on Tuesday in Brenhaven.", ["Mayor Ilse Tamm"]),
        ("Reporters watched Ilse Tamm Friday.", ["Ilse Tamm"]),
        ("But Ilse Tamm stayed, and The Harbour Board of Brenhaven went.", ["Ilse Tamm", "Harbour Board of Brenhaven"]),
        ("They met Northland Rep. Rolf Lund on the northern sea.", ["Northland Rep. Rolf Lund"]),
        ("BRENHAVEN BAY (Reuters) - OLD PIER DEALS The mayor Ilse Tamm met reporters.", ["Ilse Tamm"]),
        ("The mayor met Ilse Tamm at sea. (Reporting by Rolf Lund; Editing by Petr Novak)", ["Ilse Tamm"]),
        ("Harbour Board Wants New Pier", []),
        ("The members of Parliament met the mayor.", []),
    ],
)
def test_names_in_a_sentence(text: str, found: list[str]) -> None:
    assert names(text, {"lawyers"}) == found


def test_small_words_begin_no_name_at_the_start_of_a_sentence_only() -> None:
    assert names("Ferry Ilse Tamm sank slowly.", {"ferry"}) == ["Ilse Tamm"]
    assert names("They asked the Ferry Board of Brenhaven.", {"ferry", "board"}) == ["Ferry Board of Brenhaven"]


def test_possessives_and_points_don_t_make_other_words() -> None:
    assert "hassan" in name_words(["Karim al-Hassan"])
    assert name_words(["Gore's boat", "the U.S. Navy"]) >= {"gore", "us", "navy"}


def test_an_abbreviation_is_the_name() -> None:
    assert initials("United States") in abbreviations(["a U.S. boat"])
    assert initials("Federal Election Commission") in abbreviations(["The FEC said so."])


def test_what_all_firms_are_called_tells_none() -> None:
    assert telling_words("Tamm Boats Inc") == {"tamm", "boats"}
    assert last_word("Tamm Boats Inc") == {"boats"}


def test_a_flood_of_words_takes_no_time_that_grows_with_its_square() -> None:
    assert names("漢 " * 100_000, set()) == []
    assert names("The " * 100_000 + "members " * 100_000, set()) == []
