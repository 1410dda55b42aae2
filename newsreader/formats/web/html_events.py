"""HTML to events of its tags and texts, in balance, for whoever builds something of them.

A tree of hostile markup may be as deep as the file is long; events need no more memory than the text.
"""

from __future__ import annotations

from typing import Any

from lxml import etree


def send_events(markup: str, target: Any) -> Any:
    """Send `target` the start and end tags, in balance, and the text of a page or fragment, as lxml's parser targets
    have them; what its `close` returns. None, and no event, when there is nothing but white space.

    Any string is accepted, nested as deeply as it may be: no tree is built, so time and memory are linear in the
    length.
    """
    data = _encoded(markup.replace("\x00", ""))
    if not data.strip():
        return None
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)  # without, 10 MB of text are none
    return etree.fromstring(data, parser)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # surrogates, as JSON has them: pairs are characters, others are none
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
