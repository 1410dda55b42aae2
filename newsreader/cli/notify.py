"""`newsreader index --notify`: what saved searches find that is new, on stdout and for the user's hook.

An article counts as told when the hook has taken it. Were it marked before, a hook that fails would lose it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.cli.hooks import NOTIFY_SECONDS, run_hook
from newsreader.cli.session import Session
from newsreader.export.wording import day
from newsreader.text.clean import visible

if TYPE_CHECKING:  # it loads NumPy, for which a run that tells nothing has no use
    from newsreader.notices import Notice, Notices


class Notification:
    """One telling: the lines are printed, the hook gets them, and then they count as told."""

    def __init__(self, session: Session, form: str, hook: str | None) -> None:
        from newsreader.notices import notices

        self._session, self._hook = session, hook
        self._told: Notices = notices(session.engine)
        self._lines = [_line(notice, form) for notice in self._told.found]

    @property
    def notices(self) -> Sequence[Notice]:
        return self._told.found

    def print_lines(self) -> None:
        sys.stdout.writelines(line + "\n" for line in self._lines)
        sys.stdout.flush()

    def finish(self) -> None:
        """Run the hook and set the marks. What the hook did not take is told again the next time."""
        from newsreader.notices import mark_told

        for trouble in self._told.troubles:
            output.warn(trouble)
        failure = None
        if self._hook and self._lines:
            text = "".join(line + "\n" for line in self._lines).encode("utf-8", "backslashreplace")
            failure = run_hook(self._hook, self._session.locations, NOTIFY_SECONDS, stdin=text)
        if failure is not None:
            output.warn(f"the hook hooks.notify failed ({failure}); it gets these articles again the next time")
        untold = {notice.search for notice in self._told.found} if failure is not None else ()
        mark_told(self._session.engine, self._told, but=untold)


def _line(notice: Notice, form: str) -> str:
    if form == "json":
        from newsreader.cli import json_documents

        return output.json_line(json_documents.notice(notice))
    article = notice.article
    parts = (f"@{notice.search}", article.source or "–", day(article).strip(), article.title, str(article.path))
    return "  ".join(map(visible, parts))
