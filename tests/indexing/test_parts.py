"""Files of many articles, end to end: ids and tags when articles of a file come, go and change places."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from newsreader.article import ArticleId
from tests.builders import Library

TEXTS = {
    "Budget": "The council of Northgate passed its budget on Friday after a debate of nine hours.",
    "Harbour": "The ferry between Tarn and Lowland sails again on Saturday after repairs of eleven weeks.",
    "Orchard": "Growers in the valley expect half of last year's apples after three nights of frost.",
    "Library": "The reading room opens its doors again on Monday, with longer hours and warmer lamps.",
}


def rss(titles: list[str], changed: Mapping[str, str]) -> str:
    entries = "".join(
        f"<item><title>{t}</title><guid>g-{t}</guid><description>{changed.get(t, TEXTS[t])}</description></item>"
        for t in titles
    )
    return f"<rss version='2.0'><channel><title>Tarn Post</title>{entries}</channel></rss>"


def lines(titles: list[str], changed: Mapping[str, str]) -> str:
    return "".join(
        json.dumps({"url": f"https://t/{t}", "title": t, "text": changed.get(t, TEXTS[t])}) + "\n" for t in titles
    )


def table(titles: list[str], changed: Mapping[str, str]) -> str:
    return "id,title,text\n" + "".join(f'{100_000 + len(t)}{t},{t},"{changed.get(t, TEXTS[t])}"\n' for t in titles)


FORMATS = {"feed.xml": rss, "export.jsonl": lines, "export.csv": table}


def write(library: Library, name: str, titles: list[str], **changed: str) -> None:
    library.write(name, FORMATS[name](titles, changed))


def by_title(library: Library) -> dict[str, ArticleId]:
    articles = library.engine.articles([int(n) for n in library.engine.searching.search("").numbers])
    return {article.title: article.id for article in articles}


def counts(library: Library) -> tuple[int, int, int, int]:
    report = library.index()
    assert report.moved == 0
    return report.added, report.updated, report.removed, report.unchanged


def tags(library: Library) -> dict[str, tuple[str, ...]]:
    articles = library.engine.articles([int(n) for n in library.engine.searching.search("").numbers])
    return {article.title: article.tags for article in articles}


@pytest.fixture(params=FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def tagged(library: Library, name: str) -> dict[str, ArticleId]:
    """Three articles in a file, each tagged with its title."""
    write(library, name, ["Budget", "Harbour", "Orchard"])
    assert counts(library) == (3, 0, 0, 0)
    ids = by_title(library)
    for title, article in ids.items():
        library.engine.marking.tag([article], [title.lower()])
    return ids


def test_reordered(library: Library, name: str) -> None:
    ids = tagged(library, name)
    generation = library.engine.state()[0]
    write(library, name, ["Orchard", "Budget", "Harbour"])
    assert counts(library) == (0, 0, 0, 3)
    assert by_title(library) == ids
    assert library.engine.state()[0] == generation  # nobody has to look again


def test_one_is_added(library: Library, name: str) -> None:
    ids = tagged(library, name)
    write(library, name, ["Library", "Budget", "Harbour", "Orchard"])
    assert counts(library) == (1, 0, 0, 3)
    now = by_title(library)
    assert {title: now[title] for title in ids} == ids
    assert library.found("lamps") == {name}


def test_only_what_changed_is_updated(library: Library, name: str) -> None:
    ids = tagged(library, name)
    write(library, name, ["Budget", "Harbour", "Orchard"], Harbour="The ferry stays in the dock until winter.")
    assert counts(library) == (0, 1, 0, 2)
    assert by_title(library) == ids
    assert tags(library)["Harbour"] == ("harbour",)
    assert library.found("dock") == {name}
    assert library.found("eleven") == set()


def test_one_leaves_and_comes_back_with_its_tags(library: Library, name: str) -> None:
    ids = tagged(library, name)
    write(library, name, ["Budget", "Library"])
    report = library.index()
    assert (report.added, report.updated, report.removed, report.unchanged) == (1, 0, 2, 1)
    assert [warning for warning in report.warnings if "2 articles" in warning and name in warning]
    assert set(by_title(library)) == {"Budget", "Library"}
    assert library.found("tag:harbour") == set()
    write(library, name, ["Harbour", "Library"])
    library.index()
    assert by_title(library)["Harbour"] == ids["Harbour"]
    assert tags(library)["Harbour"] == ("harbour",)


def test_what_nobody_marked_leaves_without_a_word(library: Library, name: str) -> None:
    write(library, name, ["Budget", "Harbour"])
    library.index()
    library.engine.marking.set_flag([by_title(library)["Harbour"]], "read", True)
    write(library, name, ["Budget"])
    report = library.index()
    assert (report.removed, report.warnings) == (1, [])


def test_the_file_is_renamed_with_its_articles(library: Library, name: str) -> None:
    ids = tagged(library, name)
    (library.folder / name).rename(library.folder / f"old-{name}")
    report = library.index()
    assert (report.added, report.moved, report.removed) == (0, 3, 0)
    assert by_title(library) == ids


def test_ids_outlive_the_cache(library: Library, name: str) -> None:
    ids = tagged(library, name)
    write(library, name, ["Budget", "Harbour", "Orchard"], Harbour="The ferry stays in the dock until winter.")
    library.index()
    assert library.index(rebuild=True).added == 3
    assert by_title(library) == ids
    assert tags(library)["Harbour"] == ("harbour",)


def test_another_key_for_the_same_content_keeps_the_article(library: Library) -> None:
    """As when a feed changes its guids."""
    ids = tagged(library, "feed.xml")
    library.write("feed.xml", rss(["Budget", "Harbour", "Orchard"], {}).replace("g-", "guid:"))
    report = library.index()
    assert (report.added, report.removed) == (0, 0)
    assert by_title(library) == ids
    assert tags(library)["Orchard"] == ("orchard",)
