"""The article outside of this program: its address, its page, its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.article import Article
from newsreader.errors import NewsreaderError, UsageError
from newsreader.text.clean import visible
from newsreader.tui.commands import main_key
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.terminal import editor

if TYPE_CHECKING:
    from newsreader.tui.app import NewsreaderApp
    from newsreader.tui.main.screen import MainScreen


def with_article(screen: MainScreen, go: Callable[[NewsreaderApp, Article], None]) -> None:
    """Do it with the article that the user is looking at; an expected error becomes a notice."""
    page = screen.query_one(ReadingPane).page
    article = screen.browser.list.article
    if page is not None and page.article.id == screen.current_article():
        article = page.article
    if article is not None:
        try:
            go(screen.app, article)
        except NewsreaderError as error:
            screen.report(error)


def copy_link(app: NewsreaderApp, article: Article) -> None:
    """The address, or the path of an article that has none."""
    text = article.url or str(article.path)
    app.copy_to_clipboard(text)
    app.notify(f"Copied {visible(text)}", timeout=2, markup=False)


def open_original(app: NewsreaderApp, article: Article) -> None:
    """In the browser; an address that hides where it leads only when it is asked for twice. Raises `UsageError`."""
    if article.url is None:
        raise UsageError("this article has no address; y copies the path of its file")
    address = editor.checked_address(article.url)
    if not address.is_plain and app.warned_of != address.url:
        app.warned_of = address.url
        key = main_key("open_original", app.config.keys)
        app.notify(f"This address leads to {address.host}. {key} again opens it.", severity="warning", markup=False)
        return
    editor.open_address(address.url)
    app.notify(f"Opening {address.host}", timeout=3, markup=False)


def edit(app: NewsreaderApp, article: Article) -> None:
    """The file, in the user's editor. Raises `UsageError`."""
    editor.edit_file(app, article.path)
    app.run_index()
