"""How many examples hypothesis tries for a property: a quarter of them all, or all with `--hypothesis-profile=full`.

A quarter finds nearly everything in the course of a day's runs, each of which tries others; all of them take minutes.
"""

from __future__ import annotations

import math
from typing import Any

from hypothesis import settings

FULL = 100
"""Of a property that does not say how many."""


def register_profiles() -> None:
    """To be called before hypothesis looks at its option, that is as `conftest.py` is loaded."""
    settings.register_profile("full", max_examples=FULL, deadline=None)  # a busy machine is no fault of ours
    settings.register_profile("quick", settings.get_profile("full"), max_examples=FULL // 4)
    settings.load_profile("quick")


def examples(full: int, **how: Any) -> settings:
    """So many examples in the full profile, and the same share of them as everywhere in others."""
    return settings(max_examples=math.ceil(full * settings().max_examples / FULL), **how)
