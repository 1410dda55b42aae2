from __future__ import annotations

import pytest

from newsreader.compare.features import Profile, stems


@pytest.mark.parametrize("text", ["Oro's", "Oro’s", "ORO’S", "oro"])
def test_possessives_of_short_names_are_the_names(text: str) -> None:
    assert stems(text) == ["oro"]


@pytest.mark.parametrize(
    "dateline",
    ["BRENHAVEN (Reuters) - ", "BRENHAVEN, Norland (AP) — ", "(Reuters) - ", "BRENHAVEN — ", ""],
)
def test_datelines_are_not_compared(dateline: str) -> None:
    assert Profile([dateline + "Herring fell."]).words == [["herri", "fell"]]


@pytest.mark.parametrize("text", ["NATO met in BRENHAVEN - twice", "A-levels rise", "It rose (Reuters) - again"])
def test_what_only_looks_like_a_dateline_is_compared(text: str) -> None:
    assert Profile([text]).words == [stems(text)]
