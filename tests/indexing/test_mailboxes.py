"""Files of many articles, end to end: ids and tags when messages come, go and move."""

from __future__ import annotations

import os
from email.message import EmailMessage

from tests.builders import Library
from tests.formats.mail.mails import mail, mailbox


def message(number: int) -> EmailMessage:
    text = f"Report number {number} on the harbour of Tarn, its {number * 7} ferries and what the council said.\n"
    return mail(text, subject=f"Harbour report {number}", key=f"<{number}@tarn.example>")


def by_title(library: Library) -> dict[str, str]:
    found = library.engine.articles([int(n) for n in library.engine.searching.search("").numbers])
    return {article.title: article.id for article in found}


def tags(library: Library) -> dict[str, tuple[str, ...]]:
    found = library.engine.articles([int(n) for n in library.engine.searching.search("is:tagged").numbers])
    return {article.title: article.tags for article in found}


def test_messages_that_come_and_go_leave_the_others_alone(library: Library) -> None:
    library.write("a.mbox", mailbox(*map(message, range(6))))
    assert library.index().added == 6
    ids = by_title(library)
    library.engine.marking.tag([ids["Harbour report 4"]], ["keep"])  # type: ignore[list-item]
    numbers = set(map(int, library.engine.searching.search("").numbers))
    library.write("a.mbox", mailbox(*map(message, (9, 0, 2, 3, 4, 5))))
    report = library.index()
    assert (report.added, report.updated, report.removed, report.moved) == (1, 0, 1, 0)
    after = by_title(library)
    assert {title: ids[title] for title in after if title in ids} == {t: after[t] for t in after if t in ids}
    assert tags(library) == {"Harbour report 4": ("keep",)}
    assert (
        len(numbers & set(map(int, library.engine.searching.search("").numbers))) == 5
    )  # not even read into the index again


def test_a_message_moved_to_another_mailbox_keeps_its_tags(library: Library) -> None:
    for source, target in (("a.mbox", "b.mbox"), ("b.mbox", "a.mbox")):
        library.write(source, mailbox(*map(message, range(3))))
        library.write(target, mailbox(message(7)))
        library.index()
        library.engine.marking.tag([by_title(library)["Harbour report 1"]], ["kept"])  # type: ignore[list-item]
        library.write(source, mailbox(message(0), message(2)))
        library.write(target, mailbox(message(7), message(1)))
        report = library.index()
        assert (report.added, report.removed, report.moved) == (0, 0, 1)
        assert tags(library) == {"Harbour report 1": ("kept",)}


def test_an_edited_message_is_updated_alone(library: Library) -> None:
    library.write("a.mbox", mailbox(*map(message, range(4))))
    library.index()
    edited = message(2)
    edited.set_content("Another text altogether about orchards, frost and what growers expect of the autumn.\n")
    before = by_title(library)
    library.write("a.mbox", mailbox(message(0), message(1), edited, message(3)))
    report = library.index()
    assert (report.added, report.updated, report.removed) == (0, 1, 0)
    assert by_title(library) == before


def test_a_stolen_message_id_takes_no_tags(library: Library) -> None:
    """A mail of another sender, about something else, under the identifier of one that is no longer there."""
    stolen = mail(
        "Another text altogether about orchards, frost and what growers expect of the autumn.\n",
        subject="You have won",
        sender="Prize Office <win@prizes.example>",
        key="<2@tarn.example>",
    )
    library.write("a.mbox", mailbox(*map(message, range(4))))
    library.index()
    library.engine.marking.tag([by_title(library)["Harbour report 2"]], ["mine"])  # type: ignore[list-item]
    library.write("a.mbox", mailbox(stolen, message(0), message(1), message(2), message(3)))
    library.index()
    assert tags(library) == {"Harbour report 2": ("mine",)}
    library.write("a.mbox", mailbox(message(0), message(1), stolen, message(3)))
    report = library.index()
    assert tags(library) == {}
    assert any("1 article" in warning and "tags and notes are kept" in warning for warning in report.warnings)
    library.write("b.mbox", mailbox(message(2)))
    library.index()
    assert tags(library) == {"Harbour report 2": ("mine",)}


def test_flags_of_a_maildir_change_names_and_nothing_else(library: Library) -> None:
    names = [f"Mail/new/161675004{i}.M1P2.host" for i in range(3)]
    for i, name in enumerate(names):
        library.write(name, message(i).as_bytes())
    library.write("Mail/tmp/half", "x")
    (library.folder / "Mail/cur").mkdir()
    assert library.index().added == 3
    ids = by_title(library)
    library.engine.marking.tag([ids["Harbour report 1"]], ["seen"])  # type: ignore[list-item]
    flagged = [name.replace("new/", "cur/") + ":2," for name in names]
    for old, new in zip(names, flagged, strict=True):
        os.rename(library.folder / old, library.folder / new)
    report = library.index()
    assert (report.added, report.updated, report.removed, report.moved) == (0, 0, 0, 3)
    os.rename(library.folder / flagged[1], library.folder / (flagged[1] + "RS"))
    report = library.index()
    assert (report.added, report.removed, report.moved, report.failed) == (0, 0, 1, [])
    assert by_title(library) == ids
    assert tags(library) == {"Harbour report 1": ("seen",)}


def test_a_mailbox_without_suffix_and_one_that_is_none(library: Library) -> None:
    library.write("INBOX", mailbox(*map(message, range(3))))
    library.write("notes", "From here on\n\nPlain text.\n")
    library.write("junk.mbox", "From here on\n\nPlain text.\n")
    report = library.index()
    assert report.added == 4
    assert [(path.name, reason) for path, reason in report.failed] == [("junk.mbox", "no mailbox (no `From ` line)")]
