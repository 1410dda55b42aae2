from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import ParsedArticle
from newsreader.formats import Unreadable, parse
from newsreader.formats.mail.mime import DEEPEST, MOST_PARTS
from newsreader.text.clean import sanitize
from tests.examples import examples
from tests.formats.mail.mails import BOMBS, DATE, PLAIN, STORY, mail, raw
from tests.formats.pdf.test_document import pdf

FERRY = "The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks."
LONG = " ".join(f"Sentence number {i} says what the council of Northgate decided." for i in range(12))


def read(data: bytes | EmailMessage) -> ParsedArticle:
    (article,) = parse(data if isinstance(data, bytes) else data.as_bytes(), ".eml")
    return article


def test_a_mail_is_read_in_full() -> None:
    assert read(PLAIN) == ParsedArticle(
        "Ferry returns to service",
        (FERRY, "Both engines were replaced."),
        source="Iris Holm",
        author="Iris Holm",
        published=datetime(2021, 3, 26, 9, 14, tzinfo=timezone(timedelta(hours=1))),
        has_time=True,
        date_from="header",
        origins=(
            ("title", "header Subject"),
            ("author", "header From"),
            ("source", "header From"),
            ("published", "header Date"),
            ("text", "text/plain"),
        ),
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_do_not_matter(end: bytes) -> None:
    assert read(PLAIN.replace(b"\n", end)) == read(PLAIN)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: Fwd: AW: Ferry returns", "Ferry returns"),
        ("FW: RE[2]: Ferry returns", "Ferry returns"),
        ("[Ferry-Watch] Ferry returns", "Ferry returns"),
        ("Re: [ferry-watch] Re: Ferry returns", "Ferry returns"),
        ("[Updated] Ferry returns", "[Updated] Ferry returns"),
        ("Return of the ferry: a report", "Return of the ferry: a report"),
        ("Re:", "Re:"),
        ("=?utf-8?q?F=C3=A4hre_f=C3=A4hrt?=", "Fähre fährt"),
        ("=?utf-8?b?RsOkaHJl?= =?UTF-8?B?IGbDpGhydA==?=", "Fähre fährt"),
        ("=?utf-8?q?F=C3?= =?utf-8?q?=A4hre?= again", "Fähre again"),
        ("=?iso-8859-1*de?q?F=E4hre?=", "Fähre"),
        ("=?windows-1252?q?=93Ferry=94?=", "“Ferry”"),
        ("=?iso-8859-1?q?=93Ferry=94?=", "“Ferry”"),
        ("=?gb2312?b?tsm0rLvWuLTB9A==?=", "渡船恢复留"),
        ("=?nope?q?F=C3=A4hre?=", "Fähre"),
        ("=?hex?q?Ferry?=", "Ferry"),
        ("=?utf-8?q?Ferry=0D=0AX:_y=1B[2J=E2=80=AE?=", "Ferry X: y"),
        ("=?utf-8?b?RmVycnk?=", "Ferry"),
        ("=?utf-8?x?broken?=", "=?utf-8?x?broken?="),
        ("Fähre", "Fähre"),
        ("Ferry\n returns", "Ferry returns"),
    ],
)
def test_the_title_is_the_subject(subject: str, title: str) -> None:
    assert read(raw(f"Subject: {subject}", "List-Id: The watch <ferry-watch.tarn.example>")).title == title


def test_a_subject_in_an_older_encoding() -> None:
    assert read(raw(b"Subject: F\xe4hre f\xe4hrt")).title == "Fähre fährt"


@pytest.mark.parametrize("header", [(), ("Subject:",), ("Subject: =?utf-8?q??=",)])
def test_without_subject_the_text_gives_the_title(header: tuple[str, ...]) -> None:
    article = read(raw("From: a@b.example", *header, body=b"Ferry returns\n\nIt sails.\n"))
    assert (article.title, article.paragraphs) == ("Ferry returns", ("It sails.",))
    assert ("title", "first paragraph") in article.origins


