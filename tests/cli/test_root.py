from __future__ import annotations

import shutil

import pytest

import newsreader
from tests.builders import DAMAGED, Library, Ran, run

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
