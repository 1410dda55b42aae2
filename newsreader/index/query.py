"""The query language: parses what the user typed into a tree, or raises an error that names the place.

The tree is read by `compile` (into a Whoosh query), `describe`, `excerpt`, `advice` and `search`, by the engine and by
the reader's search bar. None of them parses the text itself: what is marked and described is what was searched.

word  "exact phrase"  "two words"~5  wild*  fuzzy~  -word  AND OR NOT ( )  field:value
precedence: NOT, then AND (also a blank), then OR
date:, newer: and older: take the longest date phrase that follows them, so that date:last week needs no quotes
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from rapidfuzz import process

from newsreader.errors import QueryError
from newsreader.index.field_aliases import ALIASES, dated_alias
from newsreader.index.periods import DATE_PHRASE, EXAMPLES, Period, parse_age, parse_period
from newsreader.text.clean import fold, one_line

TEXT_FIELDS = ("title", "body", "source", "author", "path")
"""Fields whose values are words or phrases."""
QUERY_FIELDS = (*TEXT_FIELDS, "lang", "tag", "story", "is", "date", "newer", "older", "similar", "id")
_DATED_FIELDS = ("date", "newer", "older")
FLAGS = ("unread", "read", "tagged", "starred", "new", "arrived", "copy", "first", "edited")
MOST_CLAUSES = 128
"""Words, phrases and filters in one query: more are refused, `--any` is for long texts."""
FUZZY_CLAUSES = 12
"""What a fuzzy word counts for beside itself: it looks at a twentieth of all words, 4 ms at 20,000 articles."""
LONGEST_QUERY = 20_000
"""Code points in one query. What people type has 50 to 1,000; a megabyte of it takes seconds to be lexed, described and
painted before the first word of it is looked for."""
MOST_WRITTEN_OUT = 8 * MOST_CLAUSES
"""What a query counts for with its saved searches written out: 128 times `@name` would stand for 16,000 words."""
MOST_REPAIRS = 5
"""Errors in one query that are put right together."""
DEEPEST = 50
"""Nested parentheses."""
SHORTEST_PREFIX = 2
"""Letters before a `*`: one letter matches a tenth of all words."""

_LEXER = re.compile(
    r"""(?P<space>\s+)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<minus>-(?=[^\s\-)]*[\w("“”„«»]))
    |(?P<field>[^\W\d_][\w]*:)
    |(?P<saved>@[\w.-]+)
    |(?P<quote>["“”„«»])
    |(?P<word>[^\s()"“”„«»]+)""",
    re.VERBOSE,
)
_QUOTED_BY = {"»": re.compile(r'(?:\\.|[^"“”«])*')}
_QUOTED = re.compile(r'(?:\\.|[^"“”»])*')
_ESCAPED = re.compile(r'\\(["“”«»\\])')
_SLOP = re.compile(r"~(\d{1,4})(?=[\s)]|$)")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_SINGLE_WORDS = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
"""What may be looked for as a word of its own: a-b, a.b and a~b are two."""
_WORDS_AS_VALUE = re.compile(r"\s*(?:\[[^\]]*\]|\{[^}]*\}|[^\s()]+)")

Mode: TypeAlias = Literal["word", "exact", "prefix", "fuzzy"]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part of a query, and where it stands: code points, half-open."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Term(_Placed):
    """A word to look for; `field` None is title and text."""

    text: str
    field: str | None = None
    mode: Mode = "word"
    typing: bool = False
    """Still being typed: the word itself or any that begins with it."""
    distance: int = 0
    """Edits allowed, when fuzzy."""


@dataclass(frozen=True, slots=True)
class Phrase(_Placed):
    text: str
    field: str | None = None
    slop: int = 0
    """Other words allowed between the words; 0 is the exact phrase, else any order."""


@dataclass(frozen=True, slots=True)
class Filter(_Placed):
    """A condition on what the program knows of an article: tag, story, is, lang, id, similar."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Dates(_Placed):
    period: Period


@dataclass(frozen=True, slots=True)
class Saved(_Placed):
    """`@name`: the saved search of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Not(_Placed):
    part: Node


@dataclass(frozen=True, slots=True)
class And(_Placed):
    parts: tuple[Node, ...]
    implicit: bool = True
    """Joined by blanks only: then partial matches are better than none."""


@dataclass(frozen=True, slots=True)
class Or(_Placed):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: all articles."""

    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class _Nothing(Everything):
    """What was passed over: no condition at all."""


Node: TypeAlias = Term | Phrase | Filter | Dates | Saved | Not | And | Or | Everything
Leaf: TypeAlias = Term | Phrase | Filter | Dates | Saved


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood."""

    text: str
    root: Node
    notes: tuple[str, ...] = ()
    """What was passed over or taken in a certain way, in words."""
    clauses: int = 0
    """What its words, phrases and filters count for, of `MOST_CLAUSES`; a saved search counts for one."""


def parse_query(text: str, *, today: date, typing: bool = False) -> Query:
    """Understand a query, or say where it can't be understood (`QueryError`).

    `typing`: the text is still being typed, so its last word may be the beginning of one.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"a query of {len(text):,} characters; {LONGEST_QUERY:,} are the most, for a long text search with any of "
            "its words (--any)",
            LONGEST_QUERY,
            len(text),
        )
    parser = _Parser(text, today)
    root = parser.parse()
    if typing:
        root = _open_last(root, len(text.rstrip()) if text == text.rstrip() else -1)
    return Query(text, root, tuple(parser.notes), parser.clauses)


def leaves(node: Node) -> Iterator[Leaf]:
    """The words, phrases and filters of a tree from left to right."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Not):
        yield from leaves(node.part)
    elif not isinstance(node, Everything):
        yield node


def is_word(part: Node) -> bool:
    """Whether a part is a word or phrase of no field. Only those may be relaxed: whoever writes a field wants nothing
    without it."""
    return isinstance(part, Term | Phrase) and part.field is None


def repaired(text: str, error: QueryError, *, today: date) -> str | None:
    """The query with what its error suggests, and with what the errors behind it suggest; None where that can't be
    understood either."""
    for _ in range(MOST_REPAIRS):
        if error.suggestion is None:
            return None
        text = text[: error.start] + error.suggestion + text[error.stop :]
        try:
            parse_query(text, today=today)
        except QueryError as further:
            error = further
        else:
            return text
    return None


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name that a misspelt one most likely means."""
    found = process.extractOne(name.lower(), known, score_cutoff=65)
    return found[0] if found else None


def quoted(value: str) -> str:
    """A value as it has to stand behind `field:`."""
    return value if re.fullmatch(r"[\w.-]+", value) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _open_last(node: Node, end: int) -> Node:
    """Mark the word that ends where the typing is."""
    if node.stop != end:
        return node
    if isinstance(node, Term) and node.mode == "word":
        return replace(node, typing=True)
    if isinstance(node, And | Or):
        *before, last = node.parts
        return replace(node, parts=(*before, _open_last(last, end)))
    if isinstance(node, Not):
        return replace(node, part=_open_last(node.part, end))
    return node


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    stop: int
    text: str


class _Parser:
    """Recursive descent; the depth is bounded by `DEEPEST`."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.notes: list[str] = []
        self.at = 0
        self.depth = 0
        self.clauses = 0

    def parse(self) -> Node:
        node = self._or()
        token = self._peek()
        if token is not None:  # only a closing parenthesis ends an expression early
            raise QueryError("this ) closes nothing", token.start, token.stop)
        if node is None:
            if self.text.strip():
                raise QueryError("there is no word to look for", 0, len(self.text))
            return Everything()
        return node

    # tokens

    def _peek(self) -> _Token | None:
        match = _LEXER.match(self.text, self.at)
        while match is not None and match.lastgroup == "space":
            self.at = match.end()
            match = _LEXER.match(self.text, self.at)
        if match is None:
            return None
        assert match.lastgroup is not None
        return _Token(match.lastgroup, match.start(), match.end(), match.group())

    def _operator(self) -> _Token | None:
        token = self._peek()
        return token if token is not None and token.kind == "word" and token.text in ("AND", "OR", "NOT") else None

    # grammar

    def _or(self) -> Node | None:
        first = self._and()
        parts = [] if first is None else [first]
        while (token := self._operator()) is not None and token.text == "OR":
            self.at = token.stop
            part = self._and()
            if part is None or not parts:
                side = "after" if parts else "before"
                raise QueryError(f"OR has nothing {side} it", token.start, token.stop)
            parts.append(part)
        return parts[0] if len(parts) == 1 else Or(parts[0].start, parts[-1].stop, tuple(parts)) if parts else None

    def _and(self) -> Node | None:
        parts: list[Node] = []
        implicit = True
        seen = False
        while True:
            token = self._operator()
            if token is not None and token.text == "AND":
                self.at = token.stop
                part = self._not()
                if part is None or not seen:
                    side = "after" if seen else "before"
                    raise QueryError(f"AND has nothing {side} it", token.start, token.stop)
                implicit = False
            else:
                part = self._not()
                if part is None:
                    break
            seen = True
            if not isinstance(part, _Nothing):
                parts.append(part)
        parts = [part for part in parts if not isinstance(part, Everything)] or parts[:1]
        if len(parts) == 1:
            return parts[0]
        return And(parts[0].start, parts[-1].stop, tuple(parts), implicit) if parts else None

    def _not(self) -> Node | None:
        token = self._peek()
        if token is None or token.kind == "close":
            return None
        if token.kind == "minus" or (token.kind == "word" and token.text == "NOT"):
            self.at = token.stop
            with self._nested(token):
                part = self._not()
            if part is None or isinstance(part, Everything):
                raise QueryError("NOT has nothing after it", token.start, token.stop)
            return Not(token.start, self.at, part)
        if token.kind == "word" and token.text in ("AND", "OR"):
            return None
        return self._primary(token)

    @contextmanager
    def _nested(self, token: _Token) -> Iterator[None]:
        if self.depth == DEEPEST:
            raise QueryError(f"nested more than {DEEPEST} deep", token.start, token.stop)
        self.depth += 1
        yield
        self.depth -= 1

    def _primary(self, token: _Token) -> Node:
        self.at = token.stop
        if token.kind == "open":
            with self._nested(token):
                node = self._or()
            closing = self._peek()
            if closing is not None and closing.kind == "close":
                self.at = closing.stop
            elif closing is None:
                self.notes.append("the open ( was closed at the end")
            if node is None:
                raise QueryError("there is nothing in these parentheses", token.start, self.at)
            return replace(node, start=token.start, stop=self.at) if isinstance(node, And | Or) else node
        self._count(1, token)
        if token.kind == "quote":
            return self._phrase(token, None)
        if token.kind == "field":
            return self._field(token)
        if token.kind == "saved":
            return Saved(token.start, token.stop, token.text[1:])
        return self._word(token.start, token.stop, None)

    def _count(self, words: int, token: _Token) -> None:
        self.clauses += words
        if self.clauses > MOST_CLAUSES:
            raise QueryError(
                f"more than {MOST_CLAUSES} words; for a long text search with any of its words (--any)",
                token.start,
                len(self.text),
            )

    def _count_words(self, text: str, token: _Token) -> None:
        """The words of one part, which counts for one already."""
        self._count(max(0, len(_SINGLE_WORDS.findall(text)) - 1), token)

    def _phrase(self, opening: _Token, field: str | None, start: int | None = None) -> Node:
        content, slop = self._quoted(opening)
        start = opening.start if start is None else start
        self._count_words(content, opening)
        if not _has_word(content):
            return self._passed_over(start, self.at)
        return Phrase(start, self.at, content, field, slop)

    def _quoted(self, opening: _Token) -> tuple[str, int]:
        """The text in quotation marks (one behind a backslash belongs to it) and the `~N` behind it; an open
        quotation goes to the end."""
        match = _QUOTED_BY.get(opening.text, _QUOTED).match(self.text, opening.stop)
        assert match is not None
        if match.end() == len(self.text):
            self.notes.append("the open quotation mark was closed at the end")
            self.at = match.end()
            return _ESCAPED.sub(r"\1", match.group()), 0
        content, self.at = _ESCAPED.sub(r"\1", match.group()), match.end() + 1
        if slop := _SLOP.match(self.text, self.at):
            self.at = slop.end()
            return content, int(slop.group(1))
        return content, 0

    def _word(self, start: int, stop: int, field: str | None) -> Node:
        where = start if field is None else self.at
        text = self.text[where:stop]
        self.at = max(self.at, stop)
        self._count_words(text, _Token("word", start, stop, text))
        if "*" in text.rstrip("*") or (text.startswith("*") and text.strip("*")):
            better = f"{text.replace('*', '')}*" if _has_word(text) else None
            raise QueryError("a * stands only at the end of a word", where, stop, better)
        if text.endswith("*"):
            letters = text.rstrip("*")
            if letters and not _has_word(letters):
                return self._passed_over(start, stop)
            if len(fold(letters)) < SHORTEST_PREFIX:
                if not letters and field is None:
                    return Everything(start, stop)
                raise QueryError(f"a * needs {SHORTEST_PREFIX} letters before it", where, stop)
            return Term(start, stop, letters, field, "prefix")
        if (match := re.fullmatch(r"(.*\w)~(\d?)", text)) and _has_word(match.group(1)):
            letters = match.group(1)
            distance = int(match.group(2) or (1 if len(letters) < 6 else 2))
            if distance > 2:
                raise QueryError("at most two letters may differ", where, stop, f"{letters}~2")
            if distance:
                self._count(FUZZY_CLAUSES, _Token("word", start, stop, text))
                return Term(start, stop, letters, field, "fuzzy", distance=distance)
            return Term(start, stop, letters, field)
        if not _has_word(text):
            return self._passed_over(start, stop)
        return Term(start, stop, text, field)

    def _passed_over(self, start: int, stop: int) -> Node:
        piece = one_line(self.text[start:stop])
        if piece:
            self.notes.append(f"{piece[:20]} has no letters or digits and is passed over")
        return _Nothing(start, stop)

    # fields

    def _field(self, token: _Token) -> Node:
        name = token.text[:-1].lower()
        following = self.text[token.stop : token.stop + 1]
        if name not in QUERY_FIELDS:
            if not following or following.isspace():  # Xiaomi: a headline, and no field
                return self._word(token.start, token.stop, None)
            if self.text.startswith("//", token.stop):
                end = _end_of_word(self.text, token.start)
                self.at = end
                self._count_words(self.text[token.stop : end], token)
                return Phrase(token.start, end, self.text[token.stop : end], None)
            raise self._unknown_field(token, name)
        if name in TEXT_FIELDS:
            return self._text_field(token, name)
        if name in _DATED_FIELDS:
            return self._dates(token, name)
        value = self._value(token)
        stop = self.at
        if name == "is" and value.lower() not in FLAGS:
            suggestion = nearest(value, FLAGS)
            raise QueryError(
                f"is: takes {', '.join(FLAGS)}", token.start, stop, f"is:{suggestion}" if suggestion else None
            )
        return Filter(token.start, stop, name, value.lower() if name in ("is", "lang") else value)

    def _unknown_field(self, token: _Token, name: str) -> QueryError:
        """With what is meant: a field as other programs call it, with its value, or one that is spelt nearly so."""
        reason = f"there is no field {name!r}"
        field = ALIASES.get(name)
        if field is None:
            near = nearest(name, QUERY_FIELDS)
            return QueryError(reason, token.start, token.stop, f"{near}:" if near else None)
        phrase = DATE_PHRASE.match(self.text, token.stop)
        if phrase and (meant := dated_alias(name, phrase.group(), self.today)):
            return QueryError(reason, token.start, phrase.end(), meant)
        with suppress(QueryError):
            value = self._value(token)
            meant = dated_alias(name, value, self.today)
            if meant is None and field not in _DATED_FIELDS:
                meant = f"{field}:{self.text[token.stop : self.at]}"
            if meant is not None:
                return QueryError(reason, token.start, self.at, meant)
        return QueryError(reason, token.start, token.stop, f"{field}:")

    def _text_field(self, token: _Token, name: str) -> Node:
        value = self._peek()
        if value is not None and value.kind == "quote":
            self.at = value.stop
            return self._phrase(value, name, token.start)
        if value is None or value.kind != "word":
            if value is not None and value.kind == "field":  # path:c:… source:Foo:bar
                end = _end_of_word(self.text, value.start)
                self.at = value.start
                return self._word(token.start, end, name)
            raise QueryError(f"{name}: needs a word or a phrase", token.start, token.stop)
        self.at = value.start
        return self._word(token.start, value.stop, name)

    def _value(self, token: _Token) -> str:
        opening = self._peek()
        if opening is not None and opening.kind == "quote":
            self.at = opening.stop
            value, _ = self._quoted(opening)
        else:
            match = _WORDS_AS_VALUE.match(self.text, self.at)
            if match is None:
                raise QueryError(f"{token.text} needs a value", token.start, token.stop)
            value, self.at = match.group(), match.end()
        value = one_line(value)
        if not value:
            raise QueryError(f"{token.text} needs a value", token.start, self.at)
        return value

    def _dates(self, token: _Token, name: str) -> Node:
        """The longest date phrase that follows; else, as in all fields, what goes up to the next blank."""
        self._peek()  # over the blanks
        wrong: tuple[ValueError, int] | None = None
        if phrase := DATE_PHRASE.match(self.text, self.at):
            try:
                period = self._period(name, phrase.group())
                self.at = phrase.end()
                return Dates(token.start, self.at, period)
            except ValueError as error:
                wrong = error, phrase.end()
        value = self._value(token)
        try:
            return Dates(token.start, self.at, self._period(name, value))
        except ValueError as error:
            reason, stop = wrong or (error, self.at)
            examples = EXAMPLES if name == "date" else "3 days, 2 weeks, 6m, 2021-03-26"
            raise QueryError(f"{reason} (as in {name}: {examples})", token.start, stop) from None

    def _period(self, name: str, value: str) -> Period:
        """Raises ValueError."""
        if name == "date":
            return parse_period(value, self.today)
        day = parse_age(value, self.today)
        if name == "newer":
            return Period(day, None)
        return Period(None, date.fromordinal(max(1, day.toordinal() - 1)))


def _has_word(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _end_of_word(text: str, start: int) -> int:
    match = re.compile(r"[^\s()]*").match(text, start)
    return match.end() if match else start