@pytest.mark.parametrize(
    ("header", "moment", "place"),
    [
        (("Date: Fri, 26 Mar 2021 09:14:00 -0500 (EST)",), "2021-03-26T09:14:00-05:00", "header Date"),
        (("Date: 26 Mar 21 09:14 GMT",), "2021-03-26T09:14:00+00:00", "header Date"),
        (("Date: 2021-03-26 09:14:00",), "2021-03-26T09:14:00+00:00", "header Date"),
        (
            ("Date: soon", "Received: from b by c; Fri, 26 Mar 2021 10:00:00 +0000",
             "Received: from a by b;\n Fri, 26 Mar 2021 09:59:00 +0000 (UTC)"),
            "2021-03-26T09:59:00+00:00", "header Received",
        ),
        (("Resent-Date: Fri, 26 Mar 2021 09:14:00 +0000",), "2021-03-26T09:14:00+00:00", "header Resent-Date"),
    ],
)  # fmt: skip
def test_the_date_is_the_sender_s_else_the_first_server_s(header: tuple[str, ...], moment: str, place: str) -> None:
    article = read(raw("Subject: s", *header))
    assert article.published == datetime.fromisoformat(moment)
    assert (article.has_time, article.date_from) == (True, "header")
    assert ("published", place) in article.origins


@pytest.mark.parametrize("date", ["", "soon", "Fri, 99 Mar 2021", "Fri, 26 Mar 2021 09:14:00 +9999", "1" * 5000])
def test_no_date_that_can_be_read(date: str) -> None:
    article = read(raw("Subject: s", f"Date: {date}"))
    assert (article.published, article.date_from) == (None, "file")


@pytest.mark.parametrize(
    ("sender", "author", "source"),
    [
        ("Iris Holm <i@tarn.example>", "Iris Holm", "Iris Holm"),
        ('"Holm, Iris" <i@tarn.example>', "Holm, Iris", "Holm, Iris"),
        ('"Iris \\"Ida\\" Holm" <i@tarn.example>', 'Iris "Ida" Holm', 'Iris "Ida" Holm'),
        ("i@tarn.example (Iris Holm)", "Iris Holm", "Iris Holm"),
        ("i@tarn.example", None, "tarn.example"),
        ("<i@tarn.example>", None, "tarn.example"),
        ('"i@tarn.example" <i@tarn.example>', None, "tarn.example"),
        ("Iris Holm from Tarn Post <i@post.example>", "Iris Holm", "Tarn Post"),
        ("'Iris Holm' via Tarn Post <i@post.example>", "Iris Holm", "Tarn Post"),
        ("Letters from Tarn <i@post.example>", "Letters from Tarn", "Letters from Tarn"),
        ("=?utf-8?q?J=C3=B6_Berg?= <j@tarn.example>", "Jö Berg", "Jö Berg"),
        ("=?utf-8?q?=1B]0;x=07Iris?= <j@tarn.example>", "Iris", "Iris"),
        ("undisclosed-recipients:;", None, None),
        ("((((", None, None),
        ("<[", None, None),
        ("", None, None),
    ],
)
def test_author_and_source_are_the_sender(sender: str, author: str | None, source: str | None) -> None:
    article = read(raw("Subject: s", f"From: {sender}"))
    assert (article.author, article.source) == (author, source)


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        (("From: a@b.example", "List-Id: Tarn Post <tp.example>"), "Tarn Post"),
        (("From: a@b.example", "List-Id: 04c98c1b94dmc list <04c98c1b94d.list.example>"), "b.example"),
        (("From: Tarn Post <a@b.example>", "List-Id: Morning <m.example>"), "Tarn Post"),
        (("From: Jo <a@b.example>", "List-Id: Ferries <f.example>", "List-Post: <mailto:f@l.example>"), "Ferries"),
        (("From: Jo <a@b.example>", "List-Id: <ferries.l.example>", "List-Post: <mailto:f@l.example>"), "ferries"),
        (
            ("From: Jo <a@b.example>", f"List-Id: {'A list for ' * 5} <ferries.l.example>", "List-Post: <mailto:x>"),
            "ferries",
        ),
    ],
)
def test_lists_are_sources(headers: tuple[str, ...], source: str) -> None:
    assert read(raw("Subject: s", *headers)).source == source


