"""Where a query's words stand, and the passage that shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import QueryError
from newsreader.index import analysis
from newsreader.index.excerpt import Highlighter, Rarity, excerpt
from newsreader.index.query import Everything, Term, parse_query
from newsreader.text.spans import HighlightedText, merge_spans
from tests.examples import examples
from tests.index.corpus import TODAY


def highlighter(query: str, *languages: str, typing: bool = False) -> Highlighter:
    return Highlighter.of(parse_query(query, today=TODAY, typing=typing).root, languages or ("en",))


def marked(query: str, text: str, *languages: str, typing: bool = False) -> list[str]:
    spans = highlighter(query, *languages, typing=typing).spans(text)
    return [text[span.start : span.stop] for span in spans]


def shown(found: HighlightedText) -> list[str]:
    return [found.text[span.start : span.stop] for span in found.spans]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("vote", "Voting, the voters voted.", ["Voting", "voted"]),
        ("votes OR council", "Council vote", ["Council", "vote"]),
        ('"the budget"', "The budget: a budget. The small budget", ["The budget"]),
        ('"budget"', "budgets budget", ["budget"]),
        ('"two words"~3', "Words are two", ["Words", "two"]),
        ("bud*", "Budget, buds and mud", ["Budget", "buds"]),
        ("budgte~1", "The budget and budgets", ["budget"]),
        ("cafe", "a Café", ["Café"]),
        ("café", "a cafe and CAFÉ", ["cafe", "CAFÉ"]),
        ("don't", "don’t dont do", ["don’t", "dont"]),
        ("COVID-19", "COVID-19, covid 19, covid and 19", ["COVID-19", "covid 19"]),
        ("covid-1*", "COVID-19", ["COVID-19"]),
        ("U.S.", "The US, the U.S. and us", ["US", "U.S"]),
        ("oil", "OIL and oil", ["OIL", "oil"]),
        ("OIL", "OIL and oil", ["OIL", "oil"]),
        ("AT&T", "AT&T at", ["AT&T"]),
        ("1,110,000", "1110000 or 1,110,000", ["1110000", "1,110,000"]),
        ("china", "China's", ["China's"]),
        ("中国", "在中国人民银行", ["中国"]),
        ("人民银行", "在中国人民银行", ["人民银行"]),
        ("서울", "서울에서 열린", ["서울"]),
        ("tax -town", "tax in town", ["tax"]),
        ("NOT town", "town", []),
        ("title:tax body:town", "tax town", ["tax", "town"]),
        ("source:post tax", "post tax", ["tax"]),
        ("date:2021 tag:x", "2021 x", []),
        ("the", "the end of the day", ["the", "the"]),
        ("the end", "the end", ["end"]),
        ("", "text", []),
        ("tax", "", []),
    ],
)
def test_what_is_marked(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text) == expected


def test_what_is_typed_is_marked_from_its_beginning() -> None:
    assert marked("town coun", "The council of the town counts", typing=True) == ["council", "town", "counts"]
    assert marked("town coun", "The council of the town") == ["town"]


def test_stems_of_other_languages() -> None:
    assert marked("nouvelle", "les nouvelles lois", "en", "fr") == ["nouvelles"]


def test_a_highlighter_without_words_is_false() -> None:
    assert not Highlighter.of(Everything(), ("en",))
    assert not highlighter("date:2021")
    assert highlighter("tax")


def test_plain_text_is_marked_word_by_word() -> None:
    text = "why did the council of the town pass its budget so very late"
    spans = Highlighter.of(Term(0, len(text), text), ("en",)).spans("The town: a budget of the council")
    assert [(span.start, span.stop) for span in spans] == [(4, 8), (12, 18), (26, 33)]


# excerpts

FILLER = "Nothing of note happened on that long day and nobody said a thing about it. "


def test_without_hits_the_beginning_is_shown() -> None:
    assert excerpt((FILLER.strip(), "more"), highlighter("tax")) == HighlightedText(FILLER.strip())
    assert excerpt((), highlighter("tax")) == HighlightedText("")
    found = excerpt((FILLER * 10,), highlighter("tax"), 100)
    assert found.text.endswith("…")
    assert len(found.text) <= 101


def test_a_short_paragraph_is_shown_whole() -> None:
    assert excerpt(("One.", "A tax."), highlighter("tax")).text == "A tax."


def test_a_passage_begins_at_its_sentence() -> None:
    text = FILLER * 5 + "The tax rose. " + FILLER * 5
    found = excerpt((text,), highlighter("tax"), 120)
    assert found.text.startswith("…The tax rose.")
    assert shown(found) == ["tax"]


def test_the_passage_with_most_different_words_wins() -> None:
    many_of_one = "Tax tax tax tax tax tax. "
    both = "The town has a tax."
    assert shown(excerpt((many_of_one, both), highlighter("tax town"))) == ["town", "tax"]
    text = many_of_one + FILLER * 8 + both + " " + FILLER * 8
    assert set(shown(excerpt((text,), highlighter("tax town"), 120))) == {"town", "tax"}


def rare(*stems: str) -> Rarity:
    return lambda stem: 6.0 if stem in stems else 1.0


def best(query: str, rarity: Rarity, *paragraphs: str, width: int = 120) -> HighlightedText:
    return excerpt(paragraphs, Highlighter.of(parse_query(query, today=TODAY).root, ("en",), rarity), width)


def test_a_rare_word_is_worth_more_than_several_frequent_ones() -> None:
    frequent, telling = "The president said new rules are coming.", "A tariff on steel stays."
    query = "president said new tariff"
    assert best(query, rare("tariff"), frequent, telling).text == telling
    assert best(query, rare(), frequent, telling).text == frequent
    long = f"{frequent} {FILLER * 4}{telling} {FILLER * 4}"
    assert "tariff" in shown(best(query, rare("tariff"), long))
    assert "tariff" not in shown(best(query, rare(), long))


def test_forms_of_one_word_are_one_word() -> None:
    assert (
        best("voters town", rare(), "He votes, voting is voted.", "A voter of the town.").text == "A voter of the town."
    )
    fr = Highlighter.of(parse_query("nouvelle", today=TODAY).root, ("en", "fr"))
    assert len(fr.worth) == 1


def test_words_side_by_side_are_worth_a_little_more() -> None:
    apart = f"A wall, and what they say of it is great. {FILLER * 4}"
    together = f"The great wall is old. {FILLER * 4}"
    assert "great wall" in best("great wall", rare(), apart + together).text
    assert "say of it" in best("great wall", rare(), apart).text


def test_of_equal_passages_the_earlier_is_shown() -> None:
    assert best("tax town", rare(), "The tax rose.", "In town nothing did.").text == "The tax rose."


def test_a_word_that_is_in_no_text_counts_as_the_others_do() -> None:
    def known(stem: str) -> float:
        return {"town": 3.0, "tax": 5.0}.get(stem, 0.0)

    worth = dict(Highlighter.of(parse_query('town tax bud* "old town"', today=TODAY).root, ("en",), known).worth)
    assert worth == {"town": 3.0, "tax": 5.0, "bud": pytest.approx(11 / 3), "old town": 3.0}


def test_words_at_both_ends_of_the_passage_are_shown() -> None:
    text = FILLER * 4 + "tax " + "x" * 50 + " " + "y" * 50 + " town, " + FILLER * 4
    assert shown(excerpt((text,), highlighter("tax town"), 120)) == ["tax", "town"]


def test_a_passage_of_text_without_blanks() -> None:
    text = "日" * 500 + "中国" + "月" * 500
    found = excerpt((text,), highlighter("中国"), 60)
    assert shown(found) == ["中国"]
    assert len(found.text) <= 62


WORDS = ("tax", "town", "budget", "a", "of", "long", "words", "and", "others,", "end.", "Why?")
TEXT = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@examples(150)
@given(
    st.lists(TEXT, max_size=3),
    st.integers(30, 120),
    st.sampled_from(["tax town budget", '"tax town" OR budget', "bud*"]),
)
def test_excerpts_are_whole_words_of_the_text(texts: list[str], width: int, query: str) -> None:
    wanted = highlighter(query)
    found = excerpt(tuple(texts), wanted, width)
    inner = found.text.removeprefix("…").removesuffix("…")
    assert len(inner) <= width
    if texts:
        source = next(text for text in texts if inner in text)
        at = source.index(inner)
        assert not found.text.startswith("…") or source[:at].endswith(" ") or f" {inner}" in source
        assert all(word.strip(",.?") in {w.strip(",.?") for w in WORDS} for word in inner.split())
    for span in found.spans:
        assert wanted.spans(found.text[span.start : span.stop])
        assert span in wanted.spans(found.text) or query.startswith('"')


@examples(150)
@given(
    st.permutations(["tax", "town", "budget"]),
    st.lists(st.sampled_from(["a", "of", "long"]), max_size=6),
    st.integers(0, 30),
)
def test_words_that_are_near_are_shown_together(words: list[str], between: list[str], before: int) -> None:
    passage = f" {' '.join(between)} ".join(words)
    text = FILLER * before + passage + " " + FILLER * 5
    found = excerpt((FILLER + "A tax.", text), highlighter("tax town budget"), 140)
    assert sorted(shown(found)) == ["budget", "tax", "town"]


@examples(200)
@given(
    st.text("tax town 中国é'ʼ-.*~\" ŉ", max_size=20) | st.text(max_size=20),
    st.text("tax town 中国é'ʼ-. ŉ", max_size=60) | st.text(max_size=60),
    st.integers(1, 40),
)
def test_spans_lie_within_any_text(query: str, text: str, width: int) -> None:
    try:
        wanted = highlighter(query, "en", "fr")
    except QueryError:
        return
    starts = {chunk.start for chunk in analysis.chunks(text)}
    for span in wanted.spans(text):
        assert 0 <= span.start < span.stop <= len(text)
        assert span.start in starts
    excerpt((text, text * 3), wanted, width)  # a HighlightedText checks its spans itself


ODD_WORDS = st.sampled_from(
    ["dollar", "Dollars", "US$5m", "3abc4", "co-op", "co-dollar", "d.o.d", "l'été", "ſd", "ódd", "日本d"]
)


@given(
    st.lists(st.text("abdD oO4.,'-_é日\n²", max_size=12) | ODD_WORDS, max_size=12).map(" ".join) | st.text(max_size=40),
    st.sampled_from(["dol*", "dollar", "co*", "odd~1", "44*", "日本", "été OR do*"]),
)
@examples(300)
def test_words_that_are_passed_over_are_none_that_is_looked_for(text: str, query: str) -> None:
    found = highlighter(query)
    by_word = merge_spans(
        span
        for match in analysis.CHUNK.finditer(text)
        if any(found.form_of(word) for word in analysis.analyse(match.group()))
        for span in found._hit_spans(match.group(), match.start())
    )
    assert found.spans(text) == by_word
