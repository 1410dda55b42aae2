"""`newsreader index`: which stories are new, and what saved searches find that is."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from tests.builders import HARBOUR, ORCHARD, REWRITE, Library, Ran
from tests.cli.shapes import check_article, check_index, check_keys

SILENT = Ran(0, b"", "")
NEW = " date 2021-04-03 Ferry breaks down\n\nThe ferry stopped in mid-channel this morning with forty passengers.\n"


@pytest.fixture
def told(news: Library) -> Library:
    """A saved search that has been told of all there is."""
    news.engine.searching.save_search("ferries", "ferry")
    assert news.run("index", "--notify") == SILENT
    return news


def hook(library: Library, code: str) -> Path:
    """A notify hook, configured with a blank in its path; the file that it writes to."""
    script, out = library.home / "my hook.py", library.home / "got.txt"
    script.write_text(f"import sys\nout = open({str(out)!r}, 'a')\n{code}\n")
    command = shlex.join([sys.executable, str(script), "$HOME;x"])
    library.locations.config.write_text(f"[hooks]\nnotify = {json.dumps(command)}\n")
    return out


TAKE = "out.write(repr(sys.argv[1:]) + sys.stdin.read())"


def test_json_tells_new_and_grown_stories(library: Library) -> None:
    library.write("a/ferry.txt", HARBOUR)
    library.write("a/orchards.txt", ORCHARD)
    found = library.run("index", "--json", str(library.folder)).json
    check_index(found)
    assert found["stories"] == {"new": [], "grown": []}
    library.write("b/sails.txt", REWRITE)
    (new,) = library.run("index", "--json").json["stories"]["new"]
    check_keys(new, "id", "title", "size")
    assert new["size"] == 2
    library.write("c/earlier.txt", HARBOUR.replace("2021-03-27", "2021-03-26"))
    stories = library.run("index", "--json").json["stories"]
    assert (stories["new"], [story["size"] for story in stories["grown"]]) == ([], [3])
    assert stories["grown"][0]["id"] != new["id"]  # its first article is another one now
    assert library.run("index", "--json").json["stories"] == {"new": [], "grown": []}
    assert library.run("index", "--json", "--rebuild").json["stories"] == {"new": [], "grown": []}


def test_verbose_tells_them_too(library: Library) -> None:
    library.write("a/ferry.txt", HARBOUR)
    library.write("b/sails.txt", REWRITE)
    assert "new story s" in library.run("index", "-v", str(library.folder)).err
    library.write("c/copy.txt", HARBOUR)
    ran = library.run("index", "-v")
    assert "grown story s" in ran.err
    assert "(3 articles): " in ran.err
    assert "story" not in library.run("index", "-v").err


def test_one_line_per_article(told: Library) -> None:
    told.write("tarn-post/new.txt", NEW)
    line = f"@ferries  tarn-post  3 Apr 2021  Ferry breaks down  {told.path('tarn-post/new.txt')}\n"
    assert told.run("index", "--notify") == Ran(0, line.encode(), "")
    assert told.run("index", "--notify") == SILENT


def test_json_lines(told: Library) -> None:
    told.engine.searching.save_search("all", "is:unread")
    told.run("index", "--notify")
    told.write("new\x1b[2J\u00a0.txt", NEW)
    ran = told.run("index", "--notify", "--notify-format", "json")
    assert ran.text.count("\n") == 2
    assert b"\x1b" not in ran.out
    for line, search in zip(ran.text.splitlines(), ("all", "ferries"), strict=True):
        document = json.loads(line)
        assert (document["schema"], document["search"]) == (1, search)
        check_article(document)
        assert document["path"] == told.path("new\x1b[2J\u00a0.txt")


def test_with_json_it_is_one_document(told: Library) -> None:
    told.write("new.txt", NEW)
    document = told.run("index", "--notify", "--json").json
    check_index(document)
    assert [(notice["search"], notice["title"]) for notice in document["notices"]] == [("ferries", "Ferry breaks down")]
    assert told.run("index", "--notify", "--json").json["notices"] == []
    assert "notices" not in told.run("index", "--json").json


def test_names_of_files_are_harmless(told: Library) -> None:
    told.write("\x1b[2J\nout/new\u202e.txt", NEW)
    ran = told.run("index", "--notify")
    assert ran.text.count("\n") == 1
    assert ran.text[:-1].isprintable()


def test_a_dry_run_tells_nothing(told: Library) -> None:
    told.write("new.txt", NEW)
    assert told.run("index", "--notify", "--dry-run") == SILENT
    told.run("index")
    assert told.run("index", "--notify", "--dry-run") == SILENT
    assert told.run("index", "--notify", "--quiet").text.startswith("@ferries")


def test_without_saved_searches_there_is_nothing_to_tell(library: Library) -> None:
    library.write("a.txt", NEW)
    assert library.run("index", "--notify", str(library.folder)) == SILENT


def test_a_closed_pipe_means_not_told(told: Library) -> None:
    told.write("new.txt", NEW)
    run = told.start("index", "--notify")
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    run.wait(60)
    run.stderr.close()
    assert told.run("index", "--notify").text.startswith("@ferries")


def test_the_hook_gets_the_lines(told: Library) -> None:
    out = hook(told, TAKE + "; print('hook says')")
    assert told.run("index", "--notify") == SILENT
    assert not out.exists()
    told.write("new.txt", NEW)
    ran = told.run("index", "--notify")
    assert (ran.code, ran.err) == (0, "hook says\n")
    assert out.read_text() == "['$HOME;x']" + ran.text
    assert told.run("index", "--notify") == SILENT


def test_no_hooks_skips_it(told: Library) -> None:
    out = hook(told, TAKE)
    told.write("new.txt", NEW)
    assert told.run("index", "--notify", "--no-hooks").text.startswith("@ferries")
    assert not out.exists()
    assert told.run("index", "--notify") == SILENT


@pytest.mark.parametrize(("code", "reason"), [("sys.exit(3)", "exit code 3"), (None, "No such file")])
def test_what_the_hook_did_not_take_comes_again(told: Library, code: str | None, reason: str) -> None:
    if code is None:
        told.locations.config.write_text('[hooks]\nnotify = "/nowhere/hook --now"\n')
    else:
        hook(told, code)
    told.write("new.txt", NEW)
    for _ in range(2):
        ran = told.run("index", "--notify")
        assert (ran.code, ran.text.count("\n")) == (0, 1)
        assert "hooks.notify failed" in ran.err
        assert reason in ran.err
    out = hook(told, TAKE)
    assert told.run("index", "--notify").text in out.read_text()
    assert told.run("index", "--notify") == SILENT


def test_a_bad_hook_is_an_error_before_anything_is_done(told: Library) -> None:
    told.locations.config.write_text('[hooks]\nnotify = "mail \'me"\n')
    told.write("new.txt", NEW)
    ran = told.run("index", "--notify")
    assert (ran.code, ran.out) == (2, b"")
    assert "hooks.notify" in ran.err
    assert "new.txt" not in told.ids()


def test_a_search_that_fails_is_a_warning(told: Library) -> None:
    orchards = told.id("orchards.txt")
    told.engine.searching.save_search("like", f"similar:{orchards}")
    (told.folder / "orchards.txt").unlink()
    told.write("new.txt", NEW)
    ran = told.run("index", "--notify")
    assert (ran.code, ran.text.count("\n")) == (0, 1)
    assert "warning: @like: " in ran.err
