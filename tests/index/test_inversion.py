"""Inverting in one pass gives what the schema says of each document."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.index.inversion import Inversion
from newsreader.index.schema import COLUMNS, FIELDS, Document, document_fields
from tests.index.corpus import document

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


def by_schema(documents: list[Document], name: str) -> Postings:
    found: Postings = {}
    for doc, one in enumerate(documents):
        value = document_fields(one).get(name)
        if isinstance(value, str):
            value = {value: 1}
        assert value is None or isinstance(value, dict)
        for term, what in (value or {}).items():
            found.setdefault(term, {})[doc] = what
    return found


def by_inversion(inversion: Inversion, name: str) -> Postings:
    field = inversion.field(name)
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


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS)
def test_one_pass_is_as_good_as_document_by_document(documents: list[Document]) -> None:
    inversion = Inversion()
    for one in documents:
        inversion.add(one)
    for name in FIELDS:
        assert by_inversion(inversion, name) == by_schema(documents, name), name
    columns = inversion.columns()
    for name in COLUMNS:
        assert columns[name].tolist() == [document_fields(one)[name] for one in documents]


def test_nothing_at_all() -> None:
    inversion = Inversion()
    assert [inversion.field(name) for name in FIELDS] == [None] * len(FIELDS)
    assert all(len(values) == 0 for values in inversion.columns().values())


def test_titles_weigh_more_except_when_they_are_the_lede() -> None:
    apart, lede = Inversion(), Inversion()
    apart.add(document(1, "tax", title="tax cut"))
    lede.add(document(1, "tax", title="tax cut", lede=True))
    assert by_inversion(apart, "text") == {"tax": {0: 3}, "cut": {0: 2}}
    assert by_inversion(lede, "text") == {"tax": {0: 1}}
    assert by_inversion(lede, "headline") == {"tax": {0: 1}, "cut": {0: 1}}
