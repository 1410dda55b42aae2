"""The one place where the engine's values become styled text.

`Content` never reads text as markup, so an article can't style, link or run anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from textual.content import Content
from textual.content import Span as StyledSpan
from textual.style import Style

from newsreader.article import Article, ArticleId
from newsreader.engine.results import Hit
from newsreader.stories.story import Story
from newsreader.text.clean import visible
from newsreader.text.plural import counted
from newsreader.text.spans import HighlightedText, Span
from newsreader.text.wrap import wrap
from newsreader.tui import signs

SHORTEST_OUTLET = 6
"""Cells that an outlet's name keeps in a list."""
SHORTEST_TAGS = 6
"""Cells without which tags are left out of a list."""
WORDS_PER_MINUTE = 230
"""A calm reader of news prose."""

MUTED = "$text-muted"
FAINT = "$text-disabled"
ACCENT = "$accent"
HEADLINE = "bold"
LIST_MATCH = f"bold underline {ACCENT}"
"""In lists, where a background for every match would be a patchwork."""
MATCH = "bold $text-accent on $accent-muted"
CURRENT_MATCH = "bold reverse $accent"
ERROR = "$error"

BETWEEN = " · "

EMPTY = Content("")


def plain(text: str, style: str = "") -> Content:
    return Content.styled(text, style) if style else Content(text)


def highlighted(text: str, spans: Iterable[Span], style: str = "", match: str = MATCH) -> Content:
    """Text with the places that match the query."""
    styled = [StyledSpan(s.start, s.stop, match) for s in spans]
    if style:
        styled.insert(0, StyledSpan(0, len(text), style))
    return Content(text, spans=styled)


def key_hints(keys: Iterable[tuple[str, str]]) -> Content:
    """What keys do, on one line: each with a word or two."""
    return plain("   ").join([plain(key, ACCENT) + plain(f" {what}", MUTED) for key, what in keys])


def joined(parts: Sequence[Content], between: str = BETWEEN, style: str = MUTED) -> Content:
    return plain(between, style).join([part for part in parts if len(part)])


def link(text: Content, action: str) -> Content:
    """Text that does something when it is clicked; `action` is the program's own and holds no word of an article."""
    return text.stylize(Style.from_meta({"@click": action}))


def link_with_key(text: Content, action: str, key: str) -> Content:
    """A link, with the key that does the same."""
    return link(text + plain(f" {key}", FAINT), action)


def flowed(parts: Iterable[Content], width: int) -> list[Content]:
    """Parts in as few lines as they need, broken between them; one that is longer than a line also within."""
    lines: list[Content] = []
    for part in filter(len, parts):
        if lines and (longer := joined([lines[-1], part])).cell_length <= width:
            lines[-1] = longer
        else:
            lines += [part[start:stop] for start, stop in wrap(part.plain, width)]
    return lines


def edges(left: Content, right: Content, width: int) -> Content:
    """Two texts at the ends of a line; the left one gives way."""
    room = width - right.cell_length - 1
    return left.truncate(max(0, room), ellipsis=True, pad=True) + " " + right if room > 0 else left.truncate(width)


# words for numbers and times


def said(error: Exception) -> str:
    """What went wrong, as the beginning of a sentence."""
    text = visible(str(error))
    return f"{text[:1].upper()}{text[1:]}"


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def share_text(share: float) -> str:
    """ "38 % new"; a share that is neither nothing nor all is never shown as either."""
    if share <= 0:
        return "nothing new"
    if share >= 1:
        return "all new"
    return f"{min(max(round(share * 100), 1), 99)} % new"


def reading_time(words: int) -> str:
    return f"{max(1, round(words / WORDS_PER_MINUTE))} min"


def short_date(moment: datetime, today: date) -> str:
    """The day as the outlet printed it, with the year if it is another than this."""
    return f"{moment.day} {moment:%b}" + (f" {moment.year}" if moment.year != today.year else "")