WEB = '<a href="https://tarn.example/m/1?u=2"><span>View in your browser</span></a>'


@pytest.mark.parametrize(
    ("message", "url"),
    [
        (mail(html=f"<a href='https://ad.example'>Ad</a>{WEB}{STORY}"), "https://tarn.example/m/1?u=2"),
        (mail("stub", WEB + STORY), "https://tarn.example/m/1?u=2"),
        (mail("x", Archived_At="<https://tarn.example/a/1>"), "https://tarn.example/a/1"),
        (mail("x", List_Archive="<https://tarn.example/a/>"), "https://tarn.example/a/"),
        (mail("x", List_Archive="<mailto:a@tarn.example>"), None),
        (mail(html=STORY + '<a href="javascript:x()">View in browser</a>'), None),
        (mail(html=STORY + '<a href="https://x.example/a b">View in browser</a>'), None),
        (mail(html=STORY + '<a href="https://x.example/">Read more</a>'), None),
    ],
)
def test_the_address_is_the_web_version_s(message: EmailMessage, url: str | None) -> None:
    assert read(message).url == url


@pytest.mark.parametrize(("stated", "language"), [("de-CH", "de"), ("EN", "en"), ("english", None), ("", None)])
def test_the_language(stated: str, language: str | None) -> None:
    assert read(raw("Subject: s", f"Content-Language: {stated}")).language == language


def test_the_richer_version_is_read() -> None:
    stub = mail("To read this newsletter, view it in your browser: https://tarn.example/1\n", STORY)
    assert read(stub).paragraphs == (FERRY,)
    assert ("text", "text/html") in read(stub).origins
    images = mail(f"{FERRY}\n\n{LONG}\n", '<img src="https://tarn.example/all.png" alt="">')
    assert read(images).paragraphs == (FERRY, LONG)
    cut = mail(f"{FERRY}\n\n{LONG}\n", STORY)
    assert read(cut).paragraphs == (FERRY, LONG)
    same = mail(f"{FERRY} ( https://click.example/{'x' * 200} )\n\n{LONG}\n", f"{STORY}<p>{LONG}</p>")
    assert ("text", "text/html") in read(same).origins


def test_pictures_inside_the_html_are_no_text() -> None:
    message = mail(html=f"{STORY}<img src='cid:x'><img width=1 height=1 src='https://t.example/p.gif' alt=''>")
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<x>")
    assert read(message).paragraphs == (FERRY,)


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_transfer_encodings(encoding: str, charset: str) -> None:
    text = "Die Fähre fährt wieder.\n" if encoding != "7bit" else "The ferry sails.\n"
    message = EmailMessage()
    message["Subject"] = "s"
    message.set_content(text * 4, charset=charset, cte=encoding)
    assert read(message).paragraphs == (" ".join([text.strip()] * 4),)


@pytest.mark.parametrize(
    "charset", ["nope", "hex", "idna", "rot13", "unicode_escape", "", "us-ascii", "utf-16", "\x00"]
)
def test_a_wrong_or_unknown_charset_is_guessed(charset: str) -> None:
    body = "Die Fähre fährt wieder über den See, und die Gebühren bleiben für die Schüler gleich.\n".encode()
    article = read(raw("Subject: s", f'Content-Type: text/plain; charset="{charset}"', body=body))
    assert article.paragraphs[0].startswith("Die Fähre fährt") or charset == "utf-16"


