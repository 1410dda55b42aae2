"""Which sentences of the text that is read are dimmed or marked, and which one the user is at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from textual.content import Content

from newsreader.tui import signs
from newsreader.tui.content import ACCENT, EMPTY, plain
from newsreader.tui.reading.newness import Newness, Told

HERE = "on $foreground 8%"
"""The sentence that the user is at."""

TextPosition = tuple[int, int]
"""(paragraph, code point in it)."""


class SentenceMarks:
    """Knows nothing of lines on a screen: they are given as stretches (paragraph, start, stop)."""

    def __init__(self) -> None:
        self.newness: Newness | None = None
        """None until it is known what is new."""
        self.dims = False
        """Whether what was said before is dimmed, and what is new marked in the margin."""
        self.current: int | None = None
        """The sentence that the user is at: index into `newness.told`."""

    def show(self, newness: Newness | None) -> None:
        """The same article's may replace each other; then the user stays where they are."""
        if self.newness is None or newness is None or newness.told != self.newness.told:
            self.current = None
        self.newness = newness

    @property
    def current_told(self) -> Told | None:
        return None if self.newness is None or self.current is None else self.newness.told[self.current]

    # going about: `top` is the first place in view, `current_seen` whether the current sentence is in view

    def new_beyond(self, step: int, top: TextPosition, *, current_seen: bool) -> int | None:
        """The next (1) or previous (-1) new sentence."""
        if self.newness is None:
            return None
        new, here = self.newness.new, self._here(top, current_seen)
        if step > 0:
            index = bisect_right(new, here) if current_seen else bisect_left(new, here)
        else:
            index = bisect_left(new, here) - 1
        return new[index] if 0 <= index < len(new) else None

    def repeated_near(self, top: TextPosition, *, current_seen: bool) -> int | None:
        """The sentence said before that the user is at, the next one below, or else the last."""
        if self.newness is None or not self.newness.repeated:
            return None
        repeated = self.newness.repeated
        return repeated[min(bisect_left(repeated, self._here(top, current_seen)), len(repeated) - 1)]

    def repeated_at(self, place: TextPosition) -> int | None:
        """The sentence at a place, if it is dimmed."""
        index = self.newness.at(*place) if self.newness is not None and self.dims else None
        if index is None or self.newness is None or not self.newness.told[index].holds(place):
            return None
        return index if self.newness.told[index].earlier is not None else None

    def _here(self, top: TextPosition, current_seen: bool) -> int:
        assert self.newness is not None
        if current_seen and self.current is not None:
            return self.current
        found = self.newness.at(*top)
        return len(self.newness.told) if found is None else found

    # drawing

    def styled(self, content: Content, paragraph: int, start: int, stop: int, dimmed: str) -> Content:
        """A line with its sentences' styles beneath its own; `dimmed` is the style of what was said before."""
        for index, told in self.newness.between(paragraph, start, stop) if self.newness is not None else ():
            first, last = max(told.span.start, start) - start, min(told.span.stop, stop) - start
            if index == self.current:
                content = content.stylize_before(HERE, first, last)
            if self.dims and told.earlier is not None:
                content = content.stylize_before(dimmed, first, last)
        return content

    def bar(self, paragraph: int, start: int, stop: int) -> Content:
        """What stands in the margin of a line: signs, for where there are no colours. None of them where all is new
        because there is nothing earlier."""
        if self.newness is None or not self.newness.earlier:
            return EMPTY
        sentences = list(self.newness.between(paragraph, start, stop))
        if any(index == self.current for index, _ in sentences):
            return plain(signs.CURSOR, ACCENT)
        if self.dims and any(told.is_new for _, told in sentences):
            return plain(signs.NEW_BAR, ACCENT)
        return EMPTY
