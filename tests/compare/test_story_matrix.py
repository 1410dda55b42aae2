"""Statements × outlets, from files."""

from __future__ import annotations

import pytest

from newsreader.compare.matrix_model import StoryMatrix
from newsreader.compare.story_matrix import MOST_COLUMNS
from newsreader.engine.core import Engine
from newsreader.errors import NotFoundError
from tests.builders import Library
from tests.compare.translated import ENGLISH, GERMAN, Dictionary

LEDE = "An explosion tore through the grain terminal at Brackwater early on Tuesday and killed three workers."
FIRE = "Fire Commander Ivo Strand said that 84 firefighters had the flames under control by noon."
LOSS = "The company that owns the terminal puts its loss from the explosion at $40 million."
LOSS_RAISED = "The company that owns the terminal puts its loss from the explosion at $46 million."
OWN = "Schools within a kilometre of the waterfront stay closed until Thursday, the mayor said."


def build(library: Library, **texts: str) -> StoryMatrix:
    """Articles `outlet__name=text`, in this order."""
    for day, (name, text) in enumerate(texts.items(), 1):
        library.write(f"{name.replace('__', '/')}.txt", f" date 2026-10-{day:02} Blast at Brackwater\n\n{text}\n")
    library.index()
    return library.engine.comparing.matrix([library.id(f"{name.replace('__', '/')}.txt") for name in texts])


def columns(value: StoryMatrix) -> list[tuple[str, tuple[int, ...]]]:
    return [(column.name, column.articles) for column in value.columns]


def reaches(value: StoryMatrix) -> dict[str, str]:
    return {value.text(statement): value.reach(number) for number, statement in enumerate(value.statements)}


def test_who_says_what(library: Library) -> None:
    value = build(library, wire__a=f"{LEDE} {FIRE} {LOSS}", post__b=f"{LEDE} {LOSS_RAISED} {OWN}")
    assert columns(value) == [("wire", (0,)), ("post", (1,))]
    shown = {value.text(s): (value.reach(n), value.columns_of(s.articles)) for n, s in enumerate(value.statements)}
    assert shown == {LEDE: ("all", (0, 1)), FIRE: ("one", (0,)), LOSS: ("all", (0, 1)), OWN: ("one", (1,))}
    [loss] = [n for n, s in enumerate(value.statements) if value.text(s) == LOSS]
    assert value.contested() == {loss: {0, 1}}
    place = value.place(value.statements[loss].mentions[1])
    assert (place.article.source, place.paragraph, place.text) == ("post", 0, LOSS_RAISED)
    assert value.complete


def test_an_outlet_has_one_column_for_all_its_articles(library: Library) -> None:
    value = build(library, wire__a=LEDE, post__b=f"{LEDE} {FIRE}", wire__c=f"{LEDE} {OWN}")
    assert columns(value) == [("wire", (0, 2)), ("post", (1,))]
    assert reaches(value)[OWN] == "one"


def test_articles_without_an_outlet_stand_for_themselves(library: Library) -> None:
    value = build(library, first=LEDE, second=f"{LEDE} {FIRE}")
    assert columns(value) == [("first", (0,)), ("second", (1,))]


def test_copies_share_a_column_where_there_are_many_outlets(library: Library) -> None:
    copies = {f"copy{n}__x": f"{LEDE} {FIRE} {LOSS}" for n in range(MOST_COLUMNS)}
    value = build(library, wire__a=f"{LEDE} {FIRE} {LOSS} Ships wait.", **copies, post__b=f"{FIRE} {OWN}")
    assert [column.name for column in value.columns] == ["wire", "post"]
    assert len(value.columns[0].copied_by) == MOST_COLUMNS
    assert sorted(a for column in value.columns for a in column.articles) == list(range(MOST_COLUMNS + 2))


def test_copies_have_columns_of_their_own_where_there_are_few(library: Library) -> None:
    value = build(library, wire__a=f"{LEDE} {FIRE}", copy__b=f"{LEDE} {FIRE}")
    assert [column.name for column in value.columns] == ["wire", "copy"]


def test_one_outlet_alone_has_nothing_that_it_alone_says(library: Library) -> None:
    value = build(library, wire__a=f"{LEDE} {FIRE}")
    assert columns(value) == [("wire", (0,))]
    assert set(reaches(value).values()) == {"some"}


FERRY = "The ferry ran aground off Brackwater in the fog, and nobody was hurt, its owner said."
FERRY_NEAR = "Fog hid every light on that coast, and most pilots off Brackwater say so."
FERRY_CAT = "A cat was found asleep in a lifeboat."
FERRY_BELL = "Divers brought up an anchor older than any town there."


def test_found_in_one_only_are_statements_that_nothing_else_comes_near(library: Library) -> None:
    value = build(library, wire__a=f"{FERRY} {FERRY_CAT}", post__b=f"{FERRY_NEAR} {FERRY_BELL}")
    assert reaches(value) == {FERRY: "unsure", FERRY_CAT: "one", FERRY_NEAR: "unsure", FERRY_BELL: "one"}
    numbers = {value.text(statement): number for number, statement in enumerate(value.statements)}
    near = value.near(numbers[FERRY])
    assert near is not None
    assert (near.article.source, near.text) == ("post", FERRY_NEAR)
    assert value.near(numbers[FERRY_CAT]) is None


def test_found_in_one_only_is_ranked_by_how_little_comes_near(library: Library) -> None:
    value = build(library, wire__a=f"{FERRY} {FERRY_BELL} {FERRY_CAT}", post__b=f"{FERRY} {OWN}")
    ranked = value.in_one_only()
    assert {value.text(value.statements[n]) for n in ranked} == {FERRY_BELL, FERRY_CAT, OWN}
    likeness = [near.likeness for n in ranked if (near := value.nearest[n])]
    assert likeness == sorted(likeness)
    assert len(likeness) == 3


