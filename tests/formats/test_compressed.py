from __future__ import annotations

import gzip

import pytest

from newsreader.formats import READERS, Unreadable, parse
from newsreader.formats.base import LARGEST_FILE
from newsreader.formats.compressed import inflate

PLAIN = b"Ferry returns\n\nIt sails again."


@pytest.mark.parametrize("suffix", [".txt.gz", ".md.gz", ".gz"])
def test_a_packed_file_is_read_like_the_one_in_it(suffix: str) -> None:
    (article,) = parse(gzip.compress(PLAIN), suffix)
    assert (article.title, article.paragraphs) == ("Ferry returns", ("It sails again.",))


def test_every_format_may_be_packed() -> None:
    plain = {suffix for suffix in READERS if not suffix.endswith(".gz")}
    assert set(READERS) == plain | {f"{suffix}.gz" for suffix in plain}


def test_several_members_and_padding() -> None:
    assert inflate(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0") == b"ab"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (PLAIN, "no gzip data"),
        (gzip.compress(PLAIN * 50)[:-12], "end too early"),
        (gzip.compress(PLAIN)[:-8] + bytes(8), "broken"),
        (gzip.compress(bytes(LARGEST_FILE + 1)), "larger than 32 MiB when unpacked"),
        (gzip.compress(gzip.compress(bytes(LARGEST_FILE))), "not text"),
    ],
    ids=["not packed", "cut", "damaged", "too large", "packed twice"],
)
def test_what_cannot_be_unpacked_is_said_to_be_so(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(data, ".txt.gz")


def test_nothing_in_it() -> None:
    assert inflate(b"") == b""
