from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.foreign_figures import compare_figures, foreign_figures


@pytest.mark.parametrize(
    ("left", "right", "kind", "shared"),
    [
        ("some 1,200 people", "rund 1.200 Menschen", "number", ("1,200", "1.200")),
        ("6,800 people", "6 800 salariés", "number", ("6,800", "6 800")),
        ("6,800 people", "6\u202f800 salariés", "number", ("6,800", "6\u202f800")),
        ("1.2 million people", "1,2 Millionen Menschen", "number", ("1.2 million", "1,2 Millionen")),
        ("1.2 million people", "12 Menschen", "number", None),
        ("40 million euros", "40 millions d'euros", "money", ("40 million euros", "40 millions d'euros")),
        ("1.5 million euros", "1,5 milioni di euro", "money", ("1.5 million euros", "1,5 milioni di euro")),
        ("$40 million", "40 Millionen Dollar", "money", ("$40 million", "40 Millionen Dollar")),
        ("€60 each", "60 euro l'uno", "money", ("€60", "60 euro")),
        ("60 dollars", "60 Euro", "money", None),
        ("at 60 boats", "von 70 Booten", "number", None),
        ("60 dollars", "60 Prozent", "money", None),
        ("11.5 percent", "11,5 %", "percent", ("11.5 percent", "11,5 %")),
        ("7 percent", "7 Prozent", "percent", ("7 percent", "7 Prozent")),
        ("7 percent", "el 7 por ciento", "percent", ("7 percent", "7 por ciento")),
        ("in 1884.", "im Jahr 1884", "date", ("1884", "1884")),
        ("1,234,567.5 crowns", "1.234.567,5 Kronen", "number", ("1,234,567.5", "1.234.567,5")),
        ("0.125 grams", "0,125 g", "number", ("0.125", "0,125")),
        ("at 8 p.m.", "gegen 8 Uhr", "number", None),
        ("at 8:30", "um 8:30", "number", None),
        ("MP3", "MP3", "number", None),
        ("version 1.2.3", "Version 1.2.3", "number", None),
    ],
)  # fmt: skip
def test_figures_that_are_the_same_in_two_languages(
    left: str, right: str, kind: str, shared: tuple[str, str] | None
) -> None:
    facts = compare_figures([(["A sentence without."], []), ([left], [right])])
    assert [(fact.kind, (fact.left, fact.right), fact.row, fact.differs) for fact in facts] == (
        [] if shared is None else [(kind, shared, 1, False)]
    )


def test_each_figure_counts_once() -> None:
    assert len(compare_figures([(["20 boats and 20 cars"], ["20 Boote"])])) == 1


@given(st.text(alphabet="0123456789., '%$€\u202fmilonen d'ab", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for figure in foreign_figures(text):
        assert figure.readings


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("fell 2.3 percent", "legte um 1,1 Prozent zu", "percent"),
        ("cost 40 million euros", "kostete 30 Millionen Euro", "money"),
        ("cost 40 euros, 3 percent", "kostete 30 Dollar, 3 Prozent", None),
        ("rose 2 percent, then 3 percent", "stieg um 4 Prozent", None),
        ("in 2019", "im Jahr 2020", None),
    ],
)
def test_figures_that_may_differ_are_never_sure(left: str, right: str, kind: str | None) -> None:
    found = [fact for fact in compare_figures([([left], [right])]) if fact.differs]
    assert [fact.kind for fact in found] == ([kind] if kind else [])
    assert not any(fact.sure for fact in found)
