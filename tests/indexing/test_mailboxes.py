"""Files of many articles, end to end: ids and tags when messages come, go and move."""

from __future__ import annotations

import os

from tests.builders import Library
from tests.formats.mail.mails import mail, mailbox, numbered_mail


def test_messages_that_come_and_go_leave_the_others_alone(library: Library) -> None:
    library.write("a.mbox", mailbox(*map(numbered_mail, range(6))))
    assert library.index().added == 6
    ids = library.ids_by_title()
    library.engine.marking.tag([ids["Harbour report 4"]], ["keep"])
    numbers = set(map(int, library.engine.searching.search("").numbers))
    library.write("a.mbox", mailbox(*map(numbered_mail, (9, 0, 2, 3, 4, 5))))
    report = library.index()
    assert (report.added, report.updated, report.removed, report.moved) == (1, 0, 1, 0)
    after = library.ids_by_title()
    assert {title: ids[title] for title in after if title in ids} == {t: after[t] for t in after if t in ids}
    assert library.tags_by_title() == {"Harbour report 4": ("keep",)}
    assert (
        len(numbers & set(map(int, library.engine.searching.search("").numbers))) == 5
    )  # not even read into the index again


def test_a_message_moved_to_another_mailbox_keeps_its_tags(library: Library) -> None:
    for source, target in (("a.mbox", "b.mbox"), ("b.mbox", "a.mbox")):
        library.write(source, mailbox(*map(numbered_mail, range(3))))
        library.write(target, mailbox(numbered_mail(7)))
        library.index()
        library.engine.marking.tag([library.ids_by_title()["Harbour report 1"]], ["kept"])
        library.write(source, mailbox(numbered_mail(0), numbered_mail(2)))
        library.write(target, mailbox(numbered_mail(7), numbered_mail(1)))
        report = library.index()
        assert (report.added, report.removed, report.moved) == (0, 0, 1)
        assert library.tags_by_title() == {"Harbour report 1": ("kept",)}


def test_an_edited_message_is_updated_alone(library: Library) -> None:
    library.write("a.mbox", mailbox(*map(numbered_mail, range(4))))
    library.index()
    edited = numbered_mail(2)
    edited.set_content("Another text altogether about orchards, frost and what growers expect of the autumn.\n")
    before = library.ids_by_title()
    library.write("a.mbox", mailbox(numbered_mail(0), numbered_mail(1), edited, numbered_mail(3)))
    report = library.index()
    assert (report.added, report.updated, report.removed) == (0, 1, 0)
    assert library.ids_by_title() == before


def test_a_stolen_message_id_takes_no_tags(library: Library) -> None:
    """A mail of another sender, about something else, under the identifier of one that is no longer there."""
    stolen = mail(
        "Another text altogether about orchards, frost and what growers expect of the autumn.\n",
        subject="You have won",
        sender="Prize Office <win@prizes.example>",
        key="<2@tarn.example>",
    )
    library.write("a.mbox", mailbox(*map(numbered_mail, range(4))))
    library.index()
    library.engine.marking.tag([library.ids_by_title()["Harbour report 2"]], ["mine"])
    library.write("a.mbox", mailbox(stolen, numbered_mail(0), numbered_mail(1), numbered_mail(2), numbered_mail(3)))
    library.index()
    assert library.tags_by_title() == {"Harbour report 2": ("mine",)}
    library.write("a.mbox", mailbox(numbered_mail(0), numbered_mail(1), stolen, numbered_mail(3)))
    report = library.index()
    assert library.tags_by_title() == {}
    assert any("1 article" in warning and "tags and notes are kept" in warning for warning in report.warnings)
    library.write("b.mbox", mailbox(numbered_mail(2)))
    library.index()
    assert library.tags_by_title() == {"Harbour report 2": ("mine",)}


def test_flags_of_a_maildir_change_names_and_nothing_else(library: Library) -> None:
    names = [f"Mail/new/161675004{i}.M1P2.host" for i in range(3)]
    for i, name in enumerate(names):
        library.write(name, numbered_mail(i).as_bytes())
    library.write("Mail/tmp/half", "x")
    (library.folder / "Mail/cur").mkdir()
    assert library.index().added == 3
    ids = library.ids_by_title()
    library.engine.marking.tag([ids["Harbour report 1"]], ["seen"])
    flagged = [name.replace("new/", "cur/") + ":2," for name in names]
    for old, new in zip(names, flagged, strict=True):
        os.rename(library.folder / old, library.folder / new)
    report = library.index()
    assert (report.added, report.updated, report.removed, report.moved) == (0, 0, 0, 3)
    os.rename(library.folder / flagged[1], library.folder / (flagged[1] + "RS"))
    report = library.index()
    assert (report.added, report.removed, report.moved, report.failed) == (0, 0, 1, [])
    assert library.ids_by_title() == ids
    assert library.tags_by_title() == {"Harbour report 1": ("seen",)}


def test_a_mailbox_without_suffix_and_one_that_is_none(library: Library) -> None:
    library.write("INBOX", mailbox(*map(numbered_mail, range(3))))
    library.write("notes", "From here on\n\nPlain text.\n")
    library.write("junk.mbox", "From here on\n\nPlain text.\n")
    report = library.index()
    assert report.added == 4
    assert [(path.name, reason) for path, reason in report.failed] == [("junk.mbox", "no mailbox (no `From ` line)")]