def test_nothing_is_in_one_only_where_another_outlet_writes_in_another_language(library: Library) -> None:
    german = (
        "Eine Explosion hat am frühen Dienstag das Getreidelager im Hafen zerstört, und drei Arbeiter sind dabei ums"
        " Leben gekommen. Wie die Feuerwehr sagte, waren die Flammen am Mittag unter Kontrolle, aber niemand wusste,"
        " wie es dazu gekommen war und wann die Schulen in der Nähe wieder öffnen können. Erst wenn die Ursache geklärt"
        " ist, soll hier wieder gearbeitet werden, und das kann nach allem, was man bisher weiß, noch lange dauern."
    )
    value = build(library, wire__a=f"{LEDE} {FIRE} {LOSS} {OWN} {FERRY}", blatt__b=german)
    assert set(reaches(value).values()) == {"unsure"}


def test_an_outlet_does_not_come_near_itself(library: Library) -> None:
    value = build(library, wire__a=FERRY, wire__b=FERRY_NEAR, post__c=FERRY_CAT)
    assert reaches(value) == {FERRY: "one", FERRY_NEAR: "one", FERRY_CAT: "one"}


def test_a_story_of_one_outlet_has_a_column_for_each_article(library: Library) -> None:
    value = build(library, wire__a=f"{LEDE} {FIRE}", wire__b=f"{LEDE} {OWN}")
    assert value.column_kind == "article"
    assert columns(value) == [("1 Oct", (0,)), ("2 Oct", (1,))]
    assert reaches(value) == {LEDE: "all", FIRE: "one", OWN: "one"}


def test_articles_of_one_outlet_are_called_by_what_tells_them_apart(library: Library) -> None:
    for name, header in (
        ("a", "2026-10-01T09:14"),
        ("b", "2026-10-01T11:40"),
        ("c", "2026-10-02"),
        ("d", "2026-10-02"),
    ):
        library.write(f"wire/{name}.txt", f" date {header} Blast at Brackwater\n\n{LEDE} {name}\n")
    library.write("wire/undated.txt", f"Blast at Brackwater\n\n{LEDE} {FIRE}\n")
    library.index()
    value = library.engine.comparing.matrix([library.id(f"wire/{name}.txt") for name in (*"abcd", "undated")])
    assert [column.name for column in value.columns] == ["1 Oct 09:14", "1 Oct 11:40", "2 Oct", "2 Oct (2)", "undated"]


def test_dates_of_files_are_no_dates_of_articles(library: Library) -> None:
    library.write("a/x.txt", "Blast\n\nThe court hears the case of the grain terminal at Brackwater on Monday.\n")
    library.write("b/y.txt", "Blast\n\nThe court hears the case of the grain terminal at Brackwater on Friday.\n")
    library.index()
    value = library.engine.comparing.matrix([library.id("a/x.txt"), library.id("b/y.txt")])
    assert [fact.contested for fact in value.facts] == [False, False]


def test_a_date_is_shown_with_the_words_of_who_gives_it(library: Library) -> None:
    later = "Fire Commander Ivo Strand said that 84 firefighters had the flames under control by noon on Wednesday."
    value = build(library, wire__a=f"{LEDE} {FIRE}", post__b=f"{LEDE} {later}")
    [statement] = [s for s in value.statements if value.text(s) == FIRE]
    assert statement.articles == (0, 1)
    happened = {reading.wordings: value.happened(fact) for fact in value.facts for reading in fact.readings}
    assert happened["Wednesday",] == later


def test_a_story_by_its_id_or_by_an_article(library: Library) -> None:
    build(library, wire__a=f"{LEDE} {FIRE} {LOSS}", post__b=f"{LEDE} {FIRE} {LOSS_RAISED} {OWN}")
    library.write("wire/other.txt", " date 2020-01-01 Apples\n\nGrowers expect half of last year's apples.\n")
    library.index()
    [story] = library.engine.stories.by_ids(library.engine.stories.ids())
    assert library.engine.stories.story_of(story.id[:8]).id == story.id
    assert library.engine.stories.story_of(library.path("post/b.txt")).id == story.id
    with pytest.raises(NotFoundError, match="no story"):
        library.engine.stories.story_of(library.path("wire/other.txt"))
    with pytest.raises(NotFoundError):
        library.engine.stories.story_of("s000000")


def test_what_is_said_in_two_languages_is_one_statement_and_facts_stay_with_theirs(library: Library) -> None:
    library.write("wire/a.md", "\n\n".join(("---\nlanguage: en\n---\n# Lit", *ENGLISH)))
    library.write("bote/b.md", "\n\n".join(("---\nlanguage: de\n---\n# Leuchtet", *GERMAN)))
    library.index()
    ids = [library.id("wire/a.md"), library.id("bote/b.md")]
    apart = library.engine.comparing.matrix(ids)
    library.engine.close()
    library.engine = Engine(library.locations, encoder=Dictionary)
    value = library.engine.comparing.matrix(ids)
    assert len(value.statements) == len(apart.statements) - 4
    assert [value.reach(number) for number in range(len(value.statements))].count("all") == 4
    assert not value.contested()
    assert [fact.kind for fact in value.facts] == [fact.kind for fact in apart.facts]
    for fact, before in zip(value.facts, apart.facts, strict=True):
        assert [value.said(s) for r in fact.readings for s in r.sayings] == [
            apart.said(s) for r in before.readings for s in r.sayings
        ]
