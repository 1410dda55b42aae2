from __future__ import annotations

import json
import os
import tempfile
import zlib
from binascii import b2a_base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ArticleId
from newsreader.errors import UsageError
from newsreader.text.clean import one_line, sanitize
from newsreader.userdata.dump import HEADER, LONGEST_KEPT, dump, parse_dump, restore
from newsreader.userdata.marks import Mark, Marks
from newsreader.userdata.notified import Notified, SeenUpTo
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.tags import LONGEST_TAG, Tags, valid_tag
from newsreader.userdata.versions import FormerText, Versions, pack
from tests.examples import examples

ONE = Subject(ArticleId("1" * 16), b"/news/a.txt", "", "1" * 32)
TWO = Subject(ArticleId("2" * 16), b"/news/b.txt", "part 2", "2" * 32)


@contextmanager
def new_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as directory:
        store = Store.open(Path(directory) / "userdata.sqlite")
        yield store
        store.close()


def test_the_dump_is_one_readable_line_per_article() -> None:
    with new_store() as store:
        Tags(store).change([ONE], ["great wall", "-x", "100 %", "größe"], ["press"])
        Marks(store).set_flag([ONE], "read", True)
        Marks(store).set_note(TWO, "see\npage 2")
        assert list(dump(store)) == [
            "#newsreader-dump 1",
            f"+%2Dx +100%20%25 +great%20wall +größe -press =read -- {'1' * 16} {'1' * 32} . /news/a.txt",
            f"~see%0Apage%202 -- {'2' * 16} {'2' * 32} part%202 /news/b.txt",
        ]


def test_articles_without_anything_are_left_out() -> None:
    with new_store() as store:
        store.remember([ONE])
        assert list(dump(store)) == [HEADER]


def _usable(name: str) -> bool:
    try:
        return bool(valid_tag(name))
    except UsageError:
        return False


hostile = st.sampled_from(
    [
        "-",
        "--",
        "+",
        "=read",
        "~x",
        "%",
        "%41",
        "#",
        " -- ",
        "a -- b",
        "​x",
        "a\u3000b",
        "👩‍🚀",
        "\x85x",
        "'",
        '"',
        "\\",
        ".",
    ]
)
tag_names = (hostile | st.text(st.characters(codec="utf-8"), max_size=20)).filter(_usable).map(valid_tag)
paths = st.binary(min_size=1, max_size=20).filter(lambda p: b"\0" not in p).map(lambda p: b"/" + p)
hexadecimal = st.text("0123456789abcdef", min_size=32, max_size=32)
subjects = st.builds(
    lambda path, part, content: Subject(ArticleId(content[:16]), path, part, content),
    paths,
    st.sampled_from(["", "2", "a b", "."]),
    hexadecimal,
)
marks = st.builds(
    Mark,
    st.booleans(),
    st.booleans(),
    st.integers(0, 10**6),
    st.text(st.characters(codec="utf-8"), max_size=20).map(sanitize),
)
records = st.lists(
    st.tuples(subjects, st.dictionaries(tag_names, st.booleans(), max_size=4), marks),
    max_size=4,
    unique_by=lambda r: r[0].id,
)


@examples(60)
@given(records)
def test_restoring_a_dump_gives_back_everything(written: list[tuple[Subject, dict[str, bool], Mark]]) -> None:
    with new_store() as store:
        for subject, tags, mark in written:
            Tags(store).change(
                [subject], [t for t, there in tags.items() if there], [t for t, there in tags.items() if not there]
            )
            if mark != Mark():
                Marks(store).set_flag([subject], "read", mark.read)
                Marks(store).set_flag([subject], "starred", mark.starred)
                Marks(store).set_note(subject, mark.note)
                Marks(store).set_position(subject, mark.position)
        lines = list(dump(store))
        before = Tags(store).entries(), Marks(store).marks()
    assert all(line.isprintable() for line in lines)
    with new_store() as store:
        restore(store, parse_dump("\n".join(lines).split("\n")))
        assert (Tags(store).entries(), Marks(store).marks()) == before
        known = {subject.id: subject for subject in store.subjects()}
        assert all(known[s.id] == s for s, tags, mark in written if tags or mark != Mark())
        assert list(dump(store)) == lines


