"""What surrounds the program: no terminal, no home, a closed output, no network, a clock that jumps."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from newsreader.formats.base import LARGEST_FILE
from tests.builders import BUDGET, HARBOUR, ROOT, Library, run, set_age


@pytest.fixture
def news(library: Library) -> Library:
    library.write("a/one.txt", BUDGET)
    library.write("b/two.txt", BUDGET.replace("Six", "Five"))
    library.write("ferry.txt", HARBOUR)
    library.index()
    return library


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"HOME": "/nonexistent", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"HOME": "", "PATH": "", "TERM": "dumb", "LC_ALL": "POSIX"},
        {"TZ": "Nonsense/Zone", "COLUMNS": "x", "LINES": "-1", "TERM": "nonsense"},
    ],
    ids=["none", "C", "empty", "nonsense"],
)
def test_fault_46_nothing_around(news: Library, environment: dict[str, str]) -> None:
    environment = {"PYTHONPATH": str(ROOT), **environment}
    news.write("café.txt", "Cafés à Paris\n\nUn texte sur les cafés.")
    for arguments in (["index"], ["show", news.path("ferry.txt")], ["doctor"]):
        ran = news.run(*arguments, env=environment, as_process=True)
        assert (ran.code, ran.err) == (0, ""), (arguments, ran)
    if "PYTHONUTF8" not in environment:  # without it arguments in UTF-8 are not what Python takes them for
        assert "Cafés".encode() in news.run("search", "cafés", env=environment, as_process=True).out


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_fault_46_closed_streams(news: Library, closed: str) -> None:
    news.write("new.txt", "New\n\nA text about a lighthouse.")
    for arguments in ("index", "search council"):
        command = f'"$@" {arguments} {closed}'
        done = subprocess.run(
            ["sh", "-c", command, "sh", sys.executable, "-m", "newsreader", *news.arguments()],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr, arguments
        assert done.returncode in (0, 74), (arguments, done)
    assert news.found("lighthouse") == {"new.txt"}


def test_fault_46_a_full_output_is_no_success(news: Library) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsreader", *news.arguments(), "search", "council"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 74
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("newsreader: ")


def test_fault_46_a_directory_that_is_gone_and_a_strict_mask(news: Library, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    script = f'cd "{here}" && rmdir "{here}" && umask 077 && exec "$@"'
    for arguments, code in ((["index"], 0), (["search", "council"], 0), (["show", "nothing"], 74)):
        done = subprocess.run(
            ["sh", "-c", script, "sh", sys.executable, "-m", "newsreader", *news.arguments(), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done
        here.mkdir()


WATCH = """
import os, sys
allowed = os.environ["WATCH_ALLOWED"].split(":")
log = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def note(event, path):
    path = os.path.abspath(os.fsdecode(path))
    inside = any(path == place or path.startswith(place + "/") for place in allowed)
    if path != os.devnull and "__pycache__" not in path and not inside:
        os.write(log, f"{event} {path}\\n".encode("utf-8", "replace"))
def audit(event, arguments):
    if event == "open":
        path, how, flags = arguments
        if isinstance(path, (str, bytes)) and (flags or 0) & WRITING and not str(path).startswith("/proc/"):
            note(event, path)
    elif event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.utime", "os.link"):
        note(event, arguments[0])
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.gethostbyname", "webbrowser.open",
                   "os.system", "subprocess.Popen", "os.exec", "os.posix_spawn"):
        os.write(log, f"{event} {arguments!r}\\n".encode("utf-8", "replace"))
