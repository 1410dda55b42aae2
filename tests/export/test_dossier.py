"""What a dossier is about, and what it holds."""

from __future__ import annotations

import pytest

from newsreader.errors import NotFoundError
from newsreader.export.dossier import Selection, choose, dossier
from newsreader.export.dossier_parts import DossierGroup, groups
from tests.builders import Library
from tests.compare.test_story_matrix import FIRE, LEDE, LOSS, LOSS_RAISED, OWN

APPLES = 'Growers expect half of last year\'s apples. "It will be a hard winter for us," their union said on Friday.'


@pytest.fixture
def news(library: Library) -> Library:
    """A story of two articles, and one that stands alone."""
    library.write("wire/a.txt", f" date 2026-10-01 Blast at Brackwater\n\n{LEDE} {FIRE}\n\n{LOSS}\n")
    library.write("post/b.txt", f" date 2026-10-02 Brackwater terminal explodes\n\n{LEDE} {FIRE} {LOSS_RAISED} {OWN}\n")
    library.write("ledger/apples.txt", f" date 2020-10-01 Apples\n\n{APPLES}\n")
    library.index()
    return library


def test_what_it_is_about(news: Library) -> None:
    engine = news.engine
    [story] = engine.stories.ids()
    blast = (news.id("wire/a.txt"), news.id("post/b.txt"))
    assert choose(engine, [story]) == Selection(engine.stories.story(story).title, blast, 2)
    assert choose(engine, [news.path("ledger/apples.txt")]).articles == (news.id("ledger/apples.txt"),)
    assert choose(engine, [news.path("ledger/apples.txt"), blast[1]]).articles == (
        news.id("ledger/apples.txt"),
        blast[1],
    )
    assert set(choose(engine, ["explosion", "terminal"]).articles) == set(blast)
    assert choose(engine, ["date:2020..2026"], limit=1).found == 3
    with pytest.raises(NotFoundError, match="nothing found"):
        choose(engine, ["zebra"])
    with pytest.raises(NotFoundError):
        choose(engine, ["s00000000"])


def test_articles_of_a_story_stand_together_in_its_order(news: Library) -> None:
    engine = news.engine
    engine.marking.set_note(news.id("ledger/apples.txt"), "Call the union.")
    engine.marking.tag([news.id("ledger/apples.txt")], add=["fruit"])
    ids = (news.id("post/b.txt"), news.id("ledger/apples.txt"), news.id("wire/a.txt"))
    value = dossier(engine, Selection("Mine", ids, 3))
    assert [entry.article.id for entry in value.entries] == [ids[2], ids[0], ids[1]]
    assert [(entry.note, entry.article.tags) for entry in value.entries] == [
        ("", ()),
        ("", ()),
        ("Call the union.", ("fruit",)),
    ]
    assert [len(section.matrix.articles) for section in value.sections] == [2, 1]


def shown(group: DossierGroup) -> list[tuple[str, list[str]]]:
    return [(item.lead, [quotation.text for quotation in item.quotations]) for item in group.items]


def test_what_the_articles_say(news: Library) -> None:
    engine = news.engine
    story = engine.stories.ids()[0]
    [section] = dossier(engine, choose(engine, [story])).sections
    found = {group.heading: group for group in groups(section.matrix)}
    assert list(found) == ["Contested", "What all say", "Found in one only", "Figures and dates"]
    assert shown(found["Contested"]) == [("money: $40 million (wire) ≠ $46 million (post)", [LOSS, LOSS_RAISED])]
    [item] = found["Contested"].items
    assert [q.text[s.start : s.stop] for q in item.quotations for s in q.marked] == ["$40 million", "$46 million"]
    assert [(p.article.source, p.paragraph) for q in item.quotations for p in q.places] == [("wire", 1), ("post", 0)]
    assert shown(found["What all say"]) == [
        ("", [LEDE]),
        ("", [FIRE]),
        ("≠ contested, see above", [LOSS, LOSS_RAISED]),
    ]
    assert [len(item.quotations[0].places) for item in found["What all say"].items] == [2, 2, 1]
    assert shown(found["Found in one only"]) == [("", [OWN])]


def test_an_article_alone_has_its_quotations_and_figures(news: Library) -> None:
    [section] = dossier(news.engine, choose(news.engine, [news.path("ledger/apples.txt")])).sections
    found = {group.heading: shown(group) for group in groups(section.matrix)}
    assert found["Quotations"] == [("", ["“It will be a hard winter for us”"])]
    assert set(found) == {"Quotations", "Figures and dates"}
    dates = [lead for lead, _ in found["Figures and dates"] if lead.startswith("date: Friday")]
    assert dates == [f"date: Friday (ledger) – {APPLES[APPLES.index(chr(34)) :]}"], "a day alone tells nothing"