def test_folders_marks_of_notices_and_former_texts_come_back() -> None:
    former = FormerText("f" * 32, "Title ☂", ("One.", "Two."), "Me", None, False, "meta", 2, -5, 2_000_000_000)
    with new_store() as store:
        store.add_folders([Path("/news 1"), Path(os.fsdecode(b"/n\xff"))])
        Searches(store).save("deals", "ev")
        seen = {"deals": SeenUpTo("", 7, frozenset({ONE.id, TWO.id})), "old": SeenUpTo("abc", -1, frozenset())}
        for name, mark in seen.items():
            Notified(store).set([name], mark)
        store.remember([ONE])
        Versions(store).keep([(ONE.id, former), (ONE.id, former)], 10**6)
        lines = list(dump(store, folders=True, versions=10**9))
        short = list(dump(store, folders=True))
        assert short == lines[:-2]
        assert list(dump(store)) == [line for line in short if not line.startswith("folder ")]
        folders = store.folders()
    with new_store() as store:
        Versions(store).keep([(ONE.id, FormerText("e" * 32, "Other", ()))] * 3, 10**6)
        restore(store, parse_dump(lines))
        assert (store.folders(), Notified(store).all()) == (folders, seen)
        assert [(text, text.number) for text in Versions(store).of(ONE.id)] == [(former, 1), (former, 2)]
        assert list(dump(store, folders=True, versions=10**9)) == lines
        restore(store, parse_dump(short))  # says nothing of former texts
        assert Versions(store).counts() == {ONE.id: 2}


def test_the_longest_tag_survives() -> None:
    tag = "日" * LONGEST_TAG
    with new_store() as store:
        Tags(store).change([ONE], [tag], [])
        (article,) = parse_dump(dump(store)).articles
        assert article.tags == {tag: True}


def test_restoring_replaces_what_the_dumped_articles_have_and_leaves_others_alone() -> None:
    with new_store() as store:
        Tags(store).change([ONE], ["kept"], [])
        lines = list(dump(store))
        Tags(store).change([ONE, TWO], ["later"], [])
        Marks(store).set_flag([ONE], "read", True)
        restore(store, parse_dump(lines))
        assert Tags(store).entries() == {ONE.id: {"kept": True}, TWO.id: {"later": True}}
        assert Marks(store).mark(ONE.id) == Mark()


def test_accumulating_takes_nothing_away() -> None:
    with new_store() as store:
        Tags(store).change([ONE], ["dumped"], ["gone"])
        Marks(store).set_flag([ONE], "starred", True)
        lines = list(dump(store))
        Tags(store).change([ONE], ["later", "gone"], ["dumped"])
        Marks(store).set_flag([ONE], "starred", False)
        Marks(store).set_note(ONE, "mine")
        restore(store, parse_dump(lines), accumulate=True)
        assert Tags(store).entries() == {ONE.id: {"dumped": True, "later": True, "gone": True}}
        assert Marks(store).mark(ONE.id) == Mark(starred=True, note="mine")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1), ("+a -- x", 1), (f"{HEADER}\n\nnonsense", 3), (f"{HEADER}\n+a -- {'1' * 16} {'1' * 32} .", 2),
        (f"{HEADER}\n=odd -- {'1' * 16} {'1' * 32} . /a", 2), (f"{HEADER}\n+ -- {'1' * 16} {'1' * 32} . /a", 2),
        (f"{HEADER}\n+a -- {'z' * 16} {'1' * 32} . /a", 2),
        (f"{HEADER}\n@two%20words ev", 2), (f"{HEADER}\nfolder news", 2), (f"{HEADER}\nseen deals x", 2),
        (f"{HEADER}\nversion {'1' * 16} 1 0 0 {'1' * 32} eJw=", 2),
        (f"{HEADER}\nversion {'1' * 16} 1 0 0 {'1' * 32} !", 2), (f"{HEADER}\n=at:x -- {'1' * 16} {'1' * 32} . /a", 2),
        (f"{HEADER}\nmerged {'1' * 16}", 2), (f"{HEADER}\napart {'1' * 16}", 2),
        (f"{HEADER}\nout {'1' * 16} {'2' * 16}", 2), (f"{HEADER}\nmerged {'1' * 16} {'z' * 16}", 2),
        (f"{HEADER}\n+{'x' * (LONGEST_KEPT + 1)} -- {'1' * 16} {'1' * 32} . /a", 2),
        (f"{HEADER}\n+a -- {'1' * 16} {'1' * 32} . /a%00b", 2), (f"{HEADER}\nfolder /a%00b", 2),
        (f"{HEADER}\nfolder /news/../etc", 2), (f"{HEADER}\nseen deals %1B]0;x%07 5", 2),
        (f"{HEADER}\nseen deals . 999999999999", 2),
        (f"{HEADER}\nversion {'1' * 16} 1 0 999999999999999 {'1' * 32} eJw=", 2),
    ],
)  # fmt: skip
def test_what_is_no_dump_is_refused_with_the_line(text: str, line: int) -> None:
    with pytest.raises(UsageError, match=f"line {line}:"):
        parse_dump(text.split("\n"))


