"""Bytes to text: byte order marks, UTF-8, and a guess at what older files are written in."""

from __future__ import annotations

import codecs
import re

from newsreader.formats.base import Unreadable

GUESS_SAMPLE = 65_536
"""Bytes that the guess looks at: more made no guess better on the encodings tested, and takes longer."""

BROKEN_SHARE = 100
"""A declared encoding in which more than one character in so many can't be read is not the file's."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
"""What newspapers' files were written in before UTF-8; without the list, Western text is guessed as exotic code pages.
Of equally good guesses the first here wins: French in cp1252 reads as well in cp1250, but with ŕ for à."""


_ALIASES = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
"""What files of the first encoding really have, often as not; the WHATWG's encoding standard reads them so too."""
_NOT_TEXT = frozenset(("utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))
STRAY_NULS = 1000
"""Bytes per NUL from which these are taken for damage and left out: text recognition and cut-off writes leave one or
two in an article. Pictures and archives named .txt have one in 256 bytes or more."""
FEW_NULS = 3
"""So many are damage in a short text too, if all else is: UTF-8 without other control characters."""
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_ESCAPING = frozenset(("iso2022_jp", "hz"))
"""Encodings whose bytes are all ASCII."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file, whatever it is encoded in; undecodable bytes become U+FFFD.

    `declared` is the encoding that the file itself names, which need not be true or known: text that is good UTF-8
    is read as such. Raises `Unreadable` when the bytes are no text at all.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data:
        if data.count(0) > len(data) // STRAY_NULS and not _is_text_but_for_nuls(data):
            return _without_mark(data)
        data = data.replace(b"\x00", b"")
    codec = _codec(declared) if declared else None
    try:
        return data.decode(codec if codec in _ESCAPING and data.isascii() else "utf-8")
    except UnicodeDecodeError as error:
        if codec is not None and codec != "utf-8":
            text = data.decode(codec, "replace")
            if text.count("\ufffd") <= len(text) // BROKEN_SHARE:
                return text
        if error.start > GUESS_SAMPLE or _mostly_utf8(data, declared=codec == "utf-8"):
            return data.decode("utf-8", "replace")
    return _guess(data)


def _codec(name: str) -> str | None:
    """The decoder for a declared encoding; None when there is none, or none for text."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError, UnicodeError):
        return None
    known = found.name.lower()
    if known in _NOT_TEXT or not getattr(found, "_is_text_encoding", True):
        return None
    return _ALIASES.get(known, known)


def _mostly_utf8(data: bytes, *, declared: bool) -> bool:
    """A UTF-8 text with a few broken bytes: it has well-formed multi-byte characters, and more of them than errors, or
    as many where it says that it is UTF-8: in other encodings such are rare."""
    text = data[:GUESS_SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    return whole >= broken if declared else b"\n" in data and whole > 2 * broken


def _is_text_but_for_nuls(data: bytes) -> bool:
    """In a short text, as `FEW_NULS` says; in UTF-16 every letter of English has one."""
    if data.count(0) > FEW_NULS or data.count(0) * FEW_NULS > len(data) or _CONTROLS.search(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(data: bytes) -> str:
    """UTF-16 without a mark shows as NULs in every other byte; any other NUL means that it is no text."""
    sample = data[:GUESS_SAMPLE]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls, others = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if nuls > len(sample) // 5 and others == 0:
            return data.decode(encoding, "replace")
    raise Unreadable("not text (it holds NUL bytes)")


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    guesses = from_bytes(data[:GUESS_SAMPLE], cp_isolation=_LEGACY, steps=5, chunk_size=512)
    best = guesses.best()
    if best is None:
        return data.decode("cp1252", "replace")
    equal = {guess.encoding for guess in guesses if (guess.chaos, guess.coherence) == (best.chaos, best.coherence)}
    return data.decode(next((name for name in _LEGACY if name in equal), best.encoding), "replace")
