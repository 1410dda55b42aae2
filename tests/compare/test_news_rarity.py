from __future__ import annotations

from newsreader.compare.features import stems
from newsreader.compare.news_rarity import rarity


def test_what_is_common_in_news_weighs_less() -> None:
    the, people, zeppelin = (rarity(stem) for stem in stems("the people zeppelin"))
    assert 0 < the < people < zeppelin
    assert rarity("3") < zeppelin
