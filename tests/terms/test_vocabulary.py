"""Numbers for words, and what hangs on them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.index.analysis import CHUNK
from newsreader.terms.vocabulary import Expansion, ValueTable, Vocabulary, shared_vocabulary, split, tokenize
from newsreader.text.clean import words


def test_numbers_are_given_in_the_order_of_first_meeting() -> None:
    vocabulary = Vocabulary()
    assert vocabulary.numbers(["b", "a", "b", "c"]).tolist() == [0, 1, 0, 2]
    assert (list(vocabulary.strings), vocabulary.size) == (["b", "a", "c"], 3)


@given(st.lists(st.lists(st.sampled_from(["", "a", "ab", "abc"]), max_size=6), max_size=4))
def test_expansions_are_worked_out_once(texts: list[list[str]]) -> None:
    seen: list[str] = []

    def letters(word: str) -> list[int]:
        seen.append(word)
        return [ord(letter) for letter in word]

    vocabulary = Vocabulary()
    expansion, lengths = Expansion(vocabulary, letters), ValueTable(vocabulary, len, "q")
    for text in texts:
        numbers = vocabulary.numbers(text)
        source, values = expansion.apply(numbers)
        assert values.tolist() == [ord(letter) for word in text for letter in word]
        assert source.tolist() == [at for at, word in enumerate(text) for _ in word]
        assert lengths[numbers].tolist() == [len(word) for word in text]
    assert len(seen) == len(set(seen))


@given(st.text(alphabet="ab1.,'’-&/\"() \n\u3000中é", max_size=40))
def test_no_word_is_cut_or_lost_by_splitting(text: str) -> None:
    tokens = split(text)
    assert [word for token in tokens for word in CHUNK.findall(token)] == CHUNK.findall(text)
    assert [word for token in tokens for word in words(token)] == words(text)


def test_an_own_vocabulary_is_used_though_it_is_empty() -> None:
    own = Vocabulary()
    assert tokenize("A title", ["text"], own).vocabulary is own
    assert tokenize("A title", ["text"]).vocabulary is shared_vocabulary()