def test_a_dump_from_someone_else_brings_no_escapes() -> None:
    evil = "\x1b]0;PWNED\x07plain \u202etext\ud800"
    packed = b2a_base64(pack(FormerText("f" * 32, evil, (evil,), evil)), newline=False).decode()
    text = (
        f"{HEADER}\n@name ferry%1B[2J\n+tag%1B[2J ~note%1B[2J%C2%9B -- {'a' * 16} {'f' * 32} - a.txt\n"
        f"version {'a' * 16} 1 2 3 {'f' * 32} {packed}"
    )
    found = parse_dump(text.split("\n"))
    assert (list(found.articles[0].tags), found.articles[0].mark.note) == (["tag"], "note")
    former = found.versions[0][1]
    assert {former.title, former.author, *former.paragraphs} == {"plain text\ufffd"}
    with new_store() as store:
        restore(store, found)
        assert Searches(store).all() == {"name": "ferry"}


@pytest.mark.parametrize(
    "content", [[1, None, None, 0, "file", 1], ["t", [], None, 0, "file", 1], [], {}, ["t"] * 6, 3]
)
def test_a_former_text_of_another_shape_is_damaged(content: object) -> None:
    packed = b2a_base64(zlib.compress(json.dumps(content).encode()), newline=False).decode()
    with pytest.raises(UsageError, match="damaged"):
        parse_dump([HEADER, f"version {'a' * 16} 1 2 3 {'f' * 32} {packed}"])


names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=70)
numbers = st.integers(-(2**63), 2**63 - 1)


@examples(60)
@given(
    st.dictionaries(names | st.just("x" * 300), st.integers(0, 1), max_size=4),
    st.dictionaries(names | st.sampled_from(["a b", "a-b", "", "@x"]), names, max_size=4),
    st.lists(st.tuples(st.sampled_from(["1" * 16, "", "odd id", "F" * 16]), numbers, names), max_size=3),
    st.tuples(names, numbers, names),
    st.binary(max_size=5),
)
def test_whatever_another_tool_has_put_there_comes_out_as_lines_that_can_be_read(
    tags: dict[str, int],
    searches: dict[str, str],
    marked: list[tuple[str, int, str]],
    told: tuple[str, int, str],
    path: bytes,
) -> None:
    """Else no dump of such data could ever be restored."""
    with new_store() as store:
        store.write_many("INSERT INTO articles VALUES (?, ?, ?, ?)", [("1" * 16, path, told[0], "1" * 32)])
        store.write_many("INSERT OR IGNORE INTO articles VALUES (?, ?, '', 'x')", [(one[0], path) for one in marked])
        store.write_many("INSERT INTO tags VALUES (?, ?, ?)", [("1" * 16, *tag) for tag in tags.items()])
        store.write_many("INSERT INTO searches VALUES (?, ?)", searches.items())
        store.write_many("INSERT OR REPLACE INTO marks VALUES (?, 1, 0, ?, ?)", marked)
        store.write_many("INSERT INTO notified VALUES (?, ?, ?, ?)", [(told[0], told[2], told[1], "x y")])
        text = FormerText("1" * 32, "Title", ("Text.",))
        store.write_many("INSERT INTO versions VALUES (?, ?, 9, ?, ?, ?, ?)", [
            ("1" * 16, 1, text.fingerprint, told[1], told[1], pack(text)), ("odd", 1, "f" * 32, 0, 0, pack(text)),
        ])  # fmt: skip
        lines = list(dump(store, folders=True, versions=10**9))
    assert all(line.isprintable() for line in lines)
    found = parse_dump(lines)
    assert len(found.searches) == len(searches)
    assert {one_line(tag) for tag in tags} - {""} == {tag for article in found.articles for tag in article.tags}
    with new_store() as store:
        restore(store, found)
        assert parse_dump(dump(store, folders=True, versions=10**9)) == found


def test_a_former_text_from_someone_else_says_only_what_can_be_shown() -> None:
    def former(published: str | None, kind: str, words: int) -> FormerText:
        packed = pack(FormerText("f" * 32, "A\ntitle", ("Text.",), None, published, False, kind, words))
        line = f"version {'a' * 16} 1 2 3 {'f' * 32} {b2a_base64(packed, newline=False).decode()}"
        ((_, found),) = parse_dump([HEADER, line]).versions
        return found

    assert former("2021-03-26T00:00:00", "odd", -5).published == "2021-03-26T00:00:00+00:00"
    assert former("0001-01-01T00:00:00+14:00", "odd", -5).published is None
    assert (former(None, "odd", -5).date_from, former(None, "meta", -5).words) == ("file", 0)
    assert former(None, "meta", 1).title == "A title"


def test_comments_and_blank_lines_are_allowed() -> None:
    (article,) = parse_dump([HEADER, "# mine", "", f"+a -- {'1' * 16} {'1' * 32} . /a\r"]).articles
    assert article.subject == Subject(ArticleId("1" * 16), b"/a", "", "1" * 32)
