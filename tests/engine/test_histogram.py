"""When the articles of a result were published."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.engine.histogram import histogram
from newsreader.engine.results import UNITS, Bar, Unit
from newsreader.index.periods import Period, parse_period
from newsreader.text.dates import day_number
from tests.builders import Library
from tests.examples import examples


def days(*texts: str | None) -> np.ndarray:
    return np.array([0 if text is None else day_number(date.fromisoformat(text)) for text in texts], np.int64)


def counts(bars: tuple[Bar, ...]) -> dict[str, int]:
    return {bar.value: bar.count for bar in bars}


def test_days_without_a_gap() -> None:
    found = histogram(days("2021-03-01", "2021-02-27", None, "2021-03-01"))
    assert (found.unit, found.undated) == ("day", 1)
    assert counts(found.bars) == {"2021-02-27": 1, "2021-02-28": 0, "2021-03-01": 2}


@pytest.mark.parametrize(
    ("last", "most", "unit", "bars"),
    [
        ("2021-03-10", 10, "day", 10),
        ("2021-03-11", 10, "month", 1),
        ("2021-12-31", 10, "month", 10),
        ("2022-01-01", 10, "year", 2),
        ("2999-12-31", 10, "year", 979),
        ("2021-03-01", 1, "day", 1),
    ],
)
def test_the_finest_unit_that_fits(last: str, most: int, unit: Unit, bars: int) -> None:
    found = histogram(days("2021-03-01", last), most=most)
    assert (found.unit, len(found.bars)) == (unit, bars)
    assert sum(bar.count for bar in found.bars) == 2


def test_nothing_has_no_bars() -> None:
    assert (histogram(days()).bars, histogram(days(None, None)).bars) == ((), ())
    assert histogram(days(None, None), "year").undated == 2


@examples(150)
@given(
    st.lists(st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)), max_size=20)
    | st.lists(st.dates(date(2019, 11, 1), date(2021, 3, 31)), max_size=20),
    st.none() | st.sampled_from(UNITS),
    st.integers(1, 80),
)
def test_bars_lie_side_by_side_and_count_everything(these: list[date | None], unit: Unit | None, most: int) -> None:
    if unit == "day" and these and max(day or date.min for day in these) > date(2100, 1, 1):
        unit = "month"  # half a million bars tell nothing more
    found = histogram(np.array([0 if day is None else day_number(day) for day in these], np.int64), unit, most)
    dated = [day for day in these if day is not None]
    assert (sum(bar.count for bar in found.bars), found.undated) == (len(dated), len(these) - len(dated))
    if dated:
        assert found.bars[0].count
        assert found.bars[-1].count
        assert unit in (None, found.unit)
    for bar in found.bars:
        assert parse_period(bar.value, date(2021, 3, 31)) == Period(bar.first, bar.last)
        assert bar.count == sum(bar.first <= day <= bar.last for day in dated)
    for one, other in zip(found.bars, found.bars[1:], strict=False):
        assert other.first - one.last == timedelta(days=1)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Articles of four years, with times and zones around midnight."""
    library = Library(tmp_path_factory.mktemp("years"))
    start = date(2019, 11, 28)
    for number in range(40):
        day = start + timedelta(days=number * number)
        clock = ("", "T00:10+09:00", "T23:50-08:00", "T12:00Z")[number % 4]
        words = ("harbour ferry", "harbour storm", "ferry storm budget")[number % 3]
        library.write(
            f"paper{number % 2}/{number}.txt", f" date {day}{clock} Item {number}\n\nThe {words} of {number}.\n"
        )
    library.write("paper0/plain.txt", "Without a date\n\nThe harbour ferry.\n")
    library.index()
    return library


@examples(60)
@given(
    st.sampled_from(
        ["", "ferry", "harbour -storm", "budget harbour", "source:paper1 storm", "ferry OR budget", "date:2020 storm",
         "title:item", "nowhere", "ferry budget harbour storm"]
    ),
    st.none() | st.sampled_from(UNITS),
    st.data(),
)  # fmt: skip
def test_a_bar_counts_what_the_narrowed_query_finds(
    shelf: Library, query: str, unit: Unit | None, data: st.DataObject
) -> None:
    searching = shelf.engine.searching
    result = searching.search(query)
    found = searching.histogram(result, unit)
    assert sum(bar.count for bar in found.bars) + found.undated == len(result.numbers)
    if not found.bars:
        return
    bar = data.draw(st.sampled_from([bar for bar in found.bars if bar.count]))
    for chosen in (bar, data.draw(st.sampled_from(found.bars))):
        narrowed = f"({query}) date:{chosen.value}" if " OR " in query else f"{query} date:{chosen.value}"
        assert len(searching.search(narrowed).numbers) == chosen.count
