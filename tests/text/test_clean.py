from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.text.clean import (
    COMBINING_RUN_LIMIT,
    JOINED_LIMIT,
    MARK_BLOCKS,
    escape_harmful,
    fold,
    one_line,
    paragraphs,
    sanitize,
    shorten,
    visible,
    words,
)

FORBIDDEN = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    *"\u061c\u200b\u200e\u200f\ufeff\u2028\u2029",
    *map(chr, range(0xE0000, 0xE0080)),
} - {"\n"}
FLOODS = {
    "accents": ("Z", "\u0300\u0323"),
    "Thai": ("ก", "\u0e49"),
    "Tibetan": ("ཀ", "\u0f71\u0f72"),
    "Devanagari": ("क", "\u094d\u0941"),
    "Tamil, spacing": ("க", "\u0bbe"),
    "Arabic": ("ب", "\u0670\u06d6"),
    "Syriac": ("ܐ", "\u0730\u0733"),
    "variations": ("☺", "\ufe0f"),
    "more variations": ("葛", "\U000e0100"),
    "enclosing": ("a", "\u20dd"),
    "no joiners at all": ("a", "\u0301\u034f"),
    "joiners": ("a", "\u200d\u200c"),
    "vowels of Hangul": ("\u1100", "\u1161"),
    "finals of Hangul": ("가", "\u11a8"),
    "skin": ("👩", "\U0001f3fd"),
    "music": ("\U0001d158", "\U0001d165\U0001d16e"),
}
"""What some character is flooded with."""
anything = st.text(st.characters(codec=None), max_size=60)  # surrogates too
hostile = st.text(
    st.sampled_from("\x1b\x9b\x9d[]0;?m\x07\\a e\u0301\u0344\u202e\r\n\t\x00\ud800\U000e0041"), max_size=40
)


@given(anything | hostile)
@example("a" + "\u0344" * 8)  # one character that is two marks once normalised
@example("\x1b\x1b[31m[2J")
def test_sanitize_is_idempotent(text: str) -> None:
    once = sanitize(text)
    assert sanitize(once) == once


@given(anything | hostile)
def test_sanitize_leaves_nothing_that_drives_a_terminal(text: str) -> None:
    clean = sanitize(text)
    assert not FORBIDDEN & set(clean)
    assert not any("\ud800" <= c <= "\udfff" for c in clean)
    assert unicodedata.is_normalized("NFC", clean)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=40))
def test_sanitize_keeps_letters_and_digits(text: str) -> None:
    assert sanitize(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b]52;c;ZXZpbA==\x07after", "after"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x1b[2Jafter \x1b[31mred\x1b[0m", "after red"),
        ("\x9b31mred", "red"),
        ("one\r\ntwo\rthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a b"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e\u0301", "é"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("می‌خواهم 👩‍👧", "می‌خواهم 👩‍👧"),  # joiners belong to the script
    ],
)
def test_sanitize(text: str, clean: str) -> None:
    assert sanitize(text) == clean


def test_floods_of_marks_are_cut() -> None:
    flooded = sanitize("a" + "\u0300\u0301" * 50_000 + "b")
    assert len(flooded) <= COMBINING_RUN_LIMIT + 2
    assert flooded.endswith("b")


@pytest.mark.parametrize("pair", FLOODS.values(), ids=FLOODS)
def test_floods_are_cut_in_every_script(pair: tuple[str, str]) -> None:
    base, mark = pair
    once = sanitize(base + mark * 500 + "b")
    assert len(once) <= len(base) + COMBINING_RUN_LIMIT + 1
    assert once.endswith("b")
    assert sanitize(once) == once