def long_date(moment: datetime, has_time: bool) -> str:
    return f"{moment:%a} {moment.day} {moment:%B %Y}" + (f", {moment:%H:%M}" if has_time else "")


def age(seconds: float) -> str:
    """How long ago, roughly: "4 min", "3 h", "2 days"."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 48 * 60:
        return f"{minutes // 60} h ago"
    return f"{minutes // (24 * 60)} days ago"


# an article in a list


def article_date(article: Article, today: date) -> Content:
    if article.published is None:
        return EMPTY
    about = "~" if article.date_from == "file" else ""
    return plain(about + short_date(article.published, today), MUTED)


def tag_list(tags: Iterable[str]) -> Content:
    return plain("  ", MUTED).join([plain(f"#{tag}", ACCENT) for tag in tags])


def article_metadata(article: Article, width: int, today: date, new: str = "") -> Content:
    """Outlet, date, length, size of the story, how much is new, edits, tags; a long outlet gives way to these."""
    story = plain(f"{signs.STORY}{article.story_size}", ACCENT) if article.story_size > 1 else EMPTY
    edited = plain(f"{signs.EDITED}{article.versions}" if article.edited else "", ACCENT)
    parts = [article_date(article, today), plain(reading_time(article.words), MUTED), story, plain(new, MUTED), edited]
    facts = joined(parts)
    if new and width - facts.cell_length - len(BETWEEN) < SHORTEST_OUTLET:
        facts = joined([parts[0], *parts[2:]])
    room = max(SHORTEST_OUTLET, width - facts.cell_length - len(BETWEEN))
    outlet = plain(article.source or "", MUTED).truncate(room, ellipsis=True)
    line = joined([outlet, facts])
    room = width - line.cell_length - len(BETWEEN)
    tags = tag_list(article.tags).truncate(room, ellipsis=True) if room >= SHORTEST_TAGS else EMPTY
    return joined([line, tags]).truncate(width, ellipsis=True)


def hit_lines(hit: Hit, width: int, today: date, new: str = "", lines: int = 3) -> list[Content]:
    """The headline, whole where two lines are enough, metadata, and the excerpt on what is left of `lines`."""
    article = hit.article
    title = highlighted(hit.title.text, hit.title.spans, MUTED if article.read else HEADLINE, LIST_MATCH)
    headline = broken(title, width, 2)
    rest = lines - len(headline) - 1
    excerpt = _excerpt(hit.excerpt, article.title, width, rest)
    shown = [*headline, article_metadata(article, width, today, new), *excerpt]
    return shown + [EMPTY] * (lines - len(shown))


def broken(text: Content, width: int, lines: int) -> list[Content]:
    """Text on so many lines at most; the last says by an ellipsis that there is more."""
    found = wrap(text.plain, width)[:lines]
    return [
        (text[start:stop] if number < lines else text[start:]).truncate(width, ellipsis=True)
        for number, (start, stop) in enumerate(found, 1)
    ]


def _excerpt(excerpt: HighlightedText, title: str, width: int, lines: int) -> list[Content]:
    """The excerpt, moved so that its first match is in view; where it repeats the headline, what follows it."""
    if lines < 1:
        return []
    text, spans = excerpt.text, excerpt.spans
    start, room = 0, width * lines
    if spans and spans[0].stop > room - width // 4:
        start = text.find(" ", max(0, spans[0].start - room // 3), spans[0].start) + 1 or spans[0].start
    elif not spans and text.startswith(title.removesuffix("…")):
        start = len(title.removesuffix("…"))
        start += len(text[start:]) - len(text[start:].lstrip(" .,;:–—-"))
    shown = [Span(s.start - start, s.stop - start) for s in spans if s.start >= start]
    passage = highlighted(text[start:], shown, FAINT, LIST_MATCH)
    return broken(plain("…", FAINT) + passage if start and spans else passage, width, lines)


def gutter(here: bool, sign: str, focused: bool) -> Content:
    """The two or three cells before a row's line: where the cursor is, and one mark."""
    bar = plain(signs.CURSOR, ACCENT if focused else FAINT) if here else plain(" ")
    return bar + plain(sign.ljust(2) if sign else "  ", ACCENT)


