from __future__ import annotations

import pytest

from newsreader.compare.languages import languages_differ
from tests.compare.translated import DANISH, ENGLISH, FRENCH, GERMAN, NEWS

JAPANESE = (
    "岬の灯台が十一年ぶりに五月三日から再び点灯されると町議会が発表した。修理には百二十万クローネがかかり、灯台守の家族は冬の間ずっと作業を続けた。",
)
MORE_JAPANESE = (
    "谷の農家は三日続いた霜のために今年のりんごの収穫が半分になると見ている。大臣は融資を約束したが、組合はそれを始まりにすぎないと述べた。",
)


@pytest.mark.parametrize(("left", "right"), [(ENGLISH, GERMAN), (GERMAN, FRENCH), (FRENCH, ENGLISH), (DANISH, ENGLISH)])
def test_languages_differ_where_small_words_do(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    assert languages_differ(left, right)
    assert languages_differ(right, left)
    assert languages_differ(left, right, ("en", "en"))  # what a template says


@pytest.mark.parametrize("other", [ENGLISH, NEWS])
def test_texts_on_other_things_are_in_one_language(other: tuple[str, ...]) -> None:
    assert not languages_differ(ENGLISH, other)
    assert not languages_differ(ENGLISH, other, ("en", None))


def test_what_files_name_counts_in_doubt() -> None:
    words = [f"word{number}" for number in range(100)]
    left, right = " ".join(words), " ".join(words[:15] + [f"other{number}" for number in range(85)])
    assert not languages_differ([left], [right])
    assert languages_differ([left], [right], ("es", "pt"))
    assert not languages_differ([left], [left], ("es", "pt"))


def test_scripts_without_blanks() -> None:
    assert not languages_differ(JAPANESE, MORE_JAPANESE)
    assert languages_differ(JAPANESE, ENGLISH)


def test_names_and_figures_are_of_no_language() -> None:
    names = ("Velox Corail Aubert Dahl Lyon Nevers 2027 6800 " * 20,)
    assert languages_differ((*ENGLISH, *names), (*GERMAN, *names))


def test_short_texts_are_in_no_other_language() -> None:
    assert not languages_differ(["Goal!"], ["Der Ball war im Tor."])
    assert not languages_differ([], GERMAN)
