"""The dialog that asks for a command that is to be given the text of articles, and what the command is given."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.article import FullArticle
from newsreader.errors import UsageError
from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.widgets.dialog import LineDialog

MOST_PIPED = 200
"""Articles; their headlines have to fit into the environment of a process too."""
BETWEEN_TEXTS = "\n\f\n"
"""What parts several articles that go to one command."""


class PipeScreen(LineDialog[str | None]):
    """Type a command line of the shell; it is given the text on its standard input."""

    BINDINGS = bindings("pipe")
    HINTS = (("enter", "run it"), ("previous_choice", "earlier ones"), ("cancel", "cancel"))

    def __init__(self, heading: str) -> None:
        super().__init__(plain("Pipe ", MUTED) + plain(heading, "bold"))

    @property
    def typed_for(self) -> str:
        return ""

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="a command, for example: wc -w", compact=True)
        yield Static(classes="dialog-message", markup=False)

    def message_on(self, typed: str) -> Content:
        return plain("It gets the text on its input; $NEWSREADER_TITLE, _PATH, _URL and _ID say which.", MUTED)

    def result_of(self, typed: str) -> str:
        if not typed:
            raise UsageError("type a command")
        return typed

    def action_move(self, step: int) -> None:
        self.action_recall(-step)


def joined_text(texts: Sequence[FullArticle]) -> str:
    """Headline and paragraphs of each."""
    return BETWEEN_TEXTS.join("\n\n".join([text.article.title, *text.paragraphs]) + "\n" for text in texts)


def facts_of(texts: Sequence[FullArticle]) -> dict[str, str]:
    """Which articles they are, for the environment of a command: a line for each."""
    articles = [text.article for text in texts]
    return {
        "NEWSREADER_TITLE": "\n".join(article.title for article in articles),
        "NEWSREADER_PATH": "\n".join(str(article.path) for article in articles),
        "NEWSREADER_URL": "\n".join(article.url or "" for article in articles),
        "NEWSREADER_ID": "\n".join(article.id for article in articles),
    }
