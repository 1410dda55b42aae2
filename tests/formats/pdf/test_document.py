from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from io import BytesIO
from itertools import zip_longest

import pypdf
import pytest

from newsreader.formats import Unreadable, parse


def pdf(*pages: str, info: dict[str, str] | None = None, language: str = "") -> bytes:
    """A PDF whose pages have these lines, 14 points apart; blank ones are gaps of twice that, tabs go on in the second
    column."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for page in pages:
        shown = "".join(
            f"1 0 0 1 {72 + 240 * column} {780 - 14 * i} Tm ({part.translate({40: '[', 41: ']'})}) Tj\n"
            for i, line in enumerate(page.split("\n"))
            for column, part in enumerate(line.split("\t"))
            if part
        )
        stream = f"BT /F1 11 Tf {shown} ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 1 0 R >> >> >>" % (2 * len(pages) + 2, content)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids)))
    objects.append(b"<< /Type /Catalog /Pages %d 0 R /Lang (%s) >>" % (len(objects), language.encode()))
    fields = b" ".join(b"/%s (%s)" % (key.encode(), value.encode("cp1252")) for key, value in (info or {}).items())
    objects.append(b"<< %s >>" % fields)
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects) - 1, len(objects), start)
    )
    return out.getvalue()


STORY = """Selmer ferry returns to service

The ferry between Tarn and the island of Selmer sails again from
Monday, the harbour office said, after nine weeks in which is-
landers had to rely on fishing boats.

Mechanics replaced both shafts at the Brackwater yard. The work cost
1.4 million crowns."""


def test_lines_become_paragraphs() -> None:
    (article,) = parse(pdf(STORY), ".pdf")
    assert article.title == "Selmer ferry returns to service"
    assert " ".join(article.paragraphs) == (
        "The ferry between Tarn and the island of Selmer sails again from Monday, the harbour office said, after nine "
        "weeks in which islanders had to rely on fishing boats. Mechanics replaced both shafts at the Brackwater yard. "
        "The work cost 1.4 million crowns."
    )
    assert len(article.paragraphs) == 2


LEFT = """The ferry between Tarn and the island
of Selmer sails again from Monday,
the harbour office said, after nine
weeks in which islanders had to rely
on fishing boats.

Mechanics replaced both shafts at
the Brackwater yard."""
RIGHT = """The council will decide in May
whether to buy a second ship, which
would need a second crew. Its own
treasurer, Anton Weil, has spoken
against it more than once.

Nobody else has."""


def beside(left: str, right: str) -> str:
    return "\n".join(f"{one}\t{two}" for one, two in zip_longest(left.split("\n"), right.split("\n"), fillvalue=""))


def test_columns_that_are_written_line_by_line_are_read_one_after_the_other() -> None:
    page = f"Selmer ferry returns to service\n\n{beside(LEFT, RIGHT)}\n\n\n\n\n\nThe Tarn Courier, page 3"
    (article,) = parse(pdf(page), ".pdf")
    assert article.title == "Selmer ferry returns to service"
    assert article.paragraphs == (
        "The ferry between Tarn and the island of Selmer sails again from Monday, the harbour office said, after nine "
        "weeks in which islanders had to rely on fishing boats.",
        "Mechanics replaced both shafts at the Brackwater yard.",
        "The council will decide in May whether to buy a second ship, which would need a second crew. Its own "
        "treasurer, Anton Weil, has spoken against it more than once.",
        "Nobody else has.",
        "The Tarn Courier, page 3",
    )


def test_a_table_is_read_row_by_row() -> None:
    table = "\n".join(f"Year {year}\t{year % 97} trips" for year in range(2008, 2020))
    (article,) = parse(pdf(f"Trips of the Selmer ferry\n\n{table}"), ".pdf")
    assert "Year 2010 70 trips Year 2011 71 trips" in " ".join(article.paragraphs)


def test_what_the_file_says_of_itself() -> None:
    info = {
        "Title": "Ferries of Selmer", "Author": "Ida Brandt", "Keywords": "ferry, islands; boats",
        "CreationDate": "D:20210326091400+01'00'",
    }  # fmt: skip
    (article,) = parse(pdf(STORY, info=info, language="en-GB"), ".pdf")
    assert (article.title, article.author, article.language) == ("Ferries of Selmer", "Ida Brandt", "en")
    assert article.published == datetime(2021, 3, 26, 9, 14, tzinfo=timezone(timedelta(hours=1)))
    assert article.tags == ("ferry", "islands", "boats")
    assert dict(article.origins) == {
        "title": "PDF Title", "date": "PDF CreationDate", "author": "PDF Author", "language": "PDF Lang",
        "tags": "PDF Keywords",
    }  # fmt: skip


@pytest.mark.parametrize("title", ["Microsoft Word - ferry.doc", "Untitled", "ferry_final.indd"])
def test_titles_that_programs_make_up_are_none(title: str) -> None:
    (article,) = parse(pdf(STORY, info={"Title": title, "CreationDate": "D:2021xx"}), ".pdf")
    assert article.title == "Selmer ferry returns to service"
    assert article.published is None


def test_running_heads_and_page_numbers_are_no_text() -> None:
    body = "\n".join(f"Sentence {n} of the report goes on for most of the line it is on, and on." for n in range(8))
    pages = [f"Tarn Courier annual\n{body}\nEnd of part {'abcd'[n]}.\nPage {n + 1} of 4" for n in range(4)]
    (article,) = parse(pdf(*pages, info={"Title": "Report"}), ".pdf")
    text = " ".join(article.paragraphs)
    assert "Courier" not in text
    assert "Page" not in text
    assert all(f"End of part {letter}." in text for letter in "abcd")


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = STORY + "\n\nThe council will decide in May whether to buy a second ship, which its"
    (article,) = parse(pdf(first, "treasurer opposes, since two ships would need two crews and a berth."), ".pdf")
    assert article.paragraphs[-1].endswith(
        "which its treasurer opposes, since two ships would need two crews and a berth."
    )


def test_pages_without_text() -> None:
    with pytest.raises(Unreadable, match="no text in it: scanned"):
        parse(pdf("", ""), ".pdf")


def encrypted(user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf(STORY)))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_encrypted_files() -> None:
    with pytest.raises(Unreadable, match="encrypted"):
        parse(encrypted("secret"), ".pdf")
    (article,) = parse(encrypted(""), ".pdf")  # anybody may read it, but not change it
    assert article.title == "Selmer ferry returns to service"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"text", pdf(STORY)[:200]], ids=["empty", "head", "text", "cut"])
def test_what_is_no_pdf(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"no PDF, or a broken one|no text"):
        parse(data, ".pdf")


def test_what_the_library_trips_over_is_a_broken_file() -> None:
    start = pdf(STORY).rpartition(b"startxref\n")[0]
    with pytest.raises(Unreadable, match="a broken PDF"):
        parse(start + b"startxref\n" + b"9" * 30 + b"\n%%EOF\n", ".pdf")


def test_without_the_extra_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(Unreadable, match=r"needs the pdf extra: pip install 'newsreader-tui\[pdf\]'"):
        parse(pdf(STORY), ".pdf")