def marks_of(article: Article) -> Content:
    """Unread, starred and tagged, on one line, for screens that show an article without a row of its own."""
    unread, star = ("" if article.read else signs.UNREAD), (signs.STAR if article.starred else "")
    return joined([plain(unread, ACCENT), plain(star, ACCENT), tag_list(article.tags)], " ")


def article_signs(article: Article, selected: Iterable[ArticleId]) -> tuple[str, str, str]:
    """One mark for each line of a row: signs, so that they need no colour."""
    return (
        "" if article.read else signs.UNREAD,
        signs.STAR if article.starred else "",
        signs.SELECTED if article.id in selected else "",
    )


# a story in a list


def story_period(story: Story, today: date) -> str:
    if story.first is None or story.last is None:
        return ""
    first, last = short_date(story.first, today), short_date(story.last, today)
    if story.first.date() == story.last.date():
        return last
    if (story.first.year, story.first.month) == (story.last.year, story.last.month):
        return f"{story.first.day}–{last}"
    return f"{first} – {last}"


def unread_in(story: Story) -> int:
    return sum(not member.article.read for member in story.members)


def story_facts(story: Story, today: date) -> list[str]:
    """Outlets, dates and what is unread; empty where there is nothing to say."""
    unread = unread_in(story)
    return [
        counted(len(story.sources), "outlet") if story.sources else "",
        story_period(story, today),
        f"{unread} unread" if unread else "",
    ]


def story_lines(story: Story, width: int, today: date, lines: int = 3) -> list[Content]:
    """Headline, size and dates, outlets; headline and outlets on more lines where there are more and they need them."""
    unread = unread_in(story)
    headline = broken(plain(story.title, HEADLINE if unread else MUTED), width, max(1, min(2, lines - 2)))
    facts = joined(
        [
            plain(f"{signs.STORY}{len(story.members)}", ACCENT),
            *(plain(fact, MUTED) for fact in story_facts(story, today)),
        ]
    )
    outlets = broken(plain(", ".join(story.sources), FAINT), width, lines - len(headline) - 1)
    shown = [*headline, facts.truncate(width, ellipsis=True), *outlets]
    return shown + [EMPTY] * (lines - len(shown))


# an article to be read


def byline(article: Article) -> list[Content]:
    """Outlet, author, date and length above the text."""
    when = EMPTY
    if article.published is not None:
        day = long_date(article.published, article.has_time)
        when = plain(f"file of {day}" if article.date_from == "file" else day, MUTED)
    return [
        plain(article.source or "", "bold $text-muted"),
        plain(article.author or "", MUTED),
        when,
        plain(reading_time(article.words), MUTED),
    ]


def article_marks(article: Article, matches: int, story_key: str) -> list[Content]:
    """Second line above the text: star, story, edits, tags, and what the query found."""
    story = plain(f"{signs.STORY} story of {article.story_size}", ACCENT)
    return [
        plain(f"{signs.STAR} starred" if article.starred else "", ACCENT),
        link_with_key(story, "screen.story", story_key) if article.story_size > 1 else EMPTY,
        plain(f"{signs.EDITED} edited {times(article.versions)}" if article.edited else "", ACCENT),
        tag_list(article.tags),
        plain(counted(matches, "match", "matches") if matches else "", MUTED),
    ]


def colophon(article: Article) -> list[Content]:
    """Below the text: where it comes from."""
    lines = [plain(visible(article.url), FAINT)] if article.url else []
    return [*lines, plain(visible(str(article.path)), FAINT)]


def note_line(note: str) -> Content:
    return plain(f"{signs.NOTE} {note}", "italic")