sys.addaudithook(audit)
"""


def test_fault_47_no_network_no_programs_and_nothing_written_elsewhere(library: Library, tmp_path: Path) -> None:
    """All commands, over files that link to pages, pictures and schemas elsewhere. Also items 19 and 27."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCH)
    library.write(
        "page.html", '<html><head><link rel="stylesheet" href="http://127.0.0.1:9/a.css"></head><body><p>Page.'
    )
    item = "<item><title>One</title><link>http://127.0.0.1:9/</link><description>Text.</description></item>"
    library.write("feed.rss", f'<rss version="2.0"><channel><title>F</title>{item}</channel></rss>')
    mail = "From: a@b.test\nSubject: S\nContent-Type: text/html\n\n<img src=http://127.0.0.1:9/x>Text."
    library.write("mail.eml", mail)
    library.write("one.md", "---\ntitle: T\n---\n![x](http://127.0.0.1:9/x.png)\n\nText of the council.")
    library.write("two.txt", BUDGET)
    library.write("three.txt", BUDGET.replace("Six", "Five"))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in library.folder.rglob("*")}
    places, log = library.locations, tmp_path / "log"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{tmp_path / 'site'}:{ROOT}",
        "WATCH_ALLOWED": f"{places.data}:{places.cache}:{places.state}",
        "WATCH_LOG": str(log),
    }
    one, two = library.path("two.txt"), library.path("three.txt")
    for arguments in (
        ["index", str(library.folder)], ["index", "--full", "-v"], ["search", "council"], ["show", one], ["stories"],
        ["show", "--raw-meta", one], ["diff", one, two], ["diff", "--format", "html", one, two], ["new", two],
        ["tag", "+a", "--", "council"], ["tag", "--dump"], ["doctor"], ["folders"], ["dirs"], ["index", "--notify"],
        ["stories", "--coverage"],
    ):  # fmt: skip
        ran = library.run(*arguments, env=environment, as_process=True)
        assert ran.code == 0, (arguments, ran)
    assert log.read_text() == ""
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in library.folder.rglob("*")} == before


def test_fault_20_a_clock_set_back(library: Library) -> None:
    """What was read in the future, as the clock then had it, is read again when it changes."""
    import sqlite3

    path = library.write("a.txt", BUDGET)
    library.index()
    library.engine.close()
    with sqlite3.connect(library.locations.catalogue) as database:
        database.execute("UPDATE files SET read_ns = read_ns + 10 * 365 * 86400 * 1000000000")
    database.close()
    library.reopen()
    path.write_text(BUDGET.replace("swimming hall", "harbour wall."))
    set_age(path, 30)
    assert library.index().updated == 1
    assert library.found("harbour") == {"a.txt"}
    assert library.index().updated == 0


@pytest.mark.parametrize("seconds", [-(2**34), -1, 2**33 + 2**34])
def test_fault_20_times_that_need_more_than_64_bits(library: Library, seconds: int) -> None:
    """Before 1677 and after 2262: what can't be stored would cost all files of the batch, at every run."""
    library.write("other.txt", "Ferry\n\nThe ferry sails on.")
    path = library.write("a.txt", BUDGET)
    os.utime(path, ns=(0, seconds * 10**9))
    assert library.index().added == 2
    for _ in range(3):
        assert library.index().updated == 0
    path.write_text(BUDGET.replace("swimming hall", "harbour wall."))
    os.utime(path, ns=(0, seconds * 10**9))
    assert library.index().updated == 1
    assert library.found("harbour") == {"a.txt"}


def test_fault_24_sizes_that_lie(library: Library) -> None:
    sparse = library.folder / "sparse.txt"
    with open(sparse, "wb") as file:
        file.truncate(4 * 2**30)
    with open(library.folder / "just.txt", "wb") as file:
        file.truncate(LARGEST_FILE)
    library.write("binary.txt", bytes(range(256)) * 100)
    library.write("good.txt", BUDGET)
    report = library.index()
    assert report.added == 1
    assert {path.name for path, _ in report.failed} == {"sparse.txt", "just.txt", "binary.txt"}