def test_a_broken_byte_of_utf_8_spoils_no_other_character() -> None:
    body = b"The owner said =E2=80=9Cno=E2=80=9D =E2=80=93 and left.=E2=80\nMore: =E6=98\n"
    fields = ('Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable")
    assert read(raw("Subject: s", *fields, body=body)).paragraphs[0].startswith("The owner said “no” – and left.\ufffd")


def test_a_broken_attachment_costs_itself_only() -> None:
    message = mail("The ferry sails again.\n")
    message.add_attachment(
        pdf("A page").rpartition(b"startxref")[0] + b"startxref\n" + b"9" * 30 + b"\n%%EOF\n",
        maintype="application",
        subtype="pdf",
        filename="a.pdf",
    )
    assert read(message).paragraphs == ("The ferry sails again.",)


def test_uuencoded_text() -> None:
    body = b"begin 644 a.txt\n#0V%T\nbroken \xff line\n`\nend\n"
    assert "Cat" in read(raw("Subject: s", "Content-Transfer-Encoding: x-uuencode", body=body)).paragraphs[0]


def test_flowed_text_is_put_together() -> None:
    flowed = b"One line \nflows on.\nA fixed one.\n From is stuffed.\n\n> quoted \n> flows\nNot quoted.\n-- \nIris\n"
    article = read(raw("Subject: s", "Content-Type: text/plain; format=flowed", body=flowed))
    assert article.paragraphs == (
        "One line flows on.", "A fixed one.", "From is stuffed.", "> quoted flows", "Not quoted.",
    )  # fmt: skip
    deleted = read(raw("Subject: s", "Content-Type: text/plain; format=flowed; delsp=yes", body="渡 \n船\n".encode()))
    assert deleted.paragraphs == ("渡船",)


def test_plain_text_in_lists_and_rules() -> None:
    text = b"News\n====\n\n* one item\n  goes on\n* another\n1. first\n2) second\n-----\nEnd <https://t.example/1>\n"
    article = read(raw("Subject: s", body=text))
    assert article.paragraphs == ("News", "* one item goes on", "* another", "1. first", "2) second", "End")


def test_a_quoted_answer_is_marked_and_a_wholly_quoted_text_is_not() -> None:
    assert read(raw("Subject: s", body=b"> Is it so?\n> It is.\n\nYes.\n")).paragraphs == ("> Is it so? It is.", "Yes.")
    assert read(raw("Subject: s", body=b"> Is it so?\n>\n> It is.\n")).paragraphs == ("Is it so?", "It is.")


@pytest.mark.parametrize(
    "note",
    [
        "View this email in your browser", "Having trouble viewing this email? Click here",
        "Newsletter im Browser ansehen", "Si ce message ne s'affiche pas correctement, veuillez cliquer ici.",
        "Add news@tarn.example to your address book",
    ],
)  # fmt: skip
def test_notes_above_the_text_are_left_out(note: str) -> None:
    assert read(mail(html=f"<p>{note}</p>{STORY}<p>{LONG}</p>")).paragraphs == (FERRY, LONG)


@pytest.mark.parametrize(
    "note",
    [
        "Unsubscribe", "To unsubscribe from this list click here", "You are receiving this because you signed up",
        "This email was sent to i@t.example. Manage your preferences", "Hier können Sie den Newsletter abbestellen",
        "You're currently subscribed as i@t.example", "Se désabonner",
    ],
)  # fmt: skip
def test_notes_below_the_text_are_left_out_with_what_follows(note: str) -> None:
    message = mail(html=f"<p>{LONG}</p>{STORY}<p>{note}</p><p>Tarn Post, 1 Quay Street</p><p>© 2021</p>")
    assert read(message).paragraphs == (LONG, FERRY)


@pytest.mark.parametrize(
    "text",
    [
        f"<p>Unsubscribe</p><p>{LONG}</p>",  # something long follows
        f"<p>{LONG}</p><p>Readers who unsubscribe told the Post that they have too little time.</p>",
        f"<p>You are receiving {'more and ' * 50} more mails, a study says.</p>",
    ],
)
def test_text_that_is_about_subscriptions_stays(text: str) -> None:
    assert len(read(mail(html=STORY + text)).paragraphs) == 1 + text.count("<p>")


def test_a_signature_is_cut_and_a_long_end_is_not() -> None:
    assert read(raw("Subject: s", body=b"Text.\n\n-- \nIris Holm\nTarn Post\n")).paragraphs == ("Text.",)
    digest = b"Text.\n\n-- \n" + b"More text.\n\n" * 20
    assert len(read(raw("Subject: s", body=digest)).paragraphs) == 21


def test_attached_messages_are_articles_of_their_own() -> None:
    outer = mail(f"{LONG}\n", subject="Fwd: two stories", key="<outer@tarn.example>")
    outer.add_attachment(mail("One.\n", subject="First", key="<1@tarn.example>"))
    outer.add_attachment(mail("Two.\n", subject="Second", key="<2@tarn.example>"))
    articles = parse(outer.as_bytes(), ".eml")
    assert [a.title for a in articles] == ["two stories", "First", "Second"]
    parts = [a.part for a in articles]
    assert parts[0] == ""
    fewer = mail("", subject="Fwd: one story", key="<outer@tarn.example>")
    fewer.add_attachment(mail("Two.\n", subject="Second", key="<2@tarn.example>"))
    (second,) = parse(fewer.as_bytes(), ".eml")  # the envelope says nothing
    assert second.part == parts[2]


def test_the_same_message_twice_has_two_parts() -> None:
    outer = mail(f"{LONG}\n")
    for _ in range(3):
        outer.add_attachment(mail("One.\n", key="<1@tarn.example>"))
    parts = [a.part for a in parse(outer.as_bytes(), ".eml")]
    assert parts[2:] == [f"{parts[1]}/2", f"{parts[1]}/3"]


def test_attached_documents_are_articles_of_their_own_dated_by_their_mail() -> None:
    outer = mail("See attached.\n")
    outer.add_attachment("# Budget passed\n\nThe council met.\n", subtype="plain", filename="budget.md")
    outer.add_attachment("BEGIN:VCARD\n", subtype="vcard", filename="iris.vcf")
    outer.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.txt")
    own, budget = parse(outer.as_bytes(), ".eml")
    assert own.paragraphs == ("See attached.",)
    assert (budget.title, budget.paragraphs) == ("Budget passed", ("The council met.",))
    assert (budget.published, budget.date_from) == (own.published, "header")
    assert budget.part
    assert ("attachment", "budget.md") in budget.origins


def test_a_calendar_or_a_signature_beside_the_text_is_not_read() -> None:
    message = raw(
        "Subject: s",
        "Content-Type: multipart/signed; boundary=b",
        body=b"--b\n\nText.\n--b\nContent-Type: application/pgp-signature\n\n-----BEGIN\n--b--\n",
    )
    assert read(message).paragraphs == ("Text.",)


def test_boundaries_that_begin_alike() -> None:
    inner = b"Content-Type: multipart/alternative; boundary=bb\n\n--bb\n\nInner.\n--bb--\n"
    message = raw("Subject: s", "Content-Type: multipart/mixed; boundary=b", body=b"--b\n" + inner + b"--b\n\nEnd.\n")
    assert read(message).paragraphs == ("Inner.", "End.")


@pytest.mark.parametrize("body", [b"Only text.\n", b"--other\n\nOnly text.\n"])
def test_a_boundary_that_never_comes(body: bytes) -> None:
    article = read(raw("Subject: s", "Content-Type: multipart/mixed; boundary=b", body=body))
    assert "Only text." in " ".join(article.paragraphs)


def test_a_boundary_other_than_the_header_s() -> None:
    body = b"\n----=_Other\nContent-Type: text/html;\nContent-Transfer-Encoding: base64\n\n"
    body += b"PHA+VGhlIGZlcnJ5IHNhaWxzLjwvcD4=\n"
    data = raw('Content-Type: multipart/alternative; boundary="--=_Stated"', "Subject: Ferry", body=body)
    assert read(data).paragraphs == ("The ferry sails.",)


@pytest.mark.parametrize(
    "stated", ["quoted-printable;", "quoted printable", "Quoted-Printable (as ever)", '"quoted-printable"']
)
def test_transfer_encodings_that_are_written_wrongly(stated: str) -> None:
    data = raw("Subject: Ferry", "Content-Type: text/plain; charset=iso-8859-1", f"Content-Transfer-Encoding: {stated}",
               body=b"Caf=E9 au lait on the =\nferry.\n")  # fmt: skip
    assert read(data).paragraphs == ("Café au lait on the ferry.",)


def test_fields_that_run_together_and_a_line_among_them_that_is_none() -> None:
    header = ("MIME-Version: 1.0 Content-Type: text/html", "Content-Type: text/html Content-Transfer-Encoding: 8bit")
    article = read(
        raw(*header, "quite Delivered-To: me", f"Date: {DATE}", "Subject: Ferry", body=b"<p>It <b>sails</b>.</p>")
    )
    assert (article.title, article.paragraphs, article.date_from) == ("Ferry", ("It sails.",), "header")


def test_a_group_s_first_mailbox_is_the_sender() -> None:
    data = raw(
        "From: The Crew:Ida Brandt <ida@x.example>, Anton <anton@x.example>;", "Subject: Ferry", body=b"It sails."
    )
    assert read(data).author == "Ida Brandt"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Outlook message"),
        (b"\x7fELF\x02\x01" + bytes(600), "NUL bytes"),
    ],
)
def test_what_is_no_mail_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        parse(data, ".eml")


