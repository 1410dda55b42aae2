"""Corrections of stories: the latest word wins, and the dump keeps all of it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ArticleId
from newsreader.errors import UsageError
from newsreader.stories.corrections import Corrections
from newsreader.text.clean import one_line
from newsreader.userdata.dump import dump, parse_dump, restore
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags
from tests.examples import examples

SUBJECTS = [Subject(ArticleId(f"{n:016x}"), f"/news/{n}.txt".encode(), "", f"{n:032x}") for n in range(6)]
A, B, C, D, E, F = (subject.id for subject in SUBJECTS)


@contextmanager
def new_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as directory:
        store = Store.open(Path(directory) / "userdata.sqlite")
        yield store
        store.close()


@pytest.fixture
def store() -> Iterator[Store]:
    with new_store() as opened:
        yield opened


def group(*ids: ArticleId) -> frozenset[ArticleId]:
    return frozenset(ids)


def subjects(*ids: ArticleId) -> list[Subject]:
    return [subject for subject in SUBJECTS if subject.id in ids]


def test_merging_joins_what_was_merged_before(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B))
    corrections.merge(subjects(C, D))
    assert corrections.holding().merged == (group(A, B), group(C, D))
    corrections.merge(subjects(B, C))
    assert corrections.holding().merged == (group(A, B, C, D),)
    assert {s.id for s in store.subjects()} == {A, B, C, D}


def test_merging_takes_back_what_was_said_against_it(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.take_out(SUBJECTS[0])
    corrections.keep_apart(subjects(A, B, C))
    corrections.merge(subjects(A, B))
    assert corrections.holding() == Corrections((group(A, B),), frozenset({group(A, C), group(B, C)}))


def test_keeping_apart_undoes_a_merge_of_the_same_articles_only(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B, C, D))
    corrections.keep_apart(subjects(A, B))
    assert corrections.holding() == Corrections((group(C, D),), frozenset({group(A, B)}))
    corrections.keep_apart(subjects(C, E))
    assert corrections.holding().merged == (group(C, D),)


def test_taking_out_leaves_the_rest_merged(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B, C))
    corrections.take_out(SUBJECTS[0])
    assert corrections.holding() == Corrections((group(B, C),), out=group(A))
    corrections.merge(subjects(A, D))  # a group's name is free again when the article it came from has left
    assert corrections.holding() == Corrections((group(A, D), group(B, C)))
    corrections.take_out(SUBJECTS[3])
    assert corrections.holding() == Corrections((group(B, C),), out=group(D))


def test_forgetting(store: Store) -> None:
    corrections = StoryCorrections(store)
    merged = corrections.merge(subjects(A, B, C))
    apart = corrections.keep_apart(subjects(A, D))
    out = corrections.take_out(SUBJECTS[4])
    assert not corrections.forget([F])
    assert corrections.forget([A]) == [merged, apart]
    assert corrections.holding() == Corrections(out=group(E)), "nothing is left of a merge that was about the article"
    assert corrections.forget([B, E]) == [out]
    assert corrections.holding() == Corrections()


def test_forgetting_an_article_leaves_what_was_said_of_others(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B))
    corrections.merge(subjects(B, C))
    apart = corrections.keep_apart(subjects(D, E, F))
    assert [one.articles for one in corrections.forget([A, D])] == [group(A, B), group(D, E, F)]
    assert corrections.holding() == Corrections((group(B, C),), frozenset({group(E, F)}))
    corrections.put_back([apart])
    assert len(corrections.holding().apart) == 3


def test_each_can_be_taken_back_by_itself(store: Store) -> None:
    corrections = StoryCorrections(store)
    first = corrections.merge(subjects(A, B, C))
    second = corrections.take_out(SUBJECTS[1])
    third = corrections.keep_apart(subjects(A, C))
    assert corrections.said() == [first, second, third]
    holding = corrections.holding()
    assert [holding.honours(one) for one in (first, second, third)] == [False, True, True]
    assert corrections.revoke([second.id, "w000000000000"]) == [second]
    assert corrections.holding() == Corrections((), frozenset({group(A, C)}))
    corrections.revoke([third.id])
    assert corrections.holding() == Corrections((group(A, B, C),))
    corrections.put_back([second])
    assert corrections.holding() == Corrections((group(A, C),), out=group(B))


def test_the_latest_word_is_the_latest_with_a_clock_that_was_set_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrections = StoryCorrections(store)
    corrections.take_out(SUBJECTS[0])
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    corrections.merge(subjects(A, B))
    assert corrections.holding() == Corrections((group(A, B),))


def test_a_dump_from_elsewhere_is_not_of_the_future(store: Store) -> None:
    lines = ["#newsreader-dump 1", f"out w00000000000a {10**18 - 2} {A}", f"merged w00000000000b {10**18 - 1} {A} {B}"]
    restore(store, parse_dump(lines))
    corrections = StoryCorrections(store)
    assert corrections.holding() == Corrections((group(A, B),)), "in their order"
    said = corrections.take_out(SUBJECTS[0])
    assert corrections.holding().out == {A}
    assert abs(said.time / 1e6 - time.time()) < 3600


@pytest.mark.parametrize(
    "line",
    [
        f"merged {A}", f"apart {A}", f"out {A} {B}", f"apart {A}+{B} {C}", f"out w00000000000g 5 {A}",
        f"out w00000000000a 5 {A}+", f"out w00000000000a -5 {A}", f"merged w00000000000a 5 {A} {A}",
        f"merged w00000000000a 5 {A}++{B}", f"mergd w00000000000a 5 {A} {B}", f"out w00000000000a {10**18} {A}",
        f"apart w00000000000a 5 {' '.join(f'{n:016x}' for n in range(1_001))}",
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_named(line: str) -> None:
    with pytest.raises(UsageError, match="line 3"):
        parse_dump(["#newsreader-dump 1", "", line])


def test_what_another_tool_has_written_is_left_out(store: Store) -> None:
    said = StoryCorrections(store).merge(subjects(A, B))
    rows = [(None, None, None, None), ("w00000000000a", "out", "late", A), ("w00000000000b", "out", -1, A)]
    rows += [("w00000000000c", "out", 1, f"{A} {B}"), ("x", "out", 1, A), ("w00000000000d", "out", 10**18, A)]
    store.write_many("INSERT INTO corrections VALUES (?, ?, ?, ?)", rows)
    assert StoryCorrections(store).said() == [said]
    assert parse_dump(dump(store)).corrections == [said]


def test_what_would_take_for_ever_is_refused(store: Store) -> None:
    corrections = StoryCorrections(store)
    many = [Subject(ArticleId(f"{n:016x}"), b"/a", "", f"{n:032x}") for n in range(1_001)]
    with pytest.raises(UsageError, match="1,000 articles"):
        corrections.keep_apart(many)
    for _ in range(2):
        corrections.keep_apart(many[:1_000])
    with pytest.raises(UsageError, match="1,000,000 pairs"):
        corrections.keep_apart(many[:100])
    corrections.merge(many)
    assert len(corrections.said()) == 3


def test_a_correction_is_one_change(store: Store) -> None:
    revision = store.revision
    StoryCorrections(store).merge(subjects(A, B))
    assert store.revision == revision + 1


def test_the_correction_that_decides() -> None:
    said = Corrections((group(A, B),), frozenset({group(A, C), group(A, B)}), group(D))
    assert [said.between(A, other) for other in (B, C, D, E)] == ["merged", "apart", "out", None]
    assert Corrections().digest == ""
    assert said.digest == Corrections((group(B, A),), frozenset({group(B, A), group(C, A)}), group(D)).digest
    assert len({said.digest, Corrections(said.merged, said.apart).digest, Corrections(said.merged).digest, ""}) == 4


def test_articles_under_other_ids(store: Store) -> None:
    corrections = StoryCorrections(store)
    merged = corrections.merge(subjects(A, B))
    apart = corrections.keep_apart(subjects(C, D))
    out = corrections.take_out(SUBJECTS[0])
    assert [one.articles for one in (merged.renamed({A: E}), out.renamed({A: E}))] == [group(B, E), group(E)]
    assert not apart.renamed({D: C}).is_sound
    corrections.rename(A, E)
    corrections.rename(D, C)
    assert [(one.id, one.articles) for one in corrections.said()] == [(merged.id, group(B, E)), (out.id, group(E))]


places = st.integers(0, len(SUBJECTS) - 1)
several = st.sets(places, min_size=2, max_size=4)
steps = st.lists(
    st.tuples(st.sampled_from(["merge", "apart"]), several) | st.tuples(st.just("out"), st.sets(places, min_size=1)),
    max_size=8,
)


def correct(corrections: StoryCorrections, kind: str, chosen: set[int]) -> None:
    articles = [SUBJECTS[n] for n in chosen]
    if kind == "merge":
        corrections.merge(articles)
    elif kind == "apart":
        corrections.keep_apart(articles)
    else:
        for article in articles:
            corrections.take_out(article)


@examples(60)
@given(steps)
def test_nothing_contradicts_the_latest_word(said: list[tuple[str, set[int]]]) -> None:
    with new_store() as store:
        corrections = StoryCorrections(store)
        for kind, chosen in said:
            correct(corrections, kind, chosen)
            found = corrections.holding()
            ids = [SUBJECTS[n].id for n in chosen]
            if kind == "out":
                assert found.out >= set(ids)
            else:
                decided = {found.between(one, other) for one, other in combinations(ids, 2)}
                assert decided <= ({"merged"} if kind == "merge" else {"apart", "out"})
            members = [article for ids in found.merged for article in ids]
            assert len(members) == len(set(members))
            assert not found.out.intersection(members)
            assert not any(pair <= ids for ids in found.merged for pair in found.apart)


@examples(60)
@given(steps, st.data())
def test_without_one_it_is_as_if_that_had_never_been_said(
    said: list[tuple[str, set[int]]], data: st.DataObject
) -> None:
    wrong = data.draw(st.integers(0, max(0, len(said) - 1)))
    with new_store() as store, new_store() as never_said:
        ids = []
        for number, (kind, chosen) in enumerate(said):
            before = {one.id for one in StoryCorrections(store).said()}
            correct(StoryCorrections(store), kind, chosen)
            if number == wrong:
                ids = [one.id for one in StoryCorrections(store).said() if one.id not in before]
            else:
                correct(StoryCorrections(never_said), kind, chosen)
        gone = StoryCorrections(store).revoke(ids)
        assert StoryCorrections(store).holding() == StoryCorrections(never_said).holding()
        before_that = list(StoryCorrections(store).said())
        StoryCorrections(store).put_back(gone)
        StoryCorrections(store).revoke(ids)
        assert StoryCorrections(store).said() == before_that


@examples(40)
@given(steps, st.dictionaries(st.sampled_from(["deals", "börse.de-1"]), st.text(st.characters(codec="utf-8"))))
def test_the_dump_gives_back_corrections_and_searches(said: list[tuple[str, set[int]]], saved: dict[str, str]) -> None:
    saved = {name: one_line(query) for name, query in saved.items()}
    with new_store() as store:
        for kind, chosen in said:
            correct(StoryCorrections(store), kind, chosen)
        for name, query in saved.items():
            Searches(store).save(name, query)
        before = StoryCorrections(store).said()
        lines = list(dump(store))
    assert all(line.isprintable() for line in lines)
    with new_store() as store:
        restore(store, parse_dump("\n".join(lines).split("\n")))
        assert (StoryCorrections(store).said(), Searches(store).all()) == (before, saved)
        assert {s.id for s in store.subjects()} >= {article for one in before for article in one.articles}
        assert list(dump(store)) == lines


def test_the_lines_of_a_dump(store: Store) -> None:
    corrections = StoryCorrections(store)
    merged = corrections.merge(subjects(C, B, D), [group(D, C), group(B)])
    apart = corrections.keep_apart(subjects(A, E))
    out = corrections.take_out(SUBJECTS[3])
    Searches(store).save("deals", 'ev OR "great wall" 100%')
    Tags(store).change(subjects(A), ["mine"], [])
    assert list(dump(store)) == [
        "#newsreader-dump 1",
        '@deals ev OR "great wall" 100%25',
        f"apart {apart.id} {apart.time} {A} {E}",
        f"merged {merged.id} {merged.time} {B} {C}+{D}",
        f"out {out.id} {out.time} {D}",
        f"+mine -- {A} {0:032x} . /news/0.txt",
        f"-- {B} {1:032x} . /news/1.txt",
        f"-- {C} {2:032x} . /news/2.txt",
        f"-- {D} {3:032x} . /news/3.txt",
        f"-- {E} {4:032x} . /news/4.txt",
    ]


def test_restoring_replaces_what_is_said_of_the_dumped_articles(store: Store) -> None:
    corrections, searches = StoryCorrections(store), Searches(store)
    corrections.merge(subjects(A, B))
    searches.save("deals", "old")
    dumped = parse_dump(dump(store))
    corrections.keep_apart(subjects(A, B))
    corrections.take_out(SUBJECTS[5])
    searches.save("deals", "new")
    searches.save("mine", "kept")
    restore(store, dumped)
    assert corrections.holding() == Corrections((group(A, B),), out=group(F))
    assert searches.all() == {"deals": "old", "mine": "kept"}


def test_accumulating_takes_nothing_away(store: Store) -> None:
    corrections, searches = StoryCorrections(store), Searches(store)
    corrections.merge(subjects(A, B))
    searches.save("deals", "old")
    searches.save("more", "dumped")
    dumped = parse_dump(dump(store))
    corrections.forget([A])
    searches.delete("more")
    corrections.merge(subjects(B, C))
    corrections.take_out(SUBJECTS[5])
    searches.save("deals", "new")
    restore(store, dumped, accumulate=True)
    assert corrections.holding() == Corrections((group(A, B, C),), out=group(F))
    assert searches.all() == {"deals": "new", "more": "dumped"}
