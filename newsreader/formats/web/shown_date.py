"""The day that a web page shows its readers, where it states none for programs: in a byline, in several languages.

What is about other articles is left out first: their days stand in the same form.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from htmldate import find_date

_OTHERS = frozenset(("aside", "nav", "footer"))
_NOT_SHOWN = ("meta", "link")
_ASIDE = re.compile("related|sidebar|comment|teaser|promo", re.IGNORECASE)


def shown_date(root: Any) -> str | None:
    """A day as YYYY-MM-DD, found by htmldate's patterns (Barbaresi 2020) outside of what is about other articles.

    Its wider search of all text is left off: it takes ten times as long, and dates every page that has any number.
    """
    page = deepcopy(root)
    for element in [element for element in page.iter() if element.tag in _NOT_SHOWN or is_about_others(element)]:
        if element.getparent() is not None:
            element.drop_tree()
    return find_date(page, extensive_search=False, original_date=True)


def is_about_others(element: Any) -> bool:
    """Whether an element holds a list of other articles, a sidebar, readers' words or the page's frame."""
    return element.tag in _OTHERS or _ASIDE.search(element.get("class") or "") is not None
