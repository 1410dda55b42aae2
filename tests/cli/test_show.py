from __future__ import annotations

import json
import re

import pytest

from tests.builders import HARBOUR, Library
from tests.cli.shapes import check_diff, check_show, check_stories


def test_show_json(news: Library) -> None:
    article = news.id("orchards.txt")
    ran = news.run("show", article, "--format", "json")
    check_show(ran.json)
    assert (ran.code, ran.err, ran.json["id"], ran.json["date_from"]) == (0, "", article, "header")
    assert ran.json["published"] == "2021-04-02T00:00:00+00:00"
    assert ran.json["paragraphs"][0].startswith("Growers in the valley")
    for reference in (article[:8], news.path("orchards.txt")):
        assert news.run("show", reference, "--format", "json").out == ran.out


def test_show_text(news: Library) -> None:
    news.engine.marking.tag([news.id("orchards.txt")], ["fruit"])
    lines = news.run("show", news.path("orchards.txt")).text.splitlines()
    assert lines[0] == "Late frost hits orchards"
    assert "2 Apr 2021" in lines[1]
    assert "#fruit" in lines[2]
    assert news.path("orchards.txt") in lines
    assert max(map(len, lines[4:])) <= 80


def test_where_the_metadata_come_from(news: Library) -> None:
    news.locations.config.write_text(f'[[folder]]\npath = "{news.folder}"\nlanguage = "en"\n')
    path = news.path("orchards.txt")
    meta = news.run("show", "--raw-meta", path, "--format", "json").json["meta"]
    assert meta["published"] == {"value": "2021-04-02T00:00:00+00:00", "from": "header line"}
    assert meta["language"] == {"value": "en", "from": f"configuration, folder {news.folder}"}
    assert meta["title"]["from"] == "text"
    assert meta["url"] == {"value": None, "from": None}
    lines = news.run("show", "--raw-meta", path).text.splitlines()
    assert lines[0] == path
    assert "published  2021-04-02T00:00:00+00:00  (header line)" in lines


def test_metadata_of_a_file_that_is_gone(news: Library) -> None:
    (news.folder / "orchards.txt").unlink()
    ran = news.run("show", "--raw-meta", news.path("orchards.txt"))
    assert (ran.code, ran.out) == (2, b"")
    assert "orchards.txt: no such file" in ran.err


def test_a_file_that_could_not_be_read_is_said_to_be_one(library: Library) -> None:
    path = library.write("bad.txt", b"\x00\x01")
    library.write("good.txt", HARBOUR)
    library.index()
    ran = library.run("show", str(path))
    assert (ran.code, ran.out) == (1, b"")
    assert ran.err == f"newsreader: {path}: could not be read as an article (empty)\n"


def test_a_file_of_many_articles_names_the_first(library: Library) -> None:
    records = [{"title": f"Report {n} of the harbour", "text": f"Ferry number {n} sails."} for n in range(8)]
    library.write("export.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    library.index()
    ran = library.run("show", library.path("export.jsonl"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, b"", 1)
    named = re.findall(r"([0-9a-f]{16}) \(Report \d of the harbour\)", ran.err)
    assert len(named) == 5
    assert ran.err.rstrip().rstrip(".").endswith("and more")
    assert "Report" in library.run("show", named[0]).text


@pytest.mark.parametrize("reference", ["ffffffff", "nothing.txt", "/nowhere"])
def test_nothing_to_show_is_one(news: Library, reference: str) -> None:
    ran = news.run("show", reference, "--format", "json")
    assert (ran.code, ran.out) == (1, b"")
    assert reference in ran.err


def test_stories_json(news: Library) -> None:
    ran = news.run("stories", "--format", "json")
    check_stories(ran.json)
    assert (ran.code, ran.err, ran.json["total"]) == (0, "", 1)
    (story,) = ran.json["stories"]
    assert (story["size"], sorted(story["sources"])) == (2, ["alder-review", "tarn-post"])
    assert (story["first"][:10], story["last"][:10]) == ("2021-03-27", "2021-03-28")


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        (["ferry"], 1), (["frost"], 0), (["--since", "2021-03-28"], 1), (["--since", "2021-03-29"], 0),
        (["--min-sources", "3"], 0), (["--min-size", "3"], 0), (["--min-size", "1"], 3),
    ],
)  # fmt: skip
def test_stories_narrowed(news: Library, arguments: list[str], total: int) -> None:
    ran = news.run("stories", "--format", "json", *arguments)
    check_stories(ran.json)
    if arguments != ["--min-size", "1"]:  # whether a lone article is a story of one is left open
        assert ran.json["total"] == total


def test_stories_text(news: Library) -> None:
    ran = news.run("stories")
    assert "2 articles, 2 outlets" in ran.text
    assert "Harbour ferry returns to service" in ran.text
    ran = news.run("stories", "frost")
    assert (ran.code, ran.out, ran.err) == (0, b"", "No stories.\n")


def test_stories_of_no_outlet_count_none(library: Library) -> None:
    library.write("one.txt", HARBOUR)
    library.write("two.txt", HARBOUR)
    library.index()
    assert library.run("stories").text.splitlines()[1].endswith("  2 articles")


@pytest.mark.parametrize("arguments", [["--since", "whenever"], ["date:soon"], ["--limit", "-1"]])
def test_stories_wrong_usage(news: Library, arguments: list[str]) -> None:
    ran = news.run("stories", "--format", "json", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err


def test_diff_json(news: Library) -> None:
    left, right = news.id("tarn-post/ferry.txt"), news.id("alder-review/sails.txt")
    ran = news.run("diff", left, right, "--format", "json")
    check_diff(ran.json)
    assert (ran.code, ran.err) == (0, "")
    assert (ran.json["left"]["id"], ran.json["right"]["id"]) == (left, right)
    assert ran.json["summary"]["same"] >= 1
    assert news.run("diff", "--exit-code", left, right).code == 1
    assert news.run("diff", "--exit-code", left, left).code == 0


def test_diff_text_shows_signs_within_the_width(news: Library) -> None:
    ran = news.run("diff", news.path("tarn-post/ferry.txt"), news.path("alder-review/sails.txt"), "--width", "60")
    assert ran.code == 0
    lines = ran.text.splitlines()
    assert lines[0].startswith("−−− tarn-post")
    assert lines[1].startswith("+++ alder-review")
    assert any(line[:1] in "≈−+" for line in lines[3:])


def test_diff_of_files_outside_the_library(news: Library) -> None:
    outside = news.home / "outside.md"
    outside.write_text("# Ferry\n\nThe ferry sails again on Saturday.\n")
    check_diff(news.run("diff", str(outside), news.path("orchards.txt"), "--format", "json").json)


@pytest.mark.parametrize("reference", ["ffffffff", "/nowhere"])
def test_diff_of_nothing_is_wrong_usage(news: Library, reference: str) -> None:
    ran = news.run("diff", reference, news.path("orchards.txt"))
    assert (ran.code, ran.out) == (2, b"")
    assert reference in ran.err
