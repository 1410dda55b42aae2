from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.builders import BUDGET, HARBOUR, Library, Ran
from tests.cli.shapes import check_index
from tests.library.test_lock import held

SILENT = Ran(0, b"", "")


def test_silent_on_success_without_a_terminal(library: Library) -> None:
    library.write("a.txt", BUDGET)
    assert library.run("index", str(library.folder)) == SILENT
    assert library.found("council") == {"a.txt"}
    assert library.run("index") == SILENT
    assert library.run("index", "--quiet", "--full", "--no-hooks") == SILENT


def test_the_json_document_is_all_there_is(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.write("empty.txt", "")
    library.write("photo.jpg", b"x")
    ran = library.run("index", "--json", str(library.folder))
    check_index(ran.json)
    assert ran.code == 0
    assert (ran.json["added"], ran.json["failed"][0]["reason"]) == (1, "empty")
    assert ran.json["skipped"][0]["path"] == library.path("photo.jpg")
    assert f"{library.path('empty.txt')}: empty" in ran.err


def test_verbose_counts_and_names(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.write("photo.jpg", b"x")
    ran = library.run("index", "-v", str(library.folder))
    assert ran.out == b""
    assert "1 added" in ran.err
    assert "photo.jpg" in ran.err
    assert "nothing new; 1 unchanged" in library.run("index", "-v").err


def test_strict_tells_of_unreadable_files_every_time(library: Library) -> None:
    library.write("empty.txt", "")
    assert library.run("index", str(library.folder)).code == 0
    assert library.run("index", "--strict").code == 65
    assert library.run("index").err == ""  # said once


def test_what_many_files_have_in_common_is_said_once(library: Library) -> None:
    for number in range(30):
        library.write(f"{number:02}.txt", "")
    library.write("binary.txt", b"\x00" * 100)
    ran = library.run("index", str(library.folder))
    first, other = ran.err.splitlines()
    assert first == f"newsreader: warning: {library.path('00.txt')} and 29 more files: empty (--verbose names them)"
    assert other.startswith(f"newsreader: warning: {library.path('binary.txt')}: ")
    assert len(library.run("index", "-v").err.splitlines()) == 32


def test_a_dry_run_says_what_would_be(news: Library) -> None:
    news.write("new.txt", BUDGET + "More.")
    ran = news.run("index", "--dry-run", "-v")
    assert "1 would be added" in ran.err
    assert "new.txt" not in news.ids()


def test_a_dry_run_adds_no_folder(library: Library) -> None:
    library.run("index", "--dry-run", str(library.folder))
    assert library.engine.folders() == []


def test_rebuilding_keeps_tags(news: Library) -> None:
    assert news.run("tag", "+mine", "--", "frost").code == 0
    before = news.ids()
    assert news.run("index", "--rebuild") == SILENT
    news.reopen()
    assert (news.ids(), news.tags("orchards.txt")) == (before, ("mine",))


def test_a_missing_folder_is_warned_of_and_purged_on_request(news: Library) -> None:
    news.folder.rename(news.home / "unmounted")
    ran = news.run("index")
    assert (ran.code, ran.out) == (0, b"")
    assert str(news.folder) in ran.err
    assert "--purge" in ran.err
    assert len(news.ids()) == 4
    assert news.run("index", "--purge", "--json").json["removed"] == 4


@pytest.mark.parametrize("arguments", [["/nowhere/at/all"], ["--wait", "soon"], ["--nonsense"]])
def test_wrong_usage(library: Library, arguments: list[str]) -> None:
    ran = library.run("index", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("newsreader: ")


def test_without_a_folder_it_says_how_to_add_one(library: Library) -> None:
    ran = library.run("index")
    assert ran.code == 2
    assert "newsreader index FOLDER" in ran.err


def test_a_second_run_is_turned_away_or_waits(library: Library) -> None:
    library.write("a.txt", BUDGET)
    with held(library.locations.lock) as holder:
        ran = library.run("index", "--json", str(library.folder))
        assert (ran.code, ran.out) == (75, b"")
        assert "another run" in ran.err
        waiting = library.start("index", "--wait", "60")
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1.0)
        assert holder.stdin is not None
        holder.stdin.close()
        assert waiting.communicate() == (b"", b"")
    assert waiting.returncode == 0
    assert library.ids()


def test_runs_started_at_once_do_no_harm(library: Library) -> None:
    for number in range(10):
        library.write(f"{number}.txt", f"Title {number}\n\nThe ferry number {number} sails.")
    runs = [library.start("index", str(library.folder)) for _ in range(4)]
    codes = {(run.communicate()[0] and None) or run.returncode for run in runs}
    assert codes <= {0, 75}
    assert 0 in codes
    assert len(library.found("ferry")) == 10


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_run_after_a_clean_commit(library: Library, number: signal.Signals, code: int) -> None:
    words = " ".join(f"word{n} ferry" for n in range(150))
    total = 1200
    for name in range(total):
        library.write(f"{name}.txt", f"Title {name}\n\n{words} {name}.")
    run = library.start("index", "--json", str(library.folder))
    time.sleep(0.2)
    deadline = time.monotonic() + 60
    while not library.locations.catalogue.exists():
        assert time.monotonic() < deadline, "the run made no catalogue"
        time.sleep(0.01)
    run.send_signal(number)
    out, err = run.communicate(timeout=120)
    assert run.returncode == code, err
    done = Ran(code, out, "").json
    assert b"Traceback" not in err
    library.reopen()
    assert len(library.ids()) == done["added"] < total
    assert len(library.engine.searching.search("ferry").numbers) == done["added"] if done["added"] else True
    again = library.index()
    assert (again.added, len(library.ids())) == (total - done["added"], total)


def test_nohup_goes_on_when_the_terminal_closes(library: Library) -> None:
    for name in range(300):
        library.write(f"{name}.txt", f"Title {name}\n\nThe ferry number {name} sails.")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        run = library.start("index", "--json", str(library.folder))
    finally:
        signal.signal(signal.SIGHUP, before)
    deadline = time.monotonic() + 60
    while not library.locations.catalogue.exists():
        assert time.monotonic() < deadline, "the run made no catalogue"
        time.sleep(0.01)
    run.send_signal(signal.SIGHUP)
    out, err = run.communicate(timeout=120)
    assert (run.returncode, err) == (0, b"")
    assert Ran(0, out, "").json["added"] == 300


def test_killed_at_any_time_the_next_run_makes_it_whole(library: Library) -> None:
    for name in range(120):
        library.write(f"{name}.txt", f"Title {name}\n\nThe ferry number {name} sails.")
    library.engine.add_folders([library.folder])
    for pause in (0.25, 0.35, 0.5, 0.7):
        run = library.start("index", "--rebuild")
        time.sleep(pause)
        run.kill()
        run.communicate()
    library.reopen()
    library.index()
    assert len(library.found("ferry")) == 120
    assert library.run("doctor").code == 0


def test_indexing_by_cron(library: Library, tmp_path: Path) -> None:
    """No HOME, no PATH, no LANG, another working directory."""
    library.write("café.txt", HARBOUR)
    from tests.builders import run

    ran = run([*library.arguments(), "index", str(library.folder)], env={}, cwd=Path("/"), as_process=True)
    assert ran == SILENT
    ran = run([*library.arguments(), "search", "--format", "paths", "ferry"], env={}, cwd=Path("/"), as_process=True)
    assert ran == Ran(0, library.path("café.txt").encode() + b"\n", "")
