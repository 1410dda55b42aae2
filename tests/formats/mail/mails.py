"""Mails of our own making, as tests want them."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.policy import SMTP

DATE = "Fri, 26 Mar 2021 09:14:00 +0100"

PLAIN = b"""\
From: Iris Holm <iris@tarn.example>
To: readers@tarn.example
Subject: Ferry returns to service
Date: Fri, 26 Mar 2021 09:14:00 +0100
Message-ID: <ferry-1@tarn.example>

The ferry between Tarn and Lowland sails again on Saturday
after repairs that took eleven weeks.

Both engines were replaced.
"""

STORY = "<p>The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks.</p>"


def numbered_mail(number: int) -> EmailMessage:
    """One of many that are not alike, with a key of its own."""
    text = f"Report number {number} on the harbour of Tarn, its {number * 7} ferries and what the council said.\n"
    return mail(text, subject=f"Harbour report {number}", key=f"<{number}@tarn.example>")


def mail(
    text: str | None = None,
    html: str | None = None,
    *,
    subject: str | None = "Ferry returns to service",
    sender: str = "Tarn Post <news@tarn.example>",
    date: str | None = DATE,
    key: str | None = "<ferry-1@tarn.example>",
    **headers: str,
) -> EmailMessage:
    """A mail with these bodies; further headers by name, with _ for -."""
    message = EmailMessage()
    for name, value in (("From", sender), ("Subject", subject), ("Date", date), ("Message-ID", key)):
        if value is not None:
            message[name] = value
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message


def raw(*lines: str | bytes, body: bytes = b"The ferry sails again.\n") -> bytes:
    """A message of these header lines as they are."""
    head = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    return head + b"\n" + body


def mailbox(*messages: Message | bytes, posted: str = "Fri Mar 26 09:14:00 2021") -> bytes:
    """The messages as one mbox file, with `From ` lines in them quoted as mboxrd does."""
    import re

    out = []
    for message in messages:
        data = message if isinstance(message, bytes) else message.as_bytes(policy=SMTP.clone(linesep="\n"))
        quoted = re.sub(rb"^(>*From )", rb">\1", data, flags=re.MULTILINE)
        out.append(b"From sender@tarn.example " + posted.encode() + b"\n" + quoted.rstrip(b"\n") + b"\n\n")
    return b"".join(out)


BOMBS = {
    "many parts": b"Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\npart\n" * 200_000,
    "deep parts": b"Subject: s\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000))
    + b"\ntext\n",
    "deep messages": b"Subject: s\n" + b"Content-Type: message/rfc822\n\n" * 3000 + b"\ntext\n",
    "deep messages in UTF-8": b"Subject: s\n" + b"Content-Type: message/global\n\n" * 3000 + b"\ntext\n",
    "same boundary": b"Subject: s\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 3000 + b"text",
    "broken id": raw("Subject: s", "Message-ID: <["),
    "nested comments": raw("Subject: s", "From: " + "(" * 5000),
    "many quotes": raw("Subject: s", "From: " + '"\\' * 5000 + "<a@b>"),
    "encoded words": raw("Subject: " + "=?utf-8?q?a?= " * 20_000),
    "unended words": raw("Subject: " + "=?utf-8?q?" * 20_000),
    "one long word": raw("Subject: =?utf-8?b?" + "QUFB" * 100_000 + "?="),
    "long header": raw("Subject: s", *(f" folded {i}" for i in range(100_000))),
    "many headers": raw("Subject: s", *(f"X-{i}: x" for i in range(100_000))),
    "parameters": raw("Subject: s", "Content-Type: text/plain" + '; a="' * 20_000),
    "rfc 2231": raw("Subject: s", "Content-Type: text/plain" + "".join(f"; n*{i}*=%41" for i in range(5000))),
    "long date": raw("Subject: s", "Date: " + "1." * 100_000),
    "idna": raw("Subject: =?idna?q?" + "a" * 10_000 + "?=", "Content-Type: text/plain; charset=idna"),
    "boundary": raw("Subject: s", 'Content-Type: multipart/mixed; boundary="' + "b" * 9000 + '"'),
    "quotes": raw("Subject: s", body=b">" * 2_000_000),
    "blanks": raw("Subject: s", body=b" " * 2_000_000 + b"\n" + b"- " * 500_000),
    "links": raw("Subject: s", body=b"<http://" * 200_000),
    "html": raw("Subject: s", "Content-Type: text/html", body=b"<div>" * 100_000 + b"text"),
    "base64": raw("Subject: s", "Content-Transfer-Encoding: base64", body=b"====" * 100_000 + b"QQ"),
    "uuencode": raw("Subject: s", "Content-Transfer-Encoding: x-uuencode", body=b"begin 644 x\n" + b"M" * 100_000),
    "from lines": b"From " * 400_000,
}
"""What makes parsers of mail run away, fail or lie: FAULTS.md b4 and more."""
