from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

import newsreader
from tests.builders import DAMAGED, Library, Ran, out_of_reach, run

COMMANDS = (
    "demo",
    "index",
    "search",
    "show",
    "stories",
    "diff",
    "tag",
    "folders",
    "doctor",
    "dirs",
    "config",
    "completions",
)


def test_folders(news: Library) -> None:
    assert news.run("folders") == Ran(0, f"{news.folder}\n".encode(), "")
    assert news.run("folders", "--format", "json").json == {"schema": 1, "folders": [str(news.folder)]}
    shutil.rmtree(news.folder)
    assert "(missing)" in news.run("folders").text
    assert news.run("folders", "--remove", str(news.folder)).code == 0
    assert news.run("folders").out == b""
    assert news.run("folders", "--remove", str(news.folder)).code == 1


def test_folders_out_of_reach_are_listed_with_the_others(news: Library) -> None:
    away = out_of_reach(news.folder)
    news.engine.store.add_folders([away])
    listed = f"{news.folder}\n{away}  (not available (file name too long))\n"
    assert news.run("folders") == Ran(0, listed.encode(), "")
    ran = news.run("index", "--rebuild")
    assert (ran.code, "would forget" in ran.err, len(ran.err.splitlines())) == (2, True, 1)
    ran = news.run("index")
    assert (ran.code, "not available" in ran.err, len(ran.err.splitlines())) == (0, True, 1)


def test_doctor(news: Library) -> None:
    ran = news.run("doctor", "--format", "json")
    assert ran.code == 0
    assert {finding["level"] for finding in ran.json["findings"]} == {"ok"}
    assert all(line.startswith("✓") for line in news.run("doctor").text.splitlines())


def test_doctor_mends_a_damaged_cache(news: Library) -> None:
    news.engine.close()
    for path in news.locations.cache.glob("catalogue.sqlite*"):
        path.unlink()
    news.locations.catalogue.write_bytes(DAMAGED["garbage"])
    ran = news.run("search", "ferry")
    assert ran.code == 74
    assert "newsreader doctor" in ran.err
    assert news.run("doctor").code == 0
    assert news.run("search", "ferry").code == 0


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_damaged_user_data_stops_everything_and_stays_as_it_is(news: Library, damage: bytes) -> None:
    news.engine.close()
    for path in news.locations.data.glob("userdata.sqlite*"):
        path.unlink()
    shutil.rmtree(news.locations.dumps)  # with them the doctor would restore it
    news.locations.userdata.write_bytes(damage)
    ran = news.run("doctor", "--format", "json")
    assert ran.code == 1
    assert "trouble" in {finding["level"] for finding in ran.json["findings"]}
    for command in (["index"], ["tag", "+a", "--", "ferry"], ["folders"]):
        ran = news.run(*command)
        assert (ran.code, ran.out) == (74, b"")
        assert str(news.locations.userdata) in ran.err
        assert "Traceback" not in ran.err
    assert news.locations.userdata.read_bytes() == damage


def test_dirs(library: Library) -> None:
    places = library.locations
    expected = {
        "config": str(places.config),
        "data": str(places.data),
        "cache": str(places.cache),
        "state": str(places.state),
    }
    assert library.run("dirs", "--format", "json").json == {"schema": 1, **expected}
    assert dict(line.split() for line in library.run("dirs").text.splitlines()) == expected
    assert not places.data.exists()


def test_the_environment_names_directories_and_flags_win(tmp_path: Path) -> None:
    names = {f"NEWSREADER_{kind}": f"/env/{kind}" for kind in ("CONFIG", "DATA_DIR", "CACHE_DIR", "STATE_DIR")}
    found = run(["dirs", "--cache-dir", str(tmp_path), "--format", "json"], env=names).json
    assert (found["config"], found["data"], found["cache"]) == ("/env/CONFIG", "/env/DATA_DIR", str(tmp_path))


def test_nothing_is_kept_in_the_real_home() -> None:
    found = run(["dirs", "--format", "json"]).json
    assert all(found[name].startswith(os.environ["HOME"]) for name in ("config", "data", "cache", "state"))
    assert "newsreader" in found["data"]


