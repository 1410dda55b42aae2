"""The article outside of this program: its address, its page, its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.article import Article
from newsreader.errors import UsageError
from newsreader.text import visible
from newsreader.tui import editor

if TYPE_CHECKING:
    from newsreader.tui.app import NewsreaderApp


def copy_link(app: NewsreaderApp, article: Article) -> None:
    """The address, or the path of an article that has none."""
    text = article.url or str(article.path)
    app.copy_to_clipboard(text)
    app.notify(f"Copied {visible(text)}", timeout=2, markup=False)


def open_original(app: NewsreaderApp, article: Article) -> None:
    """In the browser. Raises `UsageError`."""
    if article.url is None:
        raise UsageError("this article has no address; y copies the path of its file")
    url, host = editor.checked_address(article.url)
    editor.open_address(url)
    app.notify(f"Opening {host}", timeout=3, markup=False)


def edit(app: NewsreaderApp, article: Article) -> None:
    """The file, in the user's editor. Raises `UsageError`."""
    editor.edit_file(app, article.path)
    app.run_index()
