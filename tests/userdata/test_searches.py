from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.errors import NotFoundError, UsageError
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import Store


@pytest.fixture
def searches(tmp_path: Path) -> Iterator[Searches]:
    store = Store.open(tmp_path / "userdata.sqlite")
    yield Searches(store)
    store.close()


def test_kept_under_a_name_with_or_without_the_sign(searches: Searches) -> None:
    searches.save("@deals", 'ev OR "great wall"')
    searches.save("börse.de-1", "tag:börse")
    searches.save("deals", "ev")
    assert searches.all() == {"börse.de-1": "tag:börse", "deals": "ev"}
    searches.delete("@deals")
    assert list(searches.all()) == ["börse.de-1"]
    with pytest.raises(NotFoundError, match="deals"):
        searches.delete("deals")


@pytest.mark.parametrize("name", ["", "@", "two words", "a@b", "x" * 61, "\x1b[2J"])
def test_names_that_a_query_could_not_say(searches: Searches, name: str) -> None:
    with pytest.raises(UsageError):
        searches.save(name, "ev")
    assert searches.all() == {}
