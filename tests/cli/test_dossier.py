"""`newsreader dossier`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Library
from tests.cli.test_diff import HOSTILE, page_of, tokens_of
from tests.compare.test_story_matrix import LEDE, LOSS, LOSS_RAISED, OWN
from tests.export.test_dossier import news

__all__ = ["news"]

MORE_TAGS = {"ol", "ul", "li", "h3", "blockquote", "cite", "mark"}


@pytest.fixture
def story(news: Library) -> str:
    return news.engine.stories.ids()[0]


def test_markdown(news: Library, story: str, tmp_path: Path) -> None:
    news.engine.marking.set_note(news.id("wire/a.txt"), "Ask Strand *again*.\n# not a heading")
    news.engine.marking.tag([news.id("wire/a.txt")], add=["blast"])
    ran = news.run("dossier", story, "-o", str(tmp_path / "out.md"))
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    text = (tmp_path / "out.md").read_text()
    inline = "\n".join(token.content for token in tokens_of(text) if token.type == "text")
    for part in (LEDE, OWN, "tags: blast", "Ask Strand *again*.", "# not a heading"):
        assert part in inline
    path = news.path("wire/a.txt")
    assert f"  > — wire, 1 Oct 2026, `{path}`, ¶ 2  " in text.splitlines()
    assert "> The company that owns the terminal puts its loss from the explosion at **\\$40 million**.  " in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[1:] == [
        "## Articles", f"## {headings[0][2:]}", "### Contested", "### What all say", "### Found in one only",
        "### Figures and dates",
    ]  # fmt: skip


def test_html(news: Library, story: str, tmp_path: Path) -> None:
    assert news.run("dossier", story, "-o", str(tmp_path / "out.html")).code == 0
    page = page_of((tmp_path / "out.html").read_text(), also=MORE_TAGS)
    assert page.text["h3"] == ["Contested", "What all say", "Found in one only", "Figures and dates"]
    assert {LEDE, OWN, LOSS, LOSS_RAISED} <= set(page.text["p"])
    assert f"wire, 1 Oct 2026, {news.path('wire/a.txt')}, ¶ 2" in page.text["cite"]
    assert page.text["mark"][:2] == ["$40 million", "$46 million"]


def test_form_and_stdout(news: Library, story: str) -> None:
    assert news.run("dossier", story, "-o", "-").text.startswith("# ")
    assert news.run("dossier", story, "-o", "-", "--format", "html").text.startswith("<!DOCTYPE html>")


def test_a_query_and_its_limit(news: Library, tmp_path: Path) -> None:
    ran = news.run("dossier", "date:2020..2026", "-o", str(tmp_path / "out.md"), "--limit", "2")
    assert ran.code == 0
    assert "the first 2 of 3 articles" in ran.err
    assert "\n2. **" in (tmp_path / "out.md").read_text()
    assert "\n3. **" not in (tmp_path / "out.md").read_text()


def test_no_file_is_written_over(news: Library, story: str, tmp_path: Path) -> None:
    (tmp_path / "out.md").write_text("mine")
    ran = news.run("dossier", story, "-o", str(tmp_path / "out.md"))
    assert ran.code == 2
    assert "not written over" in ran.err
    assert (tmp_path / "out.md").read_text() == "mine"


def test_what_goes_wrong(news: Library, tmp_path: Path) -> None:
    out = str(tmp_path / "out.md")
    assert news.run("dossier", "zebra", "-o", out).code == 1
    assert news.run("dossier", "date:nonsense", "-o", out).code == 2
    assert news.run("dossier", "-o", out).code == 2
    assert news.run("dossier", "s0000000", "-o", out).code == 1
    assert news.run("dossier", "terminal", "-o", str(tmp_path / "no" / "such.md")).code == 2
    assert list(tmp_path.glob("*.md")) == []


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_hostile_articles(library: Library, form: str) -> None:
    for number, text in enumerate([*HOSTILE, "word " * 20_000]):
        library.write(f"<i>{number}/a.txt", f" date 2026-10-01 Blast {number}\n\n{LEDE} {text}\n")
    library.index()
    ran = library.run("dossier", "explosion", "-o", "-", "--format", form)
    assert ran.code == 0
    if form == "html":
        page_of(ran.text, also=MORE_TAGS)
    else:
        assert {t.type for t in tokens_of(ran.text)}.isdisjoint(
            {"html_block", "html_inline", "link_open", "image", "fence"}
        )
