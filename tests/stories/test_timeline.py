"""Relations, headlines and reasons, on exact texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsreader.article import ArticleId
from newsreader.errors import Cancelled
from newsreader.stories import timeline as of_stories
from newsreader.stories.chronology import Appearance
from newsreader.stories.entry import BookEntry
from newsreader.stories.neighbours import ALL_COMPARED, NEIGHBOURS
from newsreader.stories.term_vector import TermVector
from newsreader.stories.timeline import Member, Timeline, long_timeline, timelines, why
from newsreader.terms.signature import SHINGLES_COMPARED, compared_shingles, signature

SENTENCES = [
    f"On day {n} the crew of the ferry Solveig counted {n * 7} seals near skerry number {n + 3} and wrote it down."
    for n in range(12)
]
TEXT = " ".join(SENTENCES)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def member(number: int, title: str, text: str, published: float | None = 0.0) -> Member:
    article = ArticleId(f"{number:016x}")
    entry = BookEntry(number, article, None, published, True, signature(title, [text]))
    when = None if published is None else EPOCH + timedelta(seconds=published)
    return Member(entry, Appearance(article, when, True, None, len(text.split())), title, [text])


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


# dates that are nobody's

DAY = 86_400.0
IN_1999 = 10_592 * DAY  # 1 January
IN_2026 = 20_732 * DAY


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        ([IN_1999, IN_2026, IN_2026 + DAY], [1, 2, 0]),
        ([IN_1999] * 3 + [IN_2026], [3, 0, 1, 2]),  # a turn of a year
        ([IN_1999 + 100 * DAY, IN_2026, IN_2026], [1, 2, 0]),
        ([0.0, IN_1999, IN_2026], [2, 0, 1]),
        ([IN_1999, IN_2026, None], [1, 0, 2]),
        ([IN_1999 + 100 * DAY] * 3 + [IN_2026], [0, 1, 2, 3]),  # the later one is the odd one
        ([IN_1999, IN_1999 + DAY, IN_2026], [0, 1, 2]),
        ([IN_2026 - 300 * DAY, IN_2026, IN_2026], [0, 1, 2]),
        ([IN_1999], [0]),
        ([None, None], [0, 1]),
        ([-(6.0 * 10**10), IN_2026, IN_2026], [1, 2, 0]),
    ],
)
def test_a_date_long_before_all_others_makes_no_first(dates: list[float | None], order: list[int]) -> None:
    members = [member(n, f"Title {n}", f"{TEXT} {n}", when) for n, when in enumerate(dates)]
    places = timeline(members).places
    assert [place.number for place in places] == order
    assert [place.relation == "first" for place in places] == [True, *[False] * (len(order) - 1)]


# one day


def of_one_day(number: int, text: str, *, day: int = 0) -> Member:
    """An article that states only its day."""
    whole = member(number, f"Title {number}", text, day * DAY)
    return replace(whole, appearance=replace(whole.appearance, has_time=False))


OTHER = " ".join(
    f"In spring the keeper of light {n} saw {n * 5} geese and told the ferry's crew of them." for n in range(9)
)


def test_articles_of_one_day_share_the_first_place() -> None:
    places = timeline([of_one_day(1, TEXT), of_one_day(2, OTHER), of_one_day(3, "Ferry: seals, geese.", day=1)]).places
    assert {p.number: p.relation for p in places} == {1: "first", 2: "first", 3: "same-story"}
    assert places[1].closest == places[0].number
    assert 0 < places[1].similarity < 1


@pytest.mark.parametrize("sentences", [2, 4, 9])
def test_who_is_contained_in_an_article_of_that_day_was_before_it(sentences: int) -> None:
    part = " ".join(SENTENCES[:sentences])
    for members in ([of_one_day(1, TEXT), of_one_day(2, part)], [of_one_day(1, part), of_one_day(2, TEXT)]):
        places = timeline(members).places
        longer = max(members, key=lambda one: one.appearance.words).entry.number
        assert [p.number for p in places] == [3 - longer, longer]
        assert [p.relation == "first" for p in places] == [True, False]


def test_a_sentence_in_common_tells_nothing() -> None:
    places = timeline([of_one_day(1, TEXT), of_one_day(2, f"{OTHER} {SENTENCES[0]}")]).places
    assert [p.relation for p in places] == ["first", "first"]


def test_how_much_of_a_text_was_taken_over() -> None:
    own = [f"Nobody at the harbour of Alder had seen number {n} before, said clerk {n * 3}." for n in range(12)]
    texts = [TEXT, " ".join([*SENTENCES[:5], *own[:8]]), " ".join(own[:8] + SENTENCES[:1])]
    places = timeline([member(n, f"Title {n}", text, float(n)) for n, text in enumerate(texts)]).places
    assert [p.relation for p in places] == ["first", "same-story", "near-copy"]
    assert 0.4 < places[1].taken < 0.6
    assert places[2].closest == 1


# long stories


def chain(count: int) -> list[Member]:
    return [member(n, f"Link {n}", " ".join(f"z{2 * n + k}" for k in range(60)), float(n)) for n in range(count)]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often texts are read in full, samples are held against each other, and vectors."""
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            counts[name] += 1
            return function(*arguments)

        return call

    monkeypatch.setattr(of_stories, "compared_shingles", counted("read", compared_shingles))
    for kind, method in ((of_stories._Sample, "shared"), (TermVector, "cosine")):
        monkeypatch.setattr(kind, method, counted(method, getattr(kind, method)))
    return counts


