"""One article to be read: wrapped to a measure, its matches marked, its text selectable."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import ClassVar, cast

from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from newsreader.article import Article, ArticleId, FullArticle
from newsreader.text.spans import Span
from newsreader.text.wrap import wrap
from newsreader.tui import signs
from newsreader.tui.commands import bindings, main_key
from newsreader.tui.content import (
    ACCENT,
    CURRENT_MATCH,
    EMPTY,
    FAINT,
    HEADLINE,
    MATCH,
    MUTED,
    article_marks,
    byline,
    colophon,
    flowed,
    highlighted,
    joined,
    link,
    note_line,
    plain,
)
from newsreader.tui.reading.newness import Newness
from newsreader.tui.reading.newness_content import newness_line
from newsreader.tui.reading.sentence_marks import SentenceMarks
from newsreader.tui.widgets.key_line import Foot, HasKeys, hints_now
from newsreader.tui.widgets.long_view import LongView
from newsreader.tui.widgets.moving import MovableLines
from newsreader.tui.widgets.rounds import Round, end_reached

MARGIN = 3
"""Cells on either side of the text, at least."""
BAR = 2
"""Cells from the bar in the margin to the text, with it."""
QUOTED = 60
"""Code points by which a quoted passage is found again."""
NOT_LISTED = "not in this list"
BETWEEN_PARAGRAPHS = 2
"""Code points between two paragraphs, in positions within the text."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the pane shows it."""

    full: FullArticle
    position: int = 0
    """Code point of the text to have at the top."""
    note: str = ""
    title_spans: tuple[Span, ...] = ()
    spans: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    """What the query found, by paragraph."""

    @property
    def article(self) -> Article:
        return self.full.article

    @property
    def matches(self) -> list[tuple[int, Span]]:
        """(paragraph, place), in order."""
        return [(paragraph, span) for paragraph in sorted(self.spans) for span in self.spans[paragraph]]


