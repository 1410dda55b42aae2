"""Text as the rest of the program may rely on it: no control characters, NFC, words, short forms."""

from __future__ import annotations

import re
import unicodedata

COMBINING_RUN_LIMIT = 8
"""Marks kept on one base character: normalising longer runs takes quadratic time (CVE-2026-3276),
and no script stacks more than a handful."""

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
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMBINING_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    f"{{{COMBINING_RUN_LIMIT}}})"
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
WORD = re.compile(r"[^\W_]+(?:['’.&\-‑][^\W_]+)*")
"""A word as people see it: letters and digits, held together by inner apostrophes, points, & and hyphens."""


def sanitize(text: str) -> str:
    """Make text from a file safe to store, search and show.

    Terminal escape sequences, C0 (but line feed), DEL, C1, bidi controls, invisible format characters and tag
    characters are removed, surrogates become U+FFFD, line breaks become line feeds, tabs blanks, and the
    result is NFC. Idempotent.
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
        text = unicodedata.normalize("NFC", _COMBINING_FLOOD.sub(r"\1", text))
        text = _COMBINING_FLOOD.sub(r"\1", text)  # one mark may have become two
    return text


def one_line(text: str) -> str:
    """Sanitized text with every run of white space as one blank."""
    return " ".join(sanitize(text).split())


def visible(text: str) -> str:
    """A file name, path or message with everything unprintable shown as an escape: for names that must
    stay recognisable, where `sanitize` would drop characters."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode("ascii") for c in text)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of sanitized text: parted by blank lines, each on one line, none empty."""
    parts = (" ".join(part.split()) for part in _PARAGRAPH_BREAK.split(text))
    return tuple(part for part in parts if part)


_LETTER_FOLDS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "ø": "o", "ł": "l", "đ": "d", "ð": "d"}
)
_MORE_LETTER_FOLDS = str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_DIACRITIC = re.compile("(?<!\u0438)[\u0300-\u036f]|(?<=\u0438)[\u0300-\u0305\u0307-\u036f]")
"""Marks on Latin, Greek and Cyrillic letters. Cyrillic й stays a letter, and so do kana with their voicing marks."""


def fold(text: str) -> str:
    """Case and accents folded, typographic apostrophes and hyphens made plain: what readers take as equal is equal."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold()).casefold()  # again: 𝐁 has no small form until it is a B
    text = text.translate(_LETTER_FOLDS).translate(_MORE_LETTER_FOLDS)
    return unicodedata.normalize("NFC", _DIACRITIC.sub("", text))


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
