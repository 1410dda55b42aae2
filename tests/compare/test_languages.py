from __future__ import annotations

import pytest

from newsreader.compare.languages import languages_differ
from tests.compare.translated import DANISH, ENGLISH, FRENCH, GERMAN, NEWS


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
    left, right = " ".join(words), " ".join(words[:20] + [f"other{number}" for number in range(80)])
    assert not languages_differ([left], [right])
    assert languages_differ([left], [right], ("es", "pt"))
    assert not languages_differ([left], [left], ("es", "pt"))


def test_short_texts_are_in_no_other_language() -> None:
    assert not languages_differ(["Goal!"], ["Der Ball war im Tor."])
    assert not languages_differ([], GERMAN)
