from __future__ import annotations

import pytest

from tests.builders import HARBOUR, Library
from tests.cli.shapes import check_article, check_keys

UPDATE = """\
 date 2021-03-29 Ferry between Tarn and Lowland breaks down again

The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks and cost far more.

A cracked propeller shaft stopped it in mid-channel this morning. Both engines were replaced, Captain Iris Holm said,
and the timetable of last summer holds again. Forty passengers were taken off by the lifeboat.
"""


@pytest.fixture
def story(news: Library) -> Library:
    """A story of three articles, and others."""
    news.write("tarn-post/again.txt", UPDATE)
    news.index()
    return news


def test_json(story: Library) -> None:
    ran = story.run("new", story.path("tarn-post/again.txt"), "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    document = ran.json
    assert document["schema"] == 1
    check_article(document["article"])
    earlier = [article["id"] for article in document["earlier"]]
    assert earlier == [story.id("tarn-post/ferry.txt"), story.id("alder-review/sails.txt")]
    for sentence in document["sentences"]:
        check_keys(sentence, "text", "paragraph", "new", "said_in", "said_as")
        assert (sentence["said_in"] is None) == (sentence["said_as"] is None)
        assert not (sentence["new"] and sentence["said_in"])
    assert [(s["paragraph"], s["new"]) for s in document["sentences"]] == [
        (0, False),
        (1, True),
        (1, False),
        (1, True),
    ]
    assert {s["said_in"] for s in document["sentences"]} == {earlier[0], None}
    assert document["sentences"][0]["said_as"] in HARBOUR
    assert 0 < document["new_share"] < 1


def test_text_shows_what_is_new_and_compared_to_what(story: Library) -> None:
    ran = story.run("new", story.id("tarn-post/again.txt"))
    assert ran.code == 0
    assert "% is new (2 of 4 sentences), compared to 2 earlier articles of its story" in ran.text
    assert "A cracked propeller shaft stopped it in mid-channel this morning. […] Forty" in ran.text
    assert "eleven weeks" not in ran.text
    assert "Harbour ferry returns to service" in ran.text


@pytest.mark.parametrize("name", ["tarn-post/ferry.txt", "orchards.txt"], ids=["the first", "no story"])
def test_without_earlier_articles_all_is_new(story: Library, name: str) -> None:
    document = story.run("new", story.path(name), "--format", "json").json
    assert (document["earlier"], document["new_share"]) == ([], 1)
    assert all(sentence["new"] for sentence in document["sentences"])
    ran = story.run("new", story.path(name))
    assert (ran.code, "All of it is new" in ran.text) == (0, True)


def test_only_what_was_read_counts_as_said(story: Library) -> None:
    article = story.path("tarn-post/again.txt")
    assert story.run("new", article, "--read", "--format", "json").json["new_share"] == 1
    assert "no other article that you have read" in story.run("new", article, "--read").text
    story.engine.marking.set_flag([story.id("alder-review/sails.txt")], "read", True)
    document = story.run("new", article, "--read", "--format", "json").json
    assert [a["id"] for a in document["earlier"]] == [story.id("alder-review/sails.txt")]
    assert document["new_share"] < 1


def test_credits_are_neither_new_nor_said(story: Library) -> None:
    text = UPDATE.replace("2021-03-29", "2021-03-30") + "\n(Reporting by Iris Holm; Editing by Ole Tamm)\n"
    story.write("lowland-mail/signed.txt", text)
    story.index()
    ran = story.run("new", story.path("lowland-mail/signed.txt"))
    assert "Nothing is new (0 of 4 sentences)" in ran.text
    assert "Reporting by" not in ran.text
    document = story.run("new", story.path("lowland-mail/signed.txt"), "--format", "json").json
    credit = document["sentences"][-1]
    assert (credit["new"], credit["said_in"], credit["said_as"]) == (False, None, None)
    assert document["new_share"] == 0


def test_a_copy_has_nothing_new(story: Library) -> None:
    story.write("lowland-mail/copy.txt", UPDATE.replace("2021-03-29", "2021-03-30"))
    story.index()
    ran = story.run("new", story.path("lowland-mail/copy.txt"))
    assert "Nothing is new (0 of 4 sentences)" in ran.text
    assert "[…]" not in ran.text


def test_no_such_article(story: Library) -> None:
    ran = story.run("new", "no-such-thing", "--format", "json")
    assert (ran.code, ran.out) == (1, b"")
    assert "no-such-thing" in ran.err
