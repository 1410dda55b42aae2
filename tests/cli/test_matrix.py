"""`newsreader stories --matrix`."""

from __future__ import annotations

import csv
import io

import pytest

from tests.builders import Library
from tests.cli.shapes import check_article, check_keys
from tests.cli.test_diff import HOSTILE, page_of
from tests.compare.test_story_matrix import FIRE, LEDE, LOSS, LOSS_RAISED, OWN, build


@pytest.fixture
def story(library: Library) -> str:
    """The id of a story of two articles."""
    build(library, wire__a=f"{LEDE} {FIRE} {LOSS}", post__b=f"{LEDE} {FIRE} {LOSS_RAISED} {OWN}")
    return library.engine.stories.ids()[0]


def test_text(library: Library, story: str) -> None:
    ran = library.run("stories", "--matrix", story)
    assert ran.code == 0
    lines = ran.text.splitlines()
    assert "2 articles · 2 outlets · 4 statements · all say 3 · in one only 1 · 1 contested" in lines[1]
    assert any(line.startswith("◆ ■ ■  An explosion tore through") for line in lines)
    assert any(line.startswith("◆ ≠ ≠  The company that owns") for line in lines)
    assert any(line.startswith("◇ · ■  Schools within") for line in lines)
    assert any(line.startswith("≠ money    $40 million  (wire)") for line in lines)
    assert max(map(len, lines)) <= 100


def test_json(library: Library, story: str) -> None:
    found = library.run("stories", story[:8], "--matrix", "--format", "json").json
    assert found["schema"] == 1
    check_keys(found, "story", "columns", "statements", "facts", "complete", "left_out")
    for article in found["story"]["articles"]:
        check_article(article)
    ids = [article["id"] for article in found["story"]["articles"]]
    assert [(c["outlet"], c["articles"]) for c in found["columns"]] == [("wire", [ids[0]]), ("post", [ids[1]])]
    for statement in found["statements"]:
        outlets = {
            n for n, c in enumerate(found["columns"]) for w in statement["wordings"] if w["article"] in c["articles"]
        }
        assert sorted(outlets) == statement["columns"]
        assert statement["text"] == statement["wordings"][0]["text"]
    assert {s["text"]: s["reach"] for s in found["statements"]} == {LEDE: "all", FIRE: "all", LOSS: "all", OWN: "one"}
    [contested] = [fact for fact in found["facts"] if fact["contested"]]
    assert [(r["wordings"], r["outlets"]) for r in contested["readings"]] == [
        (["$40 million"], ["wire"]),
        (["$46 million"], ["post"]),
    ]
    assert found["facts"][0] is contested


def test_csv(library: Library, story: str) -> None:
    rows = list(csv.DictReader(io.StringIO(library.run("stories", "--matrix", story, "--format", "csv").text)))
    assert [row["statement"] for row in rows] == [LEDE, FIRE, LOSS, OWN]
    loss = rows[2]
    assert (loss["wire"], loss["post"], loss["contested"], loss["reach"]) == (LOSS, LOSS_RAISED, "yes", "all")
    assert (rows[3]["wire"], rows[3]["outlets"]) == ("", "1")


def test_html(library: Library, story: str) -> None:
    found = library.run("stories", "--matrix", story, "--format", "html").text
    page = page_of(found, also={"ol", "li", "br", "dl", "dt", "dd", "details", "summary"})
    for text in (LEDE, FIRE, LOSS, LOSS_RAISED, OWN):
        assert text in found.replace("&#x27;", "'")
    assert page.text["h2"] == ["Contested", "Statements", "Figures, dates and quotations"]
    assert len(page.attributes("tr")) >= 5


def test_an_article_stands_for_its_story(library: Library, story: str) -> None:
    assert (
        library.run("stories", "--matrix", library.path("wire/a.txt")).out
        == library.run("stories", "--matrix", story).out
    )


def test_wrong_usage(library: Library, story: str) -> None:
    for arguments in (["--matrix"], ["--matrix", story, story], ["--format", "html"], ["--format", "csv"]):
        ran = library.run("stories", *arguments)
        assert ran.code == 2
        assert ran.err.startswith("newsreader: ")
    ran = library.run("stories", "--matrix", "s0000000")
    assert (ran.code, ran.out) == (1, b"")


@pytest.mark.parametrize("form", ["text", "json", "csv", "html"])
def test_hostile_articles(library: Library, form: str) -> None:
    texts = ["word " * 30_000, "\n\n".join(HOSTILE), f"{LEDE} {FIRE} " + "=cmd|' /C calc'!A1. " * 20, "x" * 50_000]
    for number, text in enumerate(texts):
        library.write(f"<b>&outlet {number}/a.txt", f" date 2026-10-0{number + 1} Blast\n\n{LEDE} {text}\n")
    library.index()
    articles = [library.path(f"<b>&outlet {number}/a.txt") for number in range(4)]
    library.engine.stories.merge(articles)
    ran = library.run("stories", "--matrix", articles[0], "--format", form)
    assert ran.code == 0
    assert "\x1b" not in ran.text
    if form == "text":
        assert max(map(len, ran.text.splitlines())) <= 100
    elif form == "html":
        page_of(ran.text, also={"ol", "li", "br", "dl", "dt", "dd", "details", "summary"})
    elif form == "csv":
        assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(ran.text)) for cell in row)
    else:
        assert len(ran.json["columns"]) == 4
