"""What tests of stories get."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsreader.stories import candidates, grouping, similarity


@pytest.fixture(scope="module")
def small_limits() -> Iterator[None]:
    """Counts at which things change that a handful of articles can reach."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "KEY_COUNT", 9)
        patch.setattr(similarity, "LIBRARY_SHARE", 3.0)
        patch.setattr(grouping, "COMPONENT_LIMIT", 6)
        yield
