from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.formats import Unreadable, parse
from newsreader.formats.mail import mbox
from tests.formats.mail.mails import PLAIN, mail, mailbox, raw


def titles(data: bytes, suffix: str = ".mbox") -> list[str]:
    return [article.title for article in parse(data, suffix)]


def test_every_message_is_an_article() -> None:
    data = mailbox(PLAIN, mail("Text.\n", subject="Second", key="<2@tarn.example>"))
    first, second = parse(data, ".mbox")
    assert (first.title, second.title) == ("Ferry returns to service", "Second")
    assert first.part != second.part
    assert first.paragraphs[-1] == "Both engines were replaced."


@pytest.mark.parametrize(
    "line",
    [
        "Fri Mar 26 09:14:00 2021", "Fri Mar  5 09:14:00 2021", "Fri Mar 26 09:14:00 +0000 2021",
        "Fri Mar 26 09:14 2021", "Fri, 26 Mar 2021 09:14:00 +0100", "Fri Mar 26 09:14:00 CET 2021",
    ],
)  # fmt: skip
def test_separators_of_many_programs(line: str) -> None:
    data = mailbox(raw("Subject: One"), raw("Subject: Two"), posted=line)
    one, two = parse(data, ".mbox")
    assert (one.title, two.title) == ("One", "Two")
    assert one.published is not None
    assert (one.published.year, one.published.month) == (2021, 3)
    assert ("published", "line From") in one.origins


def test_a_sentence_that_begins_with_from_parts_nothing() -> None:
    body = b"From here on nothing is cut.\n\nFrom Fri Mar 26 09:14:00 2021\nuntil then: nothing.\n"
    data = b"From a@b Fri Mar 26 09:14:00 2021\n" + raw("Subject: One", body=body)
    assert titles(data) == ["One"]


def test_quoted_from_lines_come_back() -> None:
    data = mailbox(raw("Subject: One", body=b"A.\n\nFrom here.\n\n>From there.\n"))
    assert b"\n>From here" in data
    (article,) = parse(data, ".mbox")
    assert article.paragraphs == ("A.", "From here.", "> From there.")


def test_parts_stay_when_messages_come_and_go() -> None:
    messages = [
        *(mail(f"Text {i}.\n", subject=f"Title {i}", key=f"<{i}@tarn.example>") for i in range(3)),
        *(mail(f"Text {i}.\n", subject=f"Title {i}", key=None) for i in range(3, 6)),
    ]
    whole = {article.title: article.part for article in parse(mailbox(*messages), ".mbox")}
    for gone in range(6):
        fewer = parse(mailbox(*messages[:gone], *messages[gone + 1 :]), ".mbox")
        assert {article.title: article.part for article in fewer} == {
            title: part for title, part in whole.items() if title != f"Title {gone}"
        }


def test_marks_of_mail_programs_do_not_change_parts() -> None:
    plain, marked = raw("Subject: One"), raw("Status: RO", "X-Status: A", "Subject: One")
    assert parse(mailbox(plain), ".mbox") == parse(mailbox(marked), ".mbox")


def test_the_same_message_again_has_another_part() -> None:
    first, second, third = parse(mailbox(PLAIN, PLAIN, PLAIN), ".mbox")
    assert (second.part, third.part) == (f"{first.part}/2", f"{first.part}/3")


def test_deleted_messages_and_the_server_s_notes_are_left_out() -> None:
    deleted = raw("X-Mozilla-Status: 0009", "Subject: Deleted")
    notes = raw("Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA")
    kept = raw("X-Mozilla-Status: 0001", "Subject: Kept", body=b"X-Mozilla-Status: 0009\n")
    assert titles(mailbox(notes, deleted, kept)) == ["Kept"]


def test_messages_without_anything_are_counted() -> None:
    (article,) = parse(mailbox(PLAIN, raw("From: a@b", body=b"")), ".mbox")
    assert article.warning == "messages without subject and text: 1"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no mailbox"), (b"junk\n" * 1000, "no mailbox"), (PLAIN, "no mailbox"),
        (mailbox(raw("From: a@b", body=b"")), "without a readable message"),
    ],
)  # fmt: skip
def test_nothing_to_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(data, ".mbox")


def test_files_without_suffix_are_told_by_their_start() -> None:
    received = PLAIN.replace(b"Message-ID", b"Received: from a by b\nMessage-ID")
    assert titles(mailbox(PLAIN, PLAIN), "") == ["Ferry returns to service"] * 2
    assert titles(received, "") == ["Ferry returns to service"]
    assert titles(b"From here on\n\nText.\n", "") == ["From here on"]
    assert titles(b"Date: 26 March 2021\nTo: all\nSubject: no mail\n\nText.\n", "")[0].startswith("To: all")


@given(st.integers(1, 900), st.lists(st.sampled_from([b"", b"x", b"From here.\n\n", b"y" * 700]), max_size=8))
def test_blocks_of_any_size_give_the_same(size: int, bodies: list[bytes]) -> None:
    data = mailbox(*(raw(f"Subject: Title {i}", body=body) for i, body in enumerate(bodies)))
    before, mbox.BLOCK = mbox.BLOCK, size
    try:
        assert len(bodies) == 0 or titles(data) == [f"Title {i}" for i in range(len(bodies))]
    finally:
        mbox.BLOCK = before


def test_a_message_that_is_too_large_costs_itself_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "LARGEST_FILE", 5_000)
    monkeypatch.setattr(mbox, "BLOCK", 1_000)
    data = mailbox(PLAIN, raw("Subject: Large", body=b"word " * 10_000), raw("Subject: Last"))
    articles = parse(data, ".mbox")
    assert [article.title for article in articles] == ["Ferry returns to service", "Last"]
    assert articles[0].warning is not None
    assert "left out" in articles[0].warning


def test_a_large_mailbox_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.mbox"
    line = b"From a@b Fri Mar 26 09:14:00 2021\n"
    picture = b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + (b"QUJD" * 18 + b"\n") * 14_000
    with path.open("wb") as file:
        for i in range(100):
            body = b"--b\n\nText.\n--b\n" + picture + b"--b--\n"
            file.write(line + raw(f"Subject: Title {i}", "Content-Type: multipart/mixed; boundary=b", body=body))
    assert path.stat().st_size > 90 * 2**20
    script = (
        "import sys; from newsreader.formats.mail import mbox\n"
        "with open(sys.argv[1], 'rb') as file: print(len(mbox.parse_file(file)))"
    )
    limit = 80 * 2**20  # bytes of address space: less than the file
    done = subprocess.run(
        [sys.executable, "-c", script, os.fspath(path)],
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"100\n", b"")


def test_of_too_much_text_the_newest_messages_are_read_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST_TEXT", 300)
    messages = [raw(f"Subject: Letter {i}", body=b"The ferry sails again. " * 5 + b"\n") for i in range(9)]
    found = parse(mailbox(*messages), ".mbox")
    assert [article.title for article in found] == ["Letter 6", "Letter 7", "Letter 8"]
    assert "its oldest 6 messages were not read" in (found[0].warning or "")


def test_letters_of_scripts_without_blanks_count_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST_TEXT", 300)
    messages = [
        raw("Content-Type: text/plain; charset=utf-8", f"Subject: {i}", body=("渡轮恢复通航" * 8).encode())
        for i in range(3)
    ]
    assert [article.title for article in parse(mailbox(*messages), ".mbox")] == ["2"]
