"""What the stories in a cache mean: their version.

Apart, so that a run with nothing to do need not load NumPy to compare it.
"""

from __future__ import annotations

VERSION = 7
"""Of the book's files and of all that decides a grouping, a timeline or a headline: raised when any of it changes; the
next run then groups anew."""
