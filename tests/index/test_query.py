"""The grammar: what is typed → a tree, or an error that names the place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.errors import QueryError
from newsreader.index import query
from newsreader.index.describe import describe
from newsreader.index.field_aliases import ALIASES
from newsreader.index.periods import Period
from newsreader.index.query import (
    DEEPEST,
    LONGEST_QUERY,
    MOST_CLAUSES,
    QUERY_FIELDS,
    And,
    Dates,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Saved,
    Term,
    leaves,
    nearest,
    parse_query,
    quoted,
    repaired,
)
from tests.examples import examples
from tests.index.corpus import TODAY, explained


def parse(text: str, *, typing: bool = False) -> Node:
    return parse_query(text, today=TODAY, typing=typing).root


def notes(text: str) -> tuple[str, ...]:
    return parse_query(text, today=TODAY).notes


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text)
    return caught.value


def shape(node: Node) -> str:
    """The tree with all its parentheses."""
    match node:
        case And():
            return "(" + " & ".join(map(shape, node.parts)) + ")"
        case Or():
            return "(" + " | ".join(map(shape, node.parts)) + ")"
        case Not():
            return "!" + shape(node.part)
        case Term() | Phrase():
            return f"{node.field}:{node.text}" if node.field else node.text
        case Everything():
            return "*"
        case Saved():
            return f"@{node.name}"
        case Filter():
            return f"{node.field}={node.value}"
        case Dates():
            return str(node.period)


# words, phrases, prefixes, fuzzy words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word", Term(0, 4, "word")),
        ("  word ", Term(2, 6, "word")),
        ("wild*", Term(0, 5, "wild", mode="prefix")),
        ("wi**", Term(0, 4, "wi", mode="prefix")),
        ("fuzzy~", Term(0, 6, "fuzzy", mode="fuzzy", distance=1)),
        ("fuzzier~", Term(0, 8, "fuzzier", mode="fuzzy", distance=2)),
        ("fuzzier~1", Term(0, 9, "fuzzier", mode="fuzzy", distance=1)),
        ("fuzzy~0", Term(0, 7, "fuzzy")),
        ("don't", Term(0, 5, "don't")),
        ("COVID-19", Term(0, 8, "COVID-19")),
        ("U.S.", Term(0, 4, "U.S.")),
        ("AT&T", Term(0, 4, "AT&T")),
        ("10:30", Term(0, 5, "10:30")),
        ('"exact phrase"', Phrase(0, 14, "exact phrase")),
        ("“exact phrase”", Phrase(0, 14, "exact phrase")),
        ("„exact phrase“", Phrase(0, 14, "exact phrase")),
        ("«exact phrase»", Phrase(0, 14, "exact phrase")),
        ("»exact phrase«", Phrase(0, 14, "exact phrase")),
        ('"two words"~5', Phrase(0, 13, "two words", slop=5)),
        ("title:word", Term(0, 10, "word", "title")),
        ("TITLE: word", Term(0, 11, "word", "title")),
        ("body:wild*", Term(0, 10, "wild", "body", "prefix")),
        ('source:"The Times"', Phrase(0, 18, "The Times", "source")),
        ("author:o'neill", Term(0, 14, "o'neill", "author")),
        ("path:2021/march", Term(0, 15, "2021/march", "path")),
        ("title:Foo:bar", Term(0, 13, "Foo:bar", "title")),
        ("Xiaomi: profits", And(0, 15, (Term(0, 7, "Xiaomi:"), Term(8, 15, "profits")))),
        ("https://example.org/a", Phrase(0, 21, "//example.org/a")),
        ("@mine", Saved(0, 5, "mine")),
        ("lang:DE", Filter(0, 7, "lang", "de")),
        ("tag:Mine", Filter(0, 8, "tag", "Mine")),
        ('tag:"two words"', Filter(0, 15, "tag", "two words")),
        ('tag: "two words"', Filter(0, 16, "tag", "two words")),
        ("story:ab12", Filter(0, 10, "story", "ab12")),
        ("similar:0123456789abcdef", Filter(0, 24, "similar", "0123456789abcdef")),
        ("id:0123", Filter(0, 7, "id", "0123")),
        ("is:Unread", Filter(0, 9, "is", "unread")),
        ("date:2021-03-26", Dates(0, 15, Period(date(2021, 3, 26), date(2021, 3, 26)))),
        ("date:yesterday", Dates(0, 14, Period(date(2021, 3, 30), date(2021, 3, 30)))),
        ('date:"last week"', Dates(0, 16, Period(date(2021, 3, 22), date(2021, 3, 28)))),
        ("date:[2021-03-01 to 2021-03-31]", Dates(0, 31, Period(date(2021, 3, 1), date(2021, 3, 31)))),
        ("date:>=2021-03-01", Dates(0, 17, Period(date(2021, 3, 1), None))),
        ("date:..2021", Dates(0, 11, Period(None, date(2021, 12, 31)))),
        ('newer:"3 days"', Dates(0, 14, Period(date(2021, 3, 28), None))),
        ("older:2021-03-26", Dates(0, 16, Period(None, date(2021, 3, 25)))),
        ("", Everything()),
        ("   ", Everything()),
        ("*", Everything(0, 1)),
        ("(*)", Everything(1, 2)),
    ],
)
def test_one_part(text: str, expected: Node) -> None:
    assert parse(text) == expected


# dates without quotes: the longest date phrase that follows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date:last year", "in 2020"),
        ("date:last week", "from 22 March 2021 to 28 March 2021"),
        ("date:last week election", "(from 22 March 2021 to 28 March 2021 & election)"),
        ("election date: Last  Week", "(election & from 22 March 2021 to 28 March 2021)"),
        ("date:this month OR storm", "(in March 2021 | storm)"),
        ("(date:last monday) storm", "(on 29 March 2021 & storm)"),
        ("-date:last week storm", "(!from 22 March 2021 to 28 March 2021 & storm)"),
        ("date:3 days ago", "on 28 March 2021"),
        ("date:3 days storm", "(on 28 March 2021 & storm)"),
        ("newer:3 days", "since 28 March 2021"),
        ("newer:3 days ago storm", "(since 28 March 2021 & storm)"),
        ("older:2 weeks storm", "(until 16 March 2021 & storm)"),
        ("newer:last week", "since 22 March 2021"),
        ("date:march 2021", "in March 2021"),
        ("date:Mar. 2020 storm", "(in March 2020 & storm)"),
        ("date:26 march 2021 storm", "(on 26 March 2021 & storm)"),
        ("date:march 26, 2021 storm", "(on 26 March 2021 & storm)"),
        ("date:march 26 2021", "on 26 March 2021"),
        ("date:last week..today storm", "(from 22 March 2021 to 31 March 2021 & storm)"),
        ("date:26 march 2021..28 march 2021", "from 26 March 2021 to 28 March 2021"),
        ("date:2021-03-01 .. 2021-03-26", "from 1 March 2021 to 26 March 2021"),
        ("date:..last week storm", "(until 28 March 2021 & storm)"),
        ("date:march 2021.. storm", "(since 1 March 2021 & storm)"),
        ("date:>= march 2021 storm", "(since 1 March 2021 & storm)"),
        ("date:<last week", "until 21 March 2021"),
        # a date of one word stays one, whatever follows
        ("date:yesterday storm", "(on 30 March 2021 & storm)"),
        ("date:march storm", "(in March 2021 & storm)"),
        ("date:march 26", "(in March 2021 & 26)"),
        ("date:march 2021-03", "(in March 2021 & 2021-03)"),
        ("date:may OR june", "(in May 2020 | june)"),
        ("date:2021 days", "(in 2021 & days)"),
        ("date:2020 2021", "(in 2020 & 2021)"),
        ("date:2021.. monday", "(since 1 January 2021 & monday)"),
        ("date:monday last week", "(on 29 March 2021 & last & week)"),
        ("date:today 3 days", "(on 31 March 2021 & 3 & days)"),
        ("newer:2021-03-26 ago", "(since 26 March 2021 & ago)"),
        ('date:"last week" storm', "(from 22 March 2021 to 28 March 2021 & storm)"),
        ('date:last week"storm', "(from 22 March 2021 to 28 March 2021 & storm)"),
    ],
)
def test_dates_need_no_quotes(text: str, expected: str) -> None:
    assert shape(parse(text)) == expected


# precedence: NOT, AND (a blank too), OR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", "(a & b)"),
        ("a AND b", "(a & b)"),
        ("a OR b", "(a | b)"),
        ("aa bb OR cc", "((aa & bb) | cc)"),
        ("aa AND bb OR cc", "((aa & bb) | cc)"),
        ("aa OR bb cc", "(aa | (bb & cc))"),
        ("aa OR bb AND cc OR dd", "(aa | (bb & cc) | dd)"),
        ("(aa OR bb) cc", "((aa | bb) & cc)"),
        ("NOT a b", "(!a & b)"),
        ("NOT a OR b", "(!a | b)"),
        ("NOT (a b)", "!(a & b)"),
        ("NOT NOT a", "!!a"),
        ("-apples pears", "(!apples & pears)"),
        ("pears -apples", "(pears & !apples)"),
        ("pears AND NOT apples", "(pears & !apples)"),
        ("pears NOT apples", "(pears & !apples)"),
        ('-"green apples" pears', "(!green apples & pears)"),
        ("-(apples OR plums) pears", "(!(apples | plums) & pears)"),
        ("-title:apples", "!title:apples"),
        ("-date:2021 a", "(!in 2021 & a)"),
        ("a @mine", "(a & @mine)"),
        ("-@mine", "!@mine"),
        ("a-b", "a-b"),
        ("and or not", "(and & or & not)"),
        ("((a))", "a"),
        ("a (b", "(a & b)"),
        ("* OR a", "(* | a)"),
        ("a OR *", "(a | *)"),
        ("* a", "a"),
        ("* -a", "!a"),
        ("a AND *", "a"),
        ("date:2021 OR a b", "(in 2021 | (a & b))"),
        ("is:unread tag:x", "(is=unread & tag=x)"),
    ],
)
def test_precedence(text: str, expected: str) -> None:
    assert shape(parse(text)) == expected


def test_only_blanks_make_an_and_that_may_be_loosened() -> None:
    loose, strict = parse("a b"), parse("a AND b")
    assert isinstance(loose, And)
    assert isinstance(strict, And)
    assert (loose.implicit, strict.implicit) == (True, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a — b", "(a & b)"), ("a & b", "(a & b)"), ("a -> b", "(a & b)"), ("a - b", "(a & b)"), ('a "" b', "(a & b)"),
     ("a AND —", "a"), ("— AND a", "a"), ("a ..* b", "(a & b)"), ("a __ b", "(a & b)"), ("a _~ b", "(a & b)")],
)  # fmt: skip
def test_what_holds_no_word_is_passed_over_and_said_so(text: str, expected: str) -> None:
    assert shape(parse(text)) == expected
    assert any("passed over" in note for note in notes(text)) or '""' in text


@pytest.mark.parametrize("text", ["— OR oil", "oil OR —", '"…" OR oil'])
def test_nothing_never_stands_for_all_articles(text: str) -> None:
    assert "OR has nothing" in refused(text).reason


def test_an_open_quotation_goes_to_the_end_and_is_said() -> None:
    query = parse_query('before "open quote', today=TODAY)
    assert shape(query.root) == "(before & open quote)"
    assert query.notes == ("the open quotation mark was closed at the end",)


def test_an_open_parenthesis_is_closed_and_said() -> None:
    assert notes("(a OR b") == ("the open ( was closed at the end",)


# errors


@pytest.mark.parametrize(
    ("text", "start", "stop", "suggestion"),
    [
        ("titel:abc", 0, 6, "title:"),
        ("x nofield:abc", 2, 10, None),
        ("x sorce:abc", 2, 8, "source:"),
        ("a is:unred b", 2, 10, "is:unread"),
        ("is:zzzzz", 0, 8, None),
        ("x date:notadate y", 2, 15, None),
        ("date:a", 0, 6, None),
        ("date:2021-02-30", 0, 15, None),
        ("date:>9999", 0, 10, None),
        ("newer:soon", 0, 10, None),
        ("newer:", 0, 6, None),
        ("tag:", 0, 4, None),
        ("title:", 0, 6, None),
        ("title:(a b)", 0, 6, None),
        ("a OR", 2, 4, None),
        ("OR a", 0, 2, None),
        ("a OR OR b", 2, 4, None),
        ("a AND", 2, 5, None),
        ("AND a", 0, 3, None),
        ("a AND OR b", 2, 5, None),
        ("a NOT", 2, 5, None),
        ("NOT", 0, 3, None),
        ("a )", 2, 3, None),
        ("()", 0, 2, None),
        ("a ( )", 2, 5, None),
        ("*abc", 0, 4, "abc*"),
        ("a b*c", 2, 5, "bc*"),
        ("x a*", 2, 4, None),
        ("title:a*", 6, 8, None),
        ("x word~3", 2, 8, "word~2"),
        ("word~9", 0, 6, "word~2"),
        ("...", 0, 3, None),
        ('""', 0, 2, None),
    ],
)
def test_errors_name_the_place_and_the_nearest_right_thing(
    text: str, start: int, stop: int, suggestion: str | None
) -> None:
    error = refused(text)
    assert (error.start, error.stop, error.suggestion) == (start, stop, suggestion)
    assert error.reason


def test_an_unknown_field_is_called_by_its_name() -> None:
    assert str(refused("titel:abc")) == "there is no field 'titel'; did you mean title:?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("from:reuters", "source:reuters"),
        ('storm from:"The Times" sea', 'storm source:"The Times" sea'),
        ("FROM:reuters", "source:reuters"),
        ("site:reuters", "source:reuters"),
        ("outlet:reuters", "source:reuters"),
        ("in:reuters", "source:reuters"),
        ("in:2021-03", "date:2021-03"),
        ("from:2021-03-01", "newer:2021-03-01"),
        ("by:o'neill", "author:o'neill"),
        ("subject:storm", "title:storm"),
        ("headline:storm*", "title:storm*"),
        ("text:storm", "body:storm"),
        ("label:sea", "tag:sea"),
        ("language:de", "lang:de"),
        ("-from:reuters storm", "-source:reuters storm"),
        ("since:2021-03", "newer:2021-03"),
        ("since:last week storm", 'newer:"last week" storm'),
        ('since:"3 days"', 'newer:"3 days"'),
        ("before:2021", "older:2021"),
        ("after:2021", "date:>2021"),
        ("after:march 2021 storm", 'date:">march 2021" storm'),
        ("until:2021-03-26", "date:..2021-03-26"),
        ("on:26 march 2021", 'date:"26 march 2021"'),
        ("storm from:reuters since:2021", "storm source:reuters newer:2021"),
        ("titel:storm", "title:storm"),
        ("is:unred", "is:unread"),
        ("since:kickoff", None),
        ("from:(a b)", None),
        ("colour:red", None),
        ("storm AND", None),
    ],
)
def test_fields_of_other_programs_are_answered_with_the_query_that_is_meant(typed: str, meant: str | None) -> None:
    assert repaired(typed, refused(typed), today=TODAY) == meant


@pytest.mark.parametrize("field", ALIASES)
def test_every_field_of_another_program_stands_for_one_of_ours(field: str) -> None:
    assert field not in QUERY_FIELDS
    error = refused(f"{field}:word")
    assert error.suggestion is not None
    assert error.suggestion.partition(":")[0] in QUERY_FIELDS


@pytest.mark.parametrize("text", ["Subject: storm", "From: The Times", "Since:", "from : reuters"])
def test_with_a_blank_behind_it_a_name_is_a_word(text: str) -> None:
    assert all(isinstance(leaf, Term) and leaf.field is None for leaf in leaves(parse(text)))


def test_a_bad_date_is_answered_with_examples() -> None:
    assert "'notadate' is no date" in str(refused("date:notadate"))
    assert "2021-03-26" in str(refused("date:notadate"))


def test_a_bad_date_of_several_words_is_named_whole() -> None:
    error = refused("tax date:31 february 2021 law")
    assert "'31 february 2021' is no date" in str(error)
    assert (error.start, error.stop) == (4, 25)


def test_long_texts_are_refused_with_a_way_out() -> None:
    assert isinstance(parse("word " * MOST_CLAUSES), And)
    error = refused("word " * 3000)
    assert "--any" in error.reason
    assert (error.start, error.stop) == (5 * MOST_CLAUSES, 15000)


def test_the_words_of_a_phrase_count_too() -> None:
    assert isinstance(parse('"' + "word " * MOST_CLAUSES + '"'), Phrase)
    for text in ('"' + "word " * 3000, 'title:"' + "word " * 3000 + '"~3'):
        error = refused(text)
        assert "--any" in error.reason
        assert (error.start, error.stop) == (text.index('"'), len(text))


@pytest.mark.parametrize(
    "part", ["a~", "a-", "bank.", "a/", "一"], ids=["fuzzy", "hyphens", "points", "path", "characters"]
)
@pytest.mark.parametrize("field", ["", "title:", "path:", "http://"])
def test_the_words_of_one_part_count_too(part: str, field: str) -> None:
    """They would all be looked for side by side, each among all words if it is fuzzy."""
    error = refused(f"tax {field}{part * MOST_CLAUSES}{part[0]}")
    assert "--any" in error.reason
    assert isinstance(parse(f"tax {field}{part * (MOST_CLAUSES // 4)}{part[0]}"), And)


@pytest.mark.parametrize("text", ["a", "a~", "(", "-", '"', "\\", " ", "tag:x ", "word ", "一", "é"])
def test_a_megabyte_is_refused_before_it_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "_LEXER", None)  # which it would be read with
    error = refused(text * (1_000_000 // len(text)))
    assert "20,000" in error.reason
    assert error.start == LONGEST_QUERY


@pytest.mark.parametrize("opening", ["(", "NOT ", "-("])
def test_nesting_is_bounded(opening: str) -> None:
    deep = 3000
    assert "deep" in refused(opening * deep + "a" + ")" * deep).reason
    assert shape(parse("(" * DEEPEST + "a" + ")" * DEEPEST)) == "a"


# typing


@pytest.mark.parametrize(
    ("text", "open_word"),
    [("bud", "bud"), ("city bud", "bud"), ("a OR bud", "bud"), ("-bud", "bud"), ("title:bud", "bud"),
     ("a OR (b bud", "bud"), ("bud ", None), ('"bud', None), ("bud*", None), ("bud~", None), ("date:2021", None),
     ("(bud)", None)],
)  # fmt: skip
def test_the_last_word_of_what_is_typed_is_open(text: str, open_word: str | None) -> None:
    opened = [leaf.text for leaf in leaves(parse(text, typing=True)) if isinstance(leaf, Term) and leaf.typing]
    assert opened == ([open_word] if open_word else [])
    assert not any(isinstance(leaf, Term) and leaf.typing for leaf in leaves(parse(text)))


# pieces


def test_leaves_from_left_to_right() -> None:
    assert [shape(leaf) for leaf in leaves(parse("a (b OR -c) tag:d *"))] == ["a", "b", "c", "tag=d"]


def test_nearest_finds_misspelt_names_only() -> None:
    assert nearest("auther", QUERY_FIELDS) == "author"
    assert nearest("qqqq", QUERY_FIELDS) is None


@examples(100)
@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=20))
def test_a_quoted_value_comes_back(value: str) -> None:
    from newsreader.text.clean import one_line

    if any(mark in value for mark in '"“”„«»') or not one_line(value):
        return
    node = parse(f"tag:{quoted(value)}")
    assert isinstance(node, Filter)
    assert node.value == one_line(value)


# any text at all

PIECES = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "-",
        "(",
        ")",
        '"',
        "“",
        "”",
        "«",
        "»",
        "*",
        "~",
        "~2",
        "a",
        "foo",
        "foo*",
        "foo~",
        ":",
        "title:",
        "date:",
        "is:",
        "tag:",
        "is:unread",
        "@",
        "@x",
        "..",
        "[",
        "]",
        "2021",
        "\\",
        "/.*/",
        "a.b",
        "\x00",
        "\x1b[31m",
        "\ud800",
        "\u202e",
        "中国",
        "한국",
        "ʼ",
        "ŉ",
        "é",
        " ",
        "  ",
        "\n",
        "^",
        "?",
        "don't",
        "_",
        "newer:",
        "similar:",
        ">",
        "AND AND",
    ]
)
TEXTS = (
    st.text(max_size=40)
    | st.lists(PIECES, max_size=12).map("".join)
    | st.lists(PIECES, max_size=12).map(" ".join)
    | st.text("\"()~*-: AO'&.@aNR", max_size=30)
)


def _places_are_good(node: Node, text: str) -> bool:
    inner: tuple[Node, ...] = ()
    if isinstance(node, And | Or):
        inner = node.parts
    elif isinstance(node, Not):
        inner = (node.part,)
    return 0 <= node.start <= node.stop <= len(text) and all(_places_are_good(part, text) for part in inner)


@examples(800)
@given(TEXTS, st.booleans())
def test_any_text_is_understood_or_explained(text: str, typing: bool) -> None:
    query = explained(text, lambda: parse_query(text, today=TODAY, typing=typing))
    if query is not None:
        assert query.text == text
        assert _places_are_good(query.root, text)
        assert isinstance(describe(query.root), str)
        assert describe(query.root)
