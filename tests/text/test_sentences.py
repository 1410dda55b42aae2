from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.sentences import LONGEST, sentence_spans, sentences


@pytest.mark.parametrize(
    "expected",
    [
        ['"I am tired." she said.', "He left."],
        ["“Will we win?” Obama asked.", "Nobody knew."],
        ['"I go.', 'You stay."', "They parted."],
        ["J. K. Rowling met Mr. Smith and Dr. No in the U.S. on Jan. 3.", "It rained."],
        ["Gov. Brown and Sen. Lee came.", "Gen. Powell did not."],
        ["Shares of Research ( RIM.TO ) and Magna MGa.TO rose.", "Others fell."],
        ["No. 5 is alive.", "It is 3.5 percent of 1.2 billion."],
        ["He said... nothing at all.", "Wait… What?"],
        ["It closed at 5 p.m.", "The rest is history."],
        ["It meets at 7 p.m. Saturday in the armory.", "The vote at 10 a.m. ET Dec. 8 is open."],
        ["They left at 4 a.m. March 3 with two dogs.", "He came at 9 p.m.", "Monday was quiet."],
        ["It rang at 4 a.m.", "Mayor Oakes woke.", "He ran at 5 a.m.", "March was cold."],
        ["(The second line was corrected.)", "It ends here."],
        ["1. First things first.", "2. Then the rest."],
        ["The workers' union agreed.", "The bosses' reply was no."],
        ["今天天气很好。", "“我们去公园吧！”", "好吗？"],
        ["A HEADING WITHOUT A STOP"],
    ],
)
def test_cuts_where_a_reader_would(expected: list[str]) -> None:
    glue = "" if "。" in expected[0] else " "
    assert sentences(glue.join(expected)) == expected


def test_knows_abbreviations_of_other_languages() -> None:
    text = "Prof. Dr. Meier kam am 3. Oktober z. B. nach Bonn. Er blieb."
    assert sentences(text, "de") == [text[:-10], "Er blieb."]


def test_unknown_language_is_no_error() -> None:
    assert sentences("Ok. Then.", "xx") == ["Ok.", "Then."]


@given(st.text(st.sampled_from("aB .!?…\"'“”‘’()[]«»。！1U.S5\n-")) | st.text())
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a.stop <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[s.start : s.stop].split()) for s in spans) == "".join(text.split())
    assert all(text[s.start : s.stop].strip() == text[s.start : s.stop] != "" for s in spans)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("unit", ["word ", "a b. ", '"', "Mr. ", "x", "A. B. ", "1. ", "“X.” ", "(", ". ", "今"])
def test_hostile_text_takes_linear_time_and_makes_no_giant(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    found = sentences(text)
    assert max(map(len, found)) <= LONGEST
