"""Inverting in one pass gives what the schema says of each document."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index import inversion
from newsreader.index.inversion import Inverted, TokenizedText, invert, invert_labels, invert_many
from newsreader.index.postings import FieldPostings
from newsreader.index.schema import INDEXED_FIELDS, LABEL_FIELDS, IndexedArticle
from newsreader.terms.vocabulary import Vocabulary, tokenize
from tests.examples import examples
from tests.index.corpus import document
from tests.index.whoosh_reference import document_fields

TEXT = st.lists(
    st.sampled_from(
        ["Tax", "taxes", "the", "U.S.", "US", "O'Neill's", "l'été", "COVID-19", "中国人", "1,110", "\n", "AT&T"]
    ),
    max_size=8,
).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        lambda title, text, source, author, language, lede: document(
            0, text, title=title, source=source, author=author, language=language, lede=lede, path=f"/{title[:5]}"
        ),
        TEXT,
        TEXT,
        st.none() | TEXT,
        st.none() | TEXT,
        st.sampled_from([None, "en", "fr", "zz"]),
        st.booleans(),
    ),
    max_size=4,
)

Postings = dict[str, dict[int, object]]


def by_schema(documents: list[IndexedArticle], name: str) -> Postings:
    found: Postings = {}
    for doc, one in enumerate(documents):
        value = document_fields(one).get(name)
        if isinstance(value, str):
            value = {value: 1}
        assert value is None or isinstance(value, dict)
        for term, what in (value or {}).items():
            found.setdefault(term, {})[doc] = what
    return found


def inverted(*documents: IndexedArticle) -> Inverted:
    vocabulary = Vocabulary()
    return invert(
        [TokenizedText(tokenize(d.title, d.paragraphs, vocabulary), d.language, d.title_is_lede) for d in documents]
    )


def listed(field: FieldPostings | None) -> Postings:
    found: Postings = {}
    for number, term in enumerate(field.terms if field else ()):
        assert field is not None
        start, stop = int(field.starts[number]), int(field.starts[number + 1])
        docs, weights = field.docs[start:stop].tolist(), field.weights[start:stop].tolist()
        found[term.decode()] = dict(zip(docs, weights, strict=True))
        if field.places is not None:
            owner, places = field.positions(number, np.arange(stop - start))
            found[term.decode()] = {doc: places[owner == i].tolist() for i, doc in enumerate(docs)}
    return found


@examples(150)
@given(DOCUMENTS)
def test_one_pass_is_as_good_as_document_by_document(documents: list[IndexedArticle]) -> None:
    found = inverted(*documents)
    for name in set(INDEXED_FIELDS) - set(LABEL_FIELDS):
        assert listed(found.fields.get(name)) == by_schema(documents, name), name
    assert found.count == len(documents)
    assert found.lengths.tolist() == [document_fields(one)["length"] for one in documents]
    for name in LABEL_FIELDS:
        assert listed(invert_labels([getattr(one.label, name) for one in documents])) == by_schema(documents, name), (
            name
        )


def test_what_was_seen_before_changes_nothing() -> None:
    documents = [document(1, "Taxes rise", title="Town"), document(2, "les taxes de la ville", title="", language="fr")]
    apart = [inverted(one) for one in documents]
    together = Vocabulary()
    for one, found in zip(documents, apart, strict=True):
        text = TokenizedText(tokenize(one.title, one.paragraphs, together), one.language, one.title_is_lede)
        again = invert([text])
        assert {name: listed(again.fields[name]) for name in again.fields} == {
            name: listed(found.fields[name]) for name in found.fields
        }


def test_nothing_at_all() -> None:
    assert (invert([]).count, dict(invert([]).fields)) == (0, {})
    assert invert_labels([]) is None
    assert invert_labels([None, ""]) is None


def test_titles_weigh_more_except_when_they_are_the_lede() -> None:
    apart = inverted(document(1, "tax", title="tax cut"))
    lede = inverted(document(1, "tax", title="tax cut", lede=True))
    assert listed(apart.fields["text"]) == {"tax": {0: 3}, "cut": {0: 2}}
    assert listed(lede.fields["text"]) == {"tax": {0: 1}}
    assert listed(lede.fields["headline"]) == {"tax": {0: 1}, "cut": {0: 1}}


def test_texts_of_several_vocabularies_are_inverted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inversion, "AT_ONCE", 2)
    one, other = Vocabulary(), Vocabulary()
    tokens = [tokenize("", [word], one) for word in "abc"] + [tokenize("", [word], other) for word in "de"]
    pieces = list(invert_many(TokenizedText(found, None, False) for found in tokens))
    assert [piece.count for piece in pieces] == [2, 1, 2]
    assert [sorted(listed(piece.fields["words"])) for piece in pieces] == [["a", "b"], ["c"], ["d", "e"]]
