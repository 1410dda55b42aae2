from __future__ import annotations

from tests.builders import DAMAGED, Library


def test_doctor(news: Library) -> None:
    ran = news.run("doctor", "--format", "json")
    assert ran.code == 0
    assert {finding["level"] for finding in ran.json["findings"]} == {"ok"}
    assert all(line.startswith("✓") for line in news.run("doctor").text.splitlines())


def test_doctor_mends_a_damaged_cache(news: Library) -> None:
    news.engine.close()
    for path in news.locations.cache.glob("catalogue.sqlite*"):
        path.unlink()
    news.locations.catalogue.write_bytes(DAMAGED["garbage"])
    ran = news.run("search", "ferry")
    assert ran.code == 74
    assert "newsreader doctor" in ran.err
    assert news.run("doctor").code == 0
    assert news.run("search", "ferry").code == 0
