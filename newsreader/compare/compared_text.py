"""An article as it is compared: what of it the comparison sees.

In one place, so that a headline that only repeats the first sentence is never compared twice.
"""

from __future__ import annotations

from newsreader.article import FullArticle
from newsreader.compare.model import ComparedText
from newsreader.formats.base import title_is_lede


def compared_text(full: FullArticle) -> ComparedText:
    """The headline counts only where it says something that the text doesn't begin with."""
    article = full.article
    title = None if title_is_lede(article.title, full.paragraphs) else article.title
    return ComparedText(title, full.paragraphs, article.language, article.published)
