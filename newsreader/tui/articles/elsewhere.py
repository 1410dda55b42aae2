"""The article outside of this program: its address, its page, its file."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from newsreader.article import Article
from newsreader.errors import UsageError
from newsreader.text.clean import visible
from newsreader.tui.commands import main_key
from newsreader.tui.host import Host
from newsreader.tui.terminal import editor


class Elsewhere:
    """Hands an article on to clipboard, browser or editor."""

    def __init__(self, screen: Screen[Any], host: Host) -> None:
        self._screen = screen
        self._host = host
        self._warned_of: str | None = None
        """An address that hides where it leads, and of which the user has been told."""

    def copy_link(self, article: Article) -> None:
        """The address, or the path of an article that has none."""
        text = article.url or str(article.path)
        self._screen.app.copy_to_clipboard(text)
        self._screen.notify(f"Copied {visible(text)}", timeout=2, markup=False)

    def open_original(self, article: Article) -> None:
        """In the browser; an address that hides where it leads only when it is asked for twice. Raises `UsageError`."""
        if article.url is None:
            raise UsageError("this article has no address; y copies the path of its file")
        address = editor.checked_address(article.url)
        if not address.is_plain and self._warned_of != address.url:
            self._warned_of = address.url
            key = main_key("open_original", self._host.config.keys)
            text = f"This address leads to {address.host}. {key} again opens it."
            self._screen.notify(text, severity="warning", markup=False)
            return
        editor.open_address(address.url)
        self._screen.notify(f"Opening {address.host}", timeout=3, markup=False)

    def edit(self, article: Article) -> None:
        """The file, in the user's editor. Raises `UsageError`."""
        editor.edit_file(self._screen.app, article.path)
