from __future__ import annotations

import os

import pytest

from newsreader.cli.root import run
from tests.builders import HARBOUR, Library
from tests.cli.shapes import check_search


def test_json(news: Library) -> None:
    ran = news.run("search", "ferry", "tarn", "--format", "json", "--explain")
    check_search(ran.json)
    assert (ran.code, ran.err, ran.json["total"], ran.json["query"]) == (0, "", 2, "ferry tarn")
    assert {os.path.basename(hit["path"]) for hit in ran.json["hits"]} == {"ferry.txt", "sails.txt"}
    assert ran.json["clauses"]
    page = news.run("search", "ferry", "--format", "json", "--limit", "1", "--offset", "1").json
    assert (page["total"], len(page["hits"])) == (2, 1)
    assert page["hits"][0]["id"] == news.run("search", "ferry", "--format", "json").json["hits"][1]["id"]


def test_text_has_a_line_and_an_excerpt_for_each(news: Library) -> None:
    ran = news.run("search", "harbour")
    assert ran.code == 0
    line, excerpt = ran.text.splitlines()[:2]
    assert news.id("tarn-post/ferry.txt")[:8] in line
    assert "27 Mar 2021" in line
    assert "tarn-post" in line
    assert "Harbour ferry returns to service" in line
    assert excerpt.startswith("    ")
    assert b"\x1b" not in ran.out


def test_no_match_is_one_and_nothing_on_stdout(news: Library) -> None:
    ran = news.run("search", "zebra")
    assert (ran.code, ran.out) == (1, b"")
    ran = news.run("search", "zebra", "--format", "json")
    assert (ran.code, ran.json["total"], ran.json["hits"]) == (1, 0, [])


@pytest.mark.parametrize("query", ["date:soon", "colour:red", "is:blue"])
def test_a_bad_query_is_two_with_its_place(news: Library, query: str) -> None:
    ran = news.run("search", "--format", "json", "ferry", query)
    assert (ran.code, ran.out) == (2, b"")
    assert f"ferry {query}" in ran.err
    assert "^" in ran.err.splitlines()[2]


def test_a_query_of_another_program_is_answered_with_the_one_that_is_meant(news: Library) -> None:
    ran = news.run("search", "ferry", "from:tarn", "since:2021-03")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.splitlines() == [
        "newsreader: there is no field 'from'; did you mean source:tarn?",
        "  ferry from:tarn since:2021-03",
        "        ^^^^^^^^^",
        "Did you mean: ferry source:tarn newer:2021-03",
    ]
    assert news.run("search", "ferry", "source:tarn", "newer:2021-03").code == 0


def test_a_date_of_several_words_needs_no_quotes(news: Library) -> None:
    ran = news.run("search", "ferry", "date:27", "march", "2021", "--format", "json")
    assert ran.json["interpretation"] == "ferry AND published on 27 March 2021"
    assert [os.path.basename(hit["path"]) for hit in ran.json["hits"]] == ["ferry.txt"]


def test_the_empty_query_lists_everything_newest_first(news: Library) -> None:
    paths = news.run("search", "--format", "paths").text.splitlines()
    assert [os.path.basename(path) for path in paths] == ["orchards.txt", "sails.txt", "ferry.txt", "budget.txt"]
    assert news.run("search", "--format", "paths", "--sort", "date").text.splitlines() == paths[::-1]
    assert news.run("search", "--format", "paths", "--limit", "0").out == b""


def test_any_takes_the_query_as_plain_text(news: Library) -> None:
    ran = news.run("search", "--any", "--format", "json", 'frost AND (date:"')
    assert ran.code == 0
    assert {os.path.basename(hit["path"]) for hit in ran.json["hits"]} >= {"orchards.txt"}
    assert not ran.err
    ran = news.run("search", "--any", "frost source:tarn-post")
    assert "source: is looked for as a word" in ran.err


def test_excluded_words_go_behind_two_hyphens(news: Library) -> None:
    paths = news.run("search", "--format", "paths", "--", "-harbour", "captain").text.split()
    assert [os.path.basename(path) for path in paths] == ["sails.txt"]
    ran = news.run("search", "-harbour")
    assert ran.code == 2
    assert "search -- " in ran.err


ODD = [b"new\nline.txt", b"caf\xe9.txt", b"-rf.txt", b" blank .txt", b"\x1b[2Jboo.txt", b"quo'te\".txt"]


def test_paths_for_other_programs_are_raw(library: Library) -> None:
    for number, name in enumerate(ODD):
        library.write(os.fsdecode(name), HARBOUR.replace("eleven", str(number)))
    library.index()
    out = library.run("search", "ferry", "--format", "paths0").out
    assert out.endswith(b"\0")
    assert {os.path.basename(path) for path in out.split(b"\0")[:-1]} == set(ODD)


