from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import article_id, fingerprint


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=4))
def test_ids_are_sixteen_hexadecimal_digits(title: str, texts: list[str]) -> None:
    content = fingerprint(title, texts)
    assert re.fullmatch("[0-9a-f]{32}", content)
    assert re.fullmatch("[0-9a-f]{16}", article_id(content))
    assert re.fullmatch("[0-9a-f]{16}", article_id(content, 3))


def test_spacing_does_not_count_but_words_and_paragraphs_do() -> None:
    assert fingerprint("A  title", ["one\ntwo "]) == fingerprint("A title", ["one two"])
    assert fingerprint("A title", ["one two"]) != fingerprint("A title", ["one", "two"])
    assert fingerprint("A title", ["one"]) != fingerprint("A title one", [])
    assert fingerprint("A title", ["one"]) != fingerprint("A Title", ["one"])


def test_copies_have_ids_of_their_own_that_follow_from_the_content() -> None:
    content = fingerprint("title", ["text"])
    ids = [article_id(content, copy) for copy in range(20)]
    assert len(set(ids)) == 20
    assert ids == [article_id(content, copy) for copy in range(20)]
