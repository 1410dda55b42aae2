"""Numbers of things in words: "1 article", "1,204 articles".

Written at each place, the plural is forgotten at one, and the thousands are parted in one list and not in the next.
"""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """The number with the word for its things; without `many` their plural is that of `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
