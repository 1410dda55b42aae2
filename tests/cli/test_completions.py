from __future__ import annotations

import os

import pytest

from tests.builders import Library, run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions(shell: str) -> None:
    ran = run(["completions", shell])
    assert (ran.code, ran.err) == (0, "")
    assert b"_NEWSREADER_COMPLETE" in ran.out


def test_completing(library: Library) -> None:
    environment = {
        **os.environ,
        "_NEWSREADER_COMPLETE": "bash_complete",
        "COMP_WORDS": "newsreader sto",
        "COMP_CWORD": "1",
    }
    assert run([], env=environment).text.split() == ["plain,stories"]