def test_fault_16_a_root_replaced_by_a_file_or_closed(news: Library) -> None:
    news.engine.marking.tag([news.id("ferry.txt")], ["mine"])
    away = news.home / "away"
    news.folder.rename(away)
    news.folder.write_text("a file")
    report = news.index_only()
    assert report.removed == 0
    assert any(str(news.folder) in warning for warning in report.warnings)
    assert len(news.ids()) == 3
    news.folder.unlink()
    away.rename(news.folder)
    report = news.index_only()
    assert (report.added, report.updated, report.removed) == (0, 0, 0)
    assert news.tags("ferry.txt") == ("mine",)


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """Something mounted there for the block; only who may do that can try."""
    if subprocess.run(["mount", *options, str(place)], capture_output=True, check=False).returncode:
        pytest.skip("only who may mount can try")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


READING = (["search", "council"], ["stories"], ["tag", "--list"], ["tag", "--dump"], ["folders"])
WRITING = (["tag", "+more", "--", "council"], ["search", "--save", "name", "council"])


def test_fault_10_read_only_directories_can_be_read(news: Library) -> None:
    news.engine.marking.tag([news.id("ferry.txt")], ["mine"])
    news.close()
    before = [news.run(*arguments).out for arguments in READING]
    run = partial(news.run, as_process=True)  # one of ours would keep files open on what is unmounted
    with mounted(news.home, "--bind", str(news.home)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(news.home)], check=True)
        assert [run(*arguments).out for arguments in READING] == before
        assert run("show", news.path("ferry.txt")).code == 0
        for arguments in WRITING:
            ran = run(*arguments)
            assert (ran.code, "read-only" in ran.err, len(ran.err.splitlines())) == (74, True, 1), ran
        ran = run("index")
        assert (ran.code, str(news.locations.cache) in ran.err, len(ran.err.splitlines())) == (74, True, 1), ran
        assert run("doctor").code == 1
    assert run("doctor").code == 0
    news.reopen()
    assert news.tags("ferry.txt") == ("mine",)


