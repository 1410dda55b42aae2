from __future__ import annotations

import shutil

from tests.builders import Library, Ran, out_of_reach


def test_folders(news: Library) -> None:
    assert news.run("folders") == Ran(0, f"{news.folder}\n".encode(), "")
    assert news.run("folders", "--format", "json").json == {"schema": 1, "folders": [str(news.folder)]}
    shutil.rmtree(news.folder)
    assert "(missing)" in news.run("folders").text
    assert news.run("folders", "--remove", str(news.folder)).code == 0
    assert news.run("folders").out == b""
    assert news.run("folders", "--remove", str(news.folder)).code == 1


def test_folders_out_of_reach_are_listed_with_the_others(news: Library) -> None:
    away = out_of_reach(news.folder)
    news.engine.store.add_folders([away])
    listed = f"{news.folder}\n{away}  (not available (file name too long))\n"
    assert news.run("folders") == Ran(0, listed.encode(), "")
    ran = news.run("index", "--rebuild")
    assert (ran.code, "would forget" in ran.err, len(ran.err.splitlines())) == (2, True, 1)
    ran = news.run("index")
    assert (ran.code, "not available" in ran.err, len(ran.err.splitlines())) == (0, True, 1)
