from __future__ import annotations

import pytest

from newsreader.compare.content_words import content_words, reported
from newsreader.compare.features import small_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BRENHAVEN (Reuters) - The harbour was closed.", ["harbo", "close"]),
        ("PORT OSTER, North Norland (Reuters) - The harbour was closed.", ["harbo", "close"]),
        ("The mayor, Mara Lund, said on Monday the harbour would be closed.", ["mayor", "harbo", "close"]),
        ("Oro Shipping Ltd ( ORO.N ) buys the ferry operator Tallis.", ["buys", "ferry", "opera"]),
        ("Lund's deputy resigned.", ["deput", "resig"]),
        ("The talks did not succeed.", ["talks", "not", "succe"]),
        ("It sold 1,200 ferries for $3.5 million.", ["sold", "1", "200", "ferri", "3.5", "milli"]),
        ("The CEO will step down.", ["ceo", "step"]),
        ("Norland's Central Bank (NCB) cut rates.", ["cut", "rates"]),
        ("Der Hafen wird nicht geschlossen, sagte Mara Lund mit der NHB.", ["hafen", "nicht", "gesch", "sagte"]),
        ("港は閉鎖された", ["港は", "は閉", "閉鎖", "鎖さ", "され", "れた"]),
        ("", []),
        ("Mara Lund", []),
    ],
)
def test_what_happened_without_names_grammar_and_attribution(text: str, expected: list[str]) -> None:
    assert content_words(text) == expected


def test_a_word_that_begins_a_sentence_is_a_name_unless_it_is_written_small_elsewhere() -> None:
    small = small_words(["More ferries are built."])
    assert content_words("Ferries sank.") == ["sank"]
    assert content_words("Ferries sank.", small) == ["ferri", "sank"]
    assert content_words('Lund said: "Ferries sank."', small) == ["ferri", "sank"]


def test_capitals_of_a_heading_make_no_names() -> None:
    small = small_words(["Lund closed the harbour."])
    assert content_words("Lund Closes Harbour", small) == ["harbo"]
    assert content_words("LUND: HARBOUR CLOSED", small) == ["harbo", "close"]


def test_a_long_text_takes_linear_time() -> None:
    assert len(content_words("harbour Lund " * 20_000)) == 20_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The engineer, Ole Tamm, said he had been wrong.", "he had been wrong."),
        ("Mara Lund, whose family owns a third, signed.", "Mara Lund , signed."),
        ("“We sail,” the mayor said.", "“We sail"),
        ("The ferry sails again, the mayor said on Monday.", "The ferry sails again"),
        ("The ferry sails again.", "The ferry sails again."),
    ],
)
def test_what_is_reported_without_who_says_it(text: str, expected: str) -> None:
    assert reported(text).strip() == expected
