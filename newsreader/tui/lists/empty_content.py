"""What stands where a list is empty: why it is, and what to do next.

An empty pane without a word looks like a fault to a new user.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from newsreader.index.result import Result
from newsreader.tui import signs
from newsreader.tui.content import ACCENT, BETWEEN, EMPTY, MUTED, plain
from newsreader.tui.lists.listing import Request
from newsreader.tui.search.explanation import empty_list

_VIEWS: dict[str, tuple[str, str, str]] = {
    "is:starred": ("Nothing is starred yet.", "star", "stars the article under the cursor"),
    "is:unread": ("All is read.", "view_all", "shows all articles"),
    "is:arrived": ("Nothing has come since you were last here.", "view_unread", "shows what is not read yet"),
    "is:tagged": ("Nothing is tagged yet.", "tag", "tags the article under the cursor"),
    "is:edited": ("No article was edited since it was first read.", "view_all", "shows all articles"),
}
"""Query of a view → why it may be empty, a command, and what that does."""


def why_empty(request: Request, found: Result | None, key: Callable[[str], str], activity: str) -> Content:
    """`key` gives the key that a command has now; `activity` is what an update of the library is doing, if one runs."""

    def offer(command: str, does: str) -> Content:
        return plain(key(command), ACCENT) + plain(f" {does}", MUTED)

    query = request.query.strip()
    if query in _VIEWS and (found is None or not found.partial):
        why, command, does = _VIEWS[query]
        lines = [plain(why, MUTED), EMPTY, offer(command, does)]
    elif query.startswith("tag:") and found is not None and len(found.clauses) < 2:
        lines = [plain("No article has this tag.", MUTED), EMPTY, offer("tag", "tags the article under the cursor")]
        lines.append(offer("tag_list", "shows all tags"))
    elif query and found is not None:
        return empty_list(found)
    elif activity:
        lines = [
            plain("Your articles are being read.", MUTED),
            EMPTY,
            *(plain(part, ACCENT) for part in f"{signs.UNDER_WAY} {activity}".split(BETWEEN)),
            EMPTY,
            plain("The first will be here soon.", MUTED),
        ]
    elif request.kind == "stories":
        lines = [plain("No story yet: two articles on one event make one.", MUTED)]
        lines += [EMPTY, offer("view_all", "shows all articles")]
    else:
        lines = [plain("No articles yet.", MUTED), EMPTY, offer("add_folder", "adds a folder of articles")]
        lines.append(offer("index", "looks again for articles in the library's folders"))
    return plain("\n").join(lines)