def test_a_header_without_blank_line_below() -> None:
    assert read(b"Subject: Ferry returns\nThis is no field, so text begins\n").paragraphs == (
        "This is no field, so text begins",
    )


@pytest.mark.parametrize("data", [b"", b"\n\n", b"X-Nothing: x\n\n", raw("From: a@b", body=b"\n")])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"empty|without text"):
        read(data)


def test_too_many_and_too_deep_parts_are_told() -> None:
    many, deep = read(BOMBS["many parts"]), read(BOMBS["deep parts"])
    assert len(many.paragraphs) == MOST_PARTS - 1
    assert many.warning is not None
    assert f"more than {MOST_PARTS:,} parts" in many.warning
    assert deep.warning is not None
    assert f"more than {DEEPEST} deep" in deep.warning


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_nothing(name: str) -> None:
    for suffix in (".eml", ".mbox", ""):  # what runs away is stopped by pytest-timeout
        try:
            articles = parse(BOMBS[name], suffix)
        except Unreadable:
            continue
        assert articles
        assert all(clean(article) for article in articles)


def clean(article: ParsedArticle) -> bool:
    one_lines = (article.title, article.author, article.source, article.url, article.warning, article.part)
    texts = [text for text in (*one_lines, *article.paragraphs, *sum(article.origins, ())) if text]
    return bool(article.title) and all(sanitize(text) == text and "\n" not in text for text in texts)


