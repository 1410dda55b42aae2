"""What a story's statements and facts look like: rows of the grid, and below it the wording of each outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from newsreader.compare.matrix_model import Citation, StoryFact, StoryMatrix
from newsreader.compare.word_changes import changes
from newsreader.text.clean import visible
from newsreader.text.plural import counted
from newsreader.text.spans import Span, merge_spans
from newsreader.tui import signs
from newsreader.tui.content import ACCENT, FAINT, HEADLINE, MUTED, highlighted, joined, long_date, plain
from newsreader.tui.matrix.grid import GridRow, letter

SIGNS = {"all": signs.ALL_SAY, "some": "", "unsure": "", "one": signs.ONE_SAYS}
DIFFERENT = "underline"
"""Of words that the first wording does not have."""
LONGEST = 4_000
"""Code points up to which the words of two wordings are compared."""
_ONE_LINE = str.maketrans("\n\t", "  ")


def statement_rows(value: StoryMatrix) -> list[GridRow]:
    """A row for each statement."""
    contested = value.contested()
    rows = []
    for number, statement in enumerate(value.statements):
        reach = value.reach(number)
        said = set(value.columns_of(statement.articles))
        against = set(value.columns_of(contested.get(number, ())))
        cells = [
            signs.AGAINST if n in against else signs.SAID if n in said else signs.SILENT
            for n in range(len(value.columns))
        ]
        text = plain(value.text(statement).translate(_ONE_LINE), HEADLINE if reach == "all" else "")
        style = "$error" if against else ACCENT if reach == "one" else ""
        rows.append(GridRow(text, SIGNS[reach], tuple(cells), style))
    return rows


def fact_rows(value: StoryMatrix) -> list[GridRow]:
    """A row for each figure, date and quotation."""
    return [_fact_row(value, fact) for fact in value.facts]


def _fact_row(value: StoryMatrix, fact: StoryFact) -> GridRow:
    cells = [signs.SILENT] * len(value.columns)
    several = len(fact.readings) > 1
    for index, reading in enumerate(fact.readings):
        for column in value.columns_of(reading.articles):
            mark = letter(index + 26) if several else signs.SAID
            cells[column] = mark if cells[column] == signs.SILENT else signs.SEVERAL
    between = plain(f" {signs.AGAINST} " if fact.contested else " / ", "$error" if fact.contested else FAINT)
    readings = between.join([_value(fact, reading.wordings[0]) for reading in fact.readings])
    sign = signs.AGAINST if fact.contested else ""
    style = "$error" if fact.contested else ""
    happened = plain(f"  {value.happened(fact).translate(_ONE_LINE)}".rstrip(), FAINT)
    return GridRow(plain(f"{fact.kind:8} ", FAINT) + readings + happened, sign, tuple(cells), style)


def _value(fact: StoryFact, written: str) -> Content:
    shown = written.translate(_ONE_LINE)
    return plain(f"“{shown}”" if fact.kind == "quote" else shown, HEADLINE if fact.contested else "")


def summary(value: StoryMatrix, width: int) -> Content:
    """The matrix in one line."""
    reaches = [value.reach(number) for number in range(len(value.statements))]
    alone, everyone = reaches.count("one"), reaches.count("all")
    contested = sum(fact.contested for fact in value.facts)
    left_out = f"{value.left_out:,} more left out" if value.left_out else ""
    partial = plain(left_out or ("" if value.complete else "too much to compare all of it"), "$warning")
    outlets = 1 if value.column_kind == "article" else len(value.columns)
    counts = [counted(len(value.articles), "article"), counted(outlets, "outlet")]
    reach = [
        f"{SIGNS['all']} {everyone} all say",
        f"{SIGNS['one']} {alone} in one only",
        f"{signs.AGAINST} {contested} contested",
    ]
    line = joined([*(plain(text, MUTED) for text in (*counts, *reach)), partial])
    return line if line.cell_length <= width else joined([*(plain(text, MUTED) for text in reach), partial])


# the wording of each outlet


def wordings(value: StoryMatrix, number: int, column: int, *, letters: bool) -> Content:
    """How each outlet makes a statement; what is worded alike stands once. With `letters` outlets have theirs, as in
    the heads of narrow columns."""
    statement = value.statements[number]
    places: dict[str, list[Citation]] = {}
    for mention in statement.mentions:
        place = value.place(mention)
        places.setdefault(place.text, []).append(place)
    first = next(iter(places))
    blocks = [_reach_line(value, number)]
    for text, same in places.items():
        blocks.append(_sources(value, same, column, letters) + "\n" + _marked(text, first))
    said = value.columns_of(statement.articles)
    silent = [_column_name(value, n) for n in range(len(value.columns)) if n not in said]
    if near := value.near(number):
        blocks.append(plain("nearest elsewhere", FAINT))
        blocks.append(_sources(value, [near], column, letters) + "\n" + plain(near.text.translate(_ONE_LINE), MUTED))
    elif silent:
        blocks.append(plain(f"not found in {', '.join(silent)}", FAINT))
    return plain("\n").join(blocks)


def _reach_line(value: StoryMatrix, number: int) -> Content:
    columns = value.columns_of(value.statements[number].articles)
    match value.reach(number):
        case "all":
            text = f"{SIGNS['all']} all {counted(len(value.columns), value.column_kind)} say it"
        case "one":
            found = value.in_one_only()
            rank = f"{found.index(number) + 1} of {len(found)}, least like the others first"
            text = f"{SIGNS['one']} found in {_column_name(value, columns[0])} only · {rank}"
        case "unsure":
            text = f"{_column_name(value, columns[0])} says it, and others come near"
        case _:
            text = f"{len(columns)} of {counted(len(value.columns), value.column_kind)} say it"
    contested = [fact for fact in value.facts if fact.contested and number in fact.statements]
    facts = [
        plain(f" {signs.AGAINST} ", "$error").join([_value(fact, reading.wordings[0]) for reading in fact.readings])
        for fact in (contested if number in value.contested() else ())
    ]
    return joined([plain(text, MUTED), *facts])


def _sources(value: StoryMatrix, places: Sequence[Citation], column: int, letters: bool) -> Content:
    """Who words it so, when and where; the one under the cursor stands out."""
    here = {value.articles[a].id for a in value.columns[column].articles}
    parts = []
    for place in places:
        article = place.article
        name = plain(_named(value, place, letters), f"bold {ACCENT}" if article.id in here else HEADLINE)
        when = long_date(article.published, article.has_time) if article.published else ""
        where = "headline" if place.paragraph < 0 else f"¶ {place.paragraph + 1}"
        about = f"  {when} · {where}" if len(places) == 1 else f" {where}"
        parts.append(name + plain(about, FAINT))
    return plain(", ", FAINT).join(parts)


def _named(value: StoryMatrix, place: Citation, letters: bool) -> str:
    name = place.article.outlet
    if not letters:
        return name
    number = next(n for n, article in enumerate(value.articles) if article.id == place.article.id)
    return f"{letter(next(n for n, column in enumerate(value.columns) if number in column.articles))} {name}"


def _column_name(value: StoryMatrix, column: int) -> str:
    return visible(value.columns[column].name)


def _marked(text: str, first: str) -> Content:
    """A wording, with what the first one does not have marked."""
    shown = text.translate(_ONE_LINE)
    if text == first or max(len(text), len(first)) > LONGEST:
        return plain(shown)
    found = changes([(0, first)], [(0, text)])[1]
    return highlighted(shown, merge_spans(Span(c.start, c.stop) for c in found), match=DIFFERENT)


def readings(value: StoryMatrix, number: int, column: int, *, letters: bool) -> Content:
    """Who gives which reading of a fact, and in which words."""
    fact = value.facts[number]
    blocks = [_fact_line(fact)]
    for index, reading in enumerate(fact.readings):
        mark = f"{letter(index + 26)}  " if len(fact.readings) > 1 else ""
        written = plain("  /  ", FAINT).join([_value(fact, text) for text in reading.wordings])
        blocks.append(plain(mark, "$error" if fact.contested else FAINT) + written)
        blocks.extend(_sayings(value, number, index, column, letters))
    return plain("\n").join(blocks)


def _fact_line(fact: StoryFact) -> Content:
    count = len(fact.articles)
    if fact.contested:
        how = "quoted differently" if fact.kind == "quote" else "they contradict each other"
        return plain(f"{signs.AGAINST} {fact.kind}: {how}", MUTED)
    agree = "they agree" if count > 1 else "one article gives it"
    trimmed = " (quoted in part)" if len(fact.readings) > 1 else ""
    return plain(f"{fact.kind}: {agree}{trimmed}", MUTED)


def _sayings(value: StoryMatrix, number: int, index: int, column: int, letters: bool) -> Iterator[Content]:
    """The sentences that hold a reading, with the value marked."""
    for saying in value.facts[number].readings[index].sayings:
        place = value.said(saying)
        shown = place.text.translate(_ONE_LINE)
        at = shown.find(saying.written.translate(_ONE_LINE))
        spans = [Span(at, at + len(saying.written))] if at >= 0 else []
        yield _sources(value, [place], column, letters) + "\n" + highlighted(shown, spans, MUTED, HEADLINE)
