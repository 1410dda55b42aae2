"""The book: what is grouped, that no path to a library matters, corrections, and its file."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from newsreader.article import ArticleId, StoryId
from newsreader.errors import Cancelled
from newsreader.stories.book import StoryBook
from newsreader.stories.corrections import Corrections
from newsreader.stories.entry import BookEntry
from tests.examples import examples
from tests.stories.interpreters import Invented
from tests.stories.invented import entry, invented

BRIDGE = (
    "Lundsvik harbour bridge closes for 14 weeks",
    "The council of Lundsvik closed the harbour bridge on Monday after divers found cracks in two of its piers. "
    "Repairs by the Norrholm shipyard will cost 3.5 million crowns, mayor Asta Berglind said.",
)
BRIDGE_REWORDED = (
    "Cracked piers shut Lundsvik's bridge",
    "Ferries replace the harbour bridge in Lundsvik until repairs end in 14 weeks. Divers had seen cracks in its "
    "piers; Norrholm shipyard asks 3.5 million crowns, according to mayor Berglind.",
)
ORCHARD = (
    "Late frost takes half of the Verrano cherry crop",
    "Growers in the Verrano valley lost half of their cherries when temperatures fell to minus 6 degrees on "
    "Sunday night. The cooperative of Pietra Alta asked the region for 20 million in aid.",
)
COUNCIL = (
    "Council of Lundsvik elects a new mayor",
    "Schoolteacher Per Lindqvist won the vote by two hands and takes office in September, in a town that argues "
    "about parking, school meals and a swimming pool.",
)


def groups(book: StoryBook) -> set[frozenset[int]]:
    by_story: dict[str, set[int]] = defaultdict(set)
    for number, story in book.stories().items():
        by_story[story].add(number)
    return {frozenset(numbers) for numbers in by_story.values()}


@pytest.fixture
def book(tmp_path: Path) -> StoryBook:
    return StoryBook(tmp_path / "stories")


def test_a_library_of_two_articles_has_one_story(book: StoryBook) -> None:
    changes = book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED, 1)])
    assert set(changes.story_of) == {1, 2}
    assert len(set(changes.story_of.values())) == 1
    assert changes.story_of[1] == "s" + entry(1, BRIDGE).id[:12]


def test_other_events_stay_alone(book: StoryBook) -> None:
    changes = book.update([entry(1, BRIDGE), entry(2, ORCHARD), entry(3, COUNCIL)])
    assert changes.story_of == {1: None, 2: None, 3: None}


def test_articles_without_a_date_are_grouped(book: StoryBook) -> None:
    book.update([entry(1, BRIDGE, None), entry(2, BRIDGE_REWORDED, None), entry(3, BRIDGE_REWORDED, 400)])
    assert groups(book) == {frozenset({1, 2, 3})}


def test_the_same_event_is_not_told_half_a_year_later(book: StoryBook) -> None:
    book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED, 180)])
    assert not book.stories()


def test_an_empty_update_of_an_empty_book(book: StoryBook) -> None:
    assert book.update().story_of == {}
    assert book.update([], [7]).story_of == {}


def test_articles_without_words(book: StoryBook) -> None:
    assert book.update([entry(1, ("", "")), entry(2, ("", ""))]).story_of == {1: None, 2: None}


def test_removal_ends_a_story(book: StoryBook) -> None:
    book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED)])
    assert book.update(removed=[1]).story_of == {2: None}


def test_a_changed_article_leaves_its_story(book: StoryBook) -> None:
    book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED)])
    assert book.update([entry(2, ORCHARD)]).story_of == {1: None, 2: None}


def test_one_number_for_two_articles_is_refused(book: StoryBook) -> None:
    with pytest.raises(ValueError, match="number"):
        book.update([entry(1, BRIDGE), entry(1, ORCHARD)])


# copies


FLOOD_DAY = -10_000.0


def test_a_flood_of_copies_is_a_story_and_leaves_the_others_as_they_are(book: StoryBook, small_limits: None) -> None:
    reports = [entry(1, BRIDGE), entry(2, BRIDGE_REWORDED, 1), entry(3, ORCHARD), entry(4, ORCHARD, 1)]
    book.update(reports)
    before = groups(book)
    assert before == {frozenset({1, 2}), frozenset({3, 4})}
    flood = range(10, 60)
    book.update(entry(n, BRIDGE, FLOOD_DAY) for n in flood)
    assert groups(book) == before | {frozenset(flood)}
    book.update(removed=[*flood][1:])
    assert groups(book) == before


def test_a_flood_of_copies_on_the_day_tears_no_story_apart(book: StoryBook, small_limits: None) -> None:
    book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED, 1), *(entry(n, BRIDGE) for n in range(10, 60))])
    assert groups(book) == {frozenset({1, 2, *range(10, 60)})}


def test_of_copies_one_can_be_taken_out_and_kept_apart(book: StoryBook) -> None:
    copies = [entry(n, BRIDGE) for n in range(1, 9)]
    book.update(copies)
    assert groups(book) == {frozenset(range(1, 9))}
    book.update(corrections=Corrections(out=frozenset({copies[2].id})))
    assert groups(book) == {frozenset({1, 2, 4, 5, 6, 7, 8})}
    book.update(corrections=Corrections(apart=frozenset({frozenset({copies[0].id, copies[7].id})})))
    assert not any({1, 8} <= group for group in groups(book))
    assert set().union(*groups(book)) >= set(range(2, 8))
    book.update(corrections=Corrections(merged=(frozenset({copies[0].id, copies[7].id}),)))
    assert groups(book) == {frozenset(range(1, 9))}
    book.save()
    book.update()
    assert groups(book) == {frozenset(range(1, 9))}


def test_copies_of_a_text_of_two_words_are_no_story(book: StoryBook) -> None:
    book.update(entry(n, ("", "and so and so")) for n in range(20))
    assert not book.stories()


# corrections


def test_merged_articles_are_one_story(book: StoryBook) -> None:
    one, other = entry(1, BRIDGE), entry(2, ORCHARD, 300)
    book.update([one, other], corrections=Corrections(merged=(frozenset({one.id, other.id}),)))
    assert groups(book) == {frozenset({1, 2})}
    book.update()
    assert not book.stories()


def test_articles_kept_apart_are_never_in_one_story(book: StoryBook) -> None:
    entries = [entry(1, BRIDGE), entry(2, BRIDGE_REWORDED), entry(3, BRIDGE)]
    apart = Corrections(apart=frozenset({frozenset({entries[0].id, entries[2].id})}))
    book.update(entries)
    book.update(corrections=apart)
    assert not any({1, 3} <= group for group in groups(book))
    book.update()
    assert groups(book) == {frozenset({1, 2, 3})}


def test_what_is_merged_goes_before_what_is_kept_apart(book: StoryBook) -> None:
    pair = frozenset({entry(1, BRIDGE).id, entry(2, ORCHARD).id})
    book.update([entry(1, BRIDGE), entry(2, ORCHARD)], corrections=Corrections((pair,), frozenset({pair})))
    assert groups(book) == {frozenset({1, 2})}


def test_an_article_taken_out_is_in_no_story(book: StoryBook) -> None:
    entries = [entry(1, BRIDGE), entry(2, BRIDGE_REWORDED), entry(3, BRIDGE)]
    out = Corrections(out=frozenset({entries[1].id, ArticleId("f" * 16)}))
    book.update(entries, corrections=out)
    assert groups(book) == {frozenset({1, 3})}


# no path matters


@examples(40, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_any_path_leads_to_the_same_stories(small_limits: None, data: st.DataObject) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        any_path(data, Path(one), StoryBook(Path(other)))


def any_path(data: st.DataObject, folder: Path, once: StoryBook) -> None:
    book = StoryBook(folder)
    present: dict[int, BookEntry] = {}
    told: dict[int, str | None] = {}
    ids = [invented(seed).id for seed in range(40)]
    some = st.frozensets(st.sampled_from(ids), min_size=2, max_size=2)
    corrections, interpreter = Corrections(), None
    for _ in range(data.draw(st.integers(1, 5))):
        added = {n: invented(n) for n in data.draw(st.sets(st.integers(0, 39), max_size=25))}
        removed = data.draw(st.sets(st.sampled_from(sorted(present)), max_size=10)) if present else set()
        removed -= added.keys()
        corrections = Corrections(
            tuple(data.draw(st.lists(some, max_size=2))),
            data.draw(st.frozensets(some, max_size=3)),
            data.draw(st.frozensets(st.sampled_from(ids), max_size=2)),
        )
        interpreter = data.draw(st.sampled_from([None, Invented()]))
        changes = book.update(added.values(), removed, corrections=corrections, interpreter=interpreter)
        present = {n: e for n, e in present.items() if n not in removed} | added
        if data.draw(st.booleans()):
            book.save()
            if data.draw(st.booleans()):
                book = StoryBook.open(folder)
        told = {n: story for n, story in (told | dict(changes.story_of)).items() if n in present}
    order = data.draw(st.permutations(sorted(present)))
    once.update([present[n] for n in order], corrections=corrections, interpreter=interpreter)
    assert book.stories() == once.stories()
    assert {n: story for n, story in told.items() if story} == once.stories()


def test_numbers_do_not_matter(book: StoryBook, tmp_path: Path) -> None:
    entries = [invented(seed) for seed in range(30)]
    book.update(entries)
    other = StoryBook(tmp_path)
    renumbered = [BookEntry(1000 - e.number, e.id, e.source, e.published, e.has_time, e.signature) for e in entries]
    other.update(renumbered)
    assert {1000 - number: story for number, story in other.stories().items()} == book.stories()


# file and interruption


def test_a_saved_book_opens_as_it_was(book: StoryBook, tmp_path: Path) -> None:
    book.update([invented(seed) for seed in range(20)])
    book.save()
    again = StoryBook.open(tmp_path / "stories")
    assert (again.token, len(again), again.stories()) == (book.token, 20, book.stories())
    again.update([invented(seed) for seed in range(20, 30)])
    book.update([invented(seed) for seed in range(20, 30)])
    assert again.stories() == book.stories()
    assert again.token != book.token


def test_a_missing_book_is_empty(tmp_path: Path) -> None:
    book = StoryBook.open(tmp_path / "nowhere")
    assert (book.token, len(book)) == ("", 0)


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_a_damaged_book_is_empty(book: StoryBook, tmp_path: Path, cut: int) -> None:
    book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED)])
    book.save()
    for path in (tmp_path / "stories").iterdir():
        content = path.read_bytes()
        path.write_bytes(content[:cut])
        assert StoryBook.open(tmp_path / "stories").token == "" or len(content) == len(content[:cut])
        path.write_bytes(content)
    assert StoryBook.open(tmp_path / "stories").token == book.token


def test_a_flipped_byte_is_damage_or_does_none(book: StoryBook, tmp_path: Path) -> None:
    book.update([invented(seed) for seed in range(20)])
    book.update(removed=[4])
    book.save()
    paths = [path for path in sorted((tmp_path / "stories").iterdir()) if path.stat().st_size]
    for path in paths:
        content = path.read_bytes()
        for place in {0, 3, len(content) // 3, len(content) // 2, len(content) - 1}:
            damaged = bytearray(content)
            damaged[place] ^= 0xFF
            path.write_bytes(damaged)
            again = StoryBook.open(tmp_path / "stories")
            assert again.token in ("", book.token)
            again.update([invented(30)])
        path.write_bytes(content)


def test_what_was_not_saved_is_not_there(book: StoryBook, tmp_path: Path) -> None:
    book.update([invented(seed) for seed in range(10)])
    book.save()
    killed = StoryBook.open(tmp_path / "stories")
    killed.update([invented(seed) for seed in range(10, 30)])
    again = StoryBook.open(tmp_path / "stories")
    assert (again.token, len(again)) == (book.token, 10)
    again.update([invented(seed) for seed in range(10, 14)])
    again.save()
    book.update([invented(seed) for seed in range(10, 14)])
    assert StoryBook.open(tmp_path / "stories").stories() == book.stories()


def test_saving_adds_to_the_files_what_is_new(book: StoryBook, tmp_path: Path) -> None:
    book.update([invented(seed) for seed in range(30)])
    book.save()
    columns = {path: path.read_bytes() for path in (tmp_path / "stories").iterdir() if path.suffix != ".json"}
    book.update([invented(30)])
    book.save()
    for path, content in columns.items():
        assert path.read_bytes().startswith(content)
    assert sum(path.stat().st_size - len(content) for path, content in columns.items()) < 4000


def test_files_full_of_what_is_gone_are_written_anew(book: StoryBook, tmp_path: Path) -> None:
    book.update([invented(seed) for seed in range(40)])
    book.save()
    before = {path.name: path.stat().st_size for path in (tmp_path / "stories").iterdir()}
    book.update(removed=range(25))
    book.save()
    after = {path.name: path.stat().st_size for path in (tmp_path / "stories").iterdir()}
    assert len(after) == len(before)
    assert sum(after.values()) < sum(before.values()) / 2
    again = StoryBook.open(tmp_path / "stories")
    assert (again.stories(), len(again)) == (book.stories(), 15)
    again.update([invented(seed) for seed in range(10)])
    book.update([invented(seed) for seed in range(10)])
    assert again.stories() == book.stories()


def test_members_of_some_stories(book: StoryBook) -> None:
    book.update([entry(1, BRIDGE), entry(2, BRIDGE_REWORDED), entry(3, ORCHARD), entry(4, ORCHARD)])
    stories = book.stories()
    assert book.members([stories[1], StoryId("s" + "0" * 12)]) == {stories[1]: [1, 2]}


def test_a_book_of_another_version_is_empty(book: StoryBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book.update([entry(1, BRIDGE)])
    book.save()
    monkeypatch.setattr("newsreader.stories.state.VERSION", 0)
    assert len(StoryBook.open(tmp_path / "stories")) == 0


def test_a_cancelled_update_changes_nothing(book: StoryBook) -> None:
    book.update([entry(1, BRIDGE)])
    token = book.token
    with pytest.raises(Cancelled):
        book.update([entry(2, BRIDGE_REWORDED)], cancelled=lambda: True)
    assert (book.token, len(book)) == (token, 1)
