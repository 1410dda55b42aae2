from __future__ import annotations

import numpy as np
import pytest

from newsreader.compare import meaning
from newsreader.compare.comparison import compare
from newsreader.compare.meaning import paired_by_meaning
from newsreader.compare.model import ComparedText, Fact, Row
from newsreader.compare.time_budget import Clock
from newsreader.errors import Cancelled
from tests.compare.translated import ENGLISH, FRENCH, GERMAN, NEWS, Dictionary

LEFT = ComparedText("Lighthouse lit again", ENGLISH, "en")
RIGHT = ComparedText("Leuchtturm soll leuchten", GERMAN, "de")


def test_articles_in_two_languages_are_aligned_by_meaning() -> None:
    found = compare(LEFT, RIGHT, encoder=Dictionary())
    texts = [
        (
            row.kind,
            [found.left_sentences[i].text[:14] for i in row.left],
            [found.right_sentences[j].text[:14] for j in row.right],
        )
        for row in found.rows
    ]
    assert texts == [
        ("reworded", ["Lighthouse lit"], ["Leuchtturm sol"]),
        ("reworded", ["The lighthouse"], ["Der Leuchtturm"]),
        ("reworded", ["The repairs co"], ["Die Reparature"]),
        ("reworded", ["Keeper Iris Ho", "It tells of a "], ["Leuchtturmwärt"]),
        ("right-only", [], ["Fischer hatten"]),
        ("reworded", ["Visitors will "], ["Sonntags werde"]),
        ("left-only", ["A school in Lo"], []),
    ]
    assert (found.languages_differ, found.by_meaning, found.complete) == (True, True, True)
    assert all(not row.left_changes and not row.right_changes for row in found.rows)
    assert Fact("number", "1.2 million", "1,2 Millionen", 2, False) in found.facts
    assert not any(fact.differs for fact in found.facts)


def test_without_an_encoder_nothing_is_made_up() -> None:
    found = compare(LEFT, RIGHT)
    assert (found.languages_differ, found.by_meaning) == (True, False)
    assert found.summary.same == found.summary.reworded == 0
    assert not found.facts


def test_texts_in_one_language_need_no_encoder() -> None:
    encoder = Dictionary()
    found = compare(LEFT, ComparedText(None, (*NEWS, ENGLISH[1]), "de"), encoder=encoder)
    assert (found.by_meaning, encoder.loaded, found.summary.same) == (False, 0, 1)


def test_sides_swapped_give_the_mirrored_answer() -> None:
    def sides(rows: tuple[Row, ...]) -> set[tuple[object, ...]]:
        return {(row.kind, row.left, row.right, row.similarity) for row in rows if row.left and row.right}

    there, back = (compare(a, b, encoder=Dictionary()).rows for a, b in ((LEFT, RIGHT), (RIGHT, LEFT)))
    assert sides(there) == {(kind, right, left, cosine) for kind, left, right, cosine in sides(back)}


def test_what_is_less_alike_is_related_and_the_rest_is_not_said() -> None:
    texts = (
        ["lighthouse lit dark", "council repairs cost", "wreck"],
        ["Leuchtturm Wrack", "Rat Reparaturen Winter", "Lied"],
    )
    pairs, complete = paired_by_meaning(texts, (range(3), range(3)), Dictionary(), clock=Clock(60))
    assert [(pair.left, pair.right, pair.kind) for pair in pairs] == [
        ((1,), (1,), "reworded"),
        ((2,), (0,), "reworded"),
    ]
    assert complete
    pairs, _ = paired_by_meaning(texts, ([0], [0, 2]), Dictionary(), clock=Clock(60))
    assert [(pair.right, pair.kind, pair.similarity) for pair in pairs] == [((0,), "related", 0.408)]
    assert paired_by_meaning(texts, ([0], [1, 2]), Dictionary(), clock=Clock(60)) == ([], True)


def test_names_do_not_make_sentences_alike() -> None:
    texts = ["Iris Holm cellar wreck", "wreck"], ["Iris Holm Lied Wrack", "Boje"]
    ((pair,), _) = paired_by_meaning(texts, (range(2), range(2)), Dictionary(), clock=Clock(60))
    assert (pair.left, pair.right, pair.similarity) == ((1,), (0,), 0.707)
    ((pair,), _) = paired_by_meaning((["Iris Holm"], ["Iris Holm"]), ([0], [0]), Dictionary(), clock=Clock(60))
    assert pair.similarity == 1


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("school pay 3 percent", "Schule zahlen 3 Prozent", "reworded"),
        ("school pay 3 percent", "Schule zahlen 5 Prozent", "related"),
        ("school pay 3 percent of 40", "Schule zahlen 3 Prozent von 400", "related"),
        ("school pay 3 percent", "Schule zahlen 40 Euro", "reworded"),
        ("school pay in 2019", "Schule zahlen", "reworded"),
    ],
)
def test_sentences_of_other_figures_are_only_related(left: str, right: str, kind: str) -> None:
    ((pair,), _) = paired_by_meaning(([left], [right]), ([0], [0]), Dictionary(), clock=Clock(60))
    assert pair.kind == kind


def test_a_title_goes_with_a_title_only() -> None:
    texts = ["Lighthouse lit again", "School song"], ["Schule", "Leuchtturm soll leuchten"]
    assert paired_by_meaning(texts, (range(2), range(2)), Dictionary(), clock=Clock(60), titles=True)[0] == []
    assert len(paired_by_meaning(texts, (range(2), range(2)), Dictionary(), clock=Clock(60))[0]) == 2


def test_equal_sentences_need_no_meaning() -> None:
    quoted = "„Ich war's nicht“, sagte Jan Wiek."
    left, right = ComparedText(None, (*ENGLISH, quoted), "en"), ComparedText(None, (*FRENCH, quoted, *FRENCH), "fr")
    assert compare(left, right, encoder=Dictionary()).summary.same == 1


def test_long_texts_are_read_as_far_as_time_and_limits_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MANY", 2)
    texts = ["song", "winter", "lighthouse"], ["Lied", "Winter", "Leuchtturm"]
    pairs, complete = paired_by_meaning(texts, (range(3), range(3)), Dictionary(), clock=Clock(60))
    assert (len(pairs), complete) == (2, False)
    assert paired_by_meaning(texts, (range(3), range(3)), Dictionary(), clock=Clock(0)) == ([], False)
    with pytest.raises(Cancelled):
        paired_by_meaning(texts, (range(3), range(3)), Dictionary(), clock=Clock(60, lambda: True))


def test_the_dictionary_is_an_encoder() -> None:
    vectors = Dictionary().encode(ENGLISH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
