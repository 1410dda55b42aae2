from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.doctor import check
from tests.builders import HARBOUR, Library, Ran

SILENT = Ran(0, b"", "")


def test_bulk_tagging_by_query(news: Library) -> None:
    assert news.run("tag", "+sea", "+two words", "--", "ferry") == SILENT
    assert news.run("tag", "-sea", "+land", "--", "title:harbour") == SILENT
    assert news.tags("tarn-post/ferry.txt") == ("land", "two words")
    assert news.tags("alder-review/sails.txt") == ("sea", "two words")
    assert news.run("tag", "--list").text.split() == ["1", "land", "1", "sea", "2", "two", "words"]
    listed = news.run("tag", "--list", "--format", "json").json
    assert listed == {
        "schema": 1,
        "tags": [{"tag": "land", "articles": 1}, {"tag": "sea", "articles": 1}, {"tag": "two words", "articles": 2}],
    }


def test_a_query_behind_the_hyphens_may_begin_with_one(news: Library) -> None:
    assert news.run("tag", "+x", "--", "-harbour", "captain") == SILENT
    assert news.found("tag:x") == {"alder-review/sails.txt"}
    assert news.engine.shelf().counts.tags == (("x", 1),)


@pytest.mark.parametrize("tag", ["hot", "help", "list", "q", "h", "-x"])
def test_tags_to_remove_may_look_like_options(news: Library, tag: str) -> None:
    news.engine.marking.tag([news.id("orchards.txt")], [tag])
    assert news.run("tag", f"-{tag}", "+other", "--", "frost") == SILENT
    assert news.tags("orchards.txt") == ("other",)


@pytest.mark.parametrize("tag", ["emoji 👩‍🚀", 'quo"te', "it's", "a,b", "100 %", "+plus", "größe"])
def test_odd_names(news: Library, tag: str) -> None:
    assert news.run("tag", f"+{tag}", "--", "frost") == SILENT
    assert news.tags("orchards.txt") == (tag,)


def test_all_articles_take_a_star(news: Library) -> None:
    assert news.run("tag", "+all", "--", "*") == SILENT
    assert news.engine.shelf().counts.tags == (("all", 4),)


def test_a_dry_run_names_what_it_would_tag(news: Library) -> None:
    ran = news.run("tag", "--dry-run", "+x", "--", "frost")
    assert ran.code == 0
    assert "Late frost hits orchards" in ran.text
    assert "1 article would get +x" in ran.err
    assert news.engine.shelf().counts.tags == ()


