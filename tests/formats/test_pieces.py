from __future__ import annotations

from newsreader.formats.pieces import NONE, Piece, PieceByPiece, pieces, watched

BOOK = {"a": ["a1", "a2"], "b": ["b1"], "c": []}


def read(pass_over: dict[Piece, str] | None = None, last: Piece = NONE, seconds: float = 100.0) -> PieceByPiece:
    """Reads the book; `told` holds what was announced, and the texts in their order."""
    told: list[tuple[Piece, int]] = []
    with watched(
        PieceByPiece(lambda piece, size: told.append((piece, size)), pass_over or {}, last, seconds)
    ) as reading:
        texts = [
            (chapter, list(pieces(BOOK[chapter], str)))
            for chapter in pieces(BOOK, lambda chapter: f"chapter {chapter}", lambda chapter: len(BOOK[chapter]))
        ]
    reading.left_out.append(f"{told} {texts}")
    return reading


def test_pieces_within_pieces_are_announced_by_their_numbers() -> None:
    (told,) = read().left_out
    announced = [((0,), 2), ((0, 0), 0), ((0, 1), 0), ((1,), 1), ((1, 0), 0), ((2,), 0), (NONE, 0)]
    assert told == f"{announced} [('a', ['a1', 'a2']), ('b', ['b1']), ('c', [])]"


def test_what_cost_a_reader_is_passed_over_and_named() -> None:
    passed, inner, told = read({(1,): "timeout", (0, 0): "crash"}).left_out
    assert (passed, inner) == ("a1: crash", "chapter b: timeout")
    assert told.endswith("[('a', ['a2']), ('c', [])]")


def test_reading_ends_at_the_last_piece_and_when_the_time_is_up() -> None:
    end, told = read(last=(1,)).left_out
    assert end == "chapter b and all that is read after it: there is too much that takes long"
    assert told.endswith("[('a', ['a1', 'a2'])]")
    assert read(seconds=-1.0).left_out[1].endswith("[]")


def test_few_of_many_are_named() -> None:
    reading = PieceByPiece(lambda piece, size: None, {(number,): "crash" for number in range(9)}, NONE, 100.0)
    with watched(reading):
        assert not list(pieces(range(9), "line {}".format))
    assert reading.trouble() == "not all of it was read: line 0: crash; line 1: crash; line 2: crash; and 6 more"


def test_nobody_need_watch() -> None:
    assert list(pieces("abc", str)) == ["a", "b", "c"]
