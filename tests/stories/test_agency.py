"""What several outlets carry word for word."""

from __future__ import annotations

import pytest

from newsreader.stories.agency import PASSAGE, CarriedText, agency_shares, names_agency

WIRE = "The ferry Solveig ran aground near Tarn on Monday and all of its 212 passengers were taken ashore by boats"
OWN = "Our reporter spoke to four of them at breakfast in the school where they had slept that night"
SAID = "“I was asleep when it struck the rock, and when I woke there was water in the cabin and nobody anywhere,”"
MARKED = f"TARN (Reuters) - {WIRE}"


def shares(*texts: tuple[str | None, list[str]]) -> list[float]:
    return agency_shares([CarriedText(outlet, None, paragraphs) for outlet, paragraphs in texts])


def test_three_outlets_make_agency_copy() -> None:
    found = shares(("wire", [WIRE]), ("daily", [WIRE.upper() + "!"]), ("post", [WIRE, OWN]), ("ledger", [OWN]))
    wire, own = len(WIRE.split()), len(OWN.split())
    assert found == [1.0, 1.0, wire / (wire + own), 0.0]


def test_two_do_where_one_names_an_agency() -> None:
    marked, taken = shares(("daily", [MARKED]), ("post", [WIRE, OWN]))
    assert marked == len(WIRE.split()) / (len(WIRE.split()) + 2)
    assert taken == len(WIRE.split()) / (len(WIRE.split()) + len(OWN.split()))


@pytest.mark.parametrize(
    "texts",
    [
        [("daily", [WIRE]), ("post", [WIRE])],
        [("daily", [WIRE]), ("post", [WIRE]), ("post", [WIRE]), ("daily", [WIRE])],
        [("daily", [WIRE]), (None, [WIRE]), (None, [MARKED])],
        [("daily", ["Ferry sails"]), ("ledger", ["Ferry sails"]), ("post", ["Ferry sails"])],
        [("daily", []), ("ledger", [""]), ("post", [])],
        [("daily", [MARKED]), ("daily", [WIRE])],
        [("daily", [MARKED]), ("post", [OWN])],
    ],
    ids=[
        "two",
        "two twice",
        "no outlets",
        "shorter than a run",
        "nothing",
        "one outlet, marked",
        "marked, but another",
    ],
)
def test_less_is_none(texts: list[tuple[str | None, list[str]]]) -> None:
    assert shares(*texts) == [0.0] * len(texts)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"), ("‘", "’"), ("“", ""), ('"', "")],
)
def test_a_quotation_is_nobodys_copy(opening: str, closing: str) -> None:
    quotation = f"{opening}{SAID[1:-1]}{closing}"
    texts = [
        (outlet, [f"TARN (AP) — {own}", f"{quotation} he said." if closing else quotation])
        for outlet, own in (("daily", OWN), ("ledger", WIRE), ("post", "One passenger spoke of the night."))
    ]
    assert shares(*texts) == [0.0, 0.0, 0.0]


def test_a_whole_report_is_all_copy_with_its_quotations() -> None:
    report = [WIRE, f"{SAID} said Odd Verrick, a teacher from Alder who was on board with a class of his school."]
    assert shares(("daily", report), ("ledger", report), ("post", report)) == [1.0] * 3


def test_a_few_words_in_common_are_no_passage() -> None:
    office = "the deputy minister of the interior and of the islands Odd Verrick of the Alder party"
    texts = [(outlet, [f"{office} {own}"]) for outlet, own in (("daily", "said"), ("ledger", "went"), ("post", "knew"))]
    assert shares(*texts) == [16 / 17] * 3
    short = " ".join(office.split()[: PASSAGE - 1])
    texts = [(outlet, [f"{short} {own}"]) for outlet, own in (("daily", "said"), ("ledger", "went"), ("post", "knew"))]
    assert shares(*texts) == [0.0] * 3


def test_an_article_without_an_outlet_has_a_share_too() -> None:
    assert shares(("a", [WIRE]), ("b", [WIRE]), ("c", [WIRE]), (None, [WIRE])) == [1.0] * 4


def test_passages_that_overlap_count_their_words_once() -> None:
    first, second = " ".join(WIRE.split()[:16]), " ".join(OWN.split()[:16])
    found = shares(
        ("a", [f"{first} x {second}"]), ("b", [first]), ("c", [first]), ("d", [second]), ("e", [f"{second} or not"])
    )
    assert found == [32 / 33, 1.0, 1.0, 1.0, 16 / 18]


@pytest.mark.parametrize(
    ("outlet", "author", "paragraphs"),
    [
        ("reuters", None, [WIRE]),
        ("AFP", None, [WIRE]),
        ("post", "Associated Press", [WIRE]),
        ("post", "Ilse Maar, Reuters", [WIRE]),
        ("post", None, ["TARN (Reuters) - The ferry ran aground."]),
        ("post", None, ["TARN, Norrland (AP) — The ferry ran aground."]),
        ("post", None, ["TARN, March 3 (Reuters) - The ferry ran aground."]),
        ("post", None, ["Tarn (dpa/tmn) – Die Fähre ist gestrandet."]),
        ("post", None, [WIRE, "(dpa)"]),
        ("post", None, [WIRE, "(AFP, Reuters)"]),
        ("post", None, [WIRE, "All are well. (APA/dpa)"]),
        ("post", None, [WIRE, "© 2026 AFP"]),
        ("post", None, [WIRE, "With files from The Canadian Press"]),
    ],
)
def test_who_names_an_agency(outlet: str, author: str | None, paragraphs: list[str]) -> None:
    assert names_agency(CarriedText(outlet, author, paragraphs))


@pytest.mark.parametrize(
    ("outlet", "author", "paragraphs"),
    [
        ("post", "Ilse Maar", [WIRE, OWN]),
        ("pa-times", None, [WIRE]),
        ("post", None, ["The minister told Reuters that the ferry had run aground.", OWN]),
        ("post", None, ["Mr Verrick (a reader of Reuters) said so.", OWN]),
        ("post", None, [WIRE, "She told AP so."]),
        (None, None, []),
    ],
)
def test_who_names_none(outlet: str | None, author: str | None, paragraphs: list[str]) -> None:
    assert not names_agency(CarriedText(outlet, author, paragraphs))


def test_no_articles() -> None:
    assert agency_shares([]) == []
