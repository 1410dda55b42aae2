from __future__ import annotations

import pytest

from tests.builders import BUDGET, Library
from tests.cli.shapes import check_article, check_diff, check_index, check_moment

NAME = "alder-review/budget.txt"


@pytest.fixture
def edited(news: Library) -> Library:
    """The budget said 4.2 million, then 3.9 million, and now that the plan is bold."""
    for text in (BUDGET.replace("4.2", "3.9"), BUDGET.replace("4.2", "3.9").replace("reckless", "bold")):
        news.write(NAME, text)
        news.index()
    return news


def test_the_list_of_versions(edited: Library) -> None:
    ran = edited.run("history", edited.id(NAME)[:8])
    assert (ran.code, ran.err) == (0, "")
    lines = [line.split() for line in ran.text.splitlines() if "words" in line]
    assert [line[0] for line in lines] == ["1", "2", "now"]
    assert [" ".join(line[-2:]) for line in lines] == [lines[0][-2] + " words", "1 reworded", "1 reworded"]


def test_the_list_of_versions_as_json(edited: Library) -> None:
    document = edited.run("history", edited.path(NAME), "--format", "json").json
    assert document["schema"] == 1
    check_article(document["article"])
    assert (document["article"]["edited"], document["article"]["version"]) == (True, None)
    identity = edited.id(NAME)
    assert [text["reference"] for text in document["texts"]] == [f"{identity}@1", f"{identity}@2", identity]
    assert [text["changes"] and text["changes"]["reworded"] for text in document["texts"]] == [None, 1, 1]
    for text in document["texts"][:-1]:
        check_moment(text["version"]["written"])
        check_moment(text["version"]["until"])


def test_two_versions_compared(edited: Library) -> None:
    identity = edited.id(NAME)
    document = edited.run("history", identity, "1", "2", "--format", "json").json
    check_diff(document)
    assert [document[side]["version"]["number"] for side in ("left", "right")] == [1, 2]
    assert {(fact["left"], fact["right"]) for fact in document["facts"] if fact["differs"]} == {
        ("4.2 million crowns", "3.9 million crowns")
    }
    assert document == edited.run("diff", f"{identity}@1", f"{identity}@2", "--format", "json").json


def test_one_version_is_compared_with_the_text_now(edited: Library) -> None:
    ran = edited.run("history", edited.id(NAME), "1")
    assert "[-4.2-]" in ran.text
    assert "{+bold+}" in ran.text
    assert ran.text == edited.run("history", edited.id(NAME), "1", "now").text
    assert "version 1, until" in ran.text
    for form in ("html", "markdown"):
        assert "version 1" in edited.run("history", edited.id(NAME), "1", "--format", form).text


def test_a_former_text_is_shown_like_any(edited: Library) -> None:
    document = edited.run("show", f"{edited.id(NAME)}@1", "--format", "json").json
    assert document["version"]["number"] == 1
    assert any("4.2 million" in paragraph for paragraph in document["paragraphs"])


def test_all_edited_articles(edited: Library) -> None:
    document = edited.run("history", "--list", "--format", "json").json
    assert document["total"] == 1
    check_article(document["articles"][0])
    assert document["articles"][0]["versions"] == 2
    check_moment(document["articles"][0]["edited_at"])
    assert "edited 2×" in edited.run("history", "--list").text
    assert edited.run("history", "--list", "--limit", "0", "--format", "json").json["articles"] == []
    assert [hit["id"] for hit in edited.run("search", "is:edited", "--format", "json").json["hits"]] == [
        edited.id(NAME)
    ]


def test_an_article_that_was_never_edited(news: Library) -> None:
    ran = news.run("history", news.id(NAME))
    assert ran.code == 0
    assert "not edited" in ran.err
    assert [text["reference"] for text in news.run("history", news.id(NAME), "--format", "json").json["texts"]] == [
        news.id(NAME)
    ]
    assert news.run("history", "--list").text == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ID", "9"], "there are 1, 2"),
        (["ID", "first"], "a version is a number"),
        (["ID", "²"], "a version is a number"),
        ([], "name an article"),
        (["--list", "ID"], "name none"),
        (["--list", "--format", "html"], "text and as json only"),
        (["ID", "--format", "markdown"], "text and as json only"),
        (["nothing"], "nothing"),
    ],
)
def test_what_can_not_be_meant(edited: Library, arguments: list[str], said: str) -> None:
    ran = edited.run("history", *(edited.id(NAME) if word == "ID" else word for word in arguments))
    assert ran.code in (1, 2)
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_the_run_says_what_was_edited(news: Library) -> None:
    news.write(NAME, BUDGET.replace("4.2", "3.9"))
    ran = news.run("index", "--json")
    check_index(ran.json)
    assert ran.json["edited"] == [news.id(NAME)]
    news.write(NAME, BUDGET)
    assert "newsreader history" in news.run("index", "-v").err


def test_the_limit_stands_in_the_configuration(edited: Library) -> None:
    edited.locations.config.write_text("[history]\nmegabytes = 0.0001\n")
    edited.write(NAME, BUDGET)
    assert edited.run("index").code == 0
    assert edited.run("history", "--list", "--format", "json").json["total"] == 0
    edited.locations.config.write_text("[history]\nmegabytes = -1\n")
    ran = edited.run("index")
    assert (ran.code, "history.megabytes" in ran.err) == (2, True)