SEEDS = (
    PLAIN,
    mail("Stub: view in browser", WEB + STORY, List_Id="Tarn <t.example>").as_bytes(),
    raw("Subject: =?utf-8?q?F=C3=A4hre?=", "Content-Transfer-Encoding: base64", body=b"VGhlIGZlcnJ5\n"),
    raw("Subject: s", "Content-Type: multipart/digest; boundary=b", body=b"--b\n\nSubject: t\n\nText.\n--b--\n"),
    raw(f"Date: {DATE}", 'Content-Type: text/plain; charset="x"; format=flowed', body=b"> a \n> b\n-- \nc\n"),
)
PIECES = (
    b"\n", b"\r", b"\x00", b"\x1b[2J", b"\xe2\x80\xae", b"=?", b"?=", b"=?utf-8?q?", b"=0D=0A", b"--b\n", b"--b--\n",
    b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: message/rfc822\n", b"From ", b"<", b"(", b"\xff",
    b"Content-Transfer-Encoding: quoted-printable\n", b"charset=idna", b"<div", b"<a href=http://x>browser", b";", b'"',
    b":",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A mail with a few pieces put in, cut out or doubled."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        to = draw(st.integers(at, min(len(data), at + 60)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6) | st.just(data[at:to] * 2))
        data = data[:at] + piece + data[to:]
    return data


@examples(150)
@given(mutated())
def test_any_mail_gives_clean_articles_or_is_refused(data: bytes) -> None:
    for suffix in (".eml", ".mbox", ""):
        try:
            articles = parse(data, suffix)
        except Unreadable:
            continue
        assert articles
        assert all(map(clean, articles))
        assert len({article.part for article in articles}) == len(articles)
        assert parse(data, suffix) == articles


def test_a_mail_s_date_without_zone_is_utc() -> None:
    assert read(raw("Subject: s", "Date: Fri, 26 Mar 2021 09:14:00 -0000")).published == datetime(
        2021, 3, 26, 9, 14, tzinfo=UTC
    )