@pytest.mark.parametrize("place", ["before", "after", "equals"])
def test_global_options_stand_before_or_after_the_command(news: Library, place: str) -> None:
    arguments = news.arguments()
    command = ["search", "ferry", "--format", "paths"]
    joined = ["=".join(arguments[i : i + 2]) for i in range(0, len(arguments), 2)]
    ran = run(
        {"before": arguments + command, "after": command + arguments, "equals": command[:1] + joined + command[1:]}[
            place
        ]
    )
    assert (ran.code, len(ran.text.splitlines())) == (0, 2)


def test_config(library: Library) -> None:
    path = library.locations.config
    assert library.run("config") == library.run("config", "path") == Ran(0, f"{path}\n".encode(), "")
    default = library.run("config", "default")
    assert library.run("config", "check").code == 0
    path.write_bytes(default.out)
    assert library.run("config", "check") == Ran(0, b"", f"{path}: fine\n")
    path.write_text("[reading]\nwidht = 90\n")
    ran = library.run("config", "check")
    assert ran.code == 1
    assert "reading.width" in ran.err
    assert "fine" not in ran.err
    path.write_text("[reading]\nwidth = 3\n")
    ran = library.run("config", "check")
    assert ran.code == 2
    assert f"{path}: reading.width" in ran.err


def test_config_edit_starts_from_the_commented_default(library: Library) -> None:
    editor = library.home / "my editor"
    editor.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[-1], 'a').write('# edited ' + sys.argv[1])\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    environment = {**os.environ, "VISUAL": f"'{editor}' --wait"}
    assert library.run("config", "edit", env=environment).code == 0
    assert library.locations.config.read_bytes() == library.run("config", "default").out + b"# edited --wait"
    ran = library.run("config", "edit", env={**os.environ, "VISUAL": "/nowhere/editor"})
    assert ran.code == 74
    assert "/nowhere/editor" in ran.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions(shell: str) -> None:
    ran = run(["completions", shell])
    assert (ran.code, ran.err) == (0, "")
    assert b"_NEWSREADER_COMPLETE" in ran.out


def test_completing(library: Library) -> None:
    environment = {
        **os.environ,
        "_NEWSREADER_COMPLETE": "bash_complete",
        "COMP_WORDS": "newsreader sto",
        "COMP_CWORD": "1",
    }
    assert run([], env=environment).text.split() == ["plain,stories"]


def test_version() -> None:
    assert run(["--version"]) == Ran(0, f"newsreader {newsreader.__version__}\n".encode(), "")


def test_help_lists_every_command() -> None:
    ran = run(["--help"])
    assert (ran.code, ran.err) == (0, "")
    assert all(f"  {command} " in ran.text for command in COMMANDS)
    assert run(["-h"]) == ran


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    from newsreader.cli import root

    assert root.run([command, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    usage, text = out.split("\n\n", 1)
    assert usage.startswith(f"Usage: newsreader {command}")
    assert text.strip()[0].isupper()
    options = text.split("Options:")[1].split("  --help")[0]
    for line in options.splitlines():
        assert not line.strip().startswith("--format") or "[" in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serach", "ferry"], "did you mean search?"), (["zzzzz"], "--help"), (["--nonsense"], "--nonsense"),
        (["show"], "ARTICLE"), (["diff", "a"], "B"), (["search", "--limit", "x"], "--limit"),
        (["completions", "tcsh"], "tcsh"), ([], "terminal"), (["demo"], "terminal"),
    ],
)  # fmt: skip
def test_wrong_usage_is_two_and_one_line(arguments: list[str], said: str, library: Library) -> None:
    ran = library.run(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert said.casefold() in ran.err.casefold()
    assert ran.err.startswith("newsreader: ")
    assert ran.err.count("\n") == 1


def test_a_closed_pipe_is_no_trouble(news: Library) -> None:
    run_ = news.start("search", "--format", "paths")
    assert run_.stdout is not None
    run_.stdout.close()
    assert run_.stderr is not None
    assert run_.stderr.read() == b""
    assert run_.wait() == 0
    run_.stderr.close()


def test_the_demo_leaves_the_own_library_alone(library: Library) -> None:
    library.run("demo")
    assert not library.locations.data.exists()
    assert not library.locations.cache.exists()