def test_no_match_tags_nothing(news: Library) -> None:
    assert news.run("tag", "+x", "--", "zebra").code == 1
    assert news.run("tag", "+x", "--", "zebra frost").code == 1  # not what matches only in part either
    assert news.engine.shelf().counts.tags == ()


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["frost"], ["--", "frost"], ["+x"], ["+x", "--"], ["+x", "--", "date:soon"], ["+ ", "--", "frost"],
        ["--list", "--dump"], ["--restore", "a", "b"],
    ],
)  # fmt: skip
def test_wrong_usage(news: Library, arguments: list[str]) -> None:
    ran = news.run("tag", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("newsreader: ")
    assert news.engine.shelf().counts.tags == ()


def test_dump_and_restore(news: Library) -> None:
    news.run("tag", "+sea", "+two words", "--", "ferry")
    news.engine.marking.set_flag([news.id("orchards.txt")], "starred", True)
    dumped = news.run("tag", "--dump")
    assert len(dumped.text.splitlines()) == 4
    target = news.home / "tags.dump"
    assert news.run("tag", "--dump", str(target)) == SILENT
    assert target.read_bytes() == dumped.out

    news.run("tag", "-sea", "+later", "--", "ferry")
    assert news.run("tag", "--restore", "--dry-run", str(target)).code == 0
    assert news.tags("tarn-post/ferry.txt") == ("later", "two words")
    assert news.run("tag", "--restore", "--accumulate", str(target)) == SILENT
    assert news.tags("tarn-post/ferry.txt") == ("later", "sea", "two words")
    assert news.run("tag", "--restore", stdin=dumped.text) == SILENT
    assert news.tags("tarn-post/ferry.txt") == ("sea", "two words")
    assert news.run("tag", "--dump").out == dumped.out


def test_a_dump_finds_its_articles_in_a_new_library(news: Library) -> None:
    news.run("tag", "+sea", "--", "ferry")
    dumped = news.run("tag", "--dump")
    news.engine.close()
    news.locations.data.rename(news.home / "lost")
    assert news.run("doctor", "--begin-anew").code == 0
    assert news.run("tag", "--restore", stdin=dumped.text) == SILENT
    assert news.run("index", "--rebuild", str(news.folder)) == SILENT
    news.reopen()
    assert news.found("tag:sea") == {"tarn-post/ferry.txt", "alder-review/sails.txt"}


def test_what_is_no_dump_is_refused_whole(news: Library) -> None:
    for text in ("", "nonsense", "#newsreader-dump 1\n+a -- x\n"):
        ran = news.run("tag", "--restore", stdin=text)
        assert (ran.code, ran.out) == (2, b"")
        assert "stdin: line " in ran.err
    ran = news.run("tag", "--restore", "/nowhere.dump")
    assert ran.code == 74
    assert "/nowhere.dump" in ran.err


def test_folders_of_a_dump_are_added_only_on_request(news: Library) -> None:
    dumped = "#newsreader-dump 1\nfolder /etc\nfolder /home/me/%1B]0;pwn%07\n"
    ran = news.run("tag", "--restore", stdin=dumped)
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == (
        "newsreader: 2 folders of the dump not added to the library (/etc, /home/me/\\x1b]0;pwn\\x07);"
        " --folders adds them\n"
    )
    assert news.engine.folders() == [news.folder]
    assert news.run("tag", "--restore", "--folders", stdin=dumped) == SILENT
    assert Path("/etc") in news.engine.folders()


@pytest.mark.parametrize("revision", ["9" * 15, "9" * 13, "9" * 40])
def test_the_revision_of_a_dump_from_outside_hides_no_dump_of_our_own(news: Library, revision: str) -> None:
    ran = news.run("tag", "--restore", stdin=f"#newsreader-dump 1\n#revision {revision}\n@ev electric\n")
    assert ran == SILENT
    assert news.engine.store.revision < 100
    for _ in range(3):
        news.index()
        assert len(list(news.locations.dumps.iterdir())) == 1


def test_dumps_of_a_revision_beyond_all_are_seen_and_removed_like_others(news: Library) -> None:
    """An older program took whatever a dump said."""
    news.engine.store.advance(999_999_999_999_999)
    for number in range(3):
        news.run("tag", f"+t{number}", "--", "ferry")
        news.index()
        news.index()
        assert len(list(news.locations.dumps.iterdir())) == 1
    assert "trouble" not in {finding.level for finding in check(news.engine)}


def test_a_tag_that_is_too_long_for_new_ones_can_be_taken_away_and_renamed(news: Library) -> None:
    long = "x" * 300
    article = news.id("tarn-post/ferry.txt")
    news.engine.store.write_many("INSERT INTO tags VALUES (?, ?, 1)", [(article, long), (article, f"{long}y")])
    assert long in news.run("tag", "--list").text
    assert news.run("tag", f"-{long}", "--", "ferry").code == 0
    assert news.run("tag", "--rename", f"{long}y", "short").code == 0
    assert news.tags("tarn-post/ferry.txt") == ("short",)


def test_renaming(news: Library) -> None:
    news.run("tag", "+sea", "--", "ferry")
    assert "would be" in news.run("tag", "--rename", "sea", "water", "--dry-run").err
    assert news.run("tag", "--rename", "sea", "water").code == 0
    assert news.engine.shelf().counts.tags == (("water", 2),)
    ran = news.run("tag", "--rename", "sea", "water")
    assert ran.code == 1
    assert "'sea'" in ran.err


def test_what_is_wrong_in_a_dump_is_told_with_file_and_line_and_nothing_is_taken(news: Library, tmp_path: Path) -> None:
    path = tmp_path / "evil\ndump"
    path.write_text("#newsreader-dump 1\n@ev electric\nseen ev %1B]0;x%07 5\n")
    ran = news.run("tag", "--restore", str(path))
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"newsreader: {tmp_path}/evil\\ndump: line 3: ")
    assert news.engine.searching.saved_searches() == {}


def test_a_dump_finds_edited_articles_in_a_library_that_was_indexed_before(news: Library) -> None:
    news.run("tag", "+sea", "--", "harbour")
    news.write(
        "tarn-post/ferry.txt", HARBOUR + "\nAn addition.\n", age=30
    )  # keeps its id, which its content has no more
    news.index()
    dumped = news.run("tag", "--dump")
    news.engine.close()
    news.locations.data.rename(news.home / "lost")
    news.locations.cache.rename(news.home / "lost cache")
    news.run("index", str(news.folder))
    news.run("tag", "--restore", stdin=dumped.text)
    news.run("index")
    news.reopen()
    assert news.found("tag:sea") == {"tarn-post/ferry.txt"}


def test_tagging_nothing_is_said(news: Library) -> None:
    ran = news.run("tag", "+x", "--", "nosuchword")
    assert (ran.code, ran.out) == (1, b"")
    assert "nothing found: nosuchword" in ran.err
