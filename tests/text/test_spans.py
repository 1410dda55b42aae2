from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.spans import HighlightedText, Span, merge_spans

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=8)


def _places(many: list[Span] | tuple[Span, ...]) -> set[int]:
    return {place for span in many for place in range(span.start, span.stop)}


@given(spans)
def test_merging_keeps_the_places_and_parts_the_spans(many: list[Span]) -> None:
    merged = merge_spans(many)
    assert _places(merged) == _places(many)
    assert all(one.stop < other.start for one, other in pairwise(merged))
    assert all(span.start < span.stop for span in merged)


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (3, 2)])
def test_a_span_is_a_range(start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start, stop)


@pytest.mark.parametrize("places", [(Span(0, 3), Span(2, 4)), (Span(3, 4), Span(0, 1)), (Span(0, 6),)])
def test_highlights_lie_in_the_text_and_apart(places: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="overlap or leave"):
        HighlightedText("abcde", places)


def test_highlights_may_touch() -> None:
    assert HighlightedText("abcde", (Span(0, 2), Span(2, 5))).spans[1].stop == 5