@pytest.mark.parametrize("color", ["always", "never"])
def test_names_and_titles_never_drive_a_terminal(
    library: Library, color: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "\x1b[2J\x1b]0;evil\x07\x1b[31m\x9b2J\u202e[@click=app.quit].txt"
    library.write(name, "Title \x1b[2J [/] \u202eevil\n\nThe \x1b]52;c;ZXZpbA==\x07ferry \x9b31m sails.")
    (library.folder / "\x1b[2Jempty.txt").write_bytes(b"")
    library.index()
    article = library.engine.articles(library.engine.searching.search("").numbers.tolist())[0]
    library.engine.marking.tag([article.id], ["a\x1b[2Jtag"])
    for command in (
        ["search", "ferry"], ["search", "ferry", "--format", "json"], ["show", article.id], ["doctor"],
        ["show", article.id, "--format", "json"], ["index", "-v", "--full"], ["tag", "--list"], ["tag", "--dump"],
        ["diff", article.id, article.id], ["search", "\x1b[2J\x9bzebra"], ["show", "\x1b[2Jnothing"],
        ["folders", "--remove", "/\x1b[2J"], ["index", "/\x1b[2J"],
    ):  # fmt: skip
        run(["--color", color, *library.arguments(), *command])
        said = "".join(capsys.readouterr())
        assert said
        for bad in ("\x1b[2J", "\x1b]", "\x07", "\x9b", "\u202e", "\x1b[31m[@click"):
            assert bad not in said
        if color != "always":
            assert "\x1b" not in said


def test_colour_is_asked_for_or_goes_with_a_terminal(news: Library) -> None:
    assert b"\x1b[" in news.run("search", "ferry", "--color", "always").out
    assert b"\x1b[" not in news.run("search", "ferry").out


def test_saved_searches(news: Library) -> None:
    assert news.run("search", "--save", "sea", "ferry", "OR", "harbour").code == 0
    assert news.run("search", "--saved").text == "@sea  ferry OR harbour\n"
    assert news.run("search", "--saved", "--format", "json").json == {
        "schema": 1,
        "searches": [{"name": "sea", "query": "ferry OR harbour"}],
    }
    paths = news.run("search", "--format", "paths", "@sea", "--", "-title:harbour").text.split()
    assert [os.path.basename(path) for path in paths] == ["sails.txt"]
    assert news.run("search", "--forget", "sea").code == 0
    assert news.run("search", "--forget", "sea").code == 1
    assert news.run("search", "@sea").code == 2


# when it was published


def test_a_histogram_stands_above_the_hits(news: Library) -> None:
    ran = news.run("search", "--histogram", "ferry")
    assert ran.code == 0
    lines = ran.text.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["2021-03-27", "1"], ["2021-03-28", "1"]]
    assert lines[0].endswith("█")
    assert lines[2] == ""
    assert "ferry" in lines[3].lower()
    assert b"\x1b" not in ran.out


def test_a_histogram_by_unit_has_a_line_for_a_long_gap(news: Library) -> None:
    def labels(*arguments: str) -> list[str]:
        return [line.split()[0] for line in news.run("search", "--limit", "0", *arguments).text.splitlines()]

    assert labels("--histogram") == ["2021-03-26", "2021-03-27", "2021-03-28", "…", "2021-04-02"]
    assert labels("--histogram", "month") == labels("--histogram=month") == ["2021-03", "2021-04"]
    assert labels("--histogram", "year", "ferry") == ["2021"]
    assert labels("--histogram", "--", "ferry") == ["2021-03-27", "2021-03-28"]
    assert news.run("search", "--histogram", "zebra").out == b""


@pytest.mark.parametrize("columns", ["20", "40", "80"])
def test_a_histogram_fits_the_terminal(news: Library, columns: str) -> None:
    ran = news.run("search", "--histogram", "--limit", "0", env={"COLUMNS": columns})
    assert max(map(len, ran.text.splitlines())) == int(columns)


def test_a_histogram_as_json(news: Library) -> None:
    found = news.run("search", "--histogram", "month", "--format", "json").json
    check_search(found)
    assert found["histogram"] == {
        "unit": "month",
        "bars": [
            {"from": "2021-03-01", "to": "2021-03-31", "count": 3},
            {"from": "2021-04-01", "to": "2021-04-30", "count": 1},
        ],
        "undated": 0,
    }
    assert "histogram" not in news.run("search", "--format", "json").json
    nothing = news.run("search", "zebra", "--histogram", "--format", "json")
    assert (nothing.code, nothing.json["histogram"]) == (1, {"unit": "day", "bars": [], "undated": 0})


def test_paths_have_no_histogram(news: Library) -> None:
    assert news.run("search", "ferry", "--histogram", "--format", "paths").code == 2
    assert news.run("search", "ferry", "--histogram=decade").code == 2
