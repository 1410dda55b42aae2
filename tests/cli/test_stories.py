"""`newsreader stories`: corrections, reasons, coverage, agency copy, and stories in queries."""

from __future__ import annotations

import csv
import errno
import io
import os
from pathlib import Path

import pytest

from tests.builders import BUDGET, HARBOUR, REWRITE, Library
from tests.cli.shapes import check_article, check_keys, check_moment, check_stories
from tests.library.test_lock import held

COPY = HARBOUR.replace("2021-03-27", "2021-03-29")
NEXT_DAY = "\nForty passengers missed their train in Lowland this morning because the first ferry was late.\n"


@pytest.fixture
def story(news: Library) -> str:
    (found,) = news.engine.stories.ids()
    return found


def members(library: Library, *arguments: str) -> list[set[str]]:
    document = library.run("stories", *arguments, "--format", "json").json
    check_stories(document)
    return [{Path(article["path"]).stem for article in story["articles"]} for story in document["stories"]]


def test_merging(news: Library, story: str) -> None:
    ran = news.run("stories", "--merge", story, news.id("orchards.txt"))
    assert (ran.code, ran.err) == (0, "")
    assert "3 articles" in ran.text
    assert members(news) == [{"ferry", "sails", "orchards"}]
    assert news.run("index").code == 0
    assert members(news) == [{"ferry", "sails", "orchards"}]


def test_out_and_forget(news: Library) -> None:
    ferry = news.id("tarn-post/ferry.txt")
    ran = news.run("stories", "--out", ferry[:8])
    assert ran.code == 0
    assert "in no story" in ran.text
    assert members(news) == []
    document = news.run("stories", "--forget", news.path("tarn-post/ferry.txt"), "--format", "json").json
    assert document["regrouped"]
    check_stories({"total": 1, **document})
    assert members(news) == [{"ferry", "sails"}]
    ran = news.run("stories", "--forget", ferry)
    assert (ran.code, ran.out) == (1, b"")
    assert "no correction" in ran.err


def test_a_merge_is_listed_and_taken_back_by_its_id(news: Library, story: str) -> None:
    orchards = news.id("orchards.txt")
    assert "You have corrected no story" in news.run("stories", "--corrections").err
    merged = news.run("stories", "--merge", story, orchards, "--format", "json").json
    (identifier,) = merged["said"]
    out = news.run("stories", "--out", orchards)
    assert f"--forget {(later := out.text.split('kept as ')[1].split(':')[0])}` takes it back" in out.text
    document = news.run("stories", "--corrections", "--format", "json").json
    assert (document["schema"], document["total"]) == (1, 2)
    latest, first = document["corrections"]
    for correction in (latest, first):
        check_keys(correction, "id", "kind", "said", "holds", "parts", "articles")
        check_moment(correction["said"])
        assert correction["said"]
    assert (latest["id"], latest["kind"], latest["holds"]) == (later, "out", True)
    assert (first["id"], first["kind"], first["holds"]) == (identifier, "merged", False)
    assert [orchards] in first["parts"]
    (article,) = latest["articles"]
    assert (article["id"], article["path"]) == (orchards, news.path("orchards.txt"))
    assert article in first["articles"]
    assert all(found["title"] for found in first["articles"])
    ran = news.run("stories", "--corrections")
    assert f"{identifier}  one story: 3 articles, said " in ran.text
    assert "overruled" in ran.text
    assert "taken back: " + later in news.run("stories", "--forget", later[:7]).text
    assert members(news) == [{"ferry", "sails", "orchards"}]
    document = news.run("stories", "--forget", identifier, "--format", "json").json
    assert document["taken_back"] == [identifier]
    assert members(news) == [{"ferry", "sails"}]
    ran = news.run("stories", "--forget", identifier)
    assert (ran.code, ran.out) == (1, b"")
    assert "no correction is called" in ran.err


def test_a_correction_of_an_article_that_left_is_listed(news: Library) -> None:
    path = news.path("orchards.txt")
    news.run("stories", "--out", path)
    (news.folder / "orchards.txt").unlink()
    news.run("index")
    (said,) = news.run("stories", "--corrections", "--format", "json").json["corrections"]
    assert [(article["path"], article["title"]) for article in said["articles"]] == [(path, None)]
    assert "(not in the library)" in news.run("stories", "--corrections").text


