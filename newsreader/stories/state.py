"""What a story book knows, and its file."""

from __future__ import annotations

import os
import zipfile
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsreader.stories.articles import Articles

VERSION = 1
"""Of the file and of everything that decides a grouping: raised when either changes."""
_FILE = "stories.npz"


@dataclass(frozen=True, slots=True)
class State:
    """All that a book holds. The arrays are replaced, never changed."""

    token: str = ""
    articles: Articles = field(default_factory=lambda: Articles.of(()))
    pairs: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))
    """(pairs, 2): the rows of candidate pairs."""
    similarity: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    """Of each pair, 0 to `similarity.FULL`."""
    copy: npt.NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    """Of each pair: whether the two are copies."""
    story: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    """Of each article, the id of its story's first article, or `ALONE`."""
    corrected: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    """Ids of the articles that the corrections were about."""


def save_state(folder: Path, state: State) -> None:
    """Put the state in the folder, all of it or nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, new = folder / _FILE, folder / f"{_FILE}.new"
    arrays = {f.name: getattr(state, f.name) for f in fields(State) if f.name not in ("token", "articles")}
    arrays = {name: array.astype(np.int32) if array.dtype == np.int64 else array for name, array in arrays.items()}
    arrays |= {f"articles.{f.name}": getattr(state.articles, f.name) for f in fields(Articles)}
    with new.open("wb") as file:
        np.savez(file, version=np.array(VERSION), token=np.array(state.token), **arrays)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def load_state(folder: Path) -> State:
    """The state kept in a folder; an empty one if there is none, or it is damaged or of another version."""
    try:
        with np.load(folder / _FILE, allow_pickle=False) as stored:
            if int(stored["version"]) != VERSION:
                return State()
            articles = Articles(*(stored[f"articles.{f.name}"] for f in fields(Articles)))
            names = (f.name for f in fields(State) if f.name not in ("token", "articles"))
            arrays = (stored[name] for name in names)
            return State(
                str(stored["token"]), articles, *(a.astype(np.int64) if a.dtype == np.int32 else a for a in arrays)
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return State()
