from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.stories.book import NO_CORRECTIONS, StoryBook
from newsreader.stories.corrections import Corrections
from newsreader.stories.entry import BookEntry
from newsreader.stories.foreign import DAYS, LEAST, SURE
from newsreader.terms.arrays import Ints
from tests.examples import examples
from tests.stories.interpreters import Invented, Told
from tests.stories.invented import entry, invented

ENGLISH = (
    "Lundsvik harbour bridge closes for 14 weeks",
    "The council of Lundsvik closed the harbour bridge on Monday after divers found cracks in two of its piers. "
    "Repairs by the Norrholm shipyard will cost 3.5 million crowns, mayor Asta Berglind said.",
)
ENGLISH_REWORDED = (
    "Cracked piers shut Lundsvik's bridge",
    "Ferries replace the harbour bridge in Lundsvik until repairs end in 14 weeks. Divers had seen cracks in its "
    "piers; Norrholm shipyard asks 3.5 million crowns, according to mayor Asta Berglind.",
)
GERMAN = (
    "Hafenbrücke gesperrt",
    "Taucher haben Risse in zwei Pfeilern der Brücke entdeckt, sagte Bürgermeisterin Asta Berglind. Die Reparatur "
    "dauert den ganzen Sommer, solange fahren Fähren über den Hafen von Lundsvik.",
)
FRENCH = (
    "Le pont du port est fermé",
    "Des plongeurs ont vu des fissures dans deux piliers, selon la maire de Lundsvik, Asta Berglind. Des bacs vont "
    "remplacer le pont pendant les travaux, qui doivent durer tout l'été.",
)
LANGUAGES = {1: "en", 2: "en", 3: "de", 4: "fr"}


def library(days: float = 0.0) -> list[BookEntry]:
    return [entry(1, ENGLISH), entry(2, ENGLISH_REWORDED), entry(3, GERMAN, days), entry(4, FRENCH, days)]


def likeness(**pairs: float) -> dict[frozenset[int], float]:
    """`_13=0.7`: of articles 1 and 3."""
    return {frozenset(map(int, name[1:])): value for name, value in pairs.items()}


ALIKE = likeness(_13=0.8, _23=0.7, _14=0.75, _24=0.75, _34=0.7)


def grouped(
    book: StoryBook, alike: Mapping[frozenset[int], float] = ALIKE, corrections: Corrections = NO_CORRECTIONS
) -> set[frozenset[int]]:
    book.update(library(), corrections=corrections, interpreter=Told(LANGUAGES, alike))
    return groups(book)


def groups(book: StoryBook) -> set[frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, story in book.stories().items():
        found.setdefault(story, set()).add(number)
    return set(map(frozenset, found.values()))


def ids(*numbers: int) -> frozenset[str]:
    return frozenset(one.id for one in library() if one.number in numbers)


@pytest.fixture
def book(tmp_path: Path) -> StoryBook:
    return StoryBook(tmp_path / "stories")


def test_a_storys_articles_in_other_languages_join_it(book: StoryBook) -> None:
    assert grouped(book) == {frozenset({1, 2, 3, 4})}
    first = min(library(), key=lambda one: one.id)
    assert set(book.stories().values()) == {f"s{first.id[:12]}"}


def test_two_articles_in_two_languages_make_a_story(book: StoryBook) -> None:
    assert grouped(book, likeness(_34=SURE)) == {frozenset({1, 2}), frozenset({3, 4})}
    assert grouped(book, likeness(_34=SURE - 0.01)) == {frozenset({1, 2})}


def test_of_a_story_most_articles_have_to_be_like_it(book: StoryBook) -> None:
    assert grouped(book, likeness(_13=0.9, _23=0.3)) == {frozenset({1, 2})}
    assert grouped(book, likeness(_13=0.9, _23=0.5)) == {frozenset({1, 2, 3})}


def test_no_chain_leads_to_what_is_not_alike(book: StoryBook) -> None:
    near = likeness(_13=0.9, _23=0.9, _34=0.7, _14=0.4, _24=0.4)
    assert LEAST > (0.7 + 0.4) / 2
    assert grouped(book, near) == {frozenset({1, 2, 3})}


def test_the_interpreter_is_not_asked_of_articles_far_apart_or_without_a_date(book: StoryBook) -> None:
    class Curious(Told):
        def likeness(self, pairs: Ints) -> np.ndarray:  # type: ignore[type-arg]
            asked.update(map(frozenset, pairs.tolist()))
            return super().likeness(pairs)

    asked: set[frozenset[int]] = set()
    book.update(library(DAYS + 0.1), interpreter=Curious(LANGUAGES, ALIKE))
    assert asked == {frozenset({3, 4})}
    asked.clear()
    book.update([entry(3, GERMAN, None)], interpreter=Curious(LANGUAGES, ALIKE))
    assert asked == set()


def test_what_the_user_said_goes_before(book: StoryBook) -> None:
    assert grouped(book, corrections=Corrections(out=ids(3))) == {frozenset({1, 2, 4})}
    assert grouped(book, corrections=Corrections(apart=frozenset({ids(1, 3)}))) == {frozenset({1, 2, 4})}
    assert grouped(book, corrections=Corrections(merged=(ids(1, 3),), apart=frozenset({ids(1, 3)}))) == {
        frozenset({1, 2, 3, 4})
    }
    assert grouped(book, {}, Corrections(merged=(ids(3, 4),))) == {frozenset({1, 2}), frozenset({3, 4})}
    assert grouped(book) == {frozenset({1, 2, 3, 4})}


def test_without_an_interpreter_all_is_as_if_there_had_been_none(book: StoryBook, tmp_path: Path) -> None:
    grouped(book)
    book.save()
    book = StoryBook.open(tmp_path / "stories")
    assert groups(book) == {frozenset({1, 2, 3, 4})}
    changes = book.update()
    assert groups(book) == {frozenset({1, 2})}
    assert changes.story_of.keys() >= {3, 4}
    book.save()
    assert groups(StoryBook.open(tmp_path / "stories")) == {frozenset({1, 2})}


@examples(40)
@given(st.frozensets(st.integers(0, 60), max_size=40))
def test_how_the_articles_of_one_language_are_grouped_stays(seeds: frozenset[int]) -> None:
    interpreter = Invented()
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        plain, across = StoryBook(Path(one)), StoryBook(Path(other))
        plain.update([invented(seed) for seed in seeds])
        across.update([invented(seed) for seed in seeds], interpreter=interpreter)
    languages = dict(zip(seeds, interpreter.languages(np.array(list(seeds), np.int64)).tolist(), strict=True))
    alone, told = plain.stories(), across.stories()
    for a, b in combinations(seeds, 2):
        if languages[a] == languages[b]:
            assert _together(alone, a, b) == _together(told, a, b)
        elif _together(alone, a, b):
            assert _together(told, a, b)


def _together(stories: Mapping[int, str], one: int, other: int) -> bool:
    return one in stories and stories[one] == stories.get(other)
