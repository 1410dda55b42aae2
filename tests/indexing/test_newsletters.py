"""Newsletters carry items of many stories, and must not join these."""

from __future__ import annotations

from pathlib import Path

from newsreader.formats import parse
from tests.builders import Library
from tests.formats.mail.mails import mail, mailbox
from tests.test_samples import GOLD, SAMPLES


def items(take: int) -> list[str]:
    """The headline and the start of one article of each sample story, as HTML; `take` chooses the article."""
    found = []
    for story in GOLD["stories"]:
        path = SAMPLES / story["articles"][take % len(story["articles"])]
        (article, *_) = parse(path.read_bytes(), path.suffix)
        found.append(f"<h2>{article.title}</h2>" + "".join(f"<p>{text}</p>" for text in article.paragraphs[:4]))
    return found


def newsletter(number: int, content: list[str]) -> bytes:
    return mail(
        "View in your browser: https://tarn.example/1\n",
        f"<p>View in browser</p>{''.join(content)}<p>Unsubscribe</p>",
        subject=f"Morning edition {number}",
        sender=f"Paper {number} <news@paper{number}.example>",
        date=f"Sun, {number + 10} Oct 2026 06:00:00 +0000",
        key=f"<{number}@tarn.example>",
    ).as_bytes()


def test_newsletters_join_no_stories(library: Library) -> None:
    letters = [newsletter(number, items(number)) for number in range(3)]
    letters += [newsletter(number + 3, items(number)[:4]) for number in range(3)]
    letters += [newsletter(6, items(1)[2:5]), newsletter(7, items(1)[2:5])]  # the same items in two papers
    library.write("letters.mbox", mailbox(*letters))
    library.engine.add_folders([SAMPLES])
    report = library.index()
    assert (report.failed, report.warnings) == ([], [])
    label = {str(SAMPLES / path): story["label"] for story in GOLD["stories"] for path in story["articles"]}
    mixed = []
    for story in library.engine.stories.by_ids(library.engine.stories.ids()):
        paths = {str(member.article.path) for member in story.members}
        labels = {label.get(path, path) for path in paths if not path.endswith("letters.mbox")}
        if len(labels) > 1:
            mixed.append(labels)
    assert mixed == []
    (long,) = [a for a in parse(Path(library.path("letters.mbox")).read_bytes(), ".mbox") if a.title.endswith("0")]
    assert len(long.paragraphs) > 3 * len(GOLD["stories"])
