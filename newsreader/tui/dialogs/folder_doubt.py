"""What is wrong with a folder that somebody wants to add, and what to do about it.

Added without a word, a folder without articles leaves a new user before an empty list.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from newsreader.library.glance import glance
from newsreader.text.plural import counted


@dataclass(frozen=True, slots=True)
class Doubt:
    words: str
    instead: Path | None = None
    """A path that may be meant."""


def doubt_about(path: Path) -> Doubt | None:
    """None for a folder with articles, or one that is too large to tell."""
    try:
        seen = glance(path)
    except FileNotFoundError:
        there = next(parent for parent in Path(os.path.abspath(path)).parents if parent.is_dir())
        return Doubt(f"{path}: there is no such folder. {there} is there: type on from it, tab completes.")
    except NotADirectoryError:
        folder = path.parent
        return Doubt(f"{path.name} is a file, and folders are added. Enter adds the one that it is in.", folder)
    except PermissionError:
        return Doubt(f"{path}: you may not read this folder. `chmod u+rx` lets its owner read it, or choose another.")
    except OSError as error:
        return Doubt(f"{path}: can't be listed ({error.strerror or error}). Choose another, or see to the disk.")
    if seen.articles or not seen.complete:
        return None
    if not seen.files:
        return Doubt(f"{path} is empty. Enter once more adds it all the same: what comes into it later is read.")
    return Doubt(
        f"{path} has no articles: {counted(seen.files, 'file')}, of no kind that is read (text, Markdown, web pages,"
        " PDF, feeds, mails, JSON, CSV). Enter once more adds it all the same."
    )
