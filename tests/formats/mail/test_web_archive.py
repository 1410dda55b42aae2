from __future__ import annotations

import quopri
from email.message import EmailMessage

import pytest

from newsreader.formats import Unreadable, parse
from newsreader.text.clean import sanitize
from tests.formats.web.pages import TEXT, page

ADDRESS = "https://courier.example/2021/ferry?part=1"


def archive(markup: str, *, charset: str = "utf-8", frame: str = "", start: str = "", location: str = ADDRESS) -> bytes:
    """As Chrome writes it: folded addresses, quoted-printable text, images in base64."""
    body = quopri.encodestring(markup.encode(charset)).decode("ascii")
    return (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {location[:30]}\r\n {location[30:]}\r\n"
        "Subject: =?utf-8?Q?Selmer=20ferry?=\r\nDate: Sat, 27 Mar 2021 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; {start} boundary="----B----"\r\n\r\n\r\n'
        f"{frame}"
        f"------B----\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <page@x>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {location}\r\n\r\n{body}\r\n"
        "------B----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://courier.example/a.png\r\n\r\niVBORw0KGgo=\r\n------B------\r\n"
    ).encode()


FRAME = (
    "------B----\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/f\r\n\r\n"
    f"<p>{'Buy this now. ' * 200}</p>\r\n"
)


@pytest.mark.parametrize("suffix", [".mhtml", ".mht"])
def test_a_page_in_one_file(suffix: str) -> None:
    (article,) = parse(archive(page(lead="<h1>Café à Selmer</h1>")), suffix)
    assert (article.title, article.paragraphs) == ("Café à Selmer", TEXT)
    assert (article.url, article.source) == (ADDRESS, "courier.example")
    assert dict(article.origins)["url"] == "saved address"
    assert article.published is None  # when it was saved says nothing of when it was published


def test_the_address_is_cleaned_as_texts_are() -> None:
    flood = ADDRESS.replace("ferry", "ferry" + "\u0301" * 100)
    (article,) = parse(archive(page(lead="<h1>Ferry</h1>"), location=flood), ".mhtml")
    assert article.url == sanitize(flood)


@pytest.mark.parametrize("start", ["", 'start="<page@x>";'])
def test_frames_are_not_taken_for_the_page(start: str) -> None:
    (article,) = parse(archive(page(lead="<h1>Ferry</h1>"), frame=FRAME, start=start), ".mhtml")
    assert article.paragraphs == TEXT


def test_the_encoding_of_the_part_counts() -> None:
    markup = page(lead="<h1>Café</h1>").replace('<meta charset="utf-8">', "")
    (article,) = parse(archive(markup, charset="cp1252"), ".mhtml")
    assert article.title == "Café"


def test_a_message_that_is_only_the_page() -> None:
    message = EmailMessage()
    message.set_content(page(lead="<h1>Ferry</h1>"), subtype="html")
    message["Content-Location"] = ADDRESS
    (article,) = parse(bytes(message), ".mht")
    assert (article.title, article.url) == ("Ferry", ADDRESS)


@pytest.mark.parametrize(
    "data", [b"", b"text", b"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\ntext\r\n--x--"]
)
def test_no_page_in_it(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no web page in it"):
        parse(data, ".mhtml")
