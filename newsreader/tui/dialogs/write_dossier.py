"""Writing a dossier of what the user is looking at, to a file that the user names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from newsreader.article import ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.export.dossier import Selection, dossier
from newsreader.export.dossier_lines import dossier_lines
from newsreader.export.files import form_of, write_new
from newsreader.text.clean import fold, visible
from newsreader.text.plural import counted
from newsreader.tui.dialogs.dossier import DossierScreen
from newsreader.tui.host import Host
from newsreader.tui.lanes import Lane

LONGEST_NAME = 40
"""Characters of the file that is offered, without its ending."""


async def write_dossier(app: App[Any], host: Host, engine: Engine, articles: Sequence[ArticleId], title: str) -> None:
    """Look up what it is to be of, ask for the file, write it. Without a title, one article stands for its story."""
    lane = Lane("dossier")
    try:
        chosen = Selection(title, tuple(articles), len(articles))
        if not title:
            chosen = await lane.queued(lambda: of_articles(engine, articles))

        async def keep(path: Path) -> None:
            cancelled = lane.check()
            with host.under_way(f"writing a dossier of {counted(len(chosen.articles), 'article')}", lane.drop):
                await lane.queued(lambda: _write(engine, chosen, path, cancelled))
            app.notify(f"Written: {visible(str(path))}", timeout=4, markup=False)

        offered = file_name(chosen.title)
        await app.push_screen_wait(DossierScreen(chosen.title, len(chosen.articles), offered, keep))
    except NewsreaderError as error:
        host.report(error)
    finally:
        lane.close()


def _write(engine: Engine, chosen: Selection, path: Path, cancelled: CancelCheck) -> None:
    """Runs in the lane's thread."""
    write_new(path, dossier_lines(dossier(engine, chosen, cancelled=cancelled), form_of(path)))


def of_articles(engine: Engine, articles: Sequence[ArticleId]) -> Selection:
    """The selected articles; one alone stands for its story. Raises `NotFoundError`."""
    if len(articles) == 1 and engine.article(articles[0]).article.story is not None:
        story = engine.stories.story_of(articles[0])
        return Selection(story.title, tuple(member.article.id for member in story.members), len(story.members))
    title = engine.article(articles[0]).article.title if len(articles) == 1 else "Selected articles"
    return Selection(title, tuple(articles), len(articles))


def file_name(title: str) -> str:
    """The file that is offered."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    name = ""
    for word in words:
        if len(name) + len(word) > LONGEST_NAME:
            break
        name = f"{name}-{word}" if name else word
    return f"{name or 'dossier'}.md"
