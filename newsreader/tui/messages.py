"""What the app tells every screen, also those behind the one on top: the library has changed, the indexer runs.

They stand apart from the app because screens must not import it.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class LibraryChanged(Message):
    """The catalogue or the user data is not what it was: lists are to be refreshed in place."""

    generation: int
    revision: int

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, LibraryChanged)


@dataclass
class IndexState(Message):
    """How a run of the indexer is getting on."""

    running: bool
    text: str = ""
    """In a few words; empty when there is nothing to say."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, IndexState)
