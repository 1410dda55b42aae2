from __future__ import annotations

import json
import math

import pytest

from newsreader.text.json_value import DEEPEST, LONGEST_NUMBER, load, load_first


def test_what_is_written_is_read() -> None:
    value = {"a": [1, -2.5, "é\n", None, True], "b": {}}
    assert load(json.dumps(value)) == value
    assert load('{"a": NaN, "b": -Infinity, "c": 1, "c": 2}') == {"a": None, "b": None, "c": 2}


def test_endless_numbers_are_null() -> None:
    assert load("9" * (LONGEST_NUMBER - 1)) == 10 ** (LONGEST_NUMBER - 1) - 1
    assert load("9" * 10_000) is None
    assert load("1e999") == math.inf


@pytest.mark.parametrize("count", [DEEPEST + 2, 1_000, 10_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting_is_one_error_on_every_python(count: int, opening: str, closing: str, closed: bool) -> None:
    text = opening * count + ("1" + closing * count if closed else "")
    with pytest.raises(ValueError, match="nested too deeply"):
        load(text)


def test_many_values_side_by_side_are_not_deep() -> None:
    assert load("[" + "[]," * 1_000 + "{}]") == [*([[]] * 1_000), {}]
    assert load("[" * 100 + "]" * 100) != []
    assert load(json.dumps("[" * 100_000)) == "[" * 100_000


def test_errors_name_the_place() -> None:
    with pytest.raises(ValueError, match=r"\(column 6\)"):
        load('{"a":}')
    with pytest.raises(ValueError, match=r"\(line 2, column 1\)"):
        load("[1,\n}")
    with pytest.raises(ValueError, match="control character"):
        load('"a\nb"')
    assert load('"a\nb"', strict=False) == "a\nb"


def test_the_first_value_ends_somewhere() -> None:
    assert load_first('{"a": 1} text') == ({"a": 1}, 8)
    with pytest.raises(ValueError, match="expecting"):
        load_first("text")