def test_on_a_full_disk_a_merge_is_kept(news: Library, story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        ran = news.run("stories", "--merge", story, news.id("orchards.txt"), "--format", "json")
    assert (ran.code, ran.json["regrouped"]) == (0, False)
    assert "No space left on device; your word is kept" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert news.run("index").code == 0
    assert members(news) == [{"ferry", "sails", "orchards"}]


def test_never(news: Library) -> None:
    ids = news.ids()
    assert (
        news.run("stories", "--never", *(ids[n] for n in ("tarn-post/ferry.txt", "alder-review/sails.txt"))).code == 0
    )
    assert members(news) == []
    assert news.run("index", "--rebuild").code == 0
    assert members(news) == []


def test_the_user_is_told_when_it_has_to_wait(news: Library) -> None:
    with held(news.locations.lock):
        ran = news.run("stories", "--out", news.id("tarn-post/ferry.txt"), "--format", "json")
    assert (ran.code, ran.json["regrouped"]) == (0, False)
    assert "another run is indexing" in ran.err
    assert news.run("index").code == 0
    assert members(news) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--merge"], "--merge takes two articles or more"), (["--out"], "--out takes one article"),
        (["--out", "a", "b"], "--out takes one article"), (["--never", "a"], "--never takes two articles or more"),
        (["--corrections", "a"], "--corrections takes no article"),
        (["--why", "a", "b", "c"], "--why takes two articles"), (["--format", "csv"], "--coverage"),
    ],
)  # fmt: skip
def test_wrong_usage(news: Library, arguments: list[str], said: str) -> None:
    ran = news.run("stories", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert said in ran.err


def test_unknown_articles_change_nothing(news: Library, story: str) -> None:
    for arguments in (["--merge", story, "sffffffffffff"], ["--out", "ffffffff"], ["--why", "ffffffff", "eeeeeeee"]):
        ran = news.run("stories", *arguments)
        assert (ran.code, ran.out) == (1, b"")
    assert members(news) == [{"ferry", "sails"}]


def test_why(news: Library) -> None:
    ids = [news.id("tarn-post/ferry.txt"), news.id("alder-review/sails.txt")]
    document = news.run("stories", "--why", *ids, "--format", "json").json
    check_keys(document, "left", "right", "same_story", "correction", "similarity", "names", "figures", "words")
    check_article(document["left"])
    assert (document["left"]["id"], document["right"]["id"]) == tuple(ids)
    assert (document["same_story"], document["correction"]) == (True, None)
    assert 0 < document["similarity"] <= 1
    assert "Lowland" in document["names"]
    ran = news.run("stories", "--why", *ids)
    assert f"{document['similarity']:.0%} alike, in one story" in ran.text
    assert "Lowland" in ran.text
    news.run("stories", "--never", *ids)
    assert "not in one story: you said they never are" in news.run("stories", "--why", *ids).text


def test_coverage_as_text(news: Library) -> None:
    ran = news.run("stories", "--coverage")
    assert (ran.code, ran.err) == (0, "")
    assert "2 outlets, first: tarn-post by 1d" in ran.text
    lines = ran.text.splitlines()
    assert "tarn-post       first" in lines
    assert "alder-review      +1d" in lines


def test_coverage_as_json_and_of_one_story(news: Library, story: str) -> None:
    news.write("herald/herald.txt", BUDGET.replace("Council", "Board"))
    news.run("index")
    found = news.run("stories", "--coverage", f"story:{story}", "--format", "json").json
    assert (found["schema"], found["total"]) == (1, 1)
    (row,) = found["stories"]
    assert (row["id"], row["first_outlets"], row["missing"]) == (story, ["tarn-post"], ["herald"])
    assert row["lead"] == {"seconds": 86400, "precision": "day"}
    assert [(c["outlet"], c["behind"]["seconds"]) for c in row["carried"]] == [
        ("tarn-post", 0),
        ("alder-review", 86400),
    ]
    later = news.run("stories", "--coverage", "--since", "2021-04-01", "--format", "json").json
    assert (later["total"], later["stories"]) == (0, [])
    assert news.run("stories", "--coverage", "--since", "2021-04-01").err == "No stories.\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_coverage_as_csv_runs_in_no_spreadsheet(library: Library, start: str) -> None:
    outlet = f'{start}cmd|" /C calc"!A0'
    library.write("tarn-post/ferry.txt", HARBOUR.replace("Harbour ferry", f"{start}1+1 ferry"))
    library.write(f"{outlet.replace('/', '')}/sails.txt", REWRITE)
    assert library.run("index", str(library.folder)).code == 0
    ran = library.run("stories", "--coverage", "--format", "csv")
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.text)))
    assert {row["outlet"] for row in rows} == {"tarn-post", "'" + outlet.replace("/", "")}
    assert all(row["title"].startswith(("'" + start, "Ferry")) for row in rows)
    assert {row["outlet"]: (row["carried"], row["first"], row["behind_seconds"]) for row in rows}["tarn-post"] == (
        "yes",
        "yes",
        "0",
    )
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_agency_copy_and_updates_only_when_asked(news: Library, story: str) -> None:
    news.write("herald/ferry.txt", COPY)
    news.write("tarn-post/later.txt", REWRITE.replace("2021-03-28", "2021-03-30") + NEXT_DAY)
    news.run("index")
    (found,) = news.run("stories", f"story:{story}", "--format", "json").json["stories"]
    assert not any("agency_share" in article for article in found["articles"])
    assert {Path(a["path"]).stem: a["detail"] for a in found["articles"] if a["detail"]} == {"later": "update"}
    document = news.run("stories", f"story:{story}", "--agency", "--format", "json").json
    check_stories(document)
    assert all(0 < article["agency_share"] <= 1 for article in document["stories"][0]["articles"])
    ran = news.run("stories", "--agency")
    assert "(first, 100% agency copy)" in ran.text
    assert ", update, " in ran.text


def test_stories_in_queries(news: Library, story: str) -> None:
    news.write("herald/copy.txt", COPY)
    news.run("index")
    news.reopen()
    everything = {"tarn-post/ferry.txt", "alder-review/sails.txt", "herald/copy.txt"}
    assert news.found(f"story:{story}") == news.found(f"story:{story[:6]}") == everything
    assert news.found("is:first") == {"tarn-post/ferry.txt"}
    assert "herald/copy.txt" in news.found("is:copy") <= everything - {"tarn-post/ferry.txt"}
    assert news.found(f"story:{story} -is:copy source:tarn-post") == {"tarn-post/ferry.txt"}
    ran = news.run("search", f"story:{story}", "is:first", "--format", "paths")
    assert ran.text.splitlines() == [news.path("tarn-post/ferry.txt")]
    assert members(news, "is:copy") == [{"ferry", "sails", "copy"}]
    ran = news.run("search", "story:sfffffff")
    assert ran.code == 2
    assert "no story is called" in ran.err
    news.run("stories", "--out", news.id("herald/copy.txt"))
    assert news.found("is:copy is:unread source:herald") == set()
