from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.article import ArticleId
from newsreader.userdata.drafts import Draft, Drafts

ARTICLE = ArticleId("0" * 16)


@pytest.fixture
def no_mask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("no_mask")
def test_nobody_else_can_look_at_a_draft_or_put_another_in_its_place(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "state" / "newsreader" / "drafts")
    drafts.keep(Draft(ARTICLE, "", "a word"))
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "state").rglob("*")]
    assert modes == [0o700, 0o700, 0o600]
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_what_a_process_that_has_ended_had_written_is_ours_now(tmp_path: Path) -> None:
    writer, drafts = Drafts(tmp_path), Drafts(tmp_path)
    draft = Draft(ARTICLE, "before", "half a wor")
    writer.keep(draft)
    (left,) = tmp_path.iterdir()
    left.rename(tmp_path / f"{ARTICLE}.{2**30}.json")
    assert drafts.left() == []
    writer.forget(ARTICLE)  # what it locked is locked no more, as when it has ended
    assert drafts.left() == [draft]
    assert drafts.of(ARTICLE) == draft
    drafts.forget(ARTICLE)
    assert list(tmp_path.iterdir()) == []
