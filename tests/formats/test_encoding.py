from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.formats import Unreadable
from newsreader.formats.encoding import decode

ENGLISH = "The café’s owner said “no” – and paid 20 € for the naïve plan of the Zürich office.\n" * 3
GERMAN = "Der Bürgermeister äußerte sich später über die große Brücke; die Gebühren sollen natürlich steigen.\n" * 3
FRENCH = "Le ministre a été reçu à l’Élysée où la délégation française espérait une décision bientôt.\n" * 3
POLISH = "Rada miejska przyjęła budżet na przyszły rok po długiej dyskusji, która trwała aż do późnej nocy.\n" * 3
RUSSIAN = "Городской совет принял бюджет на следующий год после долгого обсуждения в пятницу вечером.\n" * 3
JAPANESE = "市議会は金曜日に予算案を可決した。市長は学校のために資金を増やすと述べた。\n" * 3


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode(), codecs.BOM_UTF8 + ENGLISH.encode(), ENGLISH.encode("utf-16"),
        codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), ENGLISH.encode("utf-32"), ENGLISH.encode("utf-16-le"),
        ENGLISH.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16", "utf-16-be mark", "utf-32", "utf-16-le no mark", "utf-16-be no mark"],
)  # fmt: skip
def test_unicode_with_and_without_marks(data: bytes) -> None:
    if b"\x00" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = "Plain words only, as most wires send them.\n".encode("utf-16-le" if data[1] == 0 else "utf-16-be")
        assert decode(data) == "Plain words only, as most wires send them.\n"
    else:
        assert decode(data) == ENGLISH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"), (GERMAN, "cp1252"), (FRENCH, "cp1252"), (GERMAN, "iso-8859-1"), (POLISH, "cp1250"),
        (RUSSIAN, "koi8_r"), (RUSSIAN, "cp1251"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)  # fmt: skip
def test_older_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_few_broken_bytes_do_not_make_another_encoding() -> None:
    data = GERMAN.encode()
    assert decode(data[:4] + b"\xff" + data[4:]).replace("\ufffd", "") == GERMAN


def test_a_text_that_says_it_is_utf_8_may_have_broken_bytes() -> None:
    assert decode("Valid: 是 Invalid: ".encode() + b"\xe6\n", "utf-8") == "Valid: 是 Invalid: \ufffd\n"
    assert decode(RUSSIAN.encode("cp1251"), "utf-8") == RUSSIAN
    assert decode(GERMAN.encode("cp1252"), "utf-8") == GERMAN
    assert decode(JAPANESE.encode("euc_jp"), "utf-8") == JAPANESE


def test_a_broken_byte_far_into_a_long_file() -> None:
    data = b"plain words only\n" * 5000
    assert decode(data + b"\xff").endswith("only\n\ufffd")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"a\x00\x02b text", b"\x00" * 64])
def test_nul_bytes_are_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="not text"):
        decode(data)


@pytest.mark.parametrize(
    "data", [b"text with a \x00 in it", "Ünd das\x00".encode(), b"Title\n\n\x00Text\x00 of it.\x00"]
)
def test_a_stray_nul_byte_in_a_short_text_is_damage_too(data: bytes) -> None:
    assert decode(data) == data.decode().replace("\x00", "")


def test_short_texts_in_utf_16_are_not_taken_for_damaged() -> None:
    for text in ("Hi", "Hi you", "A text"):
        assert decode(text.encode("utf-16-le")) == text


def test_stray_nul_bytes_in_a_long_text_are_damage() -> None:
    data = GERMAN.encode() * 100
    assert decode(data[:50] + b"\x00" + data[50:]) == GERMAN * 100


@given(st.binary(max_size=80))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decode(data)
    except Unreadable:
        assert b"\x00" in data


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=80))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).removeprefix("\ufeff") == text.removeprefix("\ufeff")
