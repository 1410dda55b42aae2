"""Text as the rest of the program may rely on it: safe to show, in one form of Unicode, comparable word by word.

Files hold escape sequences, controls, invisible characters and floods of marks; shown as they are, they could take over
a terminal or hide a word from every search. What becomes of them:

| function | what it does with them | for |
| --- | --- | --- |
| `sanitize` | removes them, makes the text NFC | texts of articles, once, when they are read |
| `visible` | shows all that is unprintable, line breaks too, as escapes (`\\x1b`) | paths, names, messages |
| `escape_harmful` | shows as escapes what `sanitize` would remove | output in which not all is sanitized |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby

COMBINING_RUN_LIMIT = 8
"""Marks kept on one base character: normalising longer runs takes quadratic time (CVE-2026-3276),
and no script stacks more than a handful."""
JOINED_LIMIT = 4
"""Pictures kept joined to one, as in the largest families that Unicode knows: a terminal that can't join them needs two
cells for each."""
MARK_BLOCKS = (
    range(0x0300, 0x2000), range(0x20D0, 0x2100), range(0x2CEF, 0x2E00), range(0x302A, 0x30A0), range(0xA66F, 0xAC00),
    range(0xFB1E, 0xFE30),
)  # fmt: skip
"""Where the marks of the first 65,536 characters are (a test looks for others): asking for the categories of these
takes 2 ms, of all of them 20."""

_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"  # OSC (ECMA-48 8.3.89): titles, clipboard, links
    r"|[\x1b\x9b]\[?[0-?]{0,64}[ -/]{0,8}[@-~]"  # CSI and two-character escapes
)
_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi and invisible
    "\U000e0000-\U000e007f]"  # tag characters
)
_HARMFUL = re.compile(f"\t|{_LINE_BREAK.pattern}|{_UNWANTED.pattern}|[\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SKIN_COLOURS = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FILLERS = ("\u115f", "\u1160", "\u3164", "\uffa0")
"""Letters of nothing: terminals disagree on their widths, and no text needs them."""
_PICTURE = "[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*"
_JOINED_FLOOD = re.compile(f"((?:{_PICTURE}\u200d){{{JOINED_LIMIT - 1}}}{_PICTURE})\u200d+")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
WORD = re.compile(r"[^\W_]+(?:['’.&\-‑][^\W_]+)*")
"""A word as people see it: letters and digits, held together by inner apostrophes, points, & and hyphens."""


def sanitize(text: str) -> str:
    """Text from a file, made safe to store, search and show by removing what is unwanted.

    Terminal escape sequences, C0 (but line feed), DEL, C1, bidi controls, invisible format characters and tag
    characters are removed, surrogates become U+FFFD, line breaks become line feeds, tabs blanks, floods of marks
    are cut, and the result is NFC. Idempotent.
    """
    if not text.replace("\n", " ").isprintable():  # all that is unwanted is unprintable; most texts have none of it
        previous = None
        while previous != text:  # what a removal joins together may be a sequence again
            previous = text
            text = _ESCAPE_SEQUENCE.sub("", text)
            text = _LINE_BREAK.sub("\n", text)
            text = _UNWANTED.sub("", text)
        text = _SURROGATE.sub("\ufffd", text.replace("\t", " "))
    if not text.isascii():
        for filler in _FILLERS:
            text = text.replace(filler, " ")
        cut = _cut_floods(text)
        text = unicodedata.normalize("NFC", cut)
        if text is not cut:  # one mark may have become two
            text = _cut_floods(text)
        if "\u200d" in text:
            text = _JOINED_FLOOD.sub(r"\1", text)
    return text


def _cut_floods(text: str, instead: Callable[[str], str] = lambda _: "") -> str:
    """Keep the first few of a run of characters that have no width of their own (marks, joiners, vowels and finals of
    Hangul, colours of skin); the others are replaced."""

    def cut(suspected: re.Match[str]) -> str:
        kept: list[str] = []
        run = 0
        for character in suspected[0]:
            is_alone = character >= "\U00010000" and character not in _SKIN_COLOURS and not _is_mark(character)
            run = 0 if is_alone else run + 1
            kept.append(character if run <= COMBINING_RUN_LIMIT else instead(character))
        return "".join(kept)

    return _suspected_flood().sub(cut, text)


@cache
def _suspected_flood() -> re.Pattern[str]:
    """Beyond the first 65,536 characters whole blocks that hold marks: single ones would make matching ten times slow,
    and few texts have any of them."""
    marks = [code for block in MARK_BLOCKS for code in block if _is_mark(chr(code))]
    spans = "".join(f"{chr(first)}-{chr(last)}" for first, last in _spans(marks))
    more = "\u1161-\u11ff\u200c\u200d\ud7b0-\ud7ff\U000101fd-\U0001e94f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
    return re.compile(f"[{spans}{more}]{{{COMBINING_RUN_LIMIT + 1},}}")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of successive numbers."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def one_line(text: str) -> str:
    """Sanitized text with every run of white space as one blank."""
    return " ".join(sanitize(text).split())


def visible(text: str) -> str:
    """A file name, path or message on one line: everything unprintable, line breaks too, and what is too much of a
    flood of marks is shown as escapes. Nothing is removed: a name must stay recognisable."""
    if not text.isascii():
        text = _cut_floods(text, _escape)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def escape_harmful(text: str) -> str:
    """Text for output, of which most is sanitized already: what `sanitize` would remove or replace is shown as an
    escape, except line feeds, which stay, and floods of marks. Changes nothing in sanitized text."""
    return text if text.isprintable() else _HARMFUL.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of sanitized text: parted by blank lines, each on one line, none empty."""
    parts = (" ".join(part.split()) for part in _PARAGRAPH_BREAK.split(text))
    return tuple(part for part in parts if part)


_LETTER_FOLDS = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i",
})  # fmt: skip
_DIACRITIC = re.compile("(?<!\u0438)[\u0300-\u036f]|(?<=\u0438)[\u0300-\u0305\u0307-\u036f]")
"""Marks on Latin, Greek and Cyrillic letters. Cyrillic й stays a letter, and so do kana with their voicing marks."""


def fold(text: str) -> str:
    """Case and accents folded, typographic apostrophes and hyphens made plain: what readers take as equal is equal."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold()).casefold()  # again: 𝐁 has no small form until it is a B
    return unicodedata.normalize("NFC", _DIACRITIC.sub("", text.translate(_LETTER_FOLDS)))


def is_plain(token: str) -> bool:
    """Whether it is a word of ASCII letters alone, as nearly all are: then no expression need be matched to find its
    words."""
    return token.isascii() and token.isalpha()


def words(text: str) -> list[str]:
    """The words of a text in order, as written."""
    return WORD.findall(text)


def shorten(text: str, width: int) -> str:
    """At most `width` code points, cut at a word, with an ellipsis when something was cut."""
    if len(text) <= width:
        return text
    cut = text[: max(1, width - 1)]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[width // 2 :] else cut
    return at_word.rstrip(" ,;:–—-") + "…"
