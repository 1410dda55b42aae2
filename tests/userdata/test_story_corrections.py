"""Corrections of stories: the latest word wins, and the dump keeps all of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ArticleId
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
    assert corrections.all().merged == (group(A, B), group(C, D))
    corrections.merge(subjects(B, C))
    assert corrections.all().merged == (group(A, B, C, D),)
    assert {s.id for s in store.subjects()} == {A, B, C, D}


def test_merging_takes_back_what_was_said_against_it(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.take_out(SUBJECTS[0])
    corrections.keep_apart(subjects(A, B, C))
    corrections.merge(subjects(A, B))
    assert corrections.all() == Corrections((group(A, B),), frozenset({group(A, C), group(B, C)}))


def test_keeping_apart_undoes_a_merge_of_the_same_articles_only(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B, C, D))
    corrections.keep_apart(subjects(A, B))
    assert corrections.all() == Corrections((group(C, D),), frozenset({group(A, B)}))
    corrections.keep_apart(subjects(C, E))
    assert corrections.all().merged == (group(C, D),)


def test_taking_out_leaves_the_rest_merged(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B, C))
    corrections.take_out(SUBJECTS[0])
    assert corrections.all() == Corrections((group(B, C),), out=group(A))
    corrections.merge(subjects(A, D))  # a group's name is free again when the article it came from has left
    assert corrections.all() == Corrections((group(A, D), group(B, C)))
    corrections.take_out(SUBJECTS[3])
    assert corrections.all() == Corrections((group(B, C),), out=group(D))


def test_forgetting(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(A, B, C))
    corrections.keep_apart(subjects(A, D))
    corrections.take_out(SUBJECTS[4])
    assert not corrections.forget([F])
    assert corrections.forget([A])
    assert corrections.all() == Corrections((group(B, C),), out=group(E))
    assert corrections.forget([B, E])
    assert corrections.all() == Corrections()


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


def test_articles_under_other_ids() -> None:
    said = Corrections((group(A, B), group(C, D)), frozenset({group(A, C), group(C, D)}), group(A))
    assert said.renamed({A: E, D: C}) == Corrections((group(E, B),), frozenset({group(E, C)}), group(E))


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
            found = corrections.all()
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


@examples(40)
@given(steps, st.dictionaries(st.sampled_from(["deals", "börse.de-1"]), st.text(st.characters(codec="utf-8"))))
def test_the_dump_gives_back_corrections_and_searches(said: list[tuple[str, set[int]]], saved: dict[str, str]) -> None:
    saved = {name: one_line(query) for name, query in saved.items()}
    with new_store() as store:
        for kind, chosen in said:
            correct(StoryCorrections(store), kind, chosen)
        for name, query in saved.items():
            Searches(store).save(name, query)
        before = StoryCorrections(store).all()
        lines = list(dump(store))
    assert all(line.isprintable() for line in lines)
    with new_store() as store:
        restore(store, parse_dump("\n".join(lines).split("\n")))
        assert (StoryCorrections(store).all(), Searches(store).all()) == (before, saved)
        assert {s.id for s in store.subjects()} >= before.ids()
        assert list(dump(store)) == lines


def test_the_lines_of_a_dump(store: Store) -> None:
    corrections = StoryCorrections(store)
    corrections.merge(subjects(C, B))
    corrections.keep_apart(subjects(A, E))
    corrections.take_out(SUBJECTS[3])
    Searches(store).save("deals", 'ev OR "great wall" 100%')
    Tags(store).change(subjects(A), ["mine"], [])
    assert list(dump(store)) == [
        "#newsreader-dump 1",
        '@deals ev OR "great wall" 100%25',
        f"apart {A} {E}",
        f"merged {B} {C}",
        f"out {D}",
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
    assert corrections.all() == Corrections((group(A, B),), out=group(F))
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
    assert corrections.all() == Corrections((group(A, B, C),), out=group(F))
    assert searches.all() == {"deals": "new", "more": "dumped"}