class ReadingPane(LongView, MovableLines, can_focus=True, inherit_bindings=False):
    """A line-API view, so that a text of megabytes opens and scrolls like one of a page.

    Lines of the text are (paragraph, start, stop); the empty line below a paragraph has its number and an empty range.
    """

    BINDINGS = bindings("text")
    FOOT: ClassVar[Foot] = (
        "page_on",
        "next_unread",
        "star",
        "tag",
        "note",
        "dim_known",
        "next_new",
        "next_match",
        "story",
        "compare",
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reading-pane--rule"}
    DEFAULT_CSS = """
    ReadingPane { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    ReadingPane > .reading-pane--rule { color: $panel; }
    """

    @dataclass
    class Left(Message):
        """The user goes on to another article; this is how far down they were."""

        article: ArticleId
        position: int

    @dataclass
    class SentenceChosen(Message):
        """A sentence that was said before was clicked on."""

        index: int

    class InView(Message):
        """Another part of the text is in view, or another text."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ReadingPane.InView)

    class Ended(Message):
        """The user wants to go on, behind the end of the text."""

    def __init__(self, measure: int) -> None:
        super().__init__()
        self._measure = measure
        self._is_listed = True
        self._round = Round()
        self.page: Page | None = None
        self._head: list[Content] = []
        self._lines: list[tuple[int, int, int]] = []
        self._foot: list[Content] = []
        self._starts: list[int] = []
        self._next: str | None = None
        self._match: int | None = None
        self._marks = SentenceMarks()
        self._laid_out = 0
        """The width that the lines were broken for."""
        self._strips: LRUCache[int, Strip] = LRUCache(512)

    # what it shows

    def show(self, page: Page | None) -> None:
        """Show an article at its remembered position, or nothing."""
        if (left := self.place) is not None:
            self.post_message(left)
        self.page = page
        self._match = self._next = None
        self._round = Round()
        self._marks.show(None)
        self._starts = []
        if page is not None:
            at = 0
            for paragraph in page.full.paragraphs:
                self._starts.append(at)
                at += len(paragraph) + BETWEEN_PARAGRAPHS
        self._lay_out()
        self._go(self._line_of_position(page.position) if page is not None else 0)

    def update(self, page: Page) -> None:
        """The same article with other marks or matches: the place stays."""
        if self.page is None or page.spans != self.page.spans:
            self._match = None
        self.page = page
        position = self.position
        self._lay_out()
        self._go(self._line_of_position(position))

    @property
    def position(self) -> int:
        """The code point of the text at the top of the pane; 0 while the headline is in view."""
        line = self.scroll_offset.y - len(self._head)
        if line < 0 or not self._lines:
            return 0
        paragraph, start, _ = self._lines[min(line, len(self._lines) - 1)]
        return self._starts[paragraph] + start

    def show_listed(self, listed: bool) -> None:
        """Whether the article is the current one of the list; the head says so where it is not."""
        if listed != self._is_listed:
            self._is_listed = listed
            self._lay_out_head()

    def show_next(self, headline: str) -> None:
        """What the next unread article is, said at the end of the text; empty: there is none."""
        if headline != self._next and self._foot:
            self._next = headline
            self._foot[0] = self._end(self._width)
            self._redraw()

    @property
    def _bottom(self) -> int:
        """The line below the last one in view."""
        return self.scroll_offset.y + self.size.height

    @property
    def sees_end(self) -> bool:
        return self.page is not None and self._bottom > len(self._head) + len(self._lines)

    @property
    def share_seen(self) -> float:
        """How much of the text lies above the pane's lower edge, 0..1."""
        return min(1.0, self._bottom / max(1, len(self._head) + len(self._lines) - 1))

    def go_to_position(self, position: int) -> None:
        """Have a code point of the text at the top."""
        self._go(self._line_of_position(position))

    @property
    def place(self) -> Left | None:
        """Where the user is in the article, if it is not where they began."""
        if self.page is None or self.position == self.page.position:
            return None
        return self.Left(self.page.article.id, self.position)

    # layout

    @property
    def _width(self) -> int:
        return max(10, min(self._measure, self.size.width - 2 * MARGIN))

    @property
    def _left(self) -> int:
        return max(0, min(MARGIN + 4, (self.size.width - self._width) // 2))

    def _lay_out(self) -> None:
        width, page = self._width, self.page
        self._laid_out = width
        self._strips.clear()
        self._head, self._lines, self._foot = [], [], []
        if page is not None:
            title = highlighted(page.article.title, page.title_spans, HEADLINE)
            self._head = [EMPTY, *_wrapped(title, width), EMPTY, *flowed(byline(page.article), width)]
            marks = article_marks(page.article, len(page.matches), self._key("story"))
            newness = newness_line(self.newness, page.article, self._key("said_before"))
            stray = plain("" if self._is_listed else NOT_LISTED, ACCENT)
            self._head += flowed([*marks, *newness, stray], width)
            if page.note:
                self._head += [EMPTY, *_wrapped(note_line(page.note), width)]
            self._head += [plain("─" * width, "$panel"), EMPTY]
            for number, paragraph in enumerate(page.full.paragraphs):
                self._lines += [(number, start, stop) for start, stop in wrap(paragraph, width)]
                self._lines.append((number, len(paragraph) + 1, len(paragraph) + 1))
            self._foot = [self._end(width)]
            self._foot += [line for part in colophon(page.article) for line in _wrapped(part, width)]
            self._foot.append(EMPTY)
        self.virtual_size = Size(self.size.width, len(self._head) + len(self._lines) + len(self._foot))
        self.refresh()
        self.post_message(self.InView())

    def _key(self, command: str) -> str:
        """As it is now."""
        return main_key(command, cast(HasKeys, self.app).configured_keys)

    def _end(self, width: int) -> Content:
        """The line below the text: that it is over, and what comes next."""
        end = plain(f"{signs.END} end", MUTED)
        if self._next:
            following = hints_now(self.app, [("next_unread", "next unread: ")]) + plain(self._next)
            return link(joined([end, following]).truncate(width, ellipsis=True), "screen.next_unread")
        return end if self._next is None else joined([end, plain("nothing unread in this list", MUTED)])

    def _line_of_position(self, position: int) -> int:
        if position <= 0 or not self._starts:
            return 0
        paragraph = bisect_right(self._starts, position) - 1
        return self._line_of(paragraph, position - self._starts[paragraph])

    def _line_of(self, paragraph: int, offset: int) -> int:
        return len(self._head) + bisect_right(self._lines, (paragraph, offset, 1 << 60)) - 1

    def on_resize(self) -> None:
        self._strips.clear()
        if self._width != self._laid_out and self.size.width:
            position = self.position
            self._lay_out()
            self._go(self._line_of_position(position))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.InView())

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    # moving

    def action_page(self, pages: int) -> None:
        """A page on, or back; behind the last one the article has been read."""
        if pages > 0 and self.scroll_offset.y + self.size.height >= self.virtual_size.height:
            self.post_message(self.Ended())
        else:
            self.move_page(pages)

    def move_match(self, step: int) -> str:
        """Go to the next (1) or previous (-1) match from where the user is. What there is to say, if it could not be
        gone to."""
        matches = self.page.matches if self.page is not None else []
        if not matches:
            return "No word of the query stands in this text."
        top = self.scroll_offset.y
        lines = [self._line_of(paragraph, span.start) for paragraph, span in matches]
        at = self._match
        if at is None or not top <= lines[at] < top + self.size.height:
            above = bisect_left(lines, top)
            at = above - 1 if step > 0 else above
        there = self._round.step(at, step, len(matches))
        if there is None:
            return end_reached("match", step)
        self._match = there
        self._bring_into_view(lines[there])
        self._redraw()
        return ""

    # what is new

    @property
    def newness(self) -> Newness | None:
        """What the article adds to earlier ones; None until that is known."""
        return self._marks.newness

    @property
    def dims(self) -> bool:
        return self._marks.dims

    @dims.setter
    def dims(self, dims: bool) -> None:
        self._marks.dims = dims
        self._redraw()

    def show_newness(self, newness: Newness) -> None:
        """What the article that is shown adds to earlier ones has been found out."""
        if self.page is None or newness.article != self.page.article.id or newness == self.newness:
            return
        self._marks.show(newness)
        self._lay_out_head()

    def _lay_out_head(self) -> None:
        head, top = len(self._head), self.scroll_offset.y
        self._lay_out()
        if top:  # the text stays where it is, though the head may have grown
            self._go(top + len(self._head) - head)

    def move_new(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) new sentence from where the user is; False at the ends."""
        index = self._marks.new_beyond(step, self._top, current_seen=self._sees_current)
        if index is not None:
            self.go_to_sentence(index)
        return index is not None

    def repeated_here(self) -> int | None:
        """The sentence that was said before and is nearest to where the user is."""
        return self._marks.repeated_near(self._top, current_seen=self._sees_current)

    def go_to_sentence(self, index: int, share: float = 1.0) -> None:
        """Mark a sentence as the one that the user is at, and bring it into view, in the upper `share` of the pane."""
        self._marks.current = index
        if (told := self._marks.current_told) is not None:
            self._bring_into_view(self._line_of(told.paragraph, told.span.start), share)
        self._redraw()

    def go_to_text(self, text: str) -> None:
        """Bring a passage into view, as it was quoted elsewhere."""
        paragraphs = self.page.full.paragraphs if self.page is not None else ()
        for number, paragraph in enumerate(paragraphs):
            if (at := paragraph.find(text[:QUOTED])) >= 0:
                self._go(max(0, self._line_of(number, at) - self.size.height // 3))
                return

    @property
    def _top(self) -> tuple[int, int]:
        """The first place of the text in view."""
        line = max(self.scroll_offset.y - len(self._head), 0)
        return self._lines[line][:2] if line < len(self._lines) else (len(self._starts), 0)

    @property
    def _sees_current(self) -> bool:
        told, top = self._marks.current_told, self.scroll_offset.y
        if told is None:
            return False
        first, last = (self._line_of(told.paragraph, at) for at in (told.span.start, told.span.stop - 1))
        return first < top + self.size.height and last >= top

    def _bring_into_view(self, line: int, share: float = 1.0) -> None:
        top, height = self.scroll_offset.y, round(self.size.height * share)
        if not top + 1 <= line < top + height - 1:
            self._go(max(0, line - height // 3))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        line = self.scroll_offset.y + offset.y - len(self._head) if offset is not None else -1
        if offset is None or not 0 <= line < len(self._lines) or self.text_selection is not None:
            return
        number, start, stop = self._lines[line]
        cells = offset.x - self._left
        text = self.page.full.paragraphs[number][start:stop] if self.page is not None else ""
        at = start + len(plain(text).truncate(cells).plain) if 0 <= cells < plain(text).cell_length else -1
        if (index := self._marks.repeated_at((number, at))) is not None:
            self.post_message(self.SentenceChosen(index))

    # drawing

    def _content(self, line: int) -> Content:
        if line < len(self._head):
            return self._head[line]
        line -= len(self._head)
        if line >= len(self._lines):
            line -= len(self._lines)
            return self._foot[line] if line < len(self._foot) else EMPTY
        assert self.page is not None
        number, start, stop = self._lines[line]
        current = self.page.matches[self._match] if self._match is not None else None
        inside = [s for s in self.page.spans.get(number, ()) if s.start < stop and s.stop > start]
        here = [Span(max(s.start, start) - start, min(s.stop, stop) - start) for s in inside if (number, s) != current]
        content = highlighted(self.page.full.paragraphs[number][start:stop], here, match=MATCH)
        if current is not None:
            paragraph, match = current
            if paragraph == number and match.start < stop and match.stop > start:
                content = content.stylize(CURRENT_MATCH, max(match.start, start) - start, min(match.stop, stop) - start)
        return self._marks.styled(content, number, start, stop, self._dimmed)

    @property
    def _dimmed(self) -> str:
        """Paler; by the terminal's means where the colours are its own."""
        return "dim" if self.app.native_ansi_color else FAINT

    def _margin(self, line: int) -> Content:
        line -= len(self._head)
        if self._left < BAR or not 0 <= line < len(self._lines):
            return plain(" " * self._left)
        bar = self._marks.bar(*self._lines[line])
        return plain(" " * (self._left - BAR)) + bar + " " * (BAR - len(bar))

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        line = self.scroll_offset.y + y
        selection = self.text_selection
        strip = self._strips.get(line) if selection is None else None
        if strip is None:
            strip = self._draw(line, selection)
            if selection is None:
                self._strips[line] = strip
        return strip

    def _draw(self, line: int, selection: Selection | None) -> Strip:
        style = self.visual_style
        content = self._content(line)
        if selection is not None and (span := selection.get_span(line)) is not None:
            start, stop = span
            chosen = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            content = content.stylize(chosen, start, len(content) if stop == -1 else stop)
        text = Strip(content.render_segments(style)).apply_offsets(0, line)
        margin = Strip(self._margin(line).render_segments(style))
        return Strip.join([margin, text]).adjust_cell_length(self.size.width, style.rich_style)

    # selecting

    def selection_updated(self, selection: Selection | None) -> None:
        self._redraw()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text with its paragraphs whole: where lines are broken is the pane's business."""
        last = self.virtual_size.height - 1
        first = selection.start.y if selection.start is not None else 0
        pieces: list[str] = []
        for line in range(first, min(selection.end.y if selection.end is not None else last, last) + 1):
            span = selection.get_span(line)
            if span is None:
                continue
            text = self._content(line).plain
            pieces.append(text[span[0] : None if span[1] == -1 else span[1]])
            pieces.append(self._line_end(line))
        return "".join(pieces[:-1]), "\n"

    def _line_end(self, line: int) -> str:
        """What stands between a line and the next in the article itself."""
        here = line - len(self._head)
        if not 0 <= here < len(self._lines) - 1:
            return "\n"
        (number, _, stop), (next_number, next_start, next_stop) = self._lines[here : here + 2]
        if number != next_number or next_start == next_stop:
            return "\n"
        return " " if next_start > stop else ""

    def on_unmount(self) -> None:
        self._strips.clear()


def _wrapped(content: Content, width: int) -> list[Content]:
    return [content[start:stop] for start, stop in wrap(content.plain, width)]
