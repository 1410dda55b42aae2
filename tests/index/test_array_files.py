"""Arrays come back from their file, and damage to it is noticed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index.array_files import damaged_arrays, read_arrays, write_arrays
from tests.examples import examples

_ARRAYS = st.dictionaries(
    st.text(max_size=8),
    st.tuples(st.sampled_from(["<u1", "<u2", "<u4", "<i8"]), st.lists(st.integers(0, 255), max_size=200)),
    max_size=5,
)


@examples(50)
@given(_ARRAYS)
def test_arrays_come_back(tmp_path_factory: pytest.TempPathFactory, raw: Mapping[str, tuple[str, list[int]]]) -> None:
    path = tmp_path_factory.mktemp("arrays") / "x.arrays"
    arrays = {name: np.array(values, kind) for name, (kind, values) in raw.items()}
    write_arrays(path, arrays)
    back = read_arrays(path)
    assert list(back) == list(arrays)
    for name, array in arrays.items():
        assert back[name].dtype == array.dtype
        assert back[name].tolist() == array.tolist()


def test_a_file_cut_short_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    write_arrays(path, {"one": np.arange(100), "two": np.arange(64, dtype=np.uint8)})
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"\S"):
            read_arrays(path)


def test_a_damaged_array_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    arrays = {"one": np.arange(100), "none": np.zeros(0, np.int32), "two": np.arange(64, dtype=np.uint8)}
    write_arrays(path, arrays)
    assert damaged_arrays(path) == []
    whole = path.read_bytes()
    start = whole.index(arrays["one"].tobytes())
    for place in range(start, start + arrays["one"].nbytes, 13):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert damaged_arrays(path) == ["one"]
        assert read_arrays(path)["two"].tolist() == arrays["two"].tolist()


def test_a_damaged_directory_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.arrays"
    write_arrays(path, {"one": np.arange(100)})
    whole = path.read_bytes()
    head = 24 + int.from_bytes(whole[8:16], "little")
    for place in range(head):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        with pytest.raises(ValueError, match=r"\S"):
            read_arrays(path)