def test_marks_are_known_wherever_unicode_has_them() -> None:
    """Of the characters beyond the first 65,536 by their category, of these by their blocks."""
    elsewhere = [
        code
        for code in range(0x10000)
        if unicodedata.category(chr(code)).startswith("M") and not any(code in block for block in MARK_BLOCKS)
    ]
    assert elsewhere == []
    for code in range(0x10000, sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith("M"):
            assert len(sanitize("a" + chr(code) * 20)) <= COMBINING_RUN_LIMIT + 1, hex(code)


@pytest.mark.parametrize(
    "text",
    [
        "मुख्यमंत्री ने कहा",
        "ที่นี่มีน้ำ",
        "בְּרֵאשִׁ֖ית בָּרָ֣א",
        "བོད་སྐད་ཀྱི་བརྙན་འཕྲིན།",
        "မြန်မာဘာသာစကား",
        "👩‍❤️‍💋‍👨 👨‍👩‍👧‍👦 🏃🏽‍♀️ 🇩🇪🇫🇷 ☺️ 1️⃣",
        "葛\U000e0100城",
        "𑄌𑄋𑄴𑄟𑄳𑄦 𑄇𑄇𑄇𑄇𑄇𑄇𑄇𑄇𑄇𑄇𑄇𑄇",  # Chakma, beyond the first 65,536: letters are no marks
        "── “…” ‘———’ ♥♥♥♥♥♥♥♥♥♥♥♥",
    ],
)
def test_what_people_write_is_no_flood(text: str) -> None:
    assert sanitize(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("family", ["👩\u200d", "👩\u200d👩\u200d👩\u200d👩\u200d\u200d", "👩\u200d👩\u200d\u200d"])
def test_joined_pictures_are_parted_whatever_joins_them(family: str) -> None:
    chain = sanitize(family * 50)
    assert not re.search(f"(?:👩\u200d){{{JOINED_LIMIT}}}👩", chain)
    assert sanitize(chain) == chain


def test_pictures_are_joined_as_far_as_any_terminal_joins_them() -> None:
    chain = sanitize("\u200d".join("👩" * 50))
    assert chain.count("👩") == 50
    assert max(map(len, re.findall("(?:👩\u200d?)+?(?=👩👩|$)", chain))) <= 2 * JOINED_LIMIT
    assert "\u200d".join("👩" * JOINED_LIMIT) in chain
    assert sanitize(chain) == chain


def test_letters_of_nothing_are_blanks() -> None:
    assert one_line("a\u3164\uffa0\u115f\u1160b") == "a b"


def test_visible_shows_the_rest_of_a_flood() -> None:
    name = visible("dir" + "\u0301" * 40 + ".txt")
    assert name == "dir" + "\u0301" * COMBINING_RUN_LIMIT + r"\u0301" * (40 - COMBINING_RUN_LIMIT) + ".txt"


def test_escape_harmful_shows_what_acts_and_leaves_the_rest() -> None:
    assert (
        escape_harmful("می‌خواهم \u0600 \U0001fae8") == "می‌خواهم \u0600 \U0001fae8"
    )  # joiners, what is newer than Python
    assert escape_harmful("a\x1b[2Jb\x9b\u202e\tc\ud800\r") == r"a\x1b[2Jb\x9b\u202e\tc\ud800\r"


@given(anything | hostile)
def test_tame_leaves_nothing_that_drives_a_terminal(text: str) -> None:
    assert not FORBIDDEN & set(escape_harmful(text))


@given(anything)
def test_one_line_has_no_breaks_and_no_outer_blanks(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(line.split())


def test_visible_shows_what_would_act() -> None:
    assert visible("a\x1b[2Jb\x9b\u202e\n.txt") == "a\\x1b[2Jb\\x9b\\u202e\\n.txt"
    assert visible("café über 北京") == "café über 北京"
    assert visible("bad\udcff") == "bad\\udcff"


@given(anything)
def test_visible_is_always_printable(text: str) -> None:
    assert visible(text).isprintable()


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs("one\nstill one\n \n\n  two  words \n") == ("one still one", "two words")
    assert paragraphs(" \n\n ") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "CAFE"),
        ("don’t", "don't"),
        ("Straße", "STRASSE"),
        ("Søren", "soren"),
        ("COVID‑19", "covid-19"),
        ("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠", "breaking"),
    ],
)
def test_fold_makes_equal_what_readers_take_as_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_keeps_letters_that_only_look_marked() -> None:
    assert fold("й") != fold("и")
    assert fold("ガ") != fold("カ")


@given(st.text(max_size=40))
@example("ℇ")
@example("𝚤")
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_words_are_held_together_inside() -> None:
    assert words("Don't sell U.S. COVID-19 tests, AT&T!") == ["Don't", "sell", "U.S", "COVID-19", "tests", "AT&T"]


@given(st.text(max_size=80), st.integers(2, 60))
def test_shorten_never_exceeds_the_width(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width or len(text) <= width


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("the quick brown fox", 12) == "the quick…"
    assert shorten("short", 12) == "short"
