"""A path as it was typed or pasted."""

from __future__ import annotations

import pytest

from newsreader.tui.widgets.typed_path import typed_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~/", "~/"),
        ("~/news", "~/news"),
        ("~//srv/news", "/srv/news"),
        ("~/~/news", "~/news"),
        ("~/~//srv/news", "/srv/news"),
        ("~/ /srv/news \n", "/srv/news"),
        ("'/srv/old news'", "/srv/old news"),
        ("~/'/srv/old news' ", "/srv/old news"),
        ('"/srv/old news"', "/srv/old news"),
        ("file:///srv/old%20news", "/srv/old news"),
        ("~/file://localhost/srv/news", "/srv/news"),
        (r"/srv/old\ news\ \(2026\)/", "/srv/old news (2026)/"),
        ("/srv/it's", "/srv/it's"),
        ("~someone/news", "~someone/news"),
        ("", ""),
    ],
)
def test_a_pasted_path_is_taken_as_what_it_is(typed: str, meant: str) -> None:
    assert typed_path(typed) == meant
