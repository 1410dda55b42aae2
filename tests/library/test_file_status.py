from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.library.file_status import file_status
from tests.builders import out_of_reach


def test_what_is_not_there_is_told_from_what_can_not_be_seen(tmp_path: Path) -> None:
    found = file_status(tmp_path)
    assert found is not None
    assert found.st_ino == tmp_path.stat().st_ino
    (tmp_path / "file").touch()
    assert file_status(tmp_path / "nothing") is file_status(tmp_path / "file" / "below") is None
    with pytest.raises(OSError, match="name too long"):
        file_status(out_of_reach(tmp_path))
