"""Relations, headlines and reasons, on exact texts."""

from __future__ import annotations

import pytest

from newsreader.article import ArticleId
from newsreader.stories.entry import BookEntry
from newsreader.stories.timeline import Member, Timeline, timelines, why
from newsreader.terms.signature import signature

SENTENCES = [
    f"On day {n} the crew of the ferry Solveig counted {n * 7} seals near skerry number {n + 3} and wrote it down."
    for n in range(12)
]
TEXT = " ".join(SENTENCES)


def member(number: int, title: str, text: str, published: float | None = 0.0) -> Member:
    entry = BookEntry(number, ArticleId(f"{number:016x}"), None, published, True, signature(title, [text]))
    return Member(entry, title, [text])


def timeline(members: list[Member]) -> Timeline:
    (found,) = timelines([members])
    return found


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (TEXT, "copy"),
        (TEXT.upper().replace(".", " !"), "copy"),
        (" ".join(SENTENCES[:10]) + " Nobody knows where the others went that winter.", "near-copy"),
        (" ".join(SENTENCES[:4]), "near-copy"),
        (SENTENCES[0], "same-story"),
        ("Seals near the ferry Solveig were counted by its crew again this winter.", "same-story"),
    ],
)
def test_relation_to_the_first(text: str, relation: str) -> None:
    places = timeline([member(2, "Crew counts", text, 9.0), member(1, "Seals counted", TEXT, 3.0)]).places
    assert [(p.number, p.relation, p.closest) for p in places] == [(1, "first", None), (2, relation, 1)]
    assert places[0].similarity == 1.0
    assert 0.0 < places[1].similarity <= 1.0


def test_the_closest_earlier_article_counts() -> None:
    other = "Solveig's crew counts seals. The ferry company pays them nothing for it, and they like it that way."
    places = timeline([member(1, "a", TEXT, 1.0), member(2, "b", other, 2.0), member(3, "c", other, 3.0)]).places
    assert [(p.relation, p.closest) for p in places] == [("first", None), ("same-story", 1), ("copy", 2)]


def test_undated_articles_come_last_and_ids_break_ties() -> None:
    members = [member(3, "c", "x"), member(1, "a", "y", None), member(2, "b", "z")]
    assert [place.number for place in timeline(members).places] == [2, 3, 1]


def test_articles_without_text_are_compared_by_title() -> None:
    assert timeline([member(1, "Same title", ""), member(2, "Same title", "")]).places[1].relation == "copy"
    assert timeline([member(1, "", ""), member(2, "", "")]).places[1].similarity in (0.0, 1.0)


def test_the_headline_is_the_most_central() -> None:
    titles = ["Good morning from the coast", "Ferry crew counts seals near skerry", "You will not believe this"]
    found = timeline([member(n, title, TEXT, float(n)) for n, title in enumerate(titles)])
    assert found.headline == titles[1]


def test_why_names_what_is_shared() -> None:
    reasons = why(
        member(1, "Ferry Solveig aground", "The ferry Solveig struck a skerry with 212 passengers."),
        member(2, "212 rescued", "All 212 passengers left the Solveig after the ferry struck ground."),
    )
    assert "Solveig" in reasons.names
    assert reasons.figures == ("212",)
    assert "passengers" in reasons.words
    assert 0.0 < reasons.similarity <= 1.0


def test_why_gives_figures_whole_and_takes_no_beginning_of_a_sentence_for_a_name() -> None:
    reasons = why(
        member(1, "Fine for grain firm", "Explosion at the silo at 5:42. An explosion cost Orrin 180,000. I saw 6."),
        member(2, "Orrin fined", "Explosion at 5:42 in the silo, and a fine of 180,000 for Orrin. I saw 42 explosion."),
    )
    assert set(reasons.figures) == {"5:42", "180,000"}
    assert reasons.names == ("Orrin",)
    assert "explosion" in reasons.words