def test_a_thousand_copies_are_one_text(work: Counter[str]) -> None:
    members = [member(n, "Seals", TEXT, float(n)) for n in range(1_000)]
    places = timeline(members).places
    assert [(p.relation, p.closest, p.similarity) for p in places[1:]] == [("copy", 0, 1.0)] * 999
    assert work.total() <= 5


@pytest.mark.parametrize("count", [400, 800])
def test_the_work_grows_with_the_members_and_not_with_their_pairs(count: int, work: Counter[str]) -> None:
    places = timeline(chain(count)).places
    assert [(p.relation, p.closest) for p in places] == [("first", None), *(("near-copy", n) for n in range(count - 1))]
    assert work["read"] == count
    assert work["shared"] <= 2 * NEIGHBOURS * count
    assert work["cosine"] <= 2 * count  # of titles and texts with the whole


def test_one_more_in_a_long_story_is_looked_at_alone(work: Counter[str]) -> None:
    members = chain(400)
    (whole,) = timelines([members])
    before = timelines([members[:-1]])
    known = {place.number: place for place in next(iter(before)).places}
    work.clear()
    read: list[int] = []

    def paragraphs(of: Member) -> Sequence[str]:
        read.append(of.entry.number)
        return members[of.entry.number].paragraphs

    bare = [replace(of, paragraphs=()) for of in members]
    assert long_timeline(bare, known, paragraphs) == whole
    assert work["read"] <= NEIGHBOURS
    assert len(read) <= 2 * NEIGHBOURS
    read.clear()
    assert long_timeline(bare, {}, paragraphs) == whole
    assert {*read} == {*range(400)}


def test_an_earlier_one_more_changes_the_places_of_the_later(work: Counter[str]) -> None:
    members = chain(300)
    known = {place.number: place for place in timeline(members[1:]).places}
    assert long_timeline(members, known, lambda of: of.paragraphs) == timeline(members)


def of_one_signature(seed: int, changed: int | None = None) -> str:
    """Some of 2,000 words; changed is one that the sample of the text has no shingle of."""
    words = [f"w{seed}x{n}" for n in range(2_000)]
    if changed is not None:
        words[changed] = "otherwise"
    return " ".join(words)


def test_a_copy_of_a_later_variant_is_one_of_that_also_where_the_others_are_known() -> None:
    whole = signature("Tide", [of_one_signature(0)])
    at = next(n for n in range(2_000) if signature("Tide", [of_one_signature(0, n)]) == whole)
    texts = [of_one_signature(0), of_one_signature(0, at), of_one_signature(0, at)]
    members = [member(n, "Tide", text, float(n)) for n, text in enumerate(texts)]
    known = {place.number: place for place in timeline(members[:2]).places}
    found = long_timeline(members, known, lambda of: of.paragraphs)
    assert found == timeline(members)
    assert found.places[2].closest == 1


def test_a_story_that_grows_long_is_looked_at_anew(work: Counter[str]) -> None:
    members = chain(ALL_COMPARED + 1)
    known = {place.number: place for place in timeline(members[:-1]).places}
    work.clear()
    assert long_timeline(members, known, lambda of: of.paragraphs) == timeline(members)
    assert work["read"] == 2 * len(members)


def test_a_long_text_is_compared_by_a_sample() -> None:
    words = [f"w{n}" for n in range(60_000)]
    long, changed = " ".join(words), " ".join([*words[:45_000], *(f"v{n}" for n in range(15_000))])
    (place,) = timeline([member(1, "a", long, 1.0), member(2, "b", changed, 2.0)]).places[1:]
    assert (place.relation, round(place.similarity, 1)) == ("near-copy", 0.6)
    assert len(compared_shingles("", [long])[0]) <= SHINGLES_COMPARED


def test_a_timeline_can_be_cancelled() -> None:
    asked: list[None] = []

    def later() -> bool:
        asked.append(None)
        return len(asked) > 4

    with pytest.raises(Cancelled):
        list(timelines([chain(400)], later))
