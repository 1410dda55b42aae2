"""Signatures: the same for the same text, small, readable, and good for estimates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.indexing.resemblance import resembles
from newsreader.terms.signature import (
    SHINGLES,
    SHINGLES_ABRIDGED,
    TERMS,
    abridged,
    prior_rarity,
    read_signature,
    shingle_words,
    signature,
    signatures,
    spellings,
    stem,
    term_hash,
    term_weights,
)
from newsreader.terms.vocabulary import Vocabulary, tokenize

TITLE = "Harbour bridge of Lundsvik closes for 14 weeks"
TEXT = ["The town council of Lundsvik closed the bridge on Monday.", "Repairs will cost 3.5 million crowns."]


@given(st.text(), st.lists(st.text(), max_size=4), st.sampled_from([None, "en", "de"]))
def test_any_text_has_a_signature_that_can_be_read(title: str, paragraphs: list[str], language: str | None) -> None:
    blob = signature(title, paragraphs, language)
    fields = read_signature(blob)
    assert len(blob) <= 850
    assert blob == signature(title, paragraphs, language)
    assert len(fields.terms) == len(fields.weights) <= TERMS
    assert (fields.weights > 0).all()
    assert (np.diff(fields.shingles.astype(np.int64)) > 0).all()


GOOD = signature(TITLE, TEXT)


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x00" * 40, GOOD[:-1], b"\x63" + GOOD[1:]])
def test_what_is_no_signature_is_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="signature"):
        read_signature(blob)


def test_names_and_figures_come_before_common_words() -> None:
    ranked = list(term_weights(TITLE, TEXT))
    assert {"lundsvik", "14"} <= set(ranked[:6])
    assert ranked.index("lundsvik") < ranked.index("the")
    assert prior_rarity("the") < prior_rarity("council") <= prior_rarity("lundsvik")


def test_terms_are_hashes_of_the_stems() -> None:
    terms = read_signature(signature(TITLE, TEXT)).terms
    assert terms.tolist() == [term_hash(stem) for stem in term_weights(TITLE, TEXT)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("closes", "clos"), ("closed", "clos"), ("cities", "city"), ("minister's", "minister"), ("press", "press")],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_only_english_is_stemmed() -> None:
    assert "closes" in term_weights("closes", (), "fr")
    assert "clos" in term_weights("closes", (), None)


def test_scripts_without_blanks_are_taken_in_pairs_of_letters() -> None:
    assert set(term_weights("北京市长", ())) == {"北京", "京市", "市长"}


def test_spellings_are_those_of_the_text() -> None:
    assert spellings(TITLE, TEXT)["lundsvik"] == "Lundsvik"


def test_shingle_words_ignore_case_accents_and_punctuation() -> None:
    assert shingle_words("Café-owner’s, U.S.") == ["cafe", "owner", "s", "u", "s"]


def test_the_sample_of_shingles_estimates_resemblance() -> None:
    words = [f"w{n}" for n in range(3000)]
    one = read_signature(signature("", [" ".join(words[:2000])]))
    other = read_signature(signature("", [" ".join(words[1000:])]))
    assert len(one.shingles) <= SHINGLES
    limit = 1 << (32 - max(one.scale, other.scale))
    a, b = (set(s.shingles[s.shingles < limit].tolist()) for s in (one, other))
    assert len(a & b) / len(a | b) == pytest.approx(1 / 3, abs=0.12)


def test_abridged_it_still_tells_an_edit() -> None:
    words = [f"w{n}" for n in range(3000)]
    one = abridged(signature("", [" ".join(words[:2000])]))
    fields = read_signature(one)
    assert SHINGLES_ABRIDGED <= len(fields.shingles) < 4 * SHINGLES_ABRIDGED
    assert len(one) < 850 / 2
    assert resembles(one, signature("", [" ".join(words[1000:])]))
    assert not resembles(one, signature("", [" ".join(words[2000:])]))
    assert abridged(GOOD) == GOOD  # of a short text there is nothing to leave out


def test_many_at_once_are_as_one_by_one() -> None:
    texts = [
        (TITLE, TEXT),
        ("", ["北京市长 in 東京"]),
        ("closes", ()),
        ("", ()),
        (TITLE, TEXT),
        ("U.S. at 8.5%", ["a b c d e f g"]),
    ]
    for language in (None, "fr"):
        together = signatures([(tokenize(title, text), language) for title, text in texts])
        assert together == [signature(title, text, language) for title, text in texts]
    apart = [(tokenize(title, text, Vocabulary()), None) for title, text in texts]
    assert signatures(apart) == [signature(title, text) for title, text in texts]