def test_fault_09_a_full_disk_can_be_read_and_tagged_on_when_there_is_room(news: Library, tmp_path: Path) -> None:
    news.engine.marking.tag([news.id("ferry.txt")], ["mine"])
    news.close()
    before = [news.run(*arguments).out for arguments in READING]
    small = tmp_path / "small"
    small.mkdir()
    run = partial(news.run, as_process=True)  # one of ours would keep files open on what is unmounted
    with mounted(small, "-t", "tmpfs", "-o", "size=2m", "none"):
        for name in ("data", "cache"):
            shutil.copytree(news.home / name, small / name)
        news.locations = replace(news.locations, data=small / "data", cache=small / "cache")
        with suppress(OSError), (small / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(b"x" * 1024)
        assert [run(*arguments).out for arguments in READING] == before
        news.write("new.txt", "New\n\nA text about a lighthouse.")
        for arguments in (*WRITING, ["index"]):
            ran = run(*arguments)
            assert (ran.code, "disk is full" in ran.err, "doctor" in ran.err) == (74, True, False), ran
        (small / "filler").unlink()
        assert [run(*arguments).code for arguments in (*WRITING, ["index"], ["doctor"])] == [0, 0, 0, 0]
        assert b"more" in run("tag", "--list").out
        assert run("search", "lighthouse").code == 0


def test_fault_16_a_disk_mounted_inside_a_folder(news: Library) -> None:
    """A small part of the library, so that its share would not tell."""
    disk = news.folder / "disk"
    disk.mkdir()
    with mounted(disk, "-t", "tmpfs", "none"):
        news.write("disk/late.txt", BUDGET.replace("Six", "Nine"))
        news.index()
        news.engine.marking.tag([news.id("disk/late.txt")], ["mine"])
    for _ in range(2):
        report = news.index()
        assert report.removed == 0
        assert report.warnings == [
            f"{disk}: the folder is no longer mounted; its articles are kept (--purge removes them)"
        ]
    assert news.tags("disk/late.txt") == ("mine",)
    disk.rmdir()
    assert news.index().removed == 0, "some systems take the place away with the disk"
    assert news.run("index", "--rebuild").code == 2
    assert news.index(purge=True).removed == 1
    assert news.index().warnings == []


def test_fault_39_where_there_is_no_terminal(news: Library) -> None:
    ran = news.run(stdin="q", as_process=True)
    assert (ran.code, ran.out) == (2, b"")
    assert "terminal" in ran.err
    assert json.loads(news.run("search", "council", "--format", "json").out)["total"] == 2


def test_fault_46_no_mask_at_all(tmp_path: Path) -> None:
    """Who starts it with a mask of 0, as some services do, does not give user data and configuration to everybody."""
    home = tmp_path / "home"
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text(BUDGET)
    environment = {
        **os.environ,
        "VISUAL": "true",
        "NEWSREADER_CONFIG": str(home / "config" / "newsreader" / "config.toml"),
        "NEWSREADER_DATA_DIR": str(home / "share" / "data"),
        "NEWSREADER_CACHE_DIR": str(home / "below" / "cache"),
        "NEWSREADER_STATE_DIR": str(home / "state" / "state"),
    }
    before = os.umask(0)
    try:
        for arguments in (
            ["config", "edit"],
            ["index", "--log-file", str(home / "news.log"), str(articles)],
            ["tag", "+a", "--", "budget"],
            ["tag", "--dump", str(home / "dump.txt")],
            ["search", "--save", "all", "council"],
            ["index", "--full"],
            ["doctor"],
        ):
            assert run(arguments, env=environment, as_process=True).code == 0
    finally:
        os.umask(before)
    made = [path for path in home.rglob("*") if path.lstat().st_mode & 0o077]
    assert made == []
    assert len(list(home.rglob("*"))) > 10


def test_a_name_with_a_line_break_makes_no_line_of_its_own(library: Library, tmp_path: Path) -> None:
    """Neither on stderr nor in the log, nor among the lines of an answer: who reads these would believe it."""
    forged = "newsreader: warning: the folder is missing, run this"
    library.write("a.md", f"---\ntitle: !x%0A{forged.replace(' ', '%20')}%0A y\nsource: s\n---\nBody text\n")
    library.write(f"bad\n{forged}\n.txt", b"\x00" * 64)
    library.write(f"good\n{forged}\n.txt", BUDGET)
    library.write(f"skipped\n{forged}\n.docx", b"x")
    log = tmp_path / "news.log"
    ran = library.run("index", "-v", "--log-file", str(log), str(library.folder))
    assert "\\nnewsreader: warning: the folder is missing" in ran.err
    told = [*ran.err.splitlines(), *(line.partition(" ")[2] for line in log.read_text().splitlines())]
    good = library.path(f"good\n{forged}\n.txt")
    for command in (
        ["search", "council"],
        ["search", "--format", "paths", "council"],
        ["doctor"],
        ["show", good],
        ["show", good + "missing"],
        ["diff", good, good],
        ["tag", "+a", "--", "council"],
        ["stories"],
        ["history"],
    ):
        ran = library.run(*command)
        told += [*ran.text.splitlines(), *ran.err.splitlines()]
    assert not [line for line in told if line.startswith(forged)]


def test_names_that_are_no_text_make_good_json(library: Library) -> None:
    """As unpaired surrogates, which they are to Python, jq and others refuse the document."""
    for name in (b"caf\xe9.txt", b"bad\xff.txt", b"skipped\xfe.docx"):
        path = Path(os.fsdecode(os.fsencode(library.folder) + b"/" + name))
        path.write_bytes(b"\x00" * 64 if name.startswith(b"bad") else BUDGET.encode())
    commands = (
        ["index", "--json", str(library.folder)],
        ["search", "--format", "json", "council"],
        ["show", "--format", "json", "@"],
        ["search", "--format", "json", "caf\udce9"],
    )
    article = ""
    for command in commands:
        ran = library.run(*(article if word == "@" else word for word in command))
        text = ran.out.decode()
        assert "\\ud" not in text
        document = json.loads(text)
        json.dumps(document, ensure_ascii=False).encode()  # no surrogates
        if document.get("hits"):
            article = document["hits"][0]["id"]
            assert document["hits"][0]["path"].endswith("/caf\ufffd.txt")
